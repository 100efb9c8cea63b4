// Knows who usually comes to the counter, whom they pay, and when they were last there.
import { daysBetween } from '../bank/calendar.ts';
import type { PlannedAccount } from './accounts.ts';
import { isNamed } from './customers.ts';
import type { Stage, Teller } from './stage.ts';

/** One customer's turn at a till. */
export interface Turn {
  readonly date: string;
  readonly at: number;
  readonly teller: Teller;
}

/** Days an account should be old before money leaves it, a little more than the policy asks. */
const settledDays = 33;

/** Honest people seldom take out money more than twice a week. */
const restDays = 6;
const visitsMax = 2;

export interface Regulars {
  /** An account money may come to at this till. */
  any(turn: Turn): PlannedAccount | null;
  /** An account money may leave at this till. */
  payer(turn: Turn): PlannedAccount | null;
  /** One of the few accounts this one usually pays. */
  friend(payer: PlannedAccount): PlannedAccount | null;
  isSettled(account: PlannedAccount, date: string): boolean;
  isRested(account: string, date: string): boolean;
  note(account: string, date: string): void;
}

/** Who comes in: everybody but the people of the tour, whose accounts must end on the cent. */
export function createRegulars(stage: Stage): Regulars {
  const { books, customers } = stage;
  const dice = stage.dice.fork('regulars');
  const visits = new Map<string, string[]>();
  const friends = new Map<string, readonly PlannedAccount[]>();
  const isQuiet = (holder: string) =>
    ['employer', 'landlord', 'utility'].includes(customers.get(holder)?.trade ?? '');
  const all = [...stage.accounts.values()].filter(
    ({ holder, product, state }) =>
      state === 'open' && product !== 'loan' && !isQuiet(holder) && !isNamed(holder),
  );
  const euro = all.filter((each) => each.currency === 'EUR');
  const isSettled = (account: PlannedAccount, date: string) =>
    daysBetween(account.openedOn, date) > settledDays;

  function find(turn: Turn, test: (account: PlannedAccount) => boolean): PlannedAccount | null {
    const list = turn.teller === 'ana' ? all : euro;
    for (let tries = 0; tries < 20; tries++) {
      const account = dice.pick(list);
      if (books.isOpen(account.key) && test(account)) return account;
    }
    return null;
  }

  function circle(payer: PlannedAccount): readonly PlannedAccount[] {
    const known = friends.get(payer.key);
    if (known) return known;
    const own = stage.dice.fork(`friends of ${payer.key}`);
    const payees = all.filter(
      ({ currency, product, holder }) =>
        currency === payer.currency && product === 'checking' && holder !== payer.holder,
    );
    const drawn = payees.length === 0 ? [] : Array.from({ length: 5 }, () => own.pick(payees));
    friends.set(payer.key, drawn);
    return drawn;
  }

  return Object.freeze({
    any: (turn: Turn) => find(turn, () => true),
    payer: (turn: Turn) =>
      find(turn, (account) => isSettled(account, turn.date) || dice.happens(1, 30)),
    friend(payer: PlannedAccount) {
      const open = circle(payer).filter((each) => books.isOpen(each.key));
      return open.length === 0 ? null : dice.pick(open);
    },
    isSettled,
    isRested(account: string, date: string) {
      const recent = (visits.get(account) ?? []).filter((day) => daysBetween(day, date) < restDays);
      visits.set(account, recent);
      return recent.length < visitsMax;
    },
    note(account: string, date: string) {
      visits.get(account)?.push(date);
    },
  });
}
