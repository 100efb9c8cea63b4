// A small branch for the tests of the rules: customers, accounts, a till, a policy with fees.
import { type Draft, draft as draftSchema } from '#contract/drafts.ts';
import type { Policy } from '#contract/policy.ts';
import type { AccountFacts, CustomerFacts, Facts, JournalFacts, TillFacts } from './facts.ts';
import { defaultPolicyInput, readPolicy } from './policy.ts';
import { prepare } from './prepare.ts';
import type { Prepared, PreparedJournal } from './prepared.ts';

export const today = '2026-11-20';

let nextId = 1;
export function account(given: Partial<AccountFacts> & { number: string }): AccountFacts {
  const id = nextId++;
  return {
    id,
    name: `Account ${given.number}`,
    product: 'checking',
    currency: 'EUR',
    state: 'open',
    owners: [1],
    mandates: [],
    postedMinor: -100_000n,
    heldDebitMinor: 0n,
    heldCreditMinor: 0n,
    highMinor: 0n,
    lowMinor: null,
    openedOn: '2020-01-02',
    lastMovementOn: '2026-11-02',
    ...given,
  };
}

export function person(customer: number, given: Partial<CustomerFacts> = {}): CustomerFacts {
  return {
    customer,
    name: ['Marta Keller', 'Jonas Weber', 'Kim Own', 'Harbour Bakery'][customer - 1] ?? 'X',
    kind: 'person',
    distinction: 'born 1980-01-01, Riverside',
    riskClass: 'normal',
    identified: true,
    alerts: [],
    ...given,
  };
}

export const marta = account({ number: '10000000', name: 'Marta Keller', postedMinor: -214_035n });
export const jonas = account({
  number: '10000010',
  name: 'Jonas Weber',
  owners: [2],
  postedMinor: -5_000_000n,
});
export const dollars = account({ number: '10000020', currency: 'USD' });
export const loan = account({
  number: '10000030',
  product: 'loan',
  postedMinor: 1_000_000n,
  highMinor: null,
  lowMinor: 0n,
});
export const fees = account({ number: 'fees-EUR', product: 'fees', owners: [], highMinor: null });
const cashAccount = account({
  number: 'till-2-EUR',
  name: 'Till 2 EUR',
  product: 'till',
  owners: [],
  postedMinor: 1_200_000n,
  highMinor: null,
  lowMinor: 0n,
});
export const usualNotes = { 5000: 100, 2000: 200, 1000: 200, 500: 100, 100: 400, 10: 1000 };

export function tillWith(given: Partial<TillFacts> = {}, pieces = usualNotes): TillFacts {
  return {
    till: 2,
    kind: 'till',
    name: 'Till 2',
    state: 'open',
    teller: 7,
    tellerName: 'Ben',
    purses: new Map([['EUR', { account: cashAccount, pieces }]]),
    ...given,
  };
}

export function policyWith(given: Partial<typeof defaultPolicyInput>): Policy {
  return readPolicy({ ...defaultPolicyInput, ...given });
}

export const feePolicy = policyWith({
  fees: (['cash.deposit', 'cash.withdrawal', 'transfer'] as const).map((task) => ({
    task,
    currency: 'EUR',
    fromMinor: '0',
    flatMinor: '250',
    basisPoints: 0,
    minMinor: '0',
    maxMinor: null,
  })),
});

export function accountsMap(...accounts: AccountFacts[]): ReadonlyMap<string, AccountFacts> {
  return new Map(accounts.map((one) => [one.number, one]));
}

export function factsWith(given: Partial<Facts> = {}): Facts {
  return {
    actor: { staff: 7, name: 'Ben', roles: ['teller'], customer: 3 },
    day: { date: today, state: 'open' },
    policy: readPolicy(defaultPolicyInput),
    accounts: accountsMap(marta, jonas, dollars, loan, fees),
    customers: new Map([1, 2, 3].map((customer) => [customer, person(customer)])),
    till: tillWith(),
    fees: new Map([['EUR', fees]]),
    activity: new Map(),
    loans: new Map(),
    original: null,
    risk: null,
    approved: null,
    ...given,
  };
}

const owner = { kind: 'customer', customer: 1 } as const;
export const drafts = {
  deposit: (given: object = {}): Draft =>
    draftSchema.parse({
      task: 'cash.deposit',
      account: marta.number,
      amountMinor: '25000',
      currency: 'EUR',
      denominations: { 5000: 5 },
      conductor: owner,
      ...given,
    }),
  withdrawal: (given: object = {}): Draft =>
    draftSchema.parse({
      task: 'cash.withdrawal',
      account: marta.number,
      amountMinor: '30000',
      currency: 'EUR',
      denominations: { 5000: 6 },
      conductor: owner,
      ...given,
    }),
  transfer: (given: object = {}): Draft =>
    draftSchema.parse({
      task: 'transfer',
      from: marta.number,
      to: jonas.number,
      amountMinor: '10000',
      currency: 'EUR',
      ...given,
    }),
  of: (given: object): Draft => draftSchema.parse(given),
};

/** The legs in short: `debit > credit amount label`. */
export function legsOf(prepared: Prepared): string[] {
  return prepared.journals.flatMap(({ legs }) =>
    legs.map((leg) => `${leg.debit.number} > ${leg.credit.number} ${leg.amountMinor} ${leg.label}`),
  );
}

export function reasonsOf(prepared: Prepared): string[] {
  return prepared.refusals.map(({ reason, field }) => (field ? `${reason} ${field}` : reason));
}

export function rulesOf(prepared: Prepared): string[] {
  return prepared.flags.map(({ rule }) => rule);
}

/** The journal as the ledger would give it back after posting. */
export function postedAs(journal: PreparedJournal, number: number): JournalFacts {
  return {
    journal: number,
    kind: journal.kind,
    date: today,
    valueDate: journal.valueDate,
    actor: 7,
    till: 2,
    tillName: 'Till 2',
    legs: journal.legs,
    cash: journal.cash,
    reversalOf: journal.reversalOf,
    reversedBy: null,
  };
}

/** Facts after the prepared journals were posted: balances and notes moved on. */
export function factsAfter(facts: Facts, prepared: Prepared): Facts {
  const change = new Map<number, bigint>();
  const move = (id: number, by: bigint) => change.set(id, (change.get(id) ?? 0n) + by);
  for (const { debit, credit, amountMinor } of prepared.journals.flatMap(({ legs }) => legs)) {
    move(debit.id, amountMinor);
    move(credit.id, -amountMinor);
  }
  const moved = (one: AccountFacts): AccountFacts => ({
    ...one,
    postedMinor: one.postedMinor + (change.get(one.id) ?? 0n),
  });
  const purses = new Map(
    [...(facts.till?.purses ?? [])].map(([currency, purse]) => {
      const pieces: Record<string, number> = { ...purse.pieces };
      for (const cash of prepared.journals.flatMap((journal) => journal.cash)) {
        if (cash.currency !== currency) continue;
        for (const [face, count] of Object.entries(cash.pieces)) {
          pieces[face] = (pieces[face] ?? 0) + count;
        }
      }
      return [currency, { account: moved(purse.account), pieces }] as const;
    }),
  );
  return {
    ...facts,
    accounts: new Map([...facts.accounts].map(([number, one]) => [number, moved(one)])),
    till: facts.till && { ...facts.till, purses },
  };
}

export { prepare };
