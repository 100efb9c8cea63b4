// Proves each rule on either side of its boundary, and the sentence it says.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { CashItem, Facts } from './facts.ts';
import { activityFrom } from './flags.ts';
import { defaultPolicy } from './policy.ts';
import {
  accountsMap,
  drafts,
  factsWith,
  jonas,
  marta,
  policyWith,
  prepare,
  rulesOf,
  tillWith,
  today,
} from './prepare.fixture.ts';

const rich = { ...marta, postedMinor: -100_000_000n };
const rich2 = { ...jonas, postedMinor: -100_000_000n };
const big = { till: tillWith({}, { 10000: 4000, 5000: 100, 1: 500, 100: 500 } as never) };

let journal = 1000;
function cash(amountMinor: bigint, given: Partial<CashItem> = {}): CashItem {
  journal++;
  const usual = { direction: 'in', account: rich.number, currency: 'EUR', date: today } as const;
  return { journal, ...usual, amountMinor, ...given };
}

function flagsFor(
  direction: 'in' | 'out',
  amountMinor: bigint,
  given: { items?: CashItem[]; by?: string; facts?: Partial<Facts>; conductor?: object } = {},
) {
  const facts = factsWith({
    ...big,
    accounts: accountsMap(rich, rich2),
    activity: new Map([[given.by ?? 'customer:1', given.items ?? []]]),
    policy: policyWith({ roleLimits: [], tillLimits: [] }),
    ...given.facts,
  });
  const draft = {
    amountMinor: String(amountMinor),
    denominations: undefined,
    ...(given.conductor ? { conductor: given.conductor } : {}),
  };
  const made =
    direction === 'in'
      ? { ...drafts.deposit(draft), denominations: { 1: Number(amountMinor) } }
      : drafts.withdrawal(draft);
  const prepared = prepare(made, facts);
  assert.deepEqual(prepared.refusals, []);
  const rules = prepared.flags.filter(({ rule }) => rule !== 'over-role-limit');
  return {
    ids: rules.map(({ rule }) => rule),
    messages: rules.map(({ message }) => message),
    prepared,
  };
}

test('over the role limit: the limit itself passes, a cent more is flagged', () => {
  const limits = (softMinor: string) =>
    policyWith({
      roleLimits: [
        { role: 'teller', task: 'cash.deposit', currency: 'EUR', softMinor, hardMinor: null },
      ],
    });
  const rules = (softMinor: string) =>
    rulesOf(prepare(drafts.deposit(), factsWith({ policy: limits(softMinor) })));
  assert.deepEqual(rules('25000'), []);
  assert.deepEqual(rules('24999'), ['over-role-limit']);
  assert.deepEqual(
    rulesOf(prepare(drafts.deposit(), factsWith({ policy: policyWith({ roleLimits: [] }) }))),
    ['over-role-limit'],
  );
  const supervisor = { staff: 7, name: 'Sam', roles: ['teller', 'supervisor'], customer: null };
  const higher = policyWith({
    roleLimits: [
      { role: 'teller', task: 'cash.deposit', currency: 'EUR', softMinor: '0', hardMinor: '0' },
      {
        role: 'supervisor',
        task: 'cash.deposit',
        currency: 'EUR',
        softMinor: '25000',
        hardMinor: null,
      },
    ],
  });
  assert.equal(
    prepare(drafts.deposit(), factsWith({ policy: higher, actor: supervisor })).outcome,
    'post',
  );
});

test('over the reporting threshold alone: exactly 10,000.00 passes', () => {
  assert.deepEqual(flagsFor('in', 1_000_000n).ids, []);
  const over = flagsFor('in', 1_000_001n);
  assert.deepEqual(over.ids, ['over-reporting-threshold']);
  assert.match(
    over.messages[0] ?? '',
    /10,000\.01 EUR cash in is over the reporting threshold of 10,000\.00 EUR/,
  );
});

test(
  'over the reporting threshold added up: per person and date, in and out apart, ' + 'never netted',
  () => {
    const earlier = [cash(600_000n)];
    assert.deepEqual(flagsFor('in', 400_000n, { items: earlier }).ids, []);
    const over = flagsFor('in', 400_001n, { items: earlier });
    assert.deepEqual(over.ids, ['over-reporting-threshold']);
    assert.match(
      over.messages[0] ?? '',
      /cash in of Marta Keller on 2026-11-20 adds up to 10,000\.01 EUR/,
    );
    assert.deepEqual(flagsFor('out', 600_000n, { items: earlier }).ids, []);
    assert.deepEqual(
      flagsFor('in', 400_001n, { items: [cash(600_000n, { date: '2026-11-19' })] }).ids,
      [],
    );
    assert.deepEqual(
      flagsFor('in', 400_001n, { items: [cash(600_000n, { currency: 'USD' })] }).ids,
      [],
    );
    const running = over.prepared.runningCash[0];
    assert.deepEqual([running?.amountMinor, running?.thresholdMinor], [1_000_001n, 1_000_000n]);
  },
);

test('who brings the cash counts too: two agents of one owner, one agent of two owners', () => {
  const agent = { kind: 'other', name: 'An Agent', document: 'ab-12 3' };
  const byOwner = { items: [cash(600_000n)], conductor: agent };
  assert.deepEqual(flagsFor('in', 400_001n, byOwner).ids, ['over-reporting-threshold']);
  const byAgent = {
    items: [cash(600_000n, { account: rich2.number })],
    by: 'document:AB123',
    conductor: agent,
  };
  assert.deepEqual(flagsFor('in', 400_001n, byAgent).ids, ['over-reporting-threshold']);
});

test('structuring: three just under the threshold in four days', () => {
  const items = [
    cash(975_000n, { direction: 'out', date: '2026-11-17' }),
    cash(975_000n, { direction: 'out', date: '2026-11-18' }),
  ];
  const found = flagsFor('out', 980_000n, { items });
  assert.deepEqual(found.ids, ['structuring']);
  assert.match(
    found.messages[0] ?? '',
    /^structuring-like: 29,300\.00 EUR in 4 days \(3 withdrawals of Marta Keller, each/,
  );
});

test('structuring: the band, the window, the sum and the direction have edges', () => {
  const before = (amountMinor: bigint, given: Partial<CashItem> = {}) => ({
    items: [cash(amountMinor, { date: '2026-11-19', ...given })],
  });
  const ids = (amountMinor: bigint, given: { items: CashItem[] }) =>
    flagsFor('in', amountMinor, given).ids;
  assert.deepEqual(ids(700_000n, before(700_000n)), ['structuring']);
  assert.deepEqual(ids(699_999n, before(700_000n)), []);
  assert.deepEqual(ids(700_000n, before(699_999n)), []);
  assert.deepEqual(ids(1_000_000n, before(1_000_000n)), ['structuring']);
  assert.deepEqual(ids(1_000_000n, before(1_000_001n)), []);
  assert.deepEqual(ids(700_000n, before(700_000n, { date: '2026-11-14' })), ['structuring']);
  assert.deepEqual(ids(700_000n, before(700_000n, { date: '2026-11-13' })), []);
  assert.deepEqual(ids(700_000n, before(700_000n, { direction: 'out' })), []);
  assert.deepEqual(ids(700_000n, { items: [] }), []);
  const low = policyWith({
    roleLimits: [],
    tillLimits: [],
    structuring: { days: 7, lowerBasisPoints: 5_000, items: 2 },
  });
  const sumAt = (amount: bigint) =>
    flagsFor('in', amount, { ...before(500_000n), facts: { policy: low } }).ids;
  assert.deepEqual(sumAt(500_000n), []);
  assert.deepEqual(sumAt(500_001n), ['structuring']);
});

test('a dormant account wakes: by its state or by its silence', () => {
  const wake = (given: object) => {
    const facts = factsWith({ accounts: accountsMap({ ...marta, ...given }) });
    return rulesOf(prepare(drafts.deposit(), facts));
  };
  assert.deepEqual(wake({ state: 'dormant' }), ['dormant-waking']);
  assert.deepEqual(wake({ lastMovementOn: '2025-11-21' }), []);
  assert.deepEqual(wake({ lastMovementOn: '2025-11-20' }), ['dormant-waking']);
  assert.deepEqual(wake({ lastMovementOn: null, openedOn: '2025-11-20' }), ['dormant-waking']);
  assert.deepEqual(wake({ lastMovementOn: null, openedOn: '2025-11-21' }), []);
  const facts = factsWith({ accounts: accountsMap({ ...marta, state: 'dormant' }) });
  assert.deepEqual(prepare(drafts.deposit(), facts).journals[0]?.wakes, [marta.id]);
});

test('many withdrawals: the fourth within two days, joint owners counted once', () => {
  const out = (date: string) => cash(1_000n, { direction: 'out', date });
  const three = [out(today), out(today), out('2026-11-19')];
  const found = flagsFor('out', 1_000n, { items: three });
  assert.deepEqual(found.ids, ['many-withdrawals']);
  assert.match(found.messages[0] ?? '', /4 from account 10000000 within 2 days, 40\.00 EUR in all/);
  assert.deepEqual(flagsFor('out', 1_000n, { items: three.slice(1) }).ids, []);
  assert.deepEqual(
    flagsFor('out', 1_000n, { items: [...three.slice(1), out('2026-11-18')] }).ids,
    [],
  );
  assert.deepEqual(flagsFor('in', 1_000n, { items: three }).ids, []);
  const joint = { accounts: accountsMap({ ...rich, owners: [1, 2] }) };
  const shared = new Map([
    ['customer:1', three.slice(1)],
    ['customer:2', three.slice(1)],
  ]);
  assert.deepEqual(flagsFor('out', 1_000n, { facts: { ...joint, activity: shared } }).ids, []);
});

test('young account: money out within 30 days, from the floor up', () => {
  const opened = (openedOn: string, policy = defaultPolicy) =>
    rulesOf(
      prepare(
        drafts.withdrawal(),
        factsWith({ policy, accounts: accountsMap({ ...marta, openedOn, lastMovementOn: today }) }),
      ),
    );
  assert.deepEqual(opened('2026-10-22'), ['young-account']);
  assert.deepEqual(opened('2026-10-21'), []);
  const floor = (amountMinor: string) =>
    policyWith({ youngAccount: { days: 30, floors: [{ currency: 'EUR', amountMinor }] } });
  assert.deepEqual(opened('2026-11-01', floor('30000')), ['young-account']);
  assert.deepEqual(opened('2026-11-01', floor('30001')), []);
  const cent = drafts.transfer({ amountMinor: '1' });
  const fresh = accountsMap({ ...marta, openedOn: '2026-11-01' }, jonas);
  assert.deepEqual(rulesOf(prepare(cent, factsWith({ accounts: fresh }))), ['young-account']);
  const young = factsWith({ accounts: accountsMap({ ...marta, openedOn: '2026-11-01' }) });
  assert.deepEqual(rulesOf(prepare(drafts.deposit(), young)), []);
});

test('the risk model is heard from its bound up', () => {
  const risk = (probability: number) => ({ probability, reasons: ['new payee'], model: 'fraud-7' });
  const rules = (probability: number) =>
    prepare(drafts.deposit(), factsWith({ risk: risk(probability) })).flags;
  assert.deepEqual(rules(0.4999), []);
  assert.equal(rules(0.5)[0]?.message, 'the model fraud-7 gives 50 % risk: new payee');
});

test('items of one basket add up, and a correction takes the mistaken cash out', () => {
  const item = { ...drafts.deposit({ amountMinor: '600000' }), denominations: { 1: 600_000 } };
  const facts = factsWith({ ...big, accounts: accountsMap(rich) });
  const basket = prepare({ task: 'basket', items: [item, item] } as never, facts);
  assert.deepEqual(rulesOf(basket), ['over-reporting-threshold']);
  assert.equal(basket.runningCash[0]?.amountMinor, 1_200_000n);
});

test('property: the threshold rule agrees with plain adding up', () => {
  const amount = fc.bigInt(1n, 1_200_000n);
  fc.assert(
    fc.property(fc.array(amount, { maxLength: 5 }), amount, (earlier, now) => {
      const found = flagsFor('in', now, { items: earlier.map((one) => cash(one)) });
      const sum = earlier.reduce((total, one) => total + one, now);
      assert.equal(found.ids.includes('over-reporting-threshold'), sum > 1_000_000n);
    }),
    { numRuns: 50 },
  );
});

test('the rules look back as far as their longest window', () => {
  assert.equal(activityFrom(today, defaultPolicy), '2026-11-14');
});

test('no cash, or no threshold for the currency, is nothing to report', () => {
  const money = { amountMinor: '2000000' };
  const facts = factsWith({ accounts: accountsMap(rich, rich2) });
  assert.deepEqual(rulesOf(prepare(drafts.transfer(money), facts)), []);
  const silent = policyWith({ roleLimits: [], tillLimits: [], reportingThresholds: [] });
  const given = { items: [cash(900_000n)], facts: { policy: silent } };
  assert.deepEqual(flagsFor('in', 900_000n, given).ids, []);
  assert.deepEqual(flagsFor('in', 2_000_000n, given).ids, []);
});

test('structuring needs as many items as the policy says, and none over the threshold', () => {
  const facts = {
    policy: policyWith({
      ...{ roleLimits: [], tillLimits: [] },
      structuring: { days: 7, lowerBasisPoints: 7_000, items: 3 },
    }),
  };
  const before = (count: number) =>
    Array.from({ length: count }, () => cash(900_000n, { date: '2026-11-19' }));
  const ids = (amountMinor: bigint, count: number) =>
    flagsFor('in', amountMinor, { items: before(count), facts }).ids;
  assert.deepEqual(ids(900_000n, 1), []);
  assert.deepEqual(ids(900_000n, 2), ['structuring']);
  assert.deepEqual(ids(1_000_001n, 2), ['over-reporting-threshold']);
});

test('of several persons the one with the most cash is named, whoever comes first', () => {
  const agent = { kind: 'other', name: 'An Agent', document: 'AB123' };
  const named = (owner: bigint, other: bigint, date: string) => {
    const activity = new Map([
      ['customer:1', [cash(owner, { date })]],
      ['document:AB123', [cash(other, { date })]],
    ]);
    const policy = policyWith({ roleLimits: [], tillLimits: [] });
    const facts = { activity, policy };
    return flagsFor('in', 800_000n, { facts, conductor: agent }).messages[0] ?? '';
  };
  assert.match(named(700_000n, 900_000n, '2026-11-19'), /17,000\.00 EUR .* of An Agent/);
  assert.match(named(900_000n, 700_000n, '2026-11-19'), /17,000\.00 EUR .* of Marta Keller/);
  assert.match(named(500_000n, 600_000n, today), /of An Agent .* 14,000\.00 EUR/);
  assert.match(named(600_000n, 500_000n, today), /of Marta Keller .* 14,000\.00 EUR/);
});

test('many withdrawals are those from this account', () => {
  const items = Array.from({ length: 5 }, () =>
    cash(1_000n, { direction: 'out', account: rich2.number }),
  );
  assert.deepEqual(flagsFor('out', 1_000n, { items }).ids, []);
});

test('notes exchanged are judged by the limit of their task', () => {
  const draft = {
    ...{ task: 'cash.exchange', currency: 'EUR' },
    ...{ received: { 10000: 1 }, given: { 5000: 2 } },
  };
  const judged = (softMinor: string, hardMinor: string | null) => {
    const limit = { role: 'teller', task: 'cash.exchange', currency: 'EUR' } as const;
    const policy = policyWith({ roleLimits: [{ ...limit, softMinor, hardMinor }] });
    const { outcome, flags, refusals } = prepare(drafts.of(draft), factsWith({ policy }));
    return [outcome, refusals[0]?.reason ?? flags[0]?.rule ?? ''];
  };
  assert.deepEqual(judged('10000', null), ['post', '']);
  assert.deepEqual(judged('9999', null), ['approval', 'over-role-limit']);
  assert.deepEqual(judged('0', '9999'), ['refused', 'over-hard-limit']);
});
