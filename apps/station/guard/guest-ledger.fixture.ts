// Runs inside the rig: real SQLite over the real device, stations killed at steps, and an old file put back.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadAddon } from '#native/index.ts';
import { Refusal } from '#station/bank/refusal.ts';
import {
  capital,
  inGuard,
  keyOf,
  leftOfAllowance,
  makeFolder,
  openGuarded,
  post,
  secondTill,
  till,
} from './keeper.fixture.ts';
import { createKernelGuard } from './kernel-guard.ts';
import type { MortalOrders } from './mortal.fixture.ts';

const addon = loadAddon();
assert.ok(typeof addon !== 'string', String(addon));
const kernel = createKernelGuard(addon);
const { folder, key } = makeFolder();
const program = new URL('./mortal.fixture.ts', import.meta.url).pathname;
const acknowledged = new Map<number, number>();
const say = (sentence: string): void => void process.stdout.write(`${sentence}\n`);

/** Opens with the device, and expects ledger and guard to agree about everything. */
function lookOver(where: string): { readonly posted: number; readonly voided: number } {
  const branch = openGuarded({ folder, key }, kernel);
  assert.equal(branch.opened.guard.kind, 'kernel', branch.opened.absence ?? '');
  for (const account of [till, secondTill]) {
    const { posted, held } = inGuard(branch, account);
    assert.equal(posted, branch.books.balance(account)?.postedMinor, `${where}: ${account}`);
    assert.equal(held, 0n, `${where}: a hold is left`);
  }
  for (const { id } of branch.books.allowances()) {
    const left = leftOfAllowance(branch, id);
    if (left) assert.equal(left.inGuard, left.inLedger, `${where}: allowance ${id}`);
  }
  for (const [number, seq] of acknowledged) {
    assert.equal(branch.ledger.find(keyOf(number))?.seq, seq, `${where}: ${number} is lost`);
  }
  const { posted, voided } = branch.opened.started;
  branch.close();
  say(`ok ${where}: ${branch.opened.started.how}, ${posted} posted, ${voided} voided`);
  return { posted, voided };
}

let lives = 0;

/**
 * A station of its own that dies at the edge; what it acknowledged is remembered. It compiles in one thread:
 * under emulation V8's several have ended it now and then, by its own check or by SIGSEGV. Such a death is
 * one like another, after which the edge is tried again.
 */
function live(diesAt: MortalOrders['diesAt'], tries = 3): string {
  lives += 1;
  const orders: MortalOrders = {
    ...{ folder, key: key.toString('hex'), pipes: null, diesAt, first: lives * 10 },
  };
  const input = JSON.stringify(orders);
  const { stdout, stderr, status, signal } = spawnSync(
    process.execPath,
    ['--single-threaded', program],
    {
      ...{ input, encoding: 'utf8' },
    },
  );
  for (const [, number, seq] of stdout.matchAll(/^posted (\d+) (\d+)$/gm)) {
    acknowledged.set(Number(number), Number(seq));
  }
  const end = /^(died|lived) .+$/m.exec(stdout)?.[0];
  if (!end && tries > 1 && signal !== null) {
    lookOver(`the station ended by ${signal} of its own`);
    return live(diesAt, tries - 1);
  }
  assert.ok(end, `ended with ${signal ?? status}: ${stdout}${stderr}`);
  return end;
}

lookOver('a first start');
// Before the decision and after it, of a till alone and of an allowance beside it; then before the anchor
// follows. Each other edge of the way is in kill.test.ts.
const deaths = [
  { edge: 'after transfer', nth: 1, found: { posted: 0, voided: 1 } },
  { edge: 'before transfer', nth: 2, found: { posted: 1, voided: 0 } },
  { edge: 'after batch', nth: 2, found: { posted: 0, voided: 2 } },
  { edge: 'before batch', nth: 3, found: { posted: 2, voided: 0 } },
  { edge: 'before extend', nth: 1, found: { posted: 0, voided: 0 } },
];
for (const { edge, nth, found } of deaths) {
  const where = `${live({ edge, nth })}, number ${nth}`;
  assert.deepEqual(lookOver(where), found, where);
}

const copy = mkdtempSync(join(tmpdir(), 'teller-copy-'));
cpSync(folder, copy, { recursive: true });
const branch = openGuarded({ folder, key }, kernel);
branch.ledger.write(() => post(branch.ledger, [[till, capital, 1]]));
branch.close();
for (const name of ['branch.db', 'branch.db-wal']) rmSync(join(folder, name), { force: true });
cpSync(copy, folder, { recursive: true });
assert.throws(
  () => openGuarded({ folder, key }, kernel),
  (error) => error instanceof Refusal && error.reason === 'log-behind-anchor',
);
say('ok an old copy of database and witness together is refused');
