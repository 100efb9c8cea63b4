// Explains an over or short: ranks what may have happened from the day's entries and the notes that
// differ.
import { formatAccountNumber } from '#contract/account-number.ts';
import { formatMoney } from '#contract/money.ts';
import type { Denominations } from '#contract/values.ts';
import { guessReceived } from './cash-mix.ts';
import {
  addPieces,
  bundlePieces,
  describePieces,
  isStock,
  noPieces,
  type Pieces,
  subtractPieces,
  valueMinor,
} from './denominations.ts';

/** One entry of the till's session: cash taken in or paid out, or a transfer that moved none. */
export interface DetectiveItem {
  readonly journal: number;
  readonly direction: 'in' | 'out' | 'none';
  /** What was recorded: cash through the till, or the amount of the transfer. */
  readonly amountMinor: bigint;
  /** Pieces recorded, in (positive) and out (negative). */
  readonly pieces: Pieces;
  readonly account: string;
}

export interface DetectiveCase {
  readonly currency: string;
  readonly expected: Denominations;
  readonly counted: Denominations;
  readonly items: readonly DetectiveItem[];
  /** Differences found today in other tills of the branch, counted minus expected. */
  readonly otherTills: readonly { readonly name: string; readonly differenceMinor: bigint }[];
}

export type Cause =
  | 'transposition'
  | 'slide'
  | 'digit'
  | 'duplicate'
  | 'omitted'
  | 'wrong-side'
  | 'denomination-swap'
  | 'bundle'
  | 'piece'
  | 'cash-transfer'
  | 'cross-till'
  | 'not-counted';

export interface SuspectedCause {
  readonly cause: Cause;
  readonly message: string;
  /** The entry suspected, or null when it is none in particular. */
  readonly journal: number | null;
  /** Its part of all the weight found, in thousandths: the log holds whole numbers only. */
  readonly confidence: number;
}

interface Suspicion extends Omit<SuspectedCause, 'confidence'> {
  /** How well it fits, 0 to 1, before it is compared with the others. */
  readonly weight: number;
}

interface Evidence {
  readonly currency: string;
  /** Counted minus expected, by face and in all. */
  readonly pieces: Pieces;
  readonly differenceMinor: bigint;
  readonly items: readonly DetectiveItem[];
  money(amountMinor: bigint): string;
}

function absolute(value: bigint): bigint {
  return value < 0n ? -value : value;
}

function signs(pieces: Pieces): 'in' | 'out' | 'mixed' {
  const counts = Object.values(pieces);
  if (counts.every((count) => count > 0)) return 'in';
  return counts.every((count) => count < 0) ? 'out' : 'mixed';
}

function isSame(one: Pieces, other: Pieces): boolean {
  return Object.keys(subtractPieces(one, other)).length === 0;
}

function named(item: DetectiveItem, evidence: Evidence): string {
  const noun = { in: 'deposit', out: 'withdrawal', none: 'transfer' }[item.direction];
  const account = item.account ? ` on ${formatAccountNumber(item.account)}` : '';
  return `the ${noun} of ${evidence.money(item.amountMinor)}${account} (journal ${item.journal})`;
}

/**
 * How few pieces a vector needs against the fewest: 1 is what people hand over, near 0 what nobody
 * does.
 */
function naturalness(pieces: Pieces, amountMinor: bigint, currency: string): number {
  if (!isStock(pieces)) return 0;
  const count = Object.values(pieces).reduce((sum, one) => sum + one, 0);
  const fewest = guessReceived(amountMinor, currency);
  if (!fewest || count === 0) return 0.3;
  const least = Object.values(fewest).reduce((sum, one) => sum + one, 0);
  return Math.min(1, least / count);
}

/** Whether two neighbouring digits of one are swapped in the other. */
function isTransposed(one: bigint, other: bigint): boolean {
  const [text, turned] = [String(one), String(other)];
  const length = Math.max(text.length, turned.length);
  const [from, to] = [text.padStart(length, '0'), turned.padStart(length, '0')];
  const wrong = [...from].flatMap((digit, index) => (digit === to[index] ? [] : [index]));
  const [first = 0, second = 0] = wrong;
  return (
    wrong.length === 2 &&
    second === first + 1 &&
    from[first] === to[second] &&
    from[second] === to[first]
  );
}

function isOneDigit(one: bigint, other: bigint): boolean {
  const [text, turned] = [String(one), String(other)];
  if (text.length !== turned.length) return false;
  return [...text].filter((digit, index) => digit !== turned[index]).length === 1;
}

function isSlide(one: bigint, other: bigint): boolean {
  return [10n, 100n].some((factor) => one * factor === other || other * factor === one);
}

/**
 * Suspicions that an entry's amount was mistyped: what it would have been explains the difference.
 */
function mistyped(item: DetectiveItem, trueMinor: bigint, evidence: Evidence): Suspicion[] {
  if (trueMinor <= 0n) return [];
  const sign = item.direction === 'in' ? 1 : -1;
  const recorded = sign === 1 ? item.pieces : subtractPieces(noPieces, item.pieces);
  const real =
    sign === 1 ? addPieces(recorded, evidence.pieces) : subtractPieces(recorded, evidence.pieces);
  const fit = naturalness(real, trueMinor, evidence.currency);
  const entry = named(item, evidence);
  const meant = evidence.money(trueMinor);
  const { journal } = item;
  const suspicions: Suspicion[] = [];
  if (isSlide(item.amountMinor, trueMinor)) {
    const message = `A nought or the point slipped: ${entry} was ${meant}.`;
    suspicions.push({ cause: 'slide', message, journal, weight: 0.15 + 0.7 * fit });
  }
  // 500 for 5,000 is both: a nought lost and a digit swapped with its neighbour.
  if (isTransposed(item.amountMinor, trueMinor)) {
    const message = `Two digits swapped: ${entry} was ${meant}.`;
    suspicions.push({ cause: 'transposition', message, journal, weight: 0.08 + 0.72 * fit });
  }
  if (suspicions.length > 0) return suspicions;
  if (isOneDigit(item.amountMinor, trueMinor)) {
    const message = `One digit mistyped: ${entry} was ${meant}.`;
    return [{ cause: 'digit', message, journal, weight: 0.01 + 0.2 * fit }];
  }
  return [];
}

function isContained(part: Pieces, whole: Pieces): boolean {
  return Object.entries(part).every(
    ([face, count]) => Math.abs(whole[face] ?? 0) >= Math.abs(count),
  );
}

function wrongSide(item: DetectiveItem, evidence: Evidence): Suspicion[] {
  const isTurned = evidence.differenceMinor * (item.direction === 'in' ? -1n : 1n) > 0n;
  if (!isTurned || absolute(evidence.differenceMinor) !== 2n * item.amountMinor) return [];
  const isPlain = signs(evidence.pieces) !== 'mixed';
  const fit = isPlain ? (isContained(item.pieces, evidence.pieces) ? 0.9 : 0.35) : 0.1;
  const other = item.direction === 'in' ? 'paid out' : 'taken in';
  const message = `The wrong side: ${named(item, evidence)} was really ${other}.`;
  return [{ cause: 'wrong-side', message, journal: item.journal, weight: fit }];
}

/** An entry that moved no cash after all: entered twice, or a transfer entered as cash. */
function noCash(item: DetectiveItem, evidence: Evidence): Suspicion[] {
  const isExact = isSame(evidence.pieces, subtractPieces(noPieces, item.pieces));
  const entry = named(item, evidence);
  const twin = evidence.items.find(
    (other) =>
      other.journal < item.journal &&
      other.direction === item.direction &&
      other.account === item.account &&
      other.amountMinor === item.amountMinor,
  );
  const { journal } = item;
  if (twin) {
    const message = `Entered twice: ${entry} repeats journal ${twin.journal}.`;
    return [{ cause: 'duplicate', message, journal, weight: isExact ? 0.97 : 0.7 }];
  }
  const message = `No cash moved: ${entry} was a transfer, not cash.`;
  return [{ cause: 'cash-transfer', message, journal, weight: isExact ? 0.85 : 0.12 }];
}

function ofCashItem(item: DetectiveItem, evidence: Evidence): Suspicion[] {
  const sign = item.direction === 'in' ? 1n : -1n;
  const trueMinor = item.amountMinor + sign * evidence.differenceMinor;
  if (trueMinor === 0n) return noCash(item, evidence);
  return [...wrongSide(item, evidence), ...mistyped(item, trueMinor, evidence)];
}

/** A transfer of just this amount whose money crossed the counter in cash. */
function ofTransfer(item: DetectiveItem, evidence: Evidence): Suspicion[] {
  if (item.amountMinor !== absolute(evidence.differenceMinor)) return [];
  const isPlain = signs(evidence.pieces) !== 'mixed';
  const way = evidence.differenceMinor > 0n ? 'taken in as cash' : 'paid out in cash';
  const message = `Cash, not a transfer: the money of ${named(item, evidence)} was ${way}.`;
  return [{ cause: 'cash-transfer', message, journal: item.journal, weight: isPlain ? 0.8 : 0.3 }];
}

/**
 * What the differing pieces say by themselves: one face off by a bundle or a piece, or two
 * exchanged.
 */
function ofPieces(evidence: Evidence): Suspicion[] {
  const faces = Object.entries(evidence.pieces);
  const [first, second] = faces;
  if (!first) return [];
  const [face, count] = first;
  const named1 = evidence.money(BigInt(face));
  if (faces.length === 1) {
    const bundle = bundlePieces(evidence.currency, Number(face));
    const state = count > 0 ? 'too many' : 'missing';
    if (bundle !== undefined && count % bundle === 0) {
      const bundles = Math.abs(count) / bundle;
      const message = `A whole bundle: ${bundles} x ${bundle} pieces of ${named1} are ${state}.`;
      return [
        { cause: 'bundle', message, journal: bundleJournal(face, bundle, evidence), weight: 0.93 },
      ];
    }
    const pieces = Math.abs(count);
    if (pieces > 5) return [];
    const message =
      `Miscounted when handed over: ${pieces} x ${named1} ` +
      `${pieces === 1 ? 'is' : 'are'} ${state}.`;
    return [{ cause: 'piece', message, journal: null, weight: 0.6 / pieces }];
  }
  if (faces.length !== 2 || !second || count + second[1] !== 0) return [];
  const [more, less] = count > 0 ? [face, second[0]] : [second[0], face];
  const message =
    `Notes mistaken for each other: ${Math.abs(count)} x ` +
    `${evidence.money(BigInt(less))} went where ${evidence.money(BigInt(more))} ` +
    'should have.';
  return [
    {
      cause: 'denomination-swap',
      message,
      journal: null,
      weight: 0.85 / Math.sqrt(Math.abs(count)),
    },
  ];
}

/** The entry that handled whole bundles of this face, where there is just one. */
function bundleJournal(face: string, bundle: number, evidence: Evidence): number | null {
  const handled = evidence.items.filter((item) => Math.abs(item.pieces[face] ?? 0) >= bundle);
  return handled.length === 1 ? (handled[0]?.journal ?? null) : null;
}

function omitted(evidence: Evidence): Suspicion {
  const isIn = evidence.differenceMinor > 0n;
  const amount = evidence.money(absolute(evidence.differenceMinor));
  const noun = isIn ? 'deposit' : 'withdrawal';
  // Named as they crossed the counter: what a withdrawal takes is not a negative number of notes.
  const moved = isIn ? evidence.pieces : subtractPieces(noPieces, evidence.pieces);
  const notes = describePieces(moved, evidence.currency);
  const message = `Not entered: a ${noun} of ${amount} (${notes}) was served but not posted.`;
  const weight = signs(evidence.pieces) === 'mixed' ? 0.12 : 0.4;
  return { cause: 'omitted', message, journal: null, weight };
}

function crossTill(evidence: Evidence, others: DetectiveCase['otherTills']): Suspicion[] {
  const pair = others.find(({ differenceMinor }) => differenceMinor === -evidence.differenceMinor);
  if (!pair) return [];
  const amount = evidence.money(absolute(evidence.differenceMinor));
  const way = evidence.differenceMinor > 0n ? 'came from' : 'went to';
  const message =
    `Between tills: ${amount} ${way} ${pair.name} without an entry; it has the ` +
    'opposite difference.';
  return [{ cause: 'cross-till', message, journal: null, weight: 0.92 }];
}

/** From this many faces left empty on, a row was forgotten; fewer may have been paid out to the last piece. */
const rowFaces = 3;

/** Faces that should be there and of which none was counted: most often a tray of coins left out. */
function notCounted(given: DetectiveCase, evidence: Evidence): Suspicion[] {
  const left = Object.entries(given.expected).filter(
    ([face, count]) => count > 0 && !given.counted[face],
  );
  if (left.length < rowFaces || left.length === Object.keys(given.expected).length) return [];
  const missing = Object.fromEntries(left);
  const worth = valueMinor(missing);
  const rest = evidence.differenceMinor + worth;
  if (absolute(rest) >= absolute(evidence.differenceMinor)) return [];
  const remains = rest > 0n ? 'over' : 'short';
  const after = rest === 0n ? '' : ` Without it, ${evidence.money(absolute(rest))} ${remains}.`;
  const message =
    `Not counted: ${describePieces(missing, evidence.currency)}, ` +
    `together ${evidence.money(worth)}.${after}`;
  return [{ cause: 'not-counted', message, journal: null, weight: rest === 0n ? 0.95 : 0.8 }];
}

function evidenceOf(given: DetectiveCase): Evidence {
  const pieces = subtractPieces(given.counted, given.expected);
  const { currency, items } = given;
  const money = (amountMinor: bigint) => formatMoney(amountMinor, currency);
  return { currency, pieces, differenceMinor: valueMinor(pieces), items, money };
}

/**
 * Likely causes of a till's difference in one currency, the likeliest first, each with a sentence.
 * The amounts say which entries can explain it (a swap of digits is 9 x 10^k x (a-b), a wrong side
 * twice the item, a repeat the item itself); the notes that differ say which of those really do.
 */
export function suspectedCauses(given: DetectiveCase): readonly SuspectedCause[] {
  const evidence = evidenceOf(given);
  if (evidence.differenceMinor === 0n) return [];
  const suspicions = [
    ...evidence.items.flatMap((item) =>
      item.direction === 'none' ? ofTransfer(item, evidence) : ofCashItem(item, evidence),
    ),
    ...ofPieces(evidence),
    ...crossTill(evidence, given.otherTills),
    ...notCounted(given, evidence),
    omitted(evidence),
  ].sort((one, other) => other.weight - one.weight);
  const total = suspicions.reduce((sum, { weight }) => sum + weight, 0.1);
  return suspicions.slice(0, 10).map(({ weight, ...rest }) => ({
    ...rest,
    confidence: Math.round((weight / total) * 1000),
  }));
}
