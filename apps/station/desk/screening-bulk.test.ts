// Attacks the comparison of a file's payees: all of them, in slices, once a name, begun anew when the lists change.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { HitData } from '#station/ledger/projections/screening.ts';
import { settingsInput } from '#station/payments/branch/branch.fixture.ts';
import { bulkOrder } from '#station/payments/branch/bulk.fixture.ts';
import { ownIban } from '#station/payments/branch/own-iban.ts';
import { at, nextCode, servingCounter } from './counter-fixture.ts';
import { customerWith, payingCounter } from './payment.fixture.ts';
import { bulkHitsMost, createBulkNames, payeesAtOnce } from './screening-bulk.ts';
import { listed } from './screening-fixture.ts';

/** A file of so many payees; comparing one name takes a millisecond, and nothing else any time at all. */
function plan(
  count: number,
  resembles: (name: string) => boolean,
  nameOf: (index: number) => string = String,
) {
  let timer = 0;
  let due: (() => void) | null = null;
  const asked: string[] = [];
  const said: (readonly string[])[] = [];
  const world = { measure: 'test 1' as string | null, state: 'checked' };
  const names = createBulkNames({
    clock: {
      ...{ now: () => 0, monotonic: () => timer },
      after(delayMs, callback) {
        assert.equal(due, null, 'one thing at a time');
        due = () => {
          timer += delayMs;
          callback();
        };
        return () => {
          due = null;
        };
      },
    },
    announcer: { changed: (topics) => void said.push(topics) },
    measure: () => world.measure,
    payments: {
      bulk: (order) => (order === 7 ? ({ order, count, state: world.state } as never) : null),
      items: (_order, from, most) =>
        Array.from({ length: Math.max(0, Math.min(most, count - from)) }, (_, index) => ({
          creditor: { name: nameOf(from + index) },
        })) as never,
    },
    compare(name) {
      asked.push(name);
      timer += 1;
      return resembles(name) ? [{ name } as HitData] : [];
    },
  });
  const turn = (): boolean => {
    const next = due;
    due = null;
    next?.();
    return next !== null;
  };
  return { names, asked, said, world, turn, isIdle: () => due === null };
}

test('a long file is compared to its last name, a slice at a time, and says how far it is', () => {
  const { names, asked, said, turn, isIdle } = plan(10_000, (name) => name === '9999');
  assert.equal(names.hitsOf(7), null);
  assert.equal(asked.length, 0, 'nobody waits for it');
  assert.deepEqual(names.progress(7), { compared: 0, count: 10_000 });
  turn();
  assert.equal(asked.length, 6, 'a slice of 6 ms');
  assert.deepEqual(names.progress(7), { compared: 6, count: 10_000 });
  while (turn());
  assert.ok(isIdle());
  assert.equal(names.progress(7), null);
  assert.deepEqual(
    names.hitsOf(7)?.map(({ name }) => name),
    ['9999'],
  );
  assert.equal(asked.length, 10_000);
  assert.equal(said.length, 60, 'four words a second in 15 seconds');
  assert.deepEqual([said[0], said.at(-1)], [['payment'], ['payment', 'screening']]);
});

test('a short file is compared at once; the same name once; a file nobody knows has nobody in it', () => {
  const short = plan(
    payeesAtOnce,
    () => true,
    (index) => `Payee ${index % 3}`,
  );
  assert.equal(short.names.hitsOf(7)?.length, 3);
  assert.equal(short.asked.length, 3);
  assert.ok(short.isIdle());
  assert.deepEqual(short.names.hitsOf(8), []);
});

test('without lists nothing is compared; with others, or another policy, everything is again', () => {
  const { names, asked, world, turn } = plan(150, (name) => name === '3');
  world.measure = null;
  assert.deepEqual(names.hitsOf(7), []);
  world.measure = 'test 1';
  names.begin(7);
  while (turn());
  assert.equal(names.hitsOf(7)?.length, 1);
  world.measure = 'test 2';
  assert.equal(names.hitsOf(7), null, 'what was found by the list before does not count');
  assert.equal(names.progress(7)?.compared, 0);
  while (turn());
  assert.equal(asked.length, 300);
});

test('a file that is cancelled, or a station that closes, is compared no further', () => {
  const { names, asked, world, turn, isIdle } = plan(1_000, () => false);
  names.begin(7);
  turn();
  world.state = 'cancelled';
  while (turn());
  assert.equal(asked.length, 6);
  assert.equal(names.progress(7), null);
  const other = plan(1_000, () => false);
  other.names.begin(7);
  other.names.close();
  assert.ok(other.isIdle() && isIdle());
});

test('of a file that is all hits no more are kept than are needed to say so', () => {
  const { names, turn } = plan(1_000, () => true);
  names.begin(7);
  while (turn());
  assert.equal(names.hitsOf(7)?.length, bulkHitsMost + 1);
});

test('the last payee of a long file is found: the file waits, is explained, and goes out whole', async () => {
  const desk = await servingCounter({ hasLists: true });
  await desk.ask(at.ada, 'payment.configure', { settings: settingsInput, reason: 'the tests pay' });
  const branch = await payingCounter({ desk });
  const marta = await customerWith(desk, 'Marta');
  const iban = ownIban({ ibanCountry: 'DE', bankCode: '50099900' }, marta.account);
  const count = payeesAtOnce + 50;
  const text = bulkOrder({ iban, count }).replace(`Payee ${count}<`, 'Viktor Zolotarev<');
  desk.lists?.publish([listed('T-1', 'Viktor Anatoliy Zolotarev')]);
  await branch.receive(text, 'b.xml');
  await branch.work.settled();
  const orderOf = async () => (await desk.ask(at.ana, 'payment.bulkList')).orders[0];
  const order = await orderOf();
  assert.deepEqual([order?.state, order?.compared], ['checked', 0]);
  const { amountMinor } = order ?? {};
  const draft = {
    ...{ task: 'payment.bulk', order: order?.order, from: marta.account, currency: 'EUR' },
    amountMinor,
  };
  const early = await desk.fault(at.ana, 'posting.post', { draft });
  assert.equal(early.reason, 'payees-being-compared');
  assert.match(early.message, /^0 of 150 payees are compared with the lists: wait/);
  desk.clock.pass(10);
  assert.equal((await orderOf())?.compared, null);
  const preview = await desk.ask(at.ana, 'posting.preview', { draft });
  assert.equal(preview.outcome, 'approval');
  assert.match(preview.flags.map(({ message }) => message).join(), /“Viktor Zolotarev” \(payee\)/);
  const asked = await desk.ask(at.ana, 'posting.post', { draft });
  const approval = asked.state === 'parked' ? asked.approval : 0;
  const card = await desk.ask(at.sam, 'approval.get', { approval });
  await nextCode(desk);
  await desk.ask(at.sam, 'approval.decide', {
    ...{ approval, decision: 'approve', contentDigest: card.contentDigest },
    ...{ comment: 'Born in 1990, passport seen', code: desk.code('sam') },
  });
  await desk.ask(at.ana, 'approval.resume', { approval });
  assert.equal(branch.posted('OUTWARDEUR'), -BigInt(amountMinor ?? 0));
  branch.close();
});
