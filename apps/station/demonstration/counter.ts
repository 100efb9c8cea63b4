// Plays the honest customers at the counter: cash in and out, transfers, notes changed, and the odd mistake.
import type { PlannedDeposit, PlannedItem, PlannedTransfer, PlannedWithdrawal } from './acts.ts';
import type { Dice } from './dice.ts';
import { createRegulars, type Turn } from './regulars.ts';
import { createSlips, type Slips, worth } from './slips.ts';
import { type Stage, tillOf } from './stage.ts';

export interface Counter {
  /** Serves one customer with what comes to mind. */
  serve(turn: Turn): void;
  /** A shop brings the takings of the day before. */
  takings(turn: Turn, account: string): void;
}

/** What customers come for, by weight. */
const wishes = { withdrawal: 40, deposit: 22, transfer: 31, exchange: 3, basket: 3 } as const;

/** Usual withdrawals in euros, by weight. */
const withdrawals = {
  20: 6,
  30: 5,
  40: 6,
  50: 14,
  60: 6,
  70: 4,
  80: 5,
  100: 20,
  120: 4,
  150: 10,
  200: 14,
  250: 5,
  300: 6,
  400: 4,
  500: 5,
  800: 2,
  1000: 2,
  1500: 1,
};

/** Usual deposits of people in euros, by weight. */
const deposits = {
  50: 8,
  80: 5,
  100: 10,
  150: 8,
  200: 10,
  300: 8,
  500: 6,
  750: 3,
  1200: 2,
  2400: 1,
};

const words = ['', '', '', 'Thank you', 'Birthday', 'Holiday flat', 'Share of dinner', 'Club fee'];
const mistakes = ['Amount mistyped', 'Wrong account chosen', 'Customer changed their mind'];

export function createCounter(stage: Stage): Counter {
  const { books } = stage;
  const dice = stage.dice.fork('counter');
  const slips = createSlips(stage);
  const regulars = createRegulars(stage);

  function withdrawal(turn: Turn): PlannedWithdrawal | null {
    const payer = regulars.payer(turn);
    if (!payer) return null;
    const amount = worth(payer.currency, Number(dice.weighted(withdrawals)));
    const till = tillOf[turn.teller] ?? 'vault';
    if (books.available(payer.key) < amount || !regulars.isRested(payer.key, turn.date))
      return null;
    const slip = slips.withdrawal(till, payer.key, amount);
    if (slip) regulars.note(payer.key, turn.date);
    return slip;
  }

  function deposit(turn: Turn): PlannedDeposit | null {
    const payee = regulars.any(turn);
    if (!payee) return null;
    const jar =
      payee.currency === 'EUR' && dice.happens(1, 5) ? BigInt(dice.between(1, 1_999)) : 0n;
    return slips.deposit(
      payee.key,
      worth(payee.currency, Number(dice.weighted(deposits))) + jar,
      dice.happens(1, 6) ? 'Savings from the tin' : '',
    );
  }

  function transfer(turn: Turn): PlannedTransfer | null {
    const payer = regulars.payer(turn);
    const payee = payer && regulars.friend(payer);
    if (!payer || !payee) return null;
    const euros = dice.happens(1, 12) ? dice.between(500, 2_400) : dice.between(5, 320);
    const cents = payer.currency === 'EUR' && dice.happens(1, 2) ? BigInt(dice.below(100)) : 0n;
    const amount = worth(payer.currency, euros) + cents;
    if (books.available(payer.key) < amount + worth(payer.currency, 50)) return null;
    return slips.transfer(payer.key, payee.key, amount, dice.pick(words));
  }

  /** Money paid in and a part of it passed on, in one go. */
  function basket(turn: Turn): boolean {
    const first = deposit(turn);
    if (first?.currency !== 'EUR') return false;
    const friend = regulars.friend(slips.account(first.account));
    if (!friend || !regulars.isSettled(slips.account(first.account), turn.date)) return false;
    const amount = first.amountMinor / 2n;
    const second = {
      ...slips.transfer(first.account, friend.key, amount, 'From what was paid in'),
      conductor: first.conductor,
    };
    stage.post({ task: 'basket', items: [first, second] }, turn.teller, turn.at);
    return true;
  }

  function post(turn: Turn, slip: PlannedItem): void {
    if (slip.task !== 'cash.withdrawal' && slip.currency === 'EUR' && dice.happens(1, 90)) {
      blunder({ stage, dice, slips }, turn, slip);
    } else {
      stage.post(slip, turn.teller, turn.at);
    }
  }

  return Object.freeze({
    serve(turn: Turn) {
      const wish = dice.weighted(wishes);
      if (wish === 'exchange' && exchange(stage, dice, turn)) return;
      if (wish === 'basket' && basket(turn)) return;
      for (let tries = 0; tries < 12; tries++) {
        const slip =
          wish === 'withdrawal'
            ? withdrawal(turn)
            : wish === 'transfer'
              ? transfer(turn)
              : deposit(turn);
        if (slip) return post(turn, slip);
      }
    },
    takings(turn: Turn, account: string) {
      const { currency } = slips.account(account);
      const amount = worth(currency, dice.between(260, 1_900)) + BigInt(dice.below(20) * 5);
      stage.post(slips.deposit(account, amount, 'Takings'), turn.teller, turn.at);
    },
  });
}

/** Changes notes at the till; false when the till has not got them. */
function exchange(stage: Stage, dice: Dice, turn: Turn): boolean {
  const till = tillOf[turn.teller] ?? 'vault';
  const [large = 0, pieces = 0, small = 0] = dice.pick([
    [10000, 1, 1000],
    [5000, 2, 500],
    [2000, 5, 200],
    [1000, 4, 100],
  ]);
  const many = { [String(small)]: (large * pieces) / small };
  const few = { [String(large)]: pieces };
  const [received, given] = dice.happens(2, 3) ? [few, many] : [many, few];
  const stock = stage.books.stock(till, 'EUR');
  const isThere = Object.entries(given).every(([face, count]) => (stock[face] ?? 0) >= count);
  if (!isThere) return false;
  const draft = { task: 'cash.exchange', currency: 'EUR', received, given } as const;
  stage.post(draft, turn.teller, turn.at);
  return true;
}

/** Posts a slip with a mistake in it and puts it right, in one step or by taking it back first. */
function blunder(
  { stage, dice, slips }: { stage: Stage; dice: Dice; slips: Slips },
  { teller, at }: Turn,
  slip: PlannedItem,
): void {
  const wrong =
    slip.task === 'cash.deposit'
      ? slips.deposit(slip.account, slip.amountMinor + worth(slip.currency, 90))
      : slip;
  const post = stage.post(wrong, teller, at);
  const reason = slip === wrong ? dice.pick(mistakes) : 'Amount mistyped';
  const seenAt = at + dice.between(70, 240) * 1_000;
  const replacement = slip === wrong ? { ...slip, narrative: 'Corrected' } : slip;
  if (dice.happens(1, 2)) {
    stage.post({ task: 'journal.correction', post, replacement, reason }, teller, seenAt);
    return;
  }
  stage.post({ task: 'journal.reversal', post, reason }, teller, seenAt);
  if (reason !== 'Customer changed their mind') stage.post(replacement, teller, seenAt + 40_000);
}
