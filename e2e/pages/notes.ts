// Types notes and coins into a grid, cell after cell, as a hand on the keypad does.
import type { Locator } from '@playwright/test';
import { faceValues } from '#contract/faces.ts';
import { formatAmount } from '#contract/money.ts';
import type { Hands } from './hands.ts';

/** Face value in minor units -> number of pieces. */
export type Pieces = Readonly<Record<number, number>>;

/** Goes to the grid's first cell and types the pieces, with the arrow down from face to face. */
export async function typePieces(
  hands: Hands,
  grid: Locator,
  { currency, pieces }: { readonly currency: string; readonly pieces: Pieces },
): Promise<void> {
  const faces = faceValues(currency);
  const highest = faces.findIndex((face) => pieces[face] !== undefined);
  if (highest < 0) return;
  const name = formatAmount(BigInt(faces[highest] ?? 0), currency).replace(/\.0+$/, '');
  await hands.reach(grid.getByLabel(`pieces of ${name} ${currency}`, { exact: true }));
  let left = Object.keys(pieces).length;
  for (const face of faces.slice(highest)) {
    const count = pieces[face];
    if (count !== undefined) {
      await hands.type(String(count));
      left -= 1;
    }
    if (left === 0) return;
    await hands.press('ArrowDown');
  }
}
