// Says which notes and coins the vault and the tills start with, and what customers bring.
import { facesOf, faceValues } from '#contract/faces.ts';
import type { Denominations } from '#contract/values.ts';
import type { Purse } from './acts.ts';
import type { Dice } from './dice.ts';
import type { DemonstrationCurrency } from './people.ts';

/** What a till starts the day with: 12,000.00 EUR. */
export const floatEur: Denominations = Object.freeze({
  10000: 50,
  5000: 80,
  2000: 100,
  1000: 60,
  500: 50,
  200: 35,
  100: 50,
  50: 30,
  20: 40,
  10: 40,
  5: 40,
  2: 40,
  1: 20,
});

/** Foreign money of Till 1, kept there overnight. */
export const floatForeign: Purse = Object.freeze({
  USD: { 10000: 30, 5000: 20, 2000: 60, 1000: 40, 500: 40, 100: 100, 25: 80, 10: 50, 5: 40, 1: 50 },
  JPY: { 10000: 60, 5000: 30, 1000: 120, 500: 50, 100: 80, 50: 40, 10: 50, 5: 20, 1: 50 },
  KWD: { 20000: 30, 10000: 30, 5000: 30, 1000: 60, 500: 40, 250: 40, 100: 50, 50: 50, 20: 20 },
});

/** What the vault holds when the branch comes over from the system before, and is filled up to again. */
export const vaultStock: Purse = Object.freeze({
  EUR: {
    20000: 200,
    10000: 2_400,
    5000: 5_000,
    2000: 4_000,
    1000: 4_000,
    500: 4_000,
    200: 2_500,
    100: 2_500,
    50: 2_000,
    20: 2_000,
    10: 2_000,
    5: 2_000,
    2: 2_000,
    1: 1_500,
  },
  USD: {
    10000: 400,
    5000: 400,
    2000: 800,
    1000: 400,
    500: 400,
    200: 50,
    100: 1_000,
    50: 40,
    25: 800,
    10: 500,
    5: 400,
    1: 500,
  },
  JPY: {
    10000: 600,
    5000: 200,
    2000: 50,
    1000: 800,
    500: 500,
    100: 500,
    50: 300,
    10: 400,
    5: 200,
    1: 300,
  },
  KWD: {
    20000: 200,
    10000: 200,
    5000: 200,
    1000: 400,
    500: 200,
    250: 200,
    100: 300,
    50: 300,
    20: 200,
    10: 200,
    5: 200,
  },
});

/** Notes and coins a customer hands over for exactly this amount: mostly large ones, never the same twice. */
export function brought(
  dice: Dice,
  currency: DemonstrationCurrency,
  amountMinor: bigint,
): Denominations {
  const seldom = facesOf(currency)?.seldom ?? [];
  const faces = faceValues(currency).filter((face) => !seldom.includes(face));
  const pieces: Record<string, number> = {};
  let rest = Number(amountMinor);
  for (const [index, face] of faces.entries()) {
    const most = Math.floor(rest / face);
    if (most === 0) continue;
    const isLast = index === faces.length - 1;
    const count = isLast || dice.happens(2, 3) ? most : dice.between(0, most);
    const kept = index + 2 < faces.length ? count : most;
    if (kept === 0) continue;
    pieces[String(face)] = kept;
    rest -= kept * face;
  }
  if (rest !== 0) throw new Error(`${amountMinor} ${currency} cannot be brought in cash.`);
  return pieces;
}
