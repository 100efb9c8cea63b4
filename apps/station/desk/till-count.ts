// Turns a count of notes and coins into what was found, what differs, and the journal that books the difference.
import { formatMoney } from '#contract/money.ts';
import type { CountResult } from '#contract/tills.ts';
import type { Denominations } from '#contract/values.ts';
import {
  addPieces,
  faceProblem,
  noPieces,
  subtractPieces,
  valueMinor,
} from '#station/bank/denominations.ts';
import { amountFor } from '#station/bank/policy.ts';
import { Refusal, refuseUnless } from '#station/bank/refusal.ts';
import type { AccountData, CashData, JournalData, LegData } from '#station/ledger/events.ts';
import type { CountLine, Purse } from '#station/ledger/projections/till.ts';
import { type ChartRole, chartAccount } from './till-chart.ts';

/** As it comes from the form. */
export type Counts = readonly {
  readonly currency: string;
  readonly denominations: Denominations;
}[];

/** The part of the ledger a count is compared with. */
export interface CountedLedger {
  pieces(account: number): Denominations;
  accountByNumber: Parameters<typeof chartAccount>[0]['accountByNumber'];
}

/**
 * The counts by currency. Refuses a currency named twice, one the till does not keep, a face there is not,
 * and a currency left out: nothing counted is written as nothing, so that no answer tells what is there.
 */
export function readCounts(
  counts: Counts,
  till: { readonly name: string; readonly currencies: readonly string[] },
  field = 'counts',
): ReadonlyMap<string, Denominations> {
  const found = new Map<string, Denominations>();
  counts.forEach(({ currency, denominations }, index) => {
    const at = `${field}.${index}`;
    refuseUnless(
      till.currencies.includes(currency),
      'currency-not-in-till',
      `${till.name} keeps no ${currency}: it keeps ${till.currencies.join(', ')}.`,
      `${at}.currency`,
    );
    refuseUnless(
      !found.has(currency),
      'currency-twice',
      `${currency} is counted twice: count it once.`,
      `${at}.currency`,
    );
    const problem = faceProblem(denominations, currency, `${at}.denominations`);
    if (problem) throw new Refusal(problem.reason, problem.message, problem.field ?? undefined);
    found.set(currency, addPieces(noPieces, denominations));
  });
  const missing = till.currencies.find((currency) => !found.has(currency));
  refuseUnless(
    missing === undefined,
    'currency-not-counted',
    `${till.name} keeps ${missing} too: count it, or write that there is none.`,
    field,
  );
  return found;
}

/** Compares what was counted with the ledger's notes and coins; a purse not opened yet holds nothing. */
export function compareCounts(
  ledger: Pick<CountedLedger, 'pieces'>,
  purses: readonly Purse[],
  counted: ReadonlyMap<string, Denominations>,
): readonly CountLine[] {
  return [...counted].map(([currency, pieces]) => {
    const purse = purses.find((each) => each.currency === currency);
    const expected = purse ? addPieces(noPieces, ledger.pieces(purse.account)) : noPieces;
    return {
      currency,
      expectedMinor: String(valueMinor(expected)),
      countedMinor: String(valueMinor(pieces)),
      expected: { ...expected },
      counted: { ...pieces },
    };
  });
}

/** Counted minus expected, in minor units: positive is over, negative short. */
export function differenceMinor(line: CountLine): bigint {
  return BigInt(line.countedMinor) - BigInt(line.expectedMinor);
}

export function isBalanced(lines: readonly CountLine[]): boolean {
  return lines.every((line) => differenceMinor(line) === 0n);
}

/** Whether no currency differs by more than its tolerance; a currency without one tolerates nothing. */
export function isTolerated(
  lines: readonly CountLine[],
  tolerances: Parameters<typeof amountFor>[0],
): boolean {
  return lines.every((line) => {
    const difference = differenceMinor(line);
    const size = difference < 0n ? -difference : difference;
    return size <= (amountFor(tolerances, line.currency) ?? 0n);
  });
}

/** Where a difference is booked: over and short apart, or both against what the branch begins with. */
export interface Booking {
  readonly kind: string;
  readonly till: number;
  readonly over: ChartRole;
  readonly short: ChartRole;
}

/** Over and short of a till or the vault: to suspense, never straight to profit and loss (row 15). */
export function suspense(till: number): Booking {
  return { kind: 'till.difference', till, over: 'CASHOVER', short: 'CASHSHORT' };
}

/**
 * The journal that makes the ledger say what was counted; null when it says so already. Notes that were
 * changed among themselves move without a leg. `opened` are accounts the same event opens.
 */
export function differenceJournal(
  ledger: CountedLedger,
  counted: { readonly lines: readonly CountLine[]; readonly purses: readonly Purse[] },
  booking: Booking,
  opened: readonly AccountData[] = [],
): JournalData | null {
  const legs: LegData[] = [];
  const cash: CashData[] = [];
  const idOf = (role: ChartRole, currency: string): number =>
    opened.find((each) => each.number === `${role}${currency}`)?.id ??
    chartAccount(ledger, role, currency).id;
  for (const line of counted.lines) {
    const { currency } = line;
    const pieces = subtractPieces(line.counted, line.expected);
    const account = counted.purses.find((each) => each.currency === currency)?.account;
    if (account === undefined || Object.keys(pieces).length === 0) continue;
    cash.push({ account, pieces: { ...pieces } });
    const difference = differenceMinor(line);
    if (difference > 0n) {
      const credit = idOf(booking.over, currency);
      const label = 'counted more';
      legs.push({ debit: account, credit, amountMinor: String(difference), currency, label });
    } else if (difference < 0n) {
      const debit = idOf(booking.short, currency);
      const label = 'counted less';
      legs.push({ debit, credit: account, amountMinor: String(-difference), currency, label });
    }
  }
  if (cash.length === 0) return null;
  return { kind: booking.kind, legs, cash, till: booking.till };
}

export type Causes = CountResult['differences'][number]['causes'];

/** The reply to a count: what differs, with its likely causes; no figure of it while it is not disclosed. */
export function countResult(
  count: {
    readonly till: number;
    readonly seq: number;
    readonly lines: readonly CountLine[];
    readonly disclosed: boolean;
  },
  causesOf: (line: CountLine) => Causes,
): CountResult {
  const differing = count.lines.filter((line) => differenceMinor(line) !== 0n);
  return {
    till: count.till,
    count: count.seq,
    balanced: differing.length === 0,
    disclosed: count.disclosed,
    differences: (count.disclosed ? differing : []).map((line) => ({
      currency: line.currency,
      expectedMinor: line.expectedMinor,
      countedMinor: line.countedMinor,
      differenceMinor: String(differenceMinor(line)),
      causes: causesOf(line),
    })),
  };
}

/** `5.00 EUR short, 20.00 USD over` */
export function differenceSentence(lines: readonly CountLine[]): string {
  const parts = lines.flatMap((line) => {
    const difference = differenceMinor(line);
    if (difference === 0n) return [];
    const size = difference < 0n ? -difference : difference;
    return [`${formatMoney(size, line.currency)} ${difference < 0n ? 'short' : 'over'}`];
  });
  return parts.length === 0 ? 'balanced' : parts.join(', ');
}
