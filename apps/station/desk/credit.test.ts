// Proves credit at the desk: figures from the ledger, an officer who is somebody else, nobody's person in them.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { CreditAssessment } from '#contract/credit.ts';
import type { CreditRow } from '#station/ledger/projections/risk-credit.ts';
import { customerWith, servingCounter, type TestCounter } from './counter-fixture.ts';
import { creditHandlers } from './credit.ts';
import { fairnessOf } from './credit-fairness.ts';

const opened: TestCounter[] = [];
after(() => {
  for (const desk of opened) desk.close();
});

const asked = (customer: number) => ({
  ...{ customer, product: 'loan' as const, amountMinor: 300_000n, currency: 'EUR', months: 24 },
  ...{ incomeMinor: 250_000n, obligationsMinor: 20_000n, employedMonths: 60, purpose: 'a car' },
});

async function desk() {
  const counter = await servingCounter();
  opened.push(counter);
  const parts = {
    counter: counter.counter,
    reads: { application: () => null, applications: () => [] },
    accountsOf: (customer: number) =>
      counter.customers.accountsOf(customer).map(({ account }) => account),
    traitsOf: () => ({ birthDate: '1990-01-01', isDomestic: true }),
  };
  return { counter, handlers: creditHandlers(parts) };
}

async function assess(of: Awaited<ReturnType<typeof desk>>, customer: number) {
  const answer = of.handlers['credit.assess'] as (input: object) => CreditAssessment;
  return answer({ application: asked(customer) });
}

test('the figures are the account’s own: what came in, how long it was kept, how often it was overdrawn', async () => {
  const of = await desk();
  const marta = await customerWith(of.counter, 'Marta');
  const nora = await customerWith(of.counter, 'Nora', { empty: true });
  const [one, other] = [await assess(of, marta.customer), await assess(of, nora.customer)];
  const text = (found: CreditAssessment, label: string) =>
    found.figures.find((each) => each.label === label)?.text;
  assert.equal(text(one, 'Income seen in 90 days'), '5,000.00 EUR');
  assert.equal(text(other, 'Income seen in 90 days'), '0.00 EUR');
  assert.ok(other.basisPoints > one.basisPoints);
  assert.equal(one.scorecard, 'expert-1');
  assert.match(one.calibration ?? '', /not learned: no credit of this branch has ended/);
});

test('a counterfactual: another name, birth date and nationality, and the same answer to the letter', async () => {
  const of = await desk();
  const marta = await customerWith(of.counter, 'Marta');
  const before = await assess(of, marta.customer);
  const details = {
    ...{ kind: 'person', givenName: 'Mehmet', familyName: 'Yılmaz', birthDate: '1948-02-01' },
    ...{ nationality: 'TR', address: { townName: 'Riverside', country: 'DE' }, phones: [] },
    documents: [{ kind: 'passport', number: 'U100200', country: 'TR', expiresOn: '2031-01-01' }],
  };
  await of.counter.ask(4, 'customer.amend', {
    customer: marta.customer,
    details,
    reason: 'married',
  });
  assert.deepEqual(await assess(of, marta.customer), before);
});

test('who took the application does not decide it, nor whoever it is for', async () => {
  const of = await desk();
  const row = { seq: 9, by: 7, customer: 55, state: 'open' } as never as CreditRow;
  const parts = {
    counter: of.counter.counter,
    reads: { application: () => row, applications: () => [row] },
    accountsOf: () => [],
    traitsOf: () => ({ birthDate: null, isDomestic: true }),
  };
  const { record } = creditHandlers(parts)['credit.decide'] as never as {
    record(input: object, asker: object): unknown;
  };
  const decide = (id: number, customer: number | null) => () =>
    record(
      { application: 9, decision: 'decline', comment: 'too much' },
      { person: { id, customer, roles: ['supervisor'] } },
    );
  assert.throws(decide(7, null), /another officer decides/);
  assert.throws(decide(8, 55), /your own/);
});

test('what is asked for, decided and ended is refused where it cannot be, each in its words', async () => {
  const of = await desk();
  const marta = await customerWith(of.counter, 'Marta', { empty: true });
  let row: CreditRow | null = null;
  const handlers = creditHandlers({
    counter: of.counter.counter,
    reads: { application: () => row, applications: () => [] },
    accountsOf: () => [],
    traitsOf: () => ({ birthDate: null, isDomestic: true }),
  }) as never as Record<string, { record(...all: unknown[]): { data: Record<string, unknown> } }>;
  const person = { id: 8, customer: 77, roles: ['supervisor'] };
  const done = (name: string, input: object, who: object = person) => {
    try {
      return handlers[name]?.record(input, { person: who }, { seq: 1 }).data;
    } catch (error) {
      return (error as { reason?: string }).reason ?? error;
    }
  };
  const applied = (more: object) =>
    done('credit.apply', { application: { ...asked(marta.customer), ...more } });
  assert.equal(applied({ customer: 77 }), 'own-application');
  assert.equal(applied({ amountMinor: 0n }), 'amount-missing');
  assert.equal(applied({ incomeMinor: 0n }), 'income-missing');
  assert.equal(applied({ customer: 999 }), 'customer-unknown');
  assert.ok(typeof applied({ amountMinor: 1n, incomeMinor: 1n }) === 'object');

  const decided = (more: object, who: object = person) =>
    done('credit.decide', { application: 9, decision: 'approve', comment: 'x', ...more }, who);
  const ended = () => done('credit.outcome', { application: 9, outcome: 'repaid' });
  assert.deepEqual([decided({}), ended()], ['application-unknown', 'application-unknown']);
  const open = { seq: 9, by: 7, customer: 55, state: 'open', application: { amountMinor: '500' } };
  row = open as never;
  assert.equal(decided({}, { ...person, roles: ['teller'] }), 'credit-not-yours');
  for (const grantedMinor of [0n, -1n, 501n]) {
    assert.equal(decided({ grantedMinor }), 'granted-too-much', String(grantedMinor));
  }
  const granted = (more: object) => (decided(more) as { granted: string | null }).granted;
  assert.deepEqual([granted({ grantedMinor: 1n }), granted({ grantedMinor: 500n })], ['1', '500']);
  for (const [decision, state] of [
    ['approve', 'approved'],
    ['decline', 'declined'],
  ] as const) {
    assert.equal((decided({ decision }) as { state: string }).state, state);
  }
  assert.equal(granted({}), '500', 'all that was asked for, unless less is said');
  assert.equal(granted({ decision: 'decline', grantedMinor: 1n }), null);
  for (const state of ['open', 'declined', 'ended']) {
    row = { ...open, state } as never;
    assert.equal(ended(), 'credit-not-granted', state);
    if (state !== 'open') assert.equal(decided({}), 'credit-not-yours', state);
  }
  row = { ...open, state: 'approved' } as never;
  assert.deepEqual(ended(), { application: 9, outcome: 'repaid' });
});

test('the fairness report names a group that is approved much less often, and keeps small ones out', () => {
  const row = (customer: number, state: string) =>
    ({ customer, state, at: Date.UTC(2026, 0, 1), assessment: { basisPoints: 300 } }) as never;
  const rows = [
    ...Array.from({ length: 10 }, () => row(1, 'approved')),
    ...Array.from({ length: 10 }, (_none, index) => row(2, index < 4 ? 'approved' : 'declined')),
    row(3, 'declined'),
  ];
  const births = ['', '1980-01-01', '1950-01-01', '2004-01-01'];
  const report = fairnessOf(rows, (customer) => ({
    birthDate: births[customer] ?? null,
    isDomestic: true,
  }));
  assert.match(report.sentence, /age 60 and over/);
  assert.ok(!report.groups.some(({ group }) => group === 'under 30'));
});
