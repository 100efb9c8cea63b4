// Reckons with notes and coins: vectors from face value to pieces that add, subtract and never go
// below zero.
import { facesOf, faceValues } from '#contract/faces.ts';
import { formatMoney } from '#contract/money.ts';
import type { Denominations } from '#contract/values.ts';
import { type Problem, problem } from './problem.ts';

/** A change of a till: face value in minor units -> pieces in (positive) or out (negative). */
export type Pieces = Readonly<Record<string, number>>;

export const noPieces: Pieces = Object.freeze({});

/** Built anew face by face: taking faces out of an object again would make it slow to read. */
function combine(one: Pieces, other: Pieces, sign: 1 | -1): Pieces {
  const sum: Record<string, number> = {};
  for (const [face, pieces] of Object.entries(one)) {
    const total = pieces + sign * (other[face] ?? 0);
    if (total !== 0) sum[face] = total;
  }
  for (const [face, pieces] of Object.entries(other)) {
    if (pieces !== 0 && !Object.hasOwn(one, face)) sum[face] = sign * pieces;
  }
  return Object.freeze(sum);
}

/** One and the other together; faces with no pieces left out. */
export function addPieces(one: Pieces, other: Pieces): Pieces {
  return combine(one, other, 1);
}

/** One less the other; may go below zero, because a change of a till may. */
export function subtractPieces(one: Pieces, other: Pieces): Pieces {
  return combine(one, other, -1);
}

/** What the pieces are worth in minor units. */
export function valueMinor(pieces: Pieces): bigint {
  let sum = 0n;
  for (const [face, count] of Object.entries(pieces)) sum += BigInt(face) * BigInt(count);
  return sum;
}

export function isEmpty(pieces: Pieces): boolean {
  return Object.values(pieces).every((count) => count === 0);
}

/** Whether no face has fewer than no pieces. */
export function isStock(pieces: Pieces): boolean {
  return Object.values(pieces).every((count) => Number.isSafeInteger(count) && count >= 0);
}

/** `2 x 100.00, 1 x 50.00 EUR`, largest first. */
export function describePieces(pieces: Pieces, currency: string): string {
  const faces = Object.keys(pieces).filter((face) => pieces[face] !== 0);
  const sorted = faces.sort((one, other) => Number(other) - Number(one));
  const parts = sorted.map((face) => `${pieces[face]} x ${faceName(face, currency)}`);
  return parts.length === 0 ? `nothing in ${currency}` : `${parts.join(', ')} ${currency}`;
}

function faceName(face: string, currency: string): string {
  return formatMoney(face, currency).replace(` ${currency}`, '');
}

/** Refuses a face the currency does not have, and pieces that are not whole or below zero. */
export function faceProblem(vector: Pieces, currency: string, field: string): Problem | null {
  const faces = faceValues(currency);
  for (const [face, pieces] of Object.entries(vector)) {
    if (!faces.includes(Number(face)) || String(Number(face)) !== face) {
      const known = faces.map((value) => faceName(String(value), currency)).join(', ');
      return problem(
        'unknown-face',
        `There is no note or coin of ${formatMoney(face, currency)}: there are ${known || 'none'}.`,
        `${field}.${face}`,
      );
    }
    if (!Number.isSafeInteger(pieces) || pieces < 0) {
      return problem(
        'pieces-negative',
        `${pieces} pieces of ${formatMoney(face, currency)} cannot be counted: ` +
          'write a whole number.',
        `${field}.${face}`,
      );
    }
  }
  return null;
}

/** Refuses a change that takes more of a face than the till holds. */
export function stockProblem(
  stock: Denominations,
  change: Pieces,
  at: { readonly currency: string; readonly field: string; readonly where: string },
): Problem | null {
  for (const [face, pieces] of Object.entries(change)) {
    const held = stock[face] ?? 0;
    if (held + pieces >= 0) continue;
    return problem(
      'not-in-till',
      `${at.where} holds ${held} x ${formatMoney(face, at.currency)}, ${-pieces} ` +
        'are wanted: choose other notes or buy from the vault.',
      `${at.field}.${face}`,
    );
  }
  return null;
}

/** Pieces of a whole bundle of notes or roll of coins of a face; undefined where there is none. */
export function bundlePieces(currency: string, face: number): number | undefined {
  const faces = facesOf(currency);
  if (!faces) return undefined;
  return faces.notes.includes(face) ? faces.bundlePieces : faces.rollPieces[String(face)];
}
