// Holds head office's allowances to one spending: through undoings, deaths, copies, old files and a doctored book.
import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import fc from 'fast-check';
import { Refusal } from '#station/bank/refusal.ts';
import { allowanceId, allowanceNumber } from './allowances.ts';
import { accountFlags } from './guard.ts';
import {
  capital,
  type GuardedBranch,
  giveBack,
  grantOf,
  inGuard,
  makeFolder,
  newMachine,
  openGuarded,
  post,
  receive,
  spend,
  till,
} from './keeper.fixture.ts';

const seven = allowanceNumber('7') as number;

function place(context: TestContext) {
  const made = makeFolder();
  context.after(made.remove);
  return made;
}

const refuses = (reason: string, work: () => unknown): void => {
  assert.throws(work, (error) => error instanceof Refusal && error.reason === reason, reason);
};

/** A branch with cash in its till and allowance 7 of 300. */
function branchWithAllowance(at: ReturnType<typeof makeFolder>, machine = newMachine()) {
  const branch = openGuarded(at, machine);
  branch.ledger.write(() => post(branch.ledger, [[till, capital, 10_000]]));
  branch.ledger.write(() => receive(branch.ledger, [grantOf('7', '300')]));
  return { branch, machine };
}

const leftOf = (branch: GuardedBranch): bigint => -inGuard(branch, seven).posted;

function agree(branch: GuardedBranch): void {
  for (const { id, amountMinor, spentMinor } of branch.books.allowances()) {
    const { posted, held } = inGuard(branch, allowanceNumber(id) as number);
    assert.equal(-posted, amountMinor - spentMinor, `allowance ${id}`);
    assert.equal(held, 0n, `allowance ${id}: nothing is held`);
  }
}

test('numbers of head office become accounts of the guard and back; nothing else does', () => {
  assert.equal(allowanceId(BigInt(seven)), '7');
  assert.ok(Number.isSafeInteger(allowanceNumber('999999999999999')));
  for (const id of ['', '0', '07', '-7', '7.0', 'x', '1'.repeat(16)]) {
    assert.equal(allowanceNumber(id), null, id);
  }
  for (const account of [0n, 7n, 2n ** 52n, 2n ** 62n + 978n]) {
    assert.equal(allowanceId(account), null, String(account));
  }
});

test('an allowance is spent once, whatever the books say of it', (context) => {
  const { branch } = branchWithAllowance(place(context));
  const { ledger, database } = branch;
  ledger.write(() => spend(ledger, '7', 200));
  agree(branch);
  assert.equal(leftOf(branch), 100n);
  // As a compromised program would: the books are told that nothing was spent.
  database.exec('UPDATE office_allowance SET spent = 0');
  refuses('allowance-spent', () => ledger.write(() => spend(ledger, '7', 101)));
  ledger.write(() => spend(ledger, '7', 100));
  refuses('allowance-spent', () => ledger.write(() => spend(ledger, '7', 1)));
  assert.equal(leftOf(branch), 0n);
  branch.close();
});

test('granted twice it is worth what it was; one nobody granted is worth nothing', (context) => {
  const { branch } = branchWithAllowance(place(context));
  const { ledger } = branch;
  ledger.write(() => receive(ledger, [grantOf('7', '9000')]));
  assert.equal(leftOf(branch), 300n);
  refuses('allowance-unguarded', () => ledger.write(() => spend(ledger, '8', 1)));
  refuses('allowance-unguarded', () => ledger.write(() => spend(ledger, 'seven', 1)));
  agree(branch);
  branch.close();
});

test('what was undone is not spent, and a grant undone comes again whole', async (context) => {
  const { branch } = branchWithAllowance(place(context));
  const { ledger } = branch;
  const changedMind = (): never => {
    throw new Refusal('changed-mind', 'No.');
  };
  const undone = ledger.submit(() => {
    spend(ledger, '7', 250);
    receive(ledger, [grantOf('9', '50')]);
    giveBack(ledger, '7');
    return changedMind();
  });
  const kept = ledger.submit(() => spend(ledger, '7', 200));
  await assert.rejects(undone, /No/);
  await kept;
  assert.equal(leftOf(branch), 100n);
  ledger.write(() => spend(ledger, '7', 100));
  refuses('allowance-unguarded', () => ledger.write(() => spend(ledger, '9', 1)));
  ledger.write(() => receive(ledger, [grantOf('9', '50')]));
  ledger.write(() => spend(ledger, '9', 50));
  agree(branch);
  branch.close();
});

test('given back or written off, nothing more is spent of it, also by the next life', (context) => {
  const at = place(context);
  const { branch, machine } = branchWithAllowance(at);
  const { ledger } = branch;
  ledger.write(() => receive(ledger, [grantOf('8', '40')]));
  ledger.write(() => spend(ledger, '7', 10));
  ledger.write(() => giveBack(ledger, '7'));
  ledger.write(() => receive(ledger, [{ kind: 'written-off', allowance: '8' }]));
  for (const id of ['7', '8']) {
    refuses('allowance-ended', () => ledger.write(() => spend(ledger, id, 1)));
  }
  agree(branch);
  branch.close();
  const next = openGuarded(at, machine);
  assert.equal(next.opened.started.how, 'taken-over');
  refuses('allowance-unguarded', () => next.ledger.write(() => spend(next.ledger, '7', 1)));
  next.close();
});

test('an end that a death kept from the guard is made up for at the next start', (context) => {
  const at = place(context);
  const { branch, machine } = branchWithAllowance(at);
  branch.close();
  const unguarded = openGuarded(at, 'no guard');
  unguarded.ledger.write(() => giveBack(unguarded.ledger, '7'));
  unguarded.ledger.write(() => receive(unguarded.ledger, [grantOf('8', '40')]));
  unguarded.close();
  const next = openGuarded(at, machine);
  const flags = next.opened.guard.account(BigInt(seven)).flags;
  assert.ok((flags & accountFlags.frozen) !== 0, 'it has ended in the guard too');
  next.ledger.write(() => spend(next.ledger, '8', 40));
  agree(next);
  next.close();
});

test('after a power cut an allowance is worth what the log left of it', (context) => {
  const at = place(context);
  const { branch } = branchWithAllowance(at);
  branch.ledger.write(() => spend(branch.ledger, '7', 120));
  branch.close();
  const second = openGuarded(at, newMachine());
  assert.equal(second.opened.started.how, 'loaded');
  assert.equal(leftOf(second), 180n);
  refuses('allowance-spent', () => second.ledger.write(() => spend(second.ledger, '7', 181)));
  agree(second);
  second.close();
});

test('a book that says less was spent than the guard knows is refused at the start', (context) => {
  const at = place(context);
  const { branch, machine } = branchWithAllowance(at);
  branch.ledger.write(() => spend(branch.ledger, '7', 120));
  branch.database.exec('UPDATE office_allowance SET spent = 0');
  branch.close();
  refuses('guard-differs', () => openGuarded(at, machine));
});

test('a copy of the branch beside it may move its cash but spend no allowance', (context) => {
  const at = place(context);
  const { branch, machine } = branchWithAllowance(at);
  const copy = place(context);
  cpSync(at.folder, copy.folder, { recursive: true });
  const second = openGuarded({ folder: copy.folder, key: at.key }, machine);
  assert.equal(second.opened.guard.kind, 'memory');
  refuses('allowance-unguarded', () => second.ledger.write(() => spend(second.ledger, '7', 1)));
  second.ledger.write(() => receive(second.ledger, [grantOf('8', '40')]));
  refuses('allowance-unguarded', () => second.ledger.write(() => spend(second.ledger, '8', 1)));
  second.ledger.write(() => post(second.ledger, [[till, capital, 1]]));
  second.close();
  branch.close();
});

test('an old file that was accepted brings back no allowance', (context) => {
  const at = place(context);
  const { branch, machine } = branchWithAllowance(at);
  branch.close();
  const copy = mkdtempSync(join(tmpdir(), 'teller-allowance-copy-'));
  context.after(() => rmSync(copy, { recursive: true }));
  cpSync(at.folder, copy, { recursive: true });
  const newer = openGuarded(at, machine);
  newer.ledger.write(() => receive(newer.ledger, [grantOf('8', '40'), grantOf('9', '60')]));
  newer.ledger.write(() => spend(newer.ledger, '7', 290));
  newer.ledger.write(() => spend(newer.ledger, '8', 40));
  newer.ledger.write(() => giveBack(newer.ledger, '9'));
  newer.close();
  for (const name of ['branch.db', 'branch.db-wal']) {
    rmSync(join(at.folder, name), { force: true });
  }
  cpSync(copy, at.folder, { recursive: true });
  const unguarded = openGuarded(at, 'no guard');
  const { hash } = unguarded.books.head();
  unguarded.close();
  const accepted = openGuarded(at, machine, { acceptHead: hash });
  accepted.opened.keeper.release();
  const { ledger } = accepted;
  assert.equal(accepted.books.allowances()[0]?.spentMinor, 0n, 'the old books know of no spending');
  // Head office hands down again what the old books have not had.
  ledger.write(() => receive(ledger, [grantOf('8', '40'), grantOf('9', '60')]));
  for (const id of ['8', '9']) {
    refuses('allowance-spent', () => ledger.write(() => spend(ledger, id, 1)));
  }
  refuses('allowance-spent', () => ledger.write(() => spend(ledger, '7', 11)));
  ledger.write(() => spend(ledger, '7', 10));
  accepted.close();
});

test('a guard that is full takes in no more allowances, and lets none of those be spent', (context) => {
  const at = place(context);
  const machine = newMachine({ accountsMax: 40 });
  const { branch } = branchWithAllowance(at, machine);
  const grants = Array.from({ length: 60 }, (_, index) => grantOf(String(100 + index), '5'));
  branch.ledger.write(() => receive(branch.ledger, grants));
  branch.ledger.write(() => spend(branch.ledger, '100', 5));
  refuses('allowance-unguarded', () => branch.ledger.write(() => spend(branch.ledger, '159', 5)));
  branch.close();
  for (const next of [machine, newMachine({ accountsMax: 40 })]) {
    const branch = openGuarded(at, next);
    branch.ledger.write(() => spend(branch.ledger, '7', 1));
    refuses('allowance-unguarded', () => branch.ledger.write(() => spend(branch.ledger, '159', 5)));
    branch.close();
  }
});

test('any mixture of grants, spendings, ends and undoings leaves both agreed', async (context) => {
  const at = place(context);
  const machine = newMachine();
  const first = openGuarded(at, machine);
  first.ledger.write(() => post(first.ledger, [[till, capital, 1_000_000]]));
  first.close();
  const id = fc.integer({ min: 1, max: 4 }).map(String);
  const act = fc.record({
    what: fc.constantFrom('grant', 'spend', 'spend', 'spend', 'end', 'write-off'),
    ...{ id, amount: fc.integer({ min: 1, max: 200 }) },
  });
  const command = fc.record({ acts: fc.array(act, { maxLength: 3 }), fails: fc.boolean() });
  await fc.assert(
    fc.asyncProperty(fc.array(command, { maxLength: 8 }), async (commands) => {
      const branch = openGuarded(at, machine);
      const { ledger } = branch;
      const works = commands.map(({ acts, fails }) =>
        ledger.submit(() => {
          for (const one of acts) play(ledger, one);
          if (fails) throw new Refusal('changed-mind', 'No.');
        }),
      );
      try {
        await Promise.allSettled(works);
        agree(branch);
      } finally {
        branch.close();
      }
    }),
    // The branch lives on from one to the next, so nothing smaller would show the same.
    { numRuns: 40, endOnFailure: true },
  );
});

function play(
  ledger: GuardedBranch['ledger'],
  { what, id, amount }: { readonly what: string; readonly id: string; readonly amount: number },
): void {
  if (what === 'grant') receive(ledger, [grantOf(id, '1000')]);
  else if (what === 'spend') spend(ledger, id, amount);
  else if (what === 'end') giveBack(ledger, id);
  else receive(ledger, [{ kind: 'written-off', allowance: id }]);
}
