// Reads from the ledger everything a draft is judged by; the rules themselves never read.
import type { Draft } from '#contract/drafts.ts';
import {
  type AccountFacts,
  accountsOf,
  type CashItem,
  conductorsOf,
  currenciesOf,
  type Facts,
  type JournalFacts,
  journalOf,
  personKey,
  type TillFacts,
} from '#station/bank/facts.ts';
import { activityFrom } from '#station/bank/flags.ts';
import type { Account } from '#station/ledger/balance.ts';
import type { TillRow } from '#station/ledger/projections/till.ts';
import type { Counter } from './counter.ts';
import type { Moment, Person } from './desk.ts';
import { paymentFactsOf } from './payment-facts.ts';
import { payeesOf, screeningFactsOf } from './screening-postings.ts';

/** Whose draft it is, on which day, and under which approval it is carried out. */
export interface FactsQuestion {
  readonly person: Person;
  /** What the models said of the draft before the transaction; absent where they were not asked. */
  readonly risk?: Facts['risk'];
  readonly moment: Pick<Moment, 'date' | 'at'>;
  /** The approval being carried out: its holds are not counted, its content is compared. */
  readonly approved?: {
    readonly approval: number;
    readonly content: string;
    readonly rules: readonly string[];
  };
}

/** Looks accounts up once a draft, without the money held for the approval being carried out. */
function createAccountFacts(counter: Counter, approval: number | null) {
  const freed = new Map<number, { debit: bigint; credit: bigint }>();
  for (const id of approval === null ? [] : counter.approvals.holdsOf(approval)) {
    const hold = counter.ledger.hold(id);
    if (hold?.state !== 'placed') continue;
    const sums = freed.get(hold.account) ?? { debit: 0n, credit: 0n };
    sums[hold.side] += hold.amountMinor;
    freed.set(hold.account, sums);
  }
  const known = new Map<number, AccountFacts>();
  return (account: Account): AccountFacts => {
    const before = known.get(account.id);
    if (before) return before;
    const { id, number, name, product, currency, state, postedMinor, openedOn } = account;
    const free = freed.get(id) ?? { debit: 0n, credit: 0n };
    const facts: AccountFacts = Object.freeze({
      ...{ id, number, name, product, currency, state, postedMinor, openedOn },
      owners: account.customer === null ? [] : counter.people.ownersOf(id),
      mandates: account.customer === null ? [] : counter.people.mandatesOn(id),
      heldDebitMinor: account.heldDebitMinor - free.debit,
      heldCreditMinor: account.heldCreditMinor - free.credit,
      highMinor: account.highMinor,
      lowMinor: account.lowMinor,
      lastMovementOn: counter.activity.movedOn(id),
    });
    known.set(id, facts);
    return facts;
  };
}

type ToFacts = (account: Account) => AccountFacts;

function tillFacts(counter: Counter, till: TillRow | null, toFacts: ToFacts): TillFacts | null {
  if (!till) return null;
  const { teller, kind, name, state } = till;
  const purses = till.purses.flatMap(({ currency, account: id }) => {
    const account = counter.ledger.account(id);
    if (!account) return [];
    return [[currency, { account: toFacts(account), pieces: counter.ledger.pieces(id) }] as const];
  });
  return {
    ...{ till: till.till, kind, name, state, teller, purses: new Map(purses) },
    tellerName: teller === null ? null : counter.people.nameOf(teller),
  };
}

function journalFacts(counter: Counter, seq: number | null, toFacts: ToFacts): JournalFacts | null {
  const found = seq === null ? null : counter.ledger.journal(seq);
  const entry = seq === null ? null : counter.entries.entry(seq);
  if (!found || !entry) return null;
  const { event, journal } = found;
  const account = (id: number): AccountFacts => toFacts(counter.ledger.account(id) as Account);
  const currencyOf = (id: number): string => account(id).currency;
  const till = journal.till ?? null;
  return {
    ...{ journal: entry.journal, kind: entry.kind, date: event.date, actor: entry.actor, till },
    valueDate: journal.legs[0]?.valueDate ?? event.date,
    tillName: till === null ? null : (counter.tills.till(till)?.name ?? null),
    legs: journal.legs.map(({ debit, credit, amountMinor, label = '' }) => ({
      ...{ debit: account(debit), credit: account(credit), label },
      amountMinor: BigInt(amountMinor),
    })),
    cash: (journal.cash ?? []).map(({ account: id, pieces }) => ({
      ...{ currency: currencyOf(id), pieces },
    })),
    reversalOf: entry.reversalOf,
    reversedBy: entry.reversedBy,
  };
}

function customersOf(
  counter: Counter,
  draft: Draft,
  at: { readonly accounts: readonly AccountFacts[]; readonly date: string },
): Facts['customers'] {
  const ids = new Set(at.accounts.flatMap((account) => account.owners));
  for (const conductor of conductorsOf(draft)) {
    if (conductor.kind === 'customer') ids.add(conductor.customer);
  }
  const found = [...ids].flatMap((id) => {
    const customer = counter.people.customer(id, at.date);
    return customer ? [[id, customer] as const] : [];
  });
  return new Map(found);
}

function activityOf(
  counter: Counter,
  persons: ReadonlySet<string>,
  fromDate: string,
): ReadonlyMap<string, readonly CashItem[]> {
  return new Map([...persons].map((key) => [key, counter.activity.cashOf(key, fromDate)]));
}

/**
 * The facts of a draft as they are now. Inside the write transaction nothing can change between reading
 * and posting; outside, what was shown is compared by its digest when it is posted.
 */
export function factsFor(counter: Counter, draft: Draft, question: FactsQuestion): Facts {
  const { person, moment, approved } = question;
  const toFacts = createAccountFacts(counter, approved?.approval ?? null);
  const policy = counter.policies.inForce();
  const date = moment.date ?? counter.days.latest()?.date ?? '1970-01-01';
  const original = journalFacts(counter, journalOf(draft), toFacts);
  const named = accountsOf(draft).flatMap((number) => {
    const account = counter.ledger.accountByNumber(number);
    return account ? [[number, toFacts(account)] as const] : [];
  });
  const touched = [
    ...named.map(([, account]) => account),
    ...(original?.legs.flatMap(({ debit, credit }) => [debit, credit]) ?? []),
  ];
  const persons = new Set(conductorsOf(draft).map(personKey));
  for (const customer of touched.flatMap((account) => account.owners)) {
    persons.add(personKey({ kind: 'customer', customer }));
  }
  const activity = activityOf(counter, persons, activityFrom(date, policy));
  const fees = currenciesOf(draft).flatMap((currency) => {
    const account = counter.ledger.accountByNumber(`FEES${currency}`);
    return account ? [[currency, toFacts(account)] as const] : [];
  });
  const payment = paymentFactsOf(counter, draft, { at: moment.at, date, toFacts });
  const name = payment.payment?.name;
  const owners = named.flatMap(([, account]) => account.owners);
  return Object.freeze({
    actor: {
      ...{ staff: person.id, name: person.name, roles: person.roles, customer: person.customer },
    },
    day: dayFacts(counter, moment.date),
    ...{ policy, original, activity },
    accounts: new Map(named),
    customers: customersOf(counter, draft, { accounts: touched, date }),
    till: tillFacts(counter, counter.tills.ofTeller(person.id), toFacts),
    fees: new Map(fees),
    loans: new Map(),
    risk: question.risk ?? null,
    approved: approved ? { content: approved.content, rules: approved.rules } : null,
    ...payment,
    ...screeningFactsOf(counter, draft, { owners, payees: payeesOf(draft, name) }),
  });
}

function dayFacts(counter: Counter, date: string | null): Facts['day'] {
  if (date !== null) return { date, state: 'open' };
  const latest = counter.days.latest();
  return latest ? { date: latest.date, state: 'closed' } : { date: null, state: 'never-opened' };
}
