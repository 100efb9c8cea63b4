// Turns what the schema refuses into a sentence for the person at the desk.
import { formatMoney } from '#contract/money.ts';
import { Refusal } from '#station/bank/refusal.ts';
import type { Account } from './balance.ts';

/**
 * The reason the schema gave (a RAISE text or a CHECK's name), or null when it was no such refusal.
 */
export function schemaReason(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  const code = (error as { code?: unknown }).code;
  if (typeof code !== 'string' || !code.startsWith('SQLITE_CONSTRAINT')) return null;
  const named = /^(?:[A-Z ]+ constraint failed: )?([a-z-]+)$/.exec(error.message);
  return named?.[1] ?? null;
}

/**
 * What a leg was to do, and on which accounts; either is undefined when the bank does not know it.
 */
export interface RefusedLeg {
  readonly debit: Account | undefined;
  readonly credit: Account | undefined;
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly date: string;
  /** The journal it takes back, if any. */
  readonly reversalOf: number | undefined;
}

/** The refusal of a leg, or the error itself when the schema refused it for a mistake of ours. */
export function legRefusal(error: unknown, leg: RefusedLeg): unknown {
  const reason = schemaReason(error);
  const refuse = (why: string, message: string) => new Refusal(why, message);
  const { debit, credit, amountMinor, currency } = leg;
  const stopped = notOpen(debit, credit);
  if (stopped) return stopped;
  const money = formatMoney(amountMinor, currency);
  switch (reason) {
    case 'over-high':
      return debit ? refuse('insufficient-funds', `${shortage(debit, money)}`) : error;
    case 'under-low':
      return credit ? refuse('below-limit', lowness(credit, money)) : error;
    case 'not-the-mirror':
      return refuse(
        'not-the-mirror',
        `The legs given are not those of journal ${leg.reversalOf} turned round.`,
      );
    case 'same-account':
      return refuse('same-account', 'Debit and credit are the same account; choose two.');
    case 'amount-out-of-range':
      return refuse(
        'amount-out-of-range',
        `${amountMinor} minor units is not an amount from 1 to ${2n ** 53n}.`,
      );
    case 'balance-too-large':
      return refuse(
        'balance-too-large',
        `${money} would make a balance larger than the bank can hold.`,
      );
    case 'date-not-open':
      return refuse(
        'date-not-open',
        `${leg.date ? `Business date ${leg.date} is not open` : 'No business date is open'}. Open the day first.`,
      );
    default:
      return error;
  }
}

function shortage(account: Account, money: string): string {
  const available = (account.highMinor ?? 0n) - account.postedMinor - account.heldDebitMinor;
  return `${money} is more than account ${account.number} has available: ${formatMoney(available, account.currency)}.`;
}

function lowness(account: Account, money: string): string {
  const room = account.postedMinor - account.heldCreditMinor - (account.lowMinor ?? 0n);
  return `${money} is more than account ${account.number} can give: ${formatMoney(room, account.currency)}.`;
}

function notOpen(...accounts: readonly (Account | undefined)[]): Refusal | null {
  for (const account of accounts) {
    if (account && account.state !== 'open') return accountNotOpen(account);
  }
  return null;
}

/** Nothing is posted to an account that is dormant (until it is woken), frozen or closed. */
export function accountNotOpen(account: Account): Refusal {
  return new Refusal(
    `account-${account.state}`,
    `Account ${account.number} is ${account.state}; nothing is posted to it while it is.`,
  );
}

export function accountUnknown(id: number): Refusal {
  return new Refusal('account-unknown', `The bank has no account with the id ${id}.`);
}
