// Keeps the running account of one draft while it is prepared: balances, notes, cash of persons,
// refusals.
import type { Conductor } from '#contract/drafts.ts';
import { addPieces, noPieces, type Pieces } from './denominations.ts';
import { type AccountFacts, type CashItem, type Facts, personKey } from './facts.ts';
import type { Flag } from './flag.ts';
import type { PersonActivity } from './flags.ts';
import type {
  LimitUsed,
  PreparedBalance,
  PreparedHold,
  PreparedJournal,
  Proposal,
  RunningCash,
  SheetResult,
} from './prepared.ts';
import type { Problem } from './problem.ts';

export interface Person extends PersonActivity {
  readonly key: string;
  readonly customer: number | null;
}

export interface Sheet {
  readonly facts: Facts;
  /** The open business date. */
  readonly date: string;
  /** Notes a refusal; null is none. Returns true when there was one. */
  refuse(problem: Problem | null): boolean;
  flag(flags: readonly Flag[]): void;
  limit(limit: LimitUsed): void;
  propose(proposal: Proposal): void;
  running(entry: RunningCash): void;
  /** The account as the facts know it now, where an older reading of it is at hand. */
  current(account: AccountFacts): AccountFacts;
  /** Debits minus credits as they stand after the journals so far. */
  posted(account: AccountFacts): bigint;
  /** What can still be debited; null where there is no bound. */
  debitRoom(account: AccountFacts): bigint | null;
  /** What can still be credited; null where there is no bound. */
  creditRoom(account: AccountFacts): bigint | null;
  /** What the till holds of a currency after the journals so far. */
  stock(currency: string): Pieces;
  /** A person with the cash items so far, those of this draft among them. */
  person(of: Conductor): Person;
  /** Leaves the cash of a journal out, because this draft takes it back. */
  forget(journal: number): void;
  /** Adds a journal: balances, notes and cash of persons move on. */
  post(journal: PreparedJournal): void;
  read(): SheetResult;
}

interface Movement {
  readonly account: AccountFacts;
  change: bigint;
  /** Highest the change has been: what must be set aside while the draft waits. */
  peak: bigint;
}

function createMovements() {
  const movements = new Map<number, Movement>();
  const move = (account: AccountFacts, amountMinor: bigint): void => {
    const movement = movements.get(account.id) ?? { account, change: 0n, peak: 0n };
    movement.change += amountMinor;
    if (movement.change > movement.peak) movement.peak = movement.change;
    movements.set(account.id, movement);
  };
  const posted = (account: AccountFacts): bigint =>
    account.postedMinor + (movements.get(account.id)?.change ?? 0n);
  const debitRoom = (account: AccountFacts): bigint | null =>
    account.highMinor === null
      ? null
      : account.highMinor - posted(account) - account.heldDebitMinor;
  const creditRoom = (account: AccountFacts): bigint | null =>
    account.lowMinor === null ? null : posted(account) - account.heldCreditMinor - account.lowMinor;
  const balances = (): PreparedBalance[] =>
    [...movements.values()].map(({ account }) => ({
      account,
      beforeMinor: account.postedMinor,
      afterMinor: posted(account),
      availableAfterMinor: debitRoom(account),
    }));
  const holds = (): PreparedHold[] =>
    [...movements.values()]
      .filter(({ account, peak }) => account.owners.length > 0 && peak > 0n)
      .map(({ account, peak }) => ({ account, side: 'debit', amountMinor: peak }));
  return { move, posted, debitRoom, creditRoom, balances, holds };
}

function createPersons(facts: Facts, date: string) {
  const extra = new Map<string, CashItem[]>();
  const forgotten = new Set<number>();
  let next = -1;
  const person = (of: Conductor): Person => {
    const key = personKey(of);
    const known = of.kind === 'customer' ? facts.customers.get(of.customer)?.name : of.name;
    const items = [...(facts.activity.get(key) ?? []), ...(extra.get(key) ?? [])];
    return {
      key,
      customer: of.kind === 'customer' ? of.customer : null,
      name: known ?? 'an unknown customer',
      items: items.filter((item) => !forgotten.has(item.journal)),
    };
  };
  const add = (journal: PreparedJournal): void => {
    for (const { persons, ...cash } of journal.activity) {
      const item = { ...cash, journal: next--, date };
      for (const key of persons) extra.set(key, [...(extra.get(key) ?? []), item]);
    }
  };
  return { person, add, forget: (journal: number) => void forgotten.add(journal) };
}

function knownAccounts(facts: Facts): ReadonlyMap<number, AccountFacts> {
  const purses = [...(facts.till?.purses.values() ?? [])].map((purse) => purse.account);
  const all = [...facts.accounts.values(), ...facts.fees.values(), ...purses];
  return new Map(all.map((account) => [account.id, account]));
}

/** A fresh sheet over the facts for an open business date. */
export function createSheet(facts: Facts, date: string): Sheet {
  const movements = createMovements();
  const persons = createPersons(facts, date);
  const known = knownAccounts(facts);
  const stocks = new Map<string, Pieces>();
  const journals: PreparedJournal[] = [];
  const refusals: Problem[] = [];
  const flags: Flag[] = [];
  const limits: LimitUsed[] = [];
  const proposals: Proposal[] = [];
  const running = new Map<string, RunningCash>();

  const stock = (currency: string): Pieces =>
    stocks.get(currency) ?? facts.till?.purses.get(currency)?.pieces ?? noPieces;

  return Object.freeze({
    facts,
    date,
    refuse(problem: Problem | null) {
      if (problem) refusals.push(problem);
      return problem !== null;
    },
    flag: (more: readonly Flag[]) => void flags.push(...more),
    limit: (limit: LimitUsed) => void limits.push(limit),
    propose: (proposal: Proposal) => void proposals.push(proposal),
    running: (entry: RunningCash) =>
      void running.set(`${entry.person} ${entry.direction} ${entry.currency}`, entry),
    current: (account: AccountFacts) => known.get(account.id) ?? account,
    posted: movements.posted,
    debitRoom: movements.debitRoom,
    creditRoom: movements.creditRoom,
    stock,
    person: persons.person,
    forget: persons.forget,
    post(journal: PreparedJournal) {
      for (const { debit, credit, amountMinor } of journal.legs) {
        movements.move(debit, amountMinor);
        movements.move(credit, -amountMinor);
      }
      for (const { currency, pieces } of journal.cash) {
        stocks.set(currency, addPieces(stock(currency), pieces));
      }
      persons.add(journal);
      journals.push(Object.freeze(journal));
    },
    read: () => ({
      journals,
      refusals,
      flags,
      limits,
      proposals,
      runningCash: [...running.values()],
      balances: movements.balances(),
      holds: movements.holds(),
    }),
  });
}
