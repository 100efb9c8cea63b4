// Proves that the vault is asked for the change a till's own customers take, and that nobody counting is told.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { at, customerWith, deposit, servingCounter } from './counter-fixture.ts';

test('what customers took for change is proposed, to the till’s own teller while it is open', async () => {
  const desk = await servingCounter();
  const marta = await customerWith(desk, 'Marta', { empty: true });
  const asked = await desk.ask(at.ana, 'till.need', { till: 2 });
  assert.deepEqual(asked, { needs: [] }, 'nobody was served: nothing is known');
  for (let customer = 0; customer < 24; customer++) {
    const draft = { ...deposit(marta, 1_500n, { 2000: 1 }), change: { 500: 1 } };
    await desk.ask(at.ana, 'posting.post', { draft });
  }
  const { needs } = await desk.ask(at.ana, 'till.need', { till: 2 });
  assert.deepEqual(needs, [], '56 fives are left of 80: enough for as many again');
  await desk.ask(at.ana, 'posting.post', {
    draft: { ...deposit(marta, 20_000n, { 10000: 5 }), change: { 500: 50, 1000: 5 } },
  });
  const short = await desk.ask(at.ana, 'till.need', { till: 2 });
  const [need] = short.needs;
  assert.equal(need?.customers, 25);
  // 74 fives went out, 6 are left: 74 and twice the square root of it are wanted, by tens.
  assert.deepEqual(need?.denominations, { 500: 90 });
  assert.equal((await desk.fault(at.ben, 'till.need', { till: 2 })).reason, 'till-not-yours');
  await desk.ask(at.ana, 'till.beginCount', { till: 2 });
  assert.equal((await desk.fault(at.ana, 'till.need', { till: 2 })).reason, 'till-counting');
  desk.close();
});
