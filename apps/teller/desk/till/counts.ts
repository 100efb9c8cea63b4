// Keeps what was counted by currency, and turns it into what the station takes.
import type { Input } from '#contract/index.ts';
import { readPieces, type TypedPieces } from '../../parts/pieces.ts';

/** Currency -> pieces as typed. */
export type TypedCounts = Readonly<Record<string, TypedPieces>>;

export type Counts = Input<'till.count'>['counts'];

/** The counts of the currencies; one in which nothing was found is counted as nothing, not left out. */
export function countsOf(typed: TypedCounts, currencies: readonly string[]): Counts {
  return currencies.map((currency) => {
    const { received } = readPieces(typed[currency] ?? {});
    return { currency, denominations: { ...received } };
  });
}

/** Faces in any currency whose text cannot be read; a count with one of them is not sent. */
export function wrongFaces(typed: TypedCounts): readonly string[] {
  return Object.entries(typed).flatMap(([currency, pieces]) => {
    const read = readPieces(pieces);
    return [...read.wrong, ...Object.keys(read.given)].map((face) => `${currency} ${face}`);
  });
}

/** Whether anything was typed. */
export function isCounted(typed: TypedCounts): boolean {
  return Object.values(typed).some((pieces) => Object.values(pieces).some((text) => text !== ''));
}
