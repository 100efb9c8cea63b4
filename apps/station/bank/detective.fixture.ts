// Makes seeded till days with one mistake each, to see whether the detective names it.
import { guessReceived } from './cash-mix.ts';
import { addPieces, bundlePieces, noPieces, type Pieces, subtractPieces } from './denominations.ts';
import type { Cause, DetectiveCase, DetectiveItem } from './detective.ts';

export interface SeededCase {
  readonly given: DetectiveCase;
  readonly cause: Cause;
  /** The entry that is wrong, or null where none in particular is. */
  readonly journal: number | null;
}

export const seededCauses = [
  'transposition',
  'slide',
  'duplicate',
  'omitted',
  'wrong-side',
  'denomination-swap',
  'bundle',
  'cash-transfer',
  'cross-till',
] as const satisfies readonly Cause[];
type SeededCause = (typeof seededCauses)[number];

type Dice = () => number;

/** mulberry32: a small generator whose whole sequence follows from the seed. */
function diceOf(seed: number): Dice {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function below(dice: Dice, bound: number): number {
  return Math.floor(dice() * bound);
}

function pick<T>(dice: Dice, from: readonly T[]): T {
  const value = from[below(dice, from.length)];
  if (value === undefined) throw new Error('nothing to pick from');
  return value;
}

/**
 * Amounts as they come over a counter: mostly round where cash is paid out, often with cents where
 * it is brought.
 */
function amountOf(dice: Dice, direction: 'in' | 'out' | 'none'): bigint {
  const size = Math.exp(Math.log(2_000) + dice() * Math.log(150));
  const unit =
    direction === 'out'
      ? pick(dice, [1000, 1000, 2000, 500, 5000])
      : pick(dice, [1, 5, 100, 500, 1000]);
  return BigInt(Math.max(unit, Math.round(size / unit) * unit));
}

const smaller: readonly (readonly [face: number, into: Pieces])[] = [
  [10000, { 5000: 2 }],
  [5000, { 2000: 2, 1000: 1 }],
  [2000, { 1000: 2 }],
  [1000, { 500: 2 }],
  [200, { 100: 2 }],
];

/** Notes for an amount: the fewest, some of them broken into smaller ones as people do. */
function notesFor(dice: Dice, amountMinor: bigint): Pieces {
  let notes: Pieces = guessReceived(amountMinor, 'EUR') ?? noPieces;
  for (const [face, into] of smaller) {
    if ((notes[String(face)] ?? 0) === 0 || dice() > 0.35) continue;
    notes = addPieces(subtractPieces(notes, { [face]: 1 }), into);
  }
  return notes;
}

function itemOf(dice: Dice, journal: number, direction: DetectiveItem['direction']): DetectiveItem {
  const amountMinor = amountOf(dice, direction);
  const notes = direction === 'none' ? noPieces : notesFor(dice, amountMinor);
  const pieces = direction === 'out' ? subtractPieces(noPieces, notes) : notes;
  return {
    journal,
    direction,
    amountMinor,
    pieces,
    account: String(10_000_000 + below(dice, 400) * 10),
  };
}

interface Mistake {
  readonly items: readonly DetectiveItem[];
  /** What the drawer really has more (or less) than the entries say. */
  readonly extra: Pieces;
  readonly journal: number | null;
  readonly otherDifferenceMinor?: bigint;
}

function signed(direction: DetectiveItem['direction'], notes: Pieces): Pieces {
  return direction === 'out' ? subtractPieces(noPieces, notes) : notes;
}

/** The entry as it was keyed: another amount, with the notes the form proposed for it. */
function keyedAs(
  dice: Dice,
  item: DetectiveItem,
  amountMinor: bigint,
  items: readonly DetectiveItem[],
): Mistake {
  const keyed = {
    ...item,
    amountMinor,
    pieces: signed(item.direction, notesFor(dice, amountMinor)),
  };
  return {
    items: items.map((one) => (one === item ? keyed : one)),
    extra: subtractPieces(item.pieces, keyed.pieces),
    journal: item.journal,
  };
}

function transposed(dice: Dice, items: readonly DetectiveItem[]): Mistake | null {
  const item = pick(
    dice,
    items.filter(({ direction }) => direction !== 'none'),
  );
  const digits = String(item.amountMinor);
  const at = below(dice, digits.length - 1);
  const swapped = BigInt(
    `${digits.slice(0, at)}${digits[at + 1]}${digits[at]}${digits.slice(at + 2)}`,
  );
  return swapped === item.amountMinor || swapped === 0n
    ? null
    : keyedAs(dice, item, swapped, items);
}

function slid(dice: Dice, items: readonly DetectiveItem[]): Mistake | null {
  const item = pick(
    dice,
    items.filter(({ direction }) => direction !== 'none'),
  );
  const isDown = dice() < 0.5;
  if (isDown && item.amountMinor % 10n !== 0n) return null;
  return keyedAs(dice, item, isDown ? item.amountMinor / 10n : item.amountMinor * 10n, items);
}

function duplicated(dice: Dice, items: readonly DetectiveItem[]): Mistake {
  const item = pick(
    dice,
    items.filter(({ direction }) => direction !== 'none'),
  );
  const again = { ...item, journal: item.journal + 1 };
  const at = items.indexOf(item) + 1;
  return {
    items: [...items.slice(0, at), again, ...items.slice(at)],
    extra: subtractPieces(noPieces, item.pieces),
    journal: again.journal,
  };
}

function leftOut(dice: Dice, items: readonly DetectiveItem[]): Mistake {
  const item = pick(
    dice,
    items.filter(({ direction }) => direction !== 'none'),
  );
  return { items: items.filter((one) => one !== item), extra: item.pieces, journal: null };
}

function turned(dice: Dice, items: readonly DetectiveItem[]): Mistake {
  const item = pick(
    dice,
    items.filter(({ direction }) => direction !== 'none'),
  );
  const direction = item.direction === 'in' ? 'out' : 'in';
  const keyed = {
    ...item,
    direction,
    pieces: signed(direction, notesFor(dice, item.amountMinor)),
  } as const;
  return {
    items: items.map((one) => (one === item ? keyed : one)),
    extra: subtractPieces(item.pieces, keyed.pieces),
    journal: item.journal,
  };
}

function swapped(dice: Dice, items: readonly DetectiveItem[]): Mistake {
  const [one, other] = pick(dice, [
    [5000, 2000],
    [2000, 1000],
    [1000, 500],
    [10000, 5000],
    [200, 100],
  ] as const);
  const pieces = 1 + below(dice, 3);
  const sign = dice() < 0.5 ? 1 : -1;
  return { items, extra: { [one]: sign * pieces, [other]: -sign * pieces }, journal: null };
}

function bundled(dice: Dice, items: readonly DetectiveItem[]): Mistake {
  const face = pick(dice, [5000, 2000, 1000, 500, 200, 100, 50]);
  const sign = dice() < 0.5 ? 1 : -1;
  const pieces = sign * (bundlePieces('EUR', face) ?? 100) * (1 + below(dice, 2));
  return { items, extra: { [face]: pieces }, journal: null };
}

/** A transfer whose money came in cash, or a cash entry that was a transfer. */
function mixedUp(dice: Dice, items: readonly DetectiveItem[]): Mistake {
  const isTransfer = dice() < 0.5;
  const item = pick(
    dice,
    items.filter(({ direction }) => (direction === 'none') === isTransfer),
  );
  const extra = isTransfer
    ? signed(dice() < 0.5 ? 'in' : 'out', notesFor(dice, item.amountMinor))
    : subtractPieces(noPieces, item.pieces);
  return { items, extra, journal: item.journal };
}

function crossed(dice: Dice, items: readonly DetectiveItem[]): Mistake {
  const amountMinor = BigInt(1 + below(dice, 40)) * 5_000n;
  const direction = dice() < 0.5 ? 'in' : 'out';
  const otherDifferenceMinor = direction === 'in' ? -amountMinor : amountMinor;
  return {
    items,
    extra: signed(direction, notesFor(dice, amountMinor)),
    journal: null,
    otherDifferenceMinor,
  };
}

const mistakes: Readonly<
  Record<SeededCause, (dice: Dice, items: readonly DetectiveItem[]) => Mistake | null>
> = {
  transposition: transposed,
  slide: slid,
  duplicate: duplicated,
  omitted: leftOut,
  'wrong-side': turned,
  'denomination-swap': swapped,
  bundle: bundled,
  'cash-transfer': mixedUp,
  'cross-till': crossed,
};

const float: Pieces = Object.fromEntries(
  [10000, 5000, 2000, 1000, 500, 200, 100, 50, 20, 10, 5, 2, 1].map((face) => [face, 1500]),
);

/**
 * A till day of 30 to 70 entries with one mistake of the seeded kind; the same for the same seed.
 */
export function seededCase(seed: number): SeededCase {
  const dice = diceOf(seed * 7919 + 42);
  const cause = seededCauses[seed % seededCauses.length] ?? 'omitted';
  const count = 30 + below(dice, 41);
  const items = Array.from({ length: count }, (_, index) =>
    itemOf(dice, 1000 + index * 3, pick(dice, ['in', 'in', 'out', 'out', 'none'])),
  );
  let mistake = mistakes[cause](dice, items);
  while (!mistake) mistake = mistakes[cause](dice, items);
  const expected = mistake.items.reduce((sum: Pieces, { pieces }) => addPieces(sum, pieces), float);
  const unrelated = { name: 'Till 3', differenceMinor: BigInt(below(dice, 20) - 10) * 500n };
  const others = dice() < 0.3 ? [unrelated] : [];
  if (mistake.otherDifferenceMinor !== undefined) {
    others.push({ name: 'Till 1', differenceMinor: mistake.otherDifferenceMinor });
  }
  const counted = addPieces(expected, mistake.extra);
  const given = { currency: 'EUR', expected, counted, items: mistake.items, otherTills: others };
  return { given, cause, journal: mistake.journal };
}
