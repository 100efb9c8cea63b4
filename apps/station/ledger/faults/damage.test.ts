// Flips bits, puts old pages and files back, cuts and swaps files: everything must be found and named.

import assert from 'node:assert/strict';
import { copyFileSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { type TestContext, test } from 'node:test';
import { createDice } from './dice.ts';
import { type Branch, crashCopy, flipBit, makeBranch } from './fixture.ts';
import { contentOf, type Finding, lookThrough } from './look.ts';
import { openWorkload } from './workload.ts';

const pageBytes = 2048;
/** The salt of a derived key: unused bytes where the key is raw, like ours. */
const saltBytes = 16;

/** A branch with its journals in the database file, the log empty. */
function grownBranch(context: TestContext, journals: number): Branch {
  const branch = makeBranch(context);
  const workload = openWorkload(branch);
  for (let number = 1; number <= journals; number += 1) workload.post(number);
  workload.close();
  return branch;
}

/** The same while the station runs: the last journals are in the log only. */
function runningBranch(context: TestContext, journals: number) {
  const branch = grownBranch(context, 40);
  const workload = openWorkload(branch);
  for (let number = 41; number <= 40 + journals; number += 1) workload.post(number);
  const crashed = crashCopy(branch, 'crashed');
  workload.close();
  return crashed;
}

function tally(findings: readonly Finding[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { by } of findings) counts[by] = (counts[by] ?? 0) + 1;
  return counts;
}

test('an unharmed branch is clean, at rest and after a crash', (context) => {
  assert.deepEqual(lookThrough(grownBranch(context, 30)), { by: 'clean', what: '' });
  assert.deepEqual(lookThrough(runningBranch(context, 10)), { by: 'clean', what: '' });
});

test('every flipped bit of the database is found', (context) => {
  const branch = grownBranch(context, 60);
  const dice = createDice(31);
  const length = readFileSync(branch.file).length;
  const findings: Finding[] = [];
  for (let trial = 0; trial < 150; trial += 1) {
    const copy = crashCopy(branch, 'copy');
    const byte = trial < 40 ? trial : dice.below(length);
    flipBit(copy.file, byte, dice.below(8));
    const finding = lookThrough(copy);
    findings.push(finding);
    const harmless = byte < saltBytes;
    assert.equal(finding.by === 'clean', harmless, `bit of byte ${byte}: ${finding.what}`);
    assert.ok(harmless || finding.what !== '', 'the damage is named');
  }
  context.diagnostic(JSON.stringify(tally(findings)));
});

test('every flipped bit of the write-ahead log is found before it is used', (context) => {
  const crashed = runningBranch(context, 12);
  const dice = createDice(37);
  const length = readFileSync(`${crashed.file}-wal`).length;
  for (let trial = 0; trial < 120; trial += 1) {
    const copy = crashCopy(crashed, 'copy');
    const byte = trial < 60 ? trial : trial < 70 ? length - 1 - trial : dice.below(length);
    flipBit(`${copy.file}-wal`, byte, dice.below(8));
    const finding = lookThrough(copy);
    assert.equal(finding.by, 'opening', `bit of byte ${byte}: ${finding.what}`);
    assert.match(finding.what, /^log-(damaged|behind-witness)/);
  }
});

test('an old version of any single page is found, or changes nothing', (context) => {
  const branch = makeBranch(context);
  const workload = openWorkload(branch);
  for (let number = 1; number <= 30; number += 1) workload.post(number);
  workload.database.pragma('wal_checkpoint(TRUNCATE)');
  const old = readFileSync(branch.file);
  for (let number = 31; number <= 70; number += 1) workload.post(number);
  workload.close();
  const reader = openWorkload(branch);
  const content = contentOf(reader.database);
  reader.close();

  const now = readFileSync(branch.file);
  const findings: Finding[] = [];
  for (let at = 0; at < old.length; at += pageBytes) {
    if (old.compare(now, at, at + pageBytes, at, at + pageBytes) === 0) continue;
    const copy = crashCopy(branch, 'copy');
    const bytes = Buffer.from(now);
    old.copy(bytes, at, at, at + pageBytes);
    writeFileSync(copy.file, bytes);
    const finding = lookThrough(copy);
    findings.push(finding);
    if (finding.by === 'clean') assertSameContent(copy, content, at / pageBytes + 1);
  }
  context.diagnostic(JSON.stringify(tally(findings)));
  assert.ok(findings.length >= 8, 'pages changed between the two versions');
});

function assertSameContent(
  copy: Branch,
  content: Readonly<Record<string, string>>,
  page: number,
): void {
  const workload = openWorkload(copy);
  assert.deepEqual(contentOf(workload.database), content, `old page ${page} went unseen`);
  workload.close();
}

test('a page moved to another place of the file is found', (context) => {
  const branch = grownBranch(context, 60);
  const bytes = readFileSync(branch.file);
  const pages = bytes.length / pageBytes;
  const dice = createDice(41);
  for (let trial = 0; trial < 20; trial += 1) {
    const copy = crashCopy(branch, 'copy');
    const moved = Buffer.from(bytes);
    const from = dice.below(pages) * pageBytes;
    const to = ((from / pageBytes + 1 + dice.below(pages - 1)) % pages) * pageBytes;
    bytes.copy(moved, to, from, from + pageBytes);
    writeFileSync(copy.file, moved);
    assert.notEqual(lookThrough(copy).by, 'clean', `page at ${from} put at ${to}`);
  }
});

test('an older file, a cut file and another branch are refused at the door', (context) => {
  const branch = makeBranch(context);
  const workload = openWorkload(branch);
  for (let number = 1; number <= 20; number += 1) workload.post(number);
  workload.database.pragma('wal_checkpoint(TRUNCATE)');
  const older = crashCopy(branch, 'older');
  for (let number = 21; number <= 25; number += 1) workload.post(number);
  workload.close();

  const rolledBack = crashCopy(branch, 'rolled-back');
  copyFileSync(older.file, rolledBack.file);
  assert.match(lookThrough(rolledBack).what, /^log-behind-witness/);

  const cut = crashCopy(branch, 'cut');
  truncateSync(cut.file, readFileSync(cut.file).length - 3 * pageBytes);
  assert.match(lookThrough(cut).what, /^database-damaged/);

  const swapped = crashCopy(branch, 'swapped');
  copyFileSync(grownBranch(context, 30).file, swapped.file);
  assert.match(lookThrough(swapped).what, /^database-damaged/);
});
