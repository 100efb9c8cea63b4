// Flips every kind of bit in a real write-ahead log and expects the scan to count what SQLite would drop.

import assert from 'node:assert/strict';
import { copyFileSync, readFileSync } from 'node:fs';
import { type TestContext, test } from 'node:test';
import DatabaseDriver from 'better-sqlite3';
import fc from 'fast-check';
import { unlock } from './cipher.ts';
import { append, countEvents, flipBit, makeBranch, openBranch } from './faults/fixture.ts';
import { scanWal, scanWalFile } from './wal-preflight.ts';

const headerBytes = 32;
const frameBytes = 24 + 2048;

function realLog(context: TestContext, commits: number): { readonly wal: Buffer } {
  const branch = makeBranch(context);
  const database = openBranch(branch);
  database.pragma('wal_checkpoint(TRUNCATE)');
  append(branch, database, commits);
  const wal = readFileSync(`${branch.file}-wal`);
  database.close();
  return { wal };
}

test('no log, an empty log, and a log of zeros hold nothing', () => {
  const nothing = { commits: 0, frames: 0, breakAt: null, commitsBehind: 0 };
  assert.deepEqual(scanWalFile('/nowhere/branch.db-wal'), nothing);
  for (const size of [0, 10, 32, 4096]) assert.deepEqual(scanWal(Buffer.alloc(size)), nothing);
});

test('a whole log counts its commits', (context) => {
  const { wal } = realLog(context, 7);
  const report = scanWal(wal);
  assert.deepEqual(report, {
    commits: 7,
    frames: (wal.length - headerBytes) / frameBytes,
    breakAt: null,
    commitsBehind: 0,
  });
});

test('frames left over from the log before are not taken for lost commits', (context) => {
  const branch = makeBranch(context);
  const database = openBranch(branch);
  append(branch, database, 9);
  database.pragma('wal_checkpoint(RESTART)');
  append(branch, database, 1);
  const report = scanWalFile(`${branch.file}-wal`);
  assert.equal(report.commits, 1);
  assert.equal(report.commitsBehind, 0);
  assert.equal(report.breakAt, null);
  database.close();
});

test('any one flipped bit that costs commits is found, with the place and the number', (context) => {
  const { wal } = realLog(context, 5);
  const whole = scanWal(wal);
  const oneCommit = endOfFirstCommit(wal);
  fc.assert(
    fc.property(fc.nat(wal.length - 1), fc.nat(7), (byte, bit) => {
      const bytes = Buffer.from(wal);
      bytes[byte] = (bytes[byte] ?? 0) ^ (1 << bit);
      const report = scanWal(bytes);
      const frame = Math.floor((byte - headerBytes) / frameBytes);
      if (byte < headerBytes) {
        assert.equal(report.breakAt, 0);
        assert.equal(report.commitsBehind, 5);
        assert.equal(scanWal(bytes.subarray(0, oneCommit)).commitsBehind, 1);
        return;
      }
      assert.equal(report.breakAt, headerBytes + frame * frameBytes);
      const flagGone = byte >= headerBytes && (byte - headerBytes) % frameBytes < 8;
      const lost = whole.commits - report.commits;
      assert.ok(report.commitsBehind >= lost - (flagGone ? 1 : 0));
      assert.ok(lost >= 1);
    }),
    { numRuns: 600 },
  );
});

function endOfFirstCommit(wal: Buffer): number {
  let at = headerBytes;
  while (wal.readUInt32BE(at + 4) === 0) at += frameBytes;
  return at + frameBytes;
}

test('a log that lost its header and holds no commit is empty', (context) => {
  const { wal } = realLog(context, 3);
  const leftover = Buffer.from(wal);
  leftover.fill(0, 0, leftover.length - 900);
  assert.equal(scanWal(leftover).commitsBehind, 0);
});

test('a log cut short anywhere is read as SQLite reads it', (context) => {
  const { wal } = realLog(context, 4);
  fc.assert(
    fc.property(fc.nat(wal.length), (length) => {
      const report = scanWal(wal.subarray(0, length));
      const frames = Math.max(0, Math.floor((length - headerBytes) / frameBytes));
      assert.equal(report.frames, frames);
      assert.ok(report.commitsBehind <= 1);
    }),
    { numRuns: 200 },
  );
});

test('the scan takes up exactly the commits SQLite takes up', (context) => {
  const branch = makeBranch(context);
  const database = openBranch(branch);
  append(branch, database, 2);
  database.pragma('wal_checkpoint(TRUNCATE)');
  append(branch, database, 6);
  const copy = makeBranch(context, branch.key);
  copyFileSync(branch.file, copy.file);
  copyFileSync(`${branch.file}-wal`, `${copy.file}-wal`);
  database.close();
  flipBit(`${copy.file}-wal`, readFileSync(`${copy.file}-wal`).length - 5, 7);
  const report = scanWalFile(`${copy.file}-wal`);
  assert.deepEqual([report.commits, report.commitsBehind], [5, 1]);
  const reopened = new DatabaseDriver(copy.file);
  unlock(reopened, copy.key);
  assert.equal(countEvents(reopened), 2 + report.commits);
  reopened.close();
});
