// Advises which notes to pay out: the exact amount, from what is there, keeping the till able to
// give change.
import { facesOf, faceValues } from '#contract/faces.ts';
import type { Denominations } from '#contract/values.ts';
import { addPieces, valueMinor } from './denominations.ts';

/** Pieces of a face that are kept back for the next customers, tried in this order. */
const keptPieces = [10, 5, 2] as const;

/** Pieces more than the fewest that a pay-out may have for keeping small ones back: nobody counts out a heap. */
const extraPiecesMost = 4;

/**
 * More failed states than this are never met with real currencies; then the answer is "no
 * proposal".
 */
const statesMax = 1_000_000;

interface Shelf {
  readonly face: number;
  readonly pieces: number;
  /** Value of this face and all smaller ones. */
  readonly restValue: number;
  /** Greatest common divisor of this face and all smaller ones. */
  readonly restDivisor: number;
}

function divisor(one: number, other: number): number {
  return other === 0 ? one : divisor(other, one % other);
}

/** What may be paid out of: of each face but the two largest, half or `kept` pieces are kept back, the lesser. */
function shelves(stock: Denominations, kept: number): Shelf[] {
  const faces = Object.keys(stock)
    .map(Number)
    .sort((one, other) => one - other);
  const result: Shelf[] = [];
  let restValue = 0;
  let restDivisor = 0;
  for (const [index, face] of faces.entries()) {
    const held = stock[String(face)] ?? 0;
    const isSmall = index < faces.length - 2;
    const pieces = held - (isSmall ? Math.min(Math.floor(held / 2), kept) : 0);
    if (pieces === 0) continue;
    restValue += face * pieces;
    restDivisor = divisor(face, restDivisor);
    result.unshift({ face, pieces, restValue, restDivisor });
  }
  return result;
}

/**
 * Fewest large pieces first; where that fails, every other count in turn. Amounts found impossible
 * from a face on are remembered, which makes the search a dynamic programme over (face, rest).
 */
function search(all: readonly Shelf[], amount: number): Denominations | null {
  const impossible = new Set<string>();
  const taken: Record<string, number> = {};
  const from = (index: number, rest: number): boolean => {
    if (rest === 0) return true;
    const shelf = all[index];
    if (!shelf || rest > shelf.restValue || rest % shelf.restDivisor !== 0) return false;
    const state = `${index} ${rest}`;
    if (impossible.has(state) || impossible.size >= statesMax) return false;
    for (
      let pieces = Math.min(shelf.pieces, Math.floor(rest / shelf.face));
      pieces >= 0;
      pieces--
    ) {
      if (!from(index + 1, rest - pieces * shelf.face)) continue;
      if (pieces > 0) taken[String(shelf.face)] = pieces;
      return true;
    }
    impossible.add(state);
    return false;
  };
  return from(0, amount) ? Object.freeze(taken) : null;
}

function count(pieces: Denominations): number {
  return Object.values(pieces).reduce((sum, each) => sum + each, 0);
}

/**
 * Proposes notes and coins worth exactly `amountMinor` out of `stock`, or null when the stock
 * cannot make it. Large notes first; some of each small face are kept back for the next customers,
 * but never at the price of more than four pieces above the fewest.
 */
export function proposePayOut(amountMinor: bigint, stock: Denominations): Denominations | null {
  if (amountMinor < 0n || amountMinor > valueMinor(stock)) return null;
  const amount = Number(amountMinor);
  const fewest = search(shelves(stock, 0), amount);
  if (!fewest) return null;
  const most = count(fewest) + extraPiecesMost;
  for (const kept of keptPieces) {
    const found = search(shelves(stock, kept), amount);
    if (found && count(found) <= most) return found;
  }
  return fewest;
}

/**
 * Proposes change for what was received above what is due, out of the till with the received notes
 * in it.
 */
export function proposeChange(
  dueMinor: bigint,
  received: Denominations,
  stock: Denominations,
): Denominations | null {
  return proposePayOut(valueMinor(received) - dueMinor, addPieces(stock, received));
}

/**
 * A first guess at what a customer hands over, for the form to start from: usual notes, largest
 * first.
 */
export function guessReceived(amountMinor: bigint, currency: string): Denominations | null {
  const seldom = facesOf(currency)?.seldom ?? [];
  const guess: Record<string, number> = {};
  let rest = amountMinor;
  for (const face of faceValues(currency)) {
    const value = BigInt(face);
    if (seldom.includes(face) || rest < value) continue;
    const pieces = Number(rest / value);
    if (pieces > 1_000_000) return null;
    guess[String(face)] = pieces;
    rest %= value;
  }
  return rest === 0n && amountMinor > 0n ? Object.freeze(guess) : null;
}
