// Attacks the played settlement system: queue and bypass, gridlock, cut-off, repeats, and its own books.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { budgetMs, decideInstant } from './instant.ts';
import { createRtgs, type NetworkAnswer } from './rtgs.ts';

const systemWith = (money: Readonly<Record<string, bigint>>) =>
  createRtgs({ liquidity: new Map(Object.entries(money)), cutOffAt: 100 });
const said = (answers: readonly NetworkAnswer[]) =>
  answers.map(({ id, status }) => `${id} ${status}`);
const order = (id: string, from: string, to: string, amountMinor: bigint) => ({
  ...{ id, from, to, amountMinor },
});

test('what has its money settles at once, what lacks it waits and is passed by what does not', () => {
  const rtgs = systemWith({ A: 50n });
  assert.deepEqual(said(rtgs.submit(order('big', 'A', 'B', 60n), 1)), ['big ACSP']);
  assert.deepEqual(said(rtgs.submit(order('small', 'A', 'B', 50n), 2)), ['small ACSC']);
  assert.deepEqual(said(rtgs.fund('A', 59n)), []);
  assert.deepEqual(said(rtgs.fund('A', 1n)), ['big ACSC']);
  assert.deepEqual([rtgs.balance('A'), rtgs.balance('B')], [0n, 110n]);
});

test('a ring of orders nobody has money for settles against itself, the newest that does not fit waits', () => {
  const rtgs = systemWith({});
  rtgs.submit(order('1', 'A', 'B', 10n), 1);
  rtgs.submit(order('2', 'B', 'C', 10n), 2);
  rtgs.submit(order('3', 'B', 'A', 5n), 3);
  const ring = said(rtgs.submit(order('4', 'C', 'A', 10n), 4));
  assert.deepEqual(ring, ['1 ACSC', '2 ACSC', '4 ACSC']);
  assert.deepEqual(
    rtgs.queued.map(({ id }) => id),
    ['3'],
  );
});

test('after the cut-off nothing comes in, at the close what lacks money goes back', () => {
  const rtgs = systemWith({ A: 10n });
  assert.deepEqual(said(rtgs.submit(order('in time', 'A', 'B', 10n), 100)), ['in time ACSC']);
  const [late] = rtgs.submit(order('late', 'A', 'B', 1n), 101);
  assert.deepEqual([late?.status, late?.reason], ['RJCT', 'TM01']);
  rtgs.submit(order('poor', 'A', 'B', 1n), 100);
  const [poor] = rtgs.close();
  assert.deepEqual([poor?.id, poor?.status, poor?.reason], ['poor', 'RJCT', 'AM04']);
  assert.equal(rtgs.enquire('poor')?.status, 'RJCT');
  assert.equal(rtgs.enquire('never'), null);
  assert.deepEqual(said(rtgs.submit(order('in time', 'A', 'B', 10n), 50)), ['in time ACSC']);
  assert.equal(rtgs.balance('B'), 10n, 'a repeat moves nothing');
});

test('property: no bank goes below zero, no money is made, each order is decided once', () => {
  const bank = fc.constantFrom('A', 'B', 'C', 'D');
  const amountMinor = fc.bigInt({ min: 1n, max: 100n });
  const orders = fc.array(fc.record({ from: bank, to: bank, amountMinor }), { maxLength: 30 });
  fc.assert(
    fc.property(orders, fc.bigInt({ min: 0n, max: 60n }), (list, start) => {
      const rtgs = systemWith({ A: start, B: start });
      const ends = list
        .flatMap((each, index) => rtgs.submit({ ...each, id: String(index) }, 1))
        .concat(rtgs.close())
        .filter(({ status }) => status !== 'ACSP');
      assert.equal(new Set(ends.map(({ id }) => id)).size, list.length);
      assert.equal(ends.length, list.length);
      const money = ['A', 'B', 'C', 'D'].map((each) => rtgs.balance(each));
      assert.ok(money.every((each) => each >= 0n));
      assert.equal(
        money.reduce((sum, each) => sum + each, 0n),
        start * 2n,
      );
    }),
    { numRuns: 150 },
  );
});

test('an instant order is decided within its ten seconds, at the last millisecond too', () => {
  const asked = { id: 'x', bank: 'A', at: 1_000 };
  const at = (afterMs: number | null, accepts = true) =>
    decideInstant(asked, { accepts, reason: 'AC04', afterMs });
  assert.equal(at(budgetMs).answer.status, 'ACSC');
  assert.equal(at(3_000, false).answer.reason, 'AC04');
  for (const late of [budgetMs + 1, null]) {
    const { at: when, answer } = at(late);
    assert.deepEqual([when, answer.status, answer.reason], [11_000, 'RJCT', 'AB05']);
  }
});
