// Adds up notes and coins as typed: pieces may be given back with a minus, and are never guessed.
import type { Denominations } from '#contract/values.ts';

/** Face value in minor units -> what was typed for it. */
export type TypedPieces = Readonly<Record<string, string>>;

export interface Pieces {
  /** Pieces taken into the hand, by face value in minor units. */
  readonly received: Denominations;
  /** Pieces typed with a minus: given back. */
  readonly given: Denominations;
  /** Received less given, in minor units. */
  readonly totalMinor: bigint;
  /** Faces whose text is not a whole number of pieces. */
  readonly wrong: readonly string[];
}

/** More pieces than this of one face are a slip of the hand; the station refuses them too. */
const piecesMax = 1_000_000;

function countOf(text: string): number | undefined {
  const trimmed = text.trim().replace('\u2212', '-');
  if (trimmed === '') return 0;
  return /^-?\d{1,7}$/.test(trimmed) ? Number(trimmed) : undefined;
}

/** Reads the typed pieces. */
export function readPieces(typed: TypedPieces): Pieces {
  const received: Record<string, number> = {};
  const given: Record<string, number> = {};
  const wrong: string[] = [];
  let totalMinor = 0n;
  for (const [face, text] of Object.entries(typed)) {
    const count = countOf(text);
    if (count === undefined || Math.abs(count) > piecesMax) wrong.push(face);
    else {
      totalMinor += BigInt(face) * BigInt(count);
      if (count > 0) received[face] = count;
      if (count < 0) given[face] = -count;
    }
  }
  return { received, given, totalMinor, wrong };
}

/** A vector as it would have been typed. */
export function typedOf(vector: Denominations): TypedPieces {
  return Object.fromEntries(
    Object.entries(vector)
      .filter(([, count]) => count !== 0)
      .map(([face, count]) => [face, String(count)]),
  );
}

/**
 * Pieces of one face that bring the total to the amount, or undefined when that face alone cannot.
 * The face's own pieces do not count: they are what is replaced.
 */
export function restIn(typed: TypedPieces, face: number, amountMinor: bigint): number | undefined {
  const others = readPieces({ ...typed, [face]: '' }).totalMinor;
  const rest = amountMinor - others;
  if (rest % BigInt(face) !== 0n) return undefined;
  const count = Number(rest / BigInt(face));
  return Math.abs(count) <= piecesMax ? count : undefined;
}

/** `2×100 1×50`: a vector in one line, largest first, for cards and slips. */
export function describePieces(
  vector: Denominations,
  formatFace: (face: string) => string,
): string {
  return Object.entries(vector)
    .filter(([, count]) => count !== 0)
    .sort(([one], [other]) => Number(other) - Number(one))
    .map(([face, count]) => `${count < 0 ? '\u2212' : ''}${Math.abs(count)}×${formatFace(face)}`)
    .join('  ');
}
