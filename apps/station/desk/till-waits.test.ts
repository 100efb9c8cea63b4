// Proves that what waits at one till stands in the way of that till alone, and what is counted counts for it alone.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  at,
  customerWith,
  float,
  nothing,
  servingCounter,
  testPolicy,
  withdrawal,
} from './counter-fixture.ts';

const all = [{ currency: 'EUR', denominations: float }, ...nothing('USD')];
const short = [{ currency: 'EUR', denominations: { ...float, 500: 0 } }, ...nothing('USD')];

test('the count of another till does not stand for the first of this one', async () => {
  const desk = await servingCounter();
  await desk.ask(at.ana, 'till.beginCount', { till: 2 });
  await desk.ask(at.ben, 'till.beginCount', { till: 3 });
  await desk.ask(at.ben, 'till.count', { till: 3, counts: all });
  const first = await desk.ask(at.ana, 'till.count', { till: 2, counts: short });
  const hasty = await desk.fault(at.ana, 'till.close', { till: 2, count: first.count });
  assert.equal(hasty.reason, 'count-once-more');
  const again = await desk.ask(at.ana, 'till.count', { till: 2, counts: short });
  const close = { till: 2, count: again.count, explanation: 'counted twice' };
  assert.equal((await desk.ask(at.ana, 'till.close', close)).state, 'parked');
  desk.close();
});

test('a posting that waits at one till keeps it open, and lets another close and open again', async () => {
  const desk = await servingCounter();
  const marta = await customerWith(desk, 'Marta');
  const policy = { ...testPolicy, youngAccount: { days: 30, floors: [] } };
  await desk.ask(at.ada, 'policy.set', { policy, reason: 'young accounts are looked at' });
  const draft = withdrawal(marta, 10_000n);
  const asked = await desk.ask(at.ana, 'posting.post', { draft });
  assert.ok(asked.state === 'parked');
  const closing = async (window: typeof at.ana | typeof at.ben, till: number) => {
    const { tills } = await desk.ask(at.sam, 'till.list', {});
    const { positions } = tills.find((each) => each.till === till) ?? {};
    const counts = (positions ?? []).map(({ currency, denominations }) => ({
      ...{ currency, denominations: denominations ?? {} },
    }));
    await desk.ask(window, 'till.beginCount', { till });
    const { count } = await desk.ask(window, 'till.count', { till, counts });
    return { till, count };
  };
  const ben = await closing(at.ben, 3);
  assert.equal((await desk.ask(at.ben, 'till.close', ben)).state, 'closed');
  const opened = await desk.ask(at.ben, 'till.open', { till: 3, counts: all });
  assert.equal(opened.state, 'open');
  const ana = await closing(at.ana, 2);
  const fault = await desk.fault(at.ana, 'till.close', ana);
  assert.equal(fault.reason, 'approval-open');
  await desk.ask(at.ana, 'approval.withdraw', { approval: asked.approval });
  assert.equal((await desk.ask(at.ana, 'till.close', ana)).state, 'closed');
  desk.close();
});

test('an opening that waits for a supervisor does not stop the opening of another till', async () => {
  const desk = await servingCounter();
  for (const name of ['Till 4', 'Till 5']) {
    await desk.ask(at.ada, 'till.add', { name, currencies: ['EUR'] });
  }
  const counts = [{ currency: 'EUR', denominations: { 10000: 30 } }];
  const waiting = await desk.ask(at.sam, 'till.open', { till: 4, counts });
  assert.equal(waiting.state, 'parked');
  const other = await desk.ask(at.rita, 'till.open', { till: 5, counts: nothing('EUR') });
  assert.equal(other.state, 'open');
  desk.close();
});
