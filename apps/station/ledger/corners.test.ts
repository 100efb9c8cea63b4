// Asks of the ledger what mutants of its code showed no other test to notice.
import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { Refusal } from '#station/bank/refusal.ts';
import { checkpointEvents, checkpointMs } from './checkpoint.ts';
import { createLedger } from './ledger.ts';
import {
  accountData,
  type Branch,
  createTestChance,
  createTestClock,
  eventOf,
  journal,
  leg,
  openBranch,
} from './ledger-fixture.ts';
import { reversalOf } from './reversal.ts';

const dateOpened = '2026-11-20';

function opened(context: TestContext): Branch {
  const branch = openBranch();
  context.after(() => branch.close());
  return branch;
}

/** A second station's view of the same file, on a clock that counts what is asked of it. */
function reopened({ database }: Branch, report?: (where: string, error: unknown) => void) {
  const clock = createTestClock();
  const waits: number[] = [];
  const after: typeof clock.after = (delayMs, call) => {
    waits.push(delayMs);
    return clock.after(delayMs, call);
  };
  const parts = { clock: { ...clock, after }, chance: createTestChance(), witness: null };
  const ledger = createLedger(database, report ? { ...parts, report } : parts);
  return { ledger, clock, waits };
}

const note = eventOf({}, { type: 'note.taken', data: { text: 'n' } });

test('a branch with nothing in it says so', (context) => {
  const { ledger } = opened(context);
  assert.equal(ledger.highestNumber(), null);
  assert.equal(ledger.nextAccountId(), 1);
  assert.equal(ledger.signedSeq(), 0);
  assert.equal(ledger.moment().date, null);
});

test('the highest number is a text, and a closed day is none after a restart', (context) => {
  const branch = opened(context);
  const accounts = [accountData({ id: 1, number: '10000077' })];
  branch.ledger.write(() => branch.ledger.append(eventOf({ dateOpened, accounts })));
  assert.equal(branch.ledger.highestNumber(), '10000077');
  branch.ledger.write(() => branch.ledger.append(eventOf({ dateClosed: dateOpened })));
  assert.equal(reopened(branch).ledger.moment().date, null);
});

test('a single event is signed when the branch closes', (context) => {
  const { ledger } = opened(context);
  ledger.write(() => ledger.append(note));
  ledger.close();
  assert.equal(ledger.signedSeq(), 1);
});

test('one clock is set for what waits to be signed, and none where nothing waits', (context) => {
  const { ledger, waits } = reopened(opened(context));
  for (let each = 0; each < 5; each++) ledger.write(() => ledger.append(note));
  assert.deepEqual(waits, [checkpointMs]);
  const full = reopened(opened(context));
  full.ledger.write(() => {
    for (let each = 0; each < checkpointEvents; each++) full.ledger.append(note);
  });
  assert.equal(full.ledger.signedSeq(), checkpointEvents);
  assert.deepEqual(full.waits, []);
});

test('a checkpoint that cannot be written is reported', (context) => {
  const branch = opened(context);
  const reports: string[] = [];
  const { ledger, clock } = reopened(branch, (where) => reports.push(where));
  // The first event is signed at once; it is the second that waits.
  ledger.write(() => ledger.append(note));
  ledger.write(() => ledger.append(note));
  branch.database.exec(`CREATE TEMP TRIGGER full BEFORE INSERT ON main.checkpoint
    BEGIN SELECT RAISE(ABORT, 'full'); END`);
  clock.set(clock.now() + checkpointMs);
  assert.deepEqual(reports, ['checkpoint']);
});

test('money that moves with the first event of all carries its date', (context) => {
  const { ledger } = opened(context);
  const accounts = [accountData({ id: 1 }), accountData({ id: 2 })];
  ledger.write(() =>
    ledger.append(eventOf({ dateOpened, accounts, journal: journal(leg(1, 2, 5n)) })),
  );
  const [line] = ledger.statement({ account: 1, count: 1 });
  assert.deepEqual([line?.journal, line?.date, line?.valueDate], [1, dateOpened, dateOpened]);
});

test('an account that was undone leaves nothing behind for the one that takes its number', (context) => {
  const { ledger } = opened(context);
  const dollars = { currency: 'USD' };
  ledger.write(() =>
    ledger.append(eventOf({ dateOpened, accounts: [accountData({ id: 1, ...dollars })] })),
  );
  assert.throws(() =>
    ledger.write(() => {
      ledger.append(eventOf({ accounts: [accountData({ id: 2 }), accountData({ id: 3 })] }));
      ledger.append(eventOf({ journal: journal(leg(2, 3, 5n)) }));
      throw new Error('undone');
    }),
  );
  ledger.write(() => {
    ledger.append(eventOf({ accounts: [accountData({ id: 2, ...dollars })] }));
    ledger.append(eventOf({ journal: journal(leg(2, 1, 5n, 'USD')) }));
  });
  assert.equal(ledger.account(2)?.postedMinor, 5n);
});

test('a reversal says which journal took it back before, and takes back no journal without legs', (context) => {
  const { ledger } = opened(context);
  const accounts = [accountData({ id: 1 }), accountData({ id: 2 })];
  const original = journal(leg(1, 2, 5n));
  ledger.write(() => ledger.append(eventOf({ dateOpened, accounts })));
  ledger.write(() => ledger.append(eventOf({ journal: original })));
  const back = eventOf({ journal: reversalOf(2, original) });
  ledger.write(() => ledger.append(back));
  assert.throws(
    () => ledger.write(() => ledger.append(back)),
    (error) =>
      error instanceof Refusal &&
      error.reason === 'already-reversed' &&
      /by journal 3\b/.test(error.message),
  );
  assert.throws(() => reversalOf(2, { kind: 'cash.exchange', legs: [] }), {
    reason: 'journal-without-legs',
  });
});
