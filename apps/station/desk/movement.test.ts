// Attacks the handshakes: cash leaves one hand, is in transit, and arrives in another, never in the same.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { at, float, nothing, servingCounter, type TestCounter } from './counter-fixture.ts';

async function reasons(
  desk: TestCounter,
  cases: readonly (readonly [number, Parameters<TestCounter['fault']>[1], object, string])[],
): Promise<void> {
  for (const [window, name, input, reason] of cases) {
    const fault = await desk.fault(window, name, input);
    assert.equal(fault.reason, reason, `${name} ${JSON.stringify(input)}: ${fault.message}`);
  }
}

const posted = (desk: TestCounter, number: string) =>
  desk.ledger.accountByNumber(number)?.postedMinor;
const offer = (more: object = {}) => ({
  ...{ from: 2, to: 3, currency: 'EUR', denominations: { 10000: 2 } },
  ...more,
});

test('cash that cannot be offered is refused in words', async () => {
  const desk = await servingCounter();
  await desk.ask(at.ada, 'till.add', { name: 'Till 4', currencies: ['JPY'] });
  await reasons(desk, [
    [at.ana, 'movement.offer', offer({ to: 2 }), 'same-till'],
    [at.ana, 'movement.offer', offer({ to: 9 }), 'till-unknown'],
    [at.ana, 'movement.offer', offer({ to: 4 }), 'till-closed'],
    [at.ana, 'movement.offer', offer({ currency: 'JPY' }), 'currency-not-in-till'],
    [at.ana, 'movement.offer', offer({ denominations: { 10000: 61 } }), 'not-in-till'],
    [at.ana, 'movement.offer', offer({ denominations: { 7: 1 } }), 'unknown-face'],
    [at.ana, 'movement.offer', offer({ denominations: {} }), 'nothing-counted'],
    [at.ana, 'movement.offer', offer({ denominations: { 10000: 0 } }), 'nothing-counted'],
    [at.ana, 'movement.offer', offer({ from: 3, to: 2 }), 'till-not-yours'],
    [at.ana, 'movement.offer', offer({ from: 1, to: 2 }), 'till-not-yours'],
    [at.ana, 'movement.offer', offer({ request: 1 }), 'request-unknown'],
    [at.ana, 'movement.request', offer({ from: 3, to: 2, denominations: {} }), 'nothing-counted'],
    [at.ben, 'movement.request', offer({ from: 1, to: 2 }), 'till-not-yours'],
  ]);
  assert.equal(desk.counter.movements.pending().length, 0);
  assert.equal(posted(desk, 'TRANSITEUR'), 0n);
  desk.close();
});

test('an offer stands in transit until the receiver has counted exactly that', async () => {
  const desk = await servingCounter();
  const before = { two: posted(desk, 'TILL2EUR') ?? 0n, three: posted(desk, 'TILL3EUR') ?? 0n };
  const { movement } = await desk.ask(at.ana, 'movement.offer', offer());
  assert.deepEqual(
    [posted(desk, 'TILL2EUR'), posted(desk, 'TRANSITEUR'), posted(desk, 'TILL3EUR')],
    [before.two - 20_000n, 20_000n, before.three],
  );
  assert.equal(desk.heard(at.ben, 'movement.waiting').length, 2, 'the float, and this');
  const { movements } = await desk.ask(at.ben, 'movement.list');
  assert.deepEqual(movements.at(-1)?.actions, ['accept', 'decline']);
  await reasons(desk, [
    [at.ana, 'movement.accept', { movement, denominations: { 10000: 2 } }, 'till-not-yours'],
    [at.ben, 'movement.accept', { movement, denominations: { 10000: 1 } }, 'count-differs'],
    [at.ben, 'movement.accept', { movement, denominations: { 5000: 4 } }, 'count-differs'],
    [at.ben, 'movement.accept', { movement: 1, denominations: {} }, 'movement-unknown'],
    [at.ben, 'movement.cancel', { movement, reason: 'not mine' }, 'movement-not-yours'],
    [at.ana, 'movement.decline', { movement, reason: 'not mine' }, 'till-not-yours'],
  ]);
  await desk.ask(at.ben, 'movement.accept', { movement, denominations: { 10000: 2 } });
  assert.deepEqual(
    [posted(desk, 'TRANSITEUR'), posted(desk, 'TILL3EUR')],
    [0n, before.three + 20_000n],
  );
  await reasons(desk, [
    [at.ben, 'movement.accept', { movement, denominations: { 10000: 2 } }, 'movement-settled'],
    [at.ben, 'movement.decline', { movement, reason: 'too late' }, 'movement-settled'],
    [at.ana, 'movement.cancel', { movement, reason: 'too late' }, 'movement-settled'],
  ]);
  desk.close();
});

test('cash that is sent back or taken back is the giver’s again', async () => {
  const desk = await servingCounter();
  const before = posted(desk, 'TILL2EUR');
  const first = await desk.ask(at.ana, 'movement.offer', offer());
  await desk.ask(at.ben, 'movement.decline', { movement: first.movement, reason: 'not needed' });
  const other = await desk.ask(at.ana, 'movement.offer', offer());
  await desk.ask(at.ana, 'movement.cancel', { movement: other.movement, reason: 'a mistake' });
  assert.deepEqual([posted(desk, 'TILL2EUR'), posted(desk, 'TRANSITEUR')], [before, 0n]);
  assert.deepEqual(desk.ledger.pieces(desk.ledger.accountByNumber('TILL2EUR')?.id ?? 0), float);
  desk.close();
});

test('a request is answered by somebody else, once', async () => {
  const desk = await servingCounter();
  const { movement } = await desk.ask(at.ana, 'movement.request', offer({ from: 1, to: 2 }));
  assert.equal(desk.heard(at.sam, 'movement.waiting').length, 1);
  assert.equal(desk.heard(at.ben, 'movement.waiting').length, 1, 'ben heard of his float only');
  const answer = { ...offer({ from: 1, to: 2 }), request: movement };
  await reasons(desk, [
    [at.sam, 'movement.offer', { ...answer, to: 3 }, 'request-differs'],
    [
      at.sam,
      'movement.offer',
      { ...answer, currency: 'USD', denominations: { 10000: 1 } },
      'request-differs',
    ],
  ]);
  const given = { ...answer, denominations: { 5000: 3 } };
  assert.deepEqual(await desk.ask(at.sam, 'movement.offer', given), { movement });
  await reasons(desk, [[at.rita, 'movement.offer', given, 'request-unknown']]);
  await desk.ask(at.ana, 'movement.accept', { movement, denominations: { 5000: 3 } });
  const row = desk.counter.movements.movement(movement);
  assert.deepEqual(
    [row?.state, row?.amountMinor, row?.askedBy === row?.takenBy],
    ['accepted', 15_000n, true],
  );
  desk.close();
});

test('a request is taken back by who asked or by a supervisor, and by nobody else', async () => {
  const desk = await servingCounter();
  const asked = async () =>
    (await desk.ask(at.ana, 'movement.request', offer({ from: 1, to: 2 }))).movement;
  for (const window of [at.ana, at.sam]) {
    const movement = await asked();
    const back = { movement, reason: 'not needed' };
    await reasons(desk, [[at.ben, 'movement.cancel', back, 'movement-not-yours']]);
    await desk.ask(window, 'movement.cancel', back);
    assert.equal(desk.counter.movements.movement(movement)?.state, 'cancelled');
  }
  desk.close();
});

test('the vault takes from and gives to the cash centre what is there, and no more', async () => {
  const desk = await servingCounter();
  const ship = { currency: 'USD', denominations: { 10000: 5 }, reference: 'CC-1' };
  const vault = posted(desk, 'VAULTUSD') ?? 0n;
  await desk.ask(at.sam, 'vault.receive', ship);
  assert.deepEqual(
    [posted(desk, 'VAULTUSD'), posted(desk, 'NOSTROUSD')],
    [vault + 50_000n, -50_000n],
  );
  await desk.ask(at.sam, 'vault.send', { ...ship, denominations: { 10000: 2 } });
  assert.deepEqual(
    [posted(desk, 'VAULTUSD'), posted(desk, 'NOSTROUSD')],
    [vault + 30_000n, -30_000n],
  );
  await reasons(desk, [
    [at.ana, 'vault.receive', ship, 'role-missing'],
    [at.sam, 'vault.send', { ...ship, denominations: { 10000: 5000 } }, 'not-in-till'],
    [at.sam, 'vault.send', { ...ship, currency: 'GBP' }, 'currency-not-in-till'],
    [at.sam, 'vault.send', { ...ship, denominations: {} }, 'nothing-counted'],
    [at.sam, 'vault.receive', { ...ship, reference: '' }, 'bad-input'],
  ]);
  desk.close();
});

test('the same key moves cash once; with other content it is refused', async () => {
  const desk = await servingCounter();
  const key = 'aaaaaaaa-0000-4000-8000-000000000001';
  const first = await desk.ask(at.ana, 'movement.offer', offer(), key);
  assert.deepEqual(await desk.ask(at.ana, 'movement.offer', offer(), key), first);
  assert.equal(posted(desk, 'TRANSITEUR'), 20_000n);
  const other = await desk.fault(
    at.ana,
    'movement.offer',
    offer({ denominations: { 10000: 3 } }),
    key,
  );
  assert.equal(other.reason, 'key-reused');
  desk.close();
});

test('a till over its hard limit takes no more', async () => {
  const desk = await servingCounter();
  const counts = nothing('EUR', 'USD');
  assert.equal(counts.length, 2);
  const policy = (await desk.ask(at.ada, 'policy.get')).policy as { tillLimits: object[] };
  const tillLimits = [
    { kind: 'till', currency: 'EUR', softMinor: '1250000', hardMinor: '1260000' },
  ];
  await desk.ask(at.ada, 'policy.set', {
    policy: { ...policy, tillLimits },
    reason: 'small tills',
  });
  await reasons(desk, [[at.ana, 'movement.offer', offer(), 'till-over-limit']]);
  await desk.ask(at.ana, 'movement.offer', offer({ denominations: { 10000: 1 } }));
  desk.close();
});
