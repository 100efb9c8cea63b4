// Forecasts which notes and coins a till will run out of, so that one trip to the vault does for many customers.
import { facesOf } from '#contract/faces.ts';
import type { Denominations } from '#contract/values.ts';
import { bundlePieces } from './denominations.ts';

/** What went over a counter in some time, by face. */
export interface CashFlow {
  /** Customers served, with cash or not. */
  readonly customers: number;
  readonly paid: Denominations;
  readonly taken: Denominations;
}

/** Fewer customers than this say nothing about the next. */
export const customersLeast = 20;

/** A face is held for what it loses on average and twice the spread of that (about 98 days of 100). */
const spreads = 2;

/**
 * Pieces of a face that last for so many customers to come, if they come as those before did: what is lost of
 * it on balance, and twice the square root of what moves, which is how far such a count strays (Poisson).
 */
export function piecesNeeded(face: string, flow: CashFlow, customers: number): number {
  const scale = customers / Math.max(flow.customers, 1);
  const paid = (flow.paid[face] ?? 0) * scale;
  const taken = (flow.taken[face] ?? 0) * scale;
  if (paid === 0) return 0;
  return Math.max(0, Math.ceil(paid - taken + spreads * Math.sqrt(paid + taken)));
}

/** Coins leave the vault in rolls, notes by tens. */
function roundUp(pieces: number, face: number, currency: string): number {
  const bundle = bundlePieces(currency, face) ?? 10;
  const step = bundle >= 100 ? 10 : bundle;
  return Math.ceil(pieces / step) * step;
}

/** Whether a face is the till's money rather than its change: a fifth of the largest usual note, or more. */
export function isMoneyFace(face: number, currency: string): boolean {
  const faces = facesOf(currency);
  const [largest = 0] = faces?.notes.filter((note) => !faces.seldom.includes(note)) ?? [];
  return face * 5 >= largest;
}

/**
 * The change to buy from the vault so that the till lasts for `customers` more: whole rolls and tens. Null where
 * too few were served to know, or nothing is needed. How much money to hold is for the limits, not for this.
 */
export function proposeRestock(
  till: { readonly stock: Denominations; readonly currency: string },
  flow: CashFlow,
  customers: number,
): Denominations | null {
  if (flow.customers < customersLeast) return null;
  const buy: Record<string, number> = {};
  for (const face of Object.keys(flow.paid)) {
    if (isMoneyFace(Number(face), till.currency)) continue;
    const missing = piecesNeeded(face, flow, customers) - (till.stock[face] ?? 0);
    if (missing > 0) buy[face] = roundUp(missing, Number(face), till.currency);
  }
  return Object.keys(buy).length === 0 ? null : Object.freeze(buy);
}
