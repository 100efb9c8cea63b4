// Holds ledger and guard together through commits, undoings, refusals, deaths, power cuts and old files.
import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import fc from 'fast-check';
import { Refusal } from '#station/bank/refusal.ts';
import type { Guard, GuardDevice } from './guard.ts';
import {
  capital,
  customer,
  type GuardedBranch,
  inGuard,
  keyOf,
  makeFolder,
  newMachine,
  openGuarded,
  post,
  secondTill,
  till,
} from './keeper.fixture.ts';
import { startGuard } from './start.ts';

function place(context: TestContext) {
  const made = makeFolder();
  context.after(made.remove);
  return made;
}

function agree(branch: GuardedBranch): void {
  for (const account of [till, secondTill]) {
    const { posted, held } = inGuard(branch, account);
    assert.equal(posted, branch.books.balance(account)?.postedMinor, `account ${account}`);
    assert.equal(held, 0n, `nothing is held on account ${account}`);
  }
  const { counter, value } = branch.opened.guard.quote('00'.repeat(32));
  const { seq, hash } = branch.books.head();
  assert.deepEqual({ counter, value }, { counter: BigInt(seq), value: hash });
}

const refuses = (reason: string, work: () => unknown): void => {
  assert.throws(work, (error) => error instanceof Refusal && error.reason === reason, reason);
};

test('what is posted is in the guard, and the anchor stands at the head', (context) => {
  const branch = openGuarded(place(context), newMachine());
  branch.ledger.write(() => post(branch.ledger, [[till, capital, 500]]));
  agree(branch);
  branch.ledger.write(() => post(branch.ledger, [[secondTill, till, 200]]));
  branch.ledger.write(() => post(branch.ledger, [[capital, customer, 7]]));
  agree(branch);
  assert.equal(inGuard(branch, till).posted, 300n);
  branch.close();
});

test('in one commit money may come and go: only the net is asked of the guard', async (context) => {
  const branch = openGuarded(place(context), newMachine());
  const { ledger } = branch;
  const came = ledger.submit(() => post(ledger, [[till, capital, 900]]));
  const went = ledger.submit(() => post(ledger, [[customer, till, 900]])).catch(() => 0);
  const back = ledger.submit(() => post(ledger, [[capital, till, 900]]));
  await Promise.all([came, went, back]);
  agree(branch);
  assert.equal(inGuard(branch, till).posted, 0n);
  branch.close();
});

test('one of a group undone leaves the others, in the guard as in the ledger', async (context) => {
  const branch = openGuarded(place(context), newMachine());
  const { ledger } = branch;
  const first = ledger.submit(() => post(ledger, [[till, capital, 100]]));
  const undone = ledger.submit(() => {
    post(ledger, [[till, capital, 40]]);
    post(ledger, [[secondTill, till, 60]]);
    throw new Refusal('changed-mind', 'No.');
  });
  const last = ledger.submit(() => post(ledger, [[till, capital, 1]]));
  await assert.rejects(undone, /No/);
  await Promise.all([first, last]);
  agree(branch);
  assert.equal(inGuard(branch, till).posted, 101n);
  branch.close();
});

test('any mixture of postings and undoings leaves both agreed', async (context) => {
  const at = place(context);
  const machine = newMachine();
  const leg = fc.tuple(
    fc.constantFrom(till, secondTill, capital, customer),
    fc.constantFrom(till, secondTill, capital),
    fc.integer({ min: 1, max: 300 }),
  );
  const command = fc.record({
    legs: fc.array(leg, { minLength: 1, maxLength: 4 }),
    fails: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(command, { maxLength: 8 }), async (commands) => {
      const branch = openGuarded(at, machine);
      const { ledger } = branch;
      const works = commands.map(({ legs, fails }) =>
        ledger.submit(() => {
          post(ledger, legs);
          if (fails) throw new Refusal('changed-mind', 'No.');
        }),
      );
      await Promise.allSettled(works);
      agree(branch);
      branch.close();
    }),
    { numRuns: 40 },
  );
});

test('a till opened later is guarded from its first coin', (context) => {
  const branch = openGuarded(place(context), newMachine());
  const { ledger } = branch;
  const account = { ...newTill, id: 20, number: 'T20', currency: 'USD' };
  ledger.write(() => {
    ledger.append({ type: 'till.made', actor: '1', data: { accounts: [account] } });
  });
  assert.deepEqual(inGuard(branch, 20), { posted: 0n, held: 0n });
  assert.throws(() =>
    ledger.write(() => {
      ledger.append({
        type: 'x',
        actor: '1',
        data: { accounts: [{ ...account, id: 21, number: 'T21' }] },
      });
      throw new Error('undone');
    }),
  );
  ledger.write(() => {
    ledger.append({
      type: 'x',
      actor: '1',
      data: { accounts: [{ ...account, id: 21, number: 'T21' }] },
    });
  });
  agree(branch);
  branch.close();
});

const newTill = {
  ...{ product: 'till', class: 'asset', name: 'Till', customer: null, cash: false },
  ...{ lowMinor: '0', highMinor: null },
};

/** A machine whose guard lets the station do so many calls and then lets it die. */
function dying(machine: GuardDevice, calls: number): GuardDevice {
  let left = calls;
  return {
    open() {
      const guard = machine.open();
      const entries = Object.entries(guard).map(([name, value]) => {
        if (typeof value !== 'function' || name === 'close') return [name, value];
        const counted = (...given: unknown[]) => {
          left -= 1;
          if (left < 0) throw new Error('the station died');
          return (value as (...given: unknown[]) => unknown)(...given);
        };
        return [name, counted];
      });
      return Object.fromEntries(entries) as Guard;
    },
  };
}

test('a guard that stops answering stops cash, never what the log has decided', (context) => {
  const at = place(context);
  const machine = newMachine();
  openGuarded(at, machine).close();
  for (let calls = 3; calls < 30; calls += 1) {
    let branch: GuardedBranch;
    try {
      branch = openGuarded(at, dying(machine, calls));
    } catch {
      continue;
    }
    const { ledger } = branch;
    const acknowledged: number[] = [];
    for (let number = 0; number < 5; number += 1) {
      try {
        const key = keyOf(calls * 100 + number);
        acknowledged.push(ledger.write(() => post(ledger, [[till, capital, 10]], key)));
      } catch {
        // Refused: the log must not have it, which the next life sees.
      }
    }
    branch.close();
    const next = openGuarded(at, machine);
    agree(next);
    for (const seq of acknowledged) assert.ok(next.ledger.event(seq));
    next.close();
  }
});

test('after a power cut the guard is loaded anew, and holds what the ledger holds', (context) => {
  const at = place(context);
  const first = openGuarded(at, newMachine());
  first.ledger.write(() => post(first.ledger, [[till, capital, 77]]));
  first.close();
  const second = openGuarded(at, newMachine());
  assert.equal(second.opened.started.how, 'loaded');
  agree(second);
  second.close();
});

/** Copies the branch as it stands, and returns what puts the copy back: database and witness together. */
function keepCopy(context: TestContext, folder: string): () => void {
  const copy = mkdtempSync(join(tmpdir(), 'teller-guard-copy-'));
  context.after(() => rmSync(copy, { recursive: true }));
  cpSync(folder, copy, { recursive: true });
  return () => {
    for (const name of ['branch.db', 'branch.db-wal']) rmSync(join(folder, name), { force: true });
    cpSync(copy, folder, { recursive: true });
  };
}

test('an old copy of database and witness together is refused, and only the exact head accepted', (context) => {
  const at = place(context);
  const machine = newMachine();
  const first = openGuarded(at, machine);
  first.ledger.write(() => post(first.ledger, [[till, capital, 500]]));
  first.close();
  const putBack = keepCopy(context, at.folder);
  const second = openGuarded(at, machine);
  second.ledger.write(() => post(second.ledger, [[capital, till, 1]]));
  second.close();
  putBack();
  refuses('log-behind-anchor', () => openGuarded(at, machine));
  refuses('log-behind-anchor', () => openGuarded(at, machine, { acceptHead: 'ab'.repeat(32) }));
  const unguarded = openGuarded(at, 'no guard');
  const { hash } = unguarded.books.head();
  unguarded.close();
  const accepted = openGuarded(at, machine, { acceptHead: hash });
  assert.equal(accepted.opened.accepted?.reason, 'log-behind-anchor');
  assert.equal(accepted.opened.guard.kind, 'memory');
  const { ledger, opened } = accepted;
  refuses('guard-unconfirmed', () => ledger.write(() => post(ledger, [[till, capital, 1]])));
  opened.keeper.release();
  ledger.write(() => post(ledger, [[till, capital, 1]]));
  agree(accepted);
  accepted.close();
});

test('an accepted log waits for its supervisor over a restart of the machine, and not after their word', (context) => {
  const at = place(context);
  const machine = newMachine();
  openGuarded(at, machine).close();
  const putBack = keepCopy(context, at.folder);
  const second = openGuarded(at, machine);
  second.ledger.write(() => post(second.ledger, [[till, capital, 1]]));
  second.close();
  putBack();
  const unguarded = openGuarded(at, 'no guard');
  const { hash, seq } = unguarded.books.head();
  unguarded.close();
  openGuarded(at, machine, { acceptHead: hash }).close();
  // The machine was switched off: its guard is empty and refuses nothing any more.
  for (const restarted of [newMachine(), 'no guard'] as const) {
    const { ledger, opened, close } = openGuarded(at, restarted);
    assert.equal(opened.accepted?.reason, 'log-behind-anchor');
    assert.equal(ledger.head().seq, seq + 1, 'said once in the log');
    refuses('guard-unconfirmed', () => ledger.write(() => post(ledger, [[till, capital, 1]])));
    close();
  }
  const asked = openGuarded(at, newMachine());
  const data = { accepted: 'log-behind-anchor', reason: 'restored on Monday' };
  asked.ledger.write(() => asked.ledger.append({ type: 'guard.confirmed', actor: '3', data }));
  asked.close();
  const after = openGuarded(at, newMachine());
  assert.equal(after.opened.accepted, null);
  after.ledger.write(() => post(after.ledger, [[till, capital, 1]]));
  agree(after);
  after.close();
});

test('another history of the same length is refused', (context) => {
  const at = place(context);
  const machine = newMachine();
  openGuarded(at, machine).close();
  const putBack = keepCopy(context, at.folder);
  const one = openGuarded(at, machine);
  one.ledger.write(() => post(one.ledger, [[till, capital, 500]]));
  one.close();
  putBack();
  const other = openGuarded(at, 'no guard');
  other.ledger.write(() => post(other.ledger, [[till, capital, 900_000]]));
  other.close();
  refuses('log-not-anchored', () => openGuarded(at, machine));
});

test('a second station, and another branch, are told and get a guard of their own', (context) => {
  const machine = newMachine();
  const one = openGuarded(place(context), machine);
  const other = openGuarded(place(context), machine);
  assert.equal(other.opened.guard.kind, 'memory');
  assert.match(other.opened.absence ?? '', /Another station/);
  one.close();
  const third = openGuarded(place(context), machine);
  assert.match(third.opened.absence ?? '', /another branch/);
  other.close();
  third.close();
});

test('who asks to start with a guard that is another’s is told which of the two it is', (context) => {
  const machine = newMachine();
  const one = openGuarded(place(context), machine);
  const { books } = one;
  const begin = (device: string) => {
    const guard = machine.open();
    const parts = { guard, books, device, spentElsewhere: null, sealed: null };
    try {
      return startGuard(parts);
    } finally {
      guard.close();
    }
  };
  refuses('guard-in-use', () => begin('a'.repeat(32)));
  one.opened.close();
  refuses('guard-of-another-branch', () => begin('b'.repeat(32)));
  one.close();
});

test('the guard refuses what its own balance does not cover, whatever the ledger thinks', (context) => {
  const at = place(context);
  const machine = newMachine();
  const branch = openGuarded(at, machine);
  const { ledger, database } = branch;
  ledger.write(() => post(ledger, [[till, capital, 100]]));
  // As a compromised program would: the ledger's own bound is lifted.
  database.exec(`UPDATE balance SET low = -1000000 WHERE account = ${till}`);
  refuses('guard-insufficient', () => ledger.write(() => post(ledger, [[capital, till, 101]])));
  agree(branch);
  branch.close();
});

test('a ledger whose till was changed by hand is refused', (context) => {
  const at = place(context);
  const machine = newMachine();
  const branch = openGuarded(at, machine);
  branch.ledger.write(() => post(branch.ledger, [[till, capital, 100]]));
  branch.database.exec('DROP TRIGGER balance_moves');
  branch.database.exec(`UPDATE balance SET posted = 5000 WHERE account = ${till}`);
  branch.close();
  refuses('guard-differs', () => openGuarded(at, machine));
});
