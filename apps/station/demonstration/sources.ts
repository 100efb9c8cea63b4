// Says what is due on a date, from where it comes: the queue, the shops, standing orders, stories, the tour.
import type { PlannedAccount } from './accounts.ts';
import { branchTime, lastDate, migrationDate } from './calendar.ts';
import type { Cashroom } from './cashroom.ts';
import type { Counter } from './counter.ts';
import type { PlannedCustomer } from './customers.ts';
import { drawOrders, type Household } from './orders.ts';
import type { Turn } from './regulars.ts';
import { arrivals, lunch } from './rhythm.ts';
import { type Slips, worth } from './slips.ts';
import { type Stage, type Teller, tellers, tillOf } from './stage.ts';
import type { Scene } from './stories.ts';
import { playStep, tourSteps } from './tour.ts';

/** Something due at a moment, served by a teller who is not at lunch then. */
export interface Intent {
  readonly at: number;
  readonly teller: Teller;
  readonly play: (turn: Turn) => void;
}

/** What is due on a business date. */
export type Source = (date: string) => Intent[];

/** The teller in turn, or the next one where that one is at lunch; lunches never overlap. */
function onDuty(date: string, at: number, turn: number): Teller {
  const teller = tellers[turn % tellers.length] ?? 'ana';
  const [away, back] = lunch(date, teller);
  return at >= away && at < back ? onDuty(date, at, turn + 1) : teller;
}

/** People who walk in. The till is kept in bounds after each of them. */
export function queueSource(stage: Stage, counter: Counter, cashroom: Cashroom): Source {
  const dice = stage.dice.fork('queue');
  const play = (turn: Turn) => {
    counter.serve(turn);
    cashroom.balance(turn.teller, turn.at);
  };
  return (date) =>
    tellers.flatMap((teller) =>
      arrivals(dice, date, teller).map((at) => ({ at, teller, play }) as const),
    );
}

/** Shops bring yesterday's cash in the morning, two days out of three. */
export function takingsSource(stage: Stage, counter: Counter, household: Household): Source {
  const dice = stage.dice.fork('takings');
  const trades = new Map(household.customers.map(({ key, trade }) => [key, trade]));
  const shops = household.accounts.filter(
    ({ holder, currency }) => trades.get(holder) === 'shop' && currency === 'EUR',
  );
  return (date) =>
    shops
      .filter(() => dice.happens(2, 3))
      .map(({ key }, index) => {
        const at = branchTime(date, 545 + dice.below(90));
        return {
          at,
          teller: onDuty(date, at, index),
          play: (turn) => counter.takings(turn, key),
        };
      });
}

/** What is due by standing order is posted in the first half hour; what is not covered, or no longer owed, is left. */
export function orderSource(stage: Stage, slips: Slips, household: Household): Source {
  const orders = drawOrders(stage.dice.fork('orders'), household);
  return (date) =>
    orders
      .filter((order) => order.date === date)
      .map((order, index) => ({
        at: branchTime(date, 540) + index * 9_000,
        teller: onDuty(date, branchTime(date, 540), index),
        play: ({ teller, at }) => {
          const { from, to, amountMinor, narrative } = order;
          if (!stage.books.isOpen(from) || !stage.books.isOpen(to)) return;
          if (stage.books.available(from) < amountMinor) return;
          // A loan that was opened here and not paid out yet, or is paid off, takes no instalment.
          if (stage.books.isLoan(to) && -stage.books.balance(to) < amountMinor) return;
          stage.post(slips.transfer(from, to, amountMinor, narrative), teller, at);
        },
      }));
}

/** The crimes. */
export function sceneSource(scenes: readonly Scene[]): Source {
  return (date) =>
    scenes
      .filter((scene) => scene.date === date)
      .map(({ minute, play }, index) => {
        const at = branchTime(date, minute);
        return { at, teller: onDuty(date, at, index), play };
      });
}

/** The people of the tour. */
export function tourSource(stage: Stage, slips: Slips): Source {
  return (date) =>
    tourSteps
      .filter((step) => step.date === date)
      .map((step) => ({
        at: branchTime(date, step.minute),
        teller: step.teller,
        play: ({ at }) => playStep(stage, slips, step, at),
      }));
}

/** People who become customers, and customers who open another account. */
export function newcomerSource(stage: Stage, slips: Slips, household: Household): Source {
  const register =
    ({ key }: PlannedCustomer) =>
    ({ teller, at }: Turn) =>
      stage.add({ act: 'customer.register', customer: key }, teller, at);
  const begin =
    (account: PlannedAccount) =>
    ({ teller, at }: Turn) => {
      stage.books.open(account, 0n);
      stage.add({ act: 'account.open', account: account.key }, teller, at);
      const canPayIn = account.currency === 'EUR' || tillOf[teller] === 'till-1';
      if (account.product === 'loan' || account.product === 'credit' || !canPayIn) return;
      const amount = worth(account.currency, 100 + (account.key.length % 7) * 50);
      stage.post(slips.deposit(account.key, amount, 'First deposit'), teller, at + 45_000);
    };
  return (date) => {
    const people = household.customers.filter((each) => each.since === date);
    const accounts = household.accounts.filter((each) => each.openedOn === date);
    const plays = [...people.map(register), ...accounts.map(begin)];
    return plays.map((play, index) => {
      const at = branchTime(date, 612) + index * 240_000;
      return { at, teller: onDuty(date, at, index), play };
    });
  };
}

/** The sign on the till while its teller is at lunch. */
export function lunchSource(stage: Stage): Source {
  return (date) =>
    tellers.flatMap((teller) => {
      const till = tillOf[teller] ?? 'vault';
      const [away, back] = lunch(date, teller);
      const sign =
        (act: 'till.pause' | 'till.resume') =>
        ({ at }: Turn) =>
          stage.add({ act, till }, teller, at);
      return [
        { at: away, teller, play: sign('till.pause') },
        { at: back, teller, play: sign('till.resume') },
      ];
    });
}

/** Accounts the authorities have frozen, and what tellers should know of a customer. */
export function recordSource(stage: Stage, { accounts, customers }: Household): Source {
  const frozen = accounts.filter((each) => each.state === 'frozen');
  const known = stage.dice
    .fork('notes')
    .shuffled(customers.filter((each) => each.trade === null && each.since < migrationDate));
  const orders = frozen.map(({ key }, index) => ({
    date: freezeDates[index] ?? lastDate,
    play: ({ at }: Turn) =>
      stage.add({ act: 'account.freeze', account: key, reason: freezeReason }, 'cora', at),
  }));
  const remarks = notes.map(({ date, text, alert }, index) => ({
    date,
    play: ({ teller, at }: Turn) => {
      const customer = known[index]?.key ?? '';
      stage.add({ act: 'customer.note', customer, text, alert }, teller, at);
    },
  }));
  return (date) =>
    [...orders, ...remarks]
      .filter((each) => each.date === date)
      .map(({ play }) => ({ at: branchTime(date, 835), teller: 'ana', play }));
}

const freezeDates = ['2026-10-08', '2026-11-03'] as const;
const freezeReason = 'Freezing order of the court, file 7 C 118/26';

const notes = [
  { date: '2026-08-27', text: 'Hard of hearing: speak up, write amounts down', alert: false },
  { date: '2026-09-03', text: 'Asked for a savings plan, call back in spring', alert: false },
  { date: '2026-09-10', text: 'Lost the identity card, new one applied for', alert: true },
  { date: '2026-09-24', text: 'Moves to Hanau at the end of the year', alert: false },
  {
    date: '2026-10-06',
    text: 'Two callers pretended to be this customer: ask for the document',
    alert: true,
  },
  { date: '2026-10-13', text: 'Prefers to be served in Greek where possible', alert: false },
  {
    date: '2026-10-29',
    text: 'Comes with a helper; hand the cash to the customer only',
    alert: true,
  },
  { date: '2026-11-05', text: 'Thinks about a loan for a van', alert: false },
  { date: '2026-11-12', text: 'Complained about the queue on Friday, apologised', alert: false },
  { date: '2026-11-18', text: 'Letter came back: address to be asked for', alert: true },
] as const;
