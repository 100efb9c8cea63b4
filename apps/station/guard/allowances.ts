// Says what an allowance of head office is to a guard: an account that can be spent once, by whoever asks.
import { type AllowanceBalance, currencyNumber } from './books.ts';
import { GuardError } from './error.ts';
import {
  accountFlags,
  accountOf,
  type Guard,
  type GuardAccount,
  type NewAccount,
  pageMax,
} from './guard.ts';

/**
 * Accounts of the guard from here on are allowances: head office's number of each is added. The
 * ledger's own numbers stay far below, and the sum stays a safe integer.
 */
const allowancesFrom = 2 ** 52;
const countMax = 2 ** 32 - 1;

/** Number of an allowance in the guard; null for an id that is not head office's decimal number. */
export function allowanceNumber(id: string): number | null {
  const number = /^[1-9]\d{0,14}$/.test(id) ? Number(id) : 0;
  return number > 0 ? allowancesFrom + number : null;
}

/** Head office's id of an allowance by its number in the guard; null for any other account. */
export function allowanceId(account: bigint): string | null {
  const from = BigInt(allowancesFrom);
  return account > from && account < 2n * from ? String(account - from) : null;
}

/** An allowance with its number in the guard. */
export interface GuardedAllowance extends AllowanceBalance {
  readonly account: number;
}

/** Those of the ledger's allowances that a guard can hold: all that head office numbered. */
export function numbered(allowances: readonly AllowanceBalance[]): readonly GuardedAllowance[] {
  return allowances.flatMap((allowance) => {
    const account = allowanceNumber(allowance.id);
    return account === null ? [] : [{ ...allowance, account }];
  });
}

/**
 * An allowance as an account: what it is good for is its credits, what is spent its debits, and never
 * more; beside that the guard's own bound on what is spent offline says the same.
 */
export function allowanceAccount(allowance: GuardedAllowance): NewAccount {
  const { account, currency, amountMinor, spentMinor } = allowance;
  const leftMinor = amountMinor > spentMinor ? amountMinor - spentMinor : 0n;
  return accountOf({
    ...{ id: BigInt(account), currency: currencyNumber(currency) },
    ...{ flags: accountFlags.debitLimited, creditsPosted: amountMinor, debitsPosted: spentMinor },
    ...{ offlineSoft: leftMinor, offlineHard: leftMinor, offlineCountMax: countMax },
  });
}

/** What was spent of each allowance, as another guard of this machine knows it; by number in the guard. */
export type SpentElsewhere = ReadonlyMap<number, bigint>;

/** The allowances a guard has, by number, read a page at a time; any session may look. */
export function allowancesIn(guard: Guard): ReadonlyMap<number, GuardAccount> {
  const found = new Map<number, GuardAccount>();
  for (let first = 0; ; first += pageMax) {
    const { items } = guard.accounts(first, pageMax);
    for (const account of items) {
      if (allowanceId(account.id) !== null) found.set(Number(account.id), account);
    }
    if (items.length < pageMax) return found;
  }
}

/** What was spent or is held of each allowance in the guard; of an ended one, all. */
export function spentIn(guard: Guard): SpentElsewhere {
  const spent = [...allowancesIn(guard)].map(([account, held]) => {
    const { debitsPosted, debitsPending, creditsPosted } = held;
    return [account, isEnded(held) ? creditsPosted : debitsPosted + debitsPending] as const;
  });
  return new Map(spent);
}

export function isEnded({ flags }: Pick<GuardAccount, 'flags'>): boolean {
  return (flags & accountFlags.frozen) !== 0;
}

/** The allowance with what was spent of it elsewhere taken out too. */
export function withSpent(
  allowance: GuardedAllowance,
  elsewhere: SpentElsewhere,
): GuardedAllowance {
  const { account, spentMinor } = allowance;
  const known = elsewhere.get(account) ?? 0n;
  return { ...allowance, spentMinor: known > spentMinor ? known : spentMinor };
}

/** Nothing more may be spent of it, until the machine restarts: the guard lets limits only tighten. */
export function freezeAllowance(guard: Guard, account: number): void {
  const held = guard.account(BigInt(account));
  if (!isEnded(held)) guard.setLimits({ ...held, flags: held.flags | accountFlags.frozen });
}

/** Opens it unless the guard has it. False when the guard is full: it stays outside, and cannot be spent. */
export function openAllowance(guard: Guard, allowance: GuardedAllowance): boolean {
  try {
    guard.createAccount(allowanceAccount(allowance));
    return true;
  } catch (error) {
    if (!(error instanceof GuardError)) throw error;
    if (error.code !== 'ENOSPC' && error.code !== 'EEXIST') throw error;
    return error.code === 'EEXIST';
  }
}
