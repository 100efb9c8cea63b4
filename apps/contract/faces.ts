// Lists the notes and coins of each currency and the bundles they come in, for till, vault and
// screens.

export interface Faces {
  readonly currency: string;
  /** Face values in minor units, largest first; a coin and a note of one value are one face. */
  readonly notes: readonly number[];
  readonly coins: readonly number[];
  /** Faces seldom seen at a counter: a guess at what was received leaves them out. */
  readonly seldom: readonly number[];
  /** Notes in a bundle as banks strap them. */
  readonly bundlePieces: number;
  /** Coins in a roll, by face value in minor units, where the central bank or trade says so. */
  readonly rollPieces: Readonly<Record<string, number>>;
}

const table: readonly Faces[] = [
  {
    currency: 'EUR',
    notes: [50000, 20000, 10000, 5000, 2000, 1000, 500],
    coins: [200, 100, 50, 20, 10, 5, 2, 1],
    seldom: [50000, 20000],
    bundlePieces: 100,
    rollPieces: { 200: 25, 100: 25, 50: 40, 20: 40, 10: 40, 5: 50, 2: 50, 1: 50 },
  },
  {
    currency: 'USD',
    notes: [10000, 5000, 2000, 1000, 500, 200, 100],
    coins: [50, 25, 10, 5, 1],
    seldom: [200, 50],
    bundlePieces: 100,
    rollPieces: { 50: 20, 25: 40, 10: 50, 5: 40, 1: 50 },
  },
  {
    currency: 'GBP',
    notes: [5000, 2000, 1000, 500],
    coins: [200, 100, 50, 20, 10, 5, 2, 1],
    seldom: [],
    bundlePieces: 100,
    rollPieces: { 200: 10, 100: 20, 50: 20, 20: 50, 10: 50, 5: 100, 2: 50, 1: 100 },
  },
  {
    currency: 'CHF',
    notes: [100000, 20000, 10000, 5000, 2000, 1000],
    coins: [500, 200, 100, 50, 20, 10, 5],
    seldom: [100000],
    bundlePieces: 100,
    rollPieces: { 500: 25, 200: 50, 100: 50, 50: 50, 20: 50, 10: 50, 5: 50 },
  },
  {
    currency: 'JPY',
    notes: [10000, 5000, 2000, 1000],
    coins: [500, 100, 50, 10, 5, 1],
    seldom: [2000],
    bundlePieces: 100,
    rollPieces: { 500: 50, 100: 50, 50: 50, 10: 50, 5: 50, 1: 50 },
  },
  {
    currency: 'KWD',
    notes: [20000, 10000, 5000, 1000, 500, 250],
    coins: [100, 50, 20, 10, 5],
    seldom: [],
    bundlePieces: 100,
    rollPieces: {},
  },
  {
    currency: 'CAD',
    notes: [10000, 5000, 2000, 1000, 500],
    coins: [200, 100, 25, 10, 5],
    seldom: [],
    bundlePieces: 100,
    rollPieces: { 200: 25, 100: 25, 25: 40, 10: 50, 5: 40 },
  },
  {
    currency: 'SEK',
    notes: [100000, 50000, 20000, 10000, 5000, 2000],
    coins: [1000, 500, 200, 100],
    seldom: [100000],
    bundlePieces: 100,
    rollPieces: {},
  },
  {
    currency: 'NOK',
    notes: [100000, 50000, 20000, 10000, 5000],
    coins: [2000, 1000, 500, 100],
    seldom: [100000],
    bundlePieces: 100,
    rollPieces: {},
  },
  {
    currency: 'DKK',
    notes: [50000, 20000, 10000, 5000],
    coins: [2000, 1000, 500, 200, 100, 50],
    seldom: [],
    bundlePieces: 100,
    rollPieces: {},
  },
  {
    currency: 'PLN',
    notes: [50000, 20000, 10000, 5000, 2000, 1000],
    coins: [500, 200, 100, 50, 20, 10, 5, 2, 1],
    seldom: [50000],
    bundlePieces: 100,
    rollPieces: {},
  },
  {
    currency: 'CZK',
    notes: [500000, 200000, 100000, 50000, 20000, 10000],
    coins: [5000, 2000, 1000, 500, 200, 100],
    seldom: [500000],
    bundlePieces: 100,
    rollPieces: {},
  },
];

const byCurrency: ReadonlyMap<string, Faces> = new Map(table.map((row) => [row.currency, row]));

/** The currencies whose cash a till can hold. */
export const cashCurrencies: readonly string[] = Object.freeze(table.map((row) => row.currency));

/** Notes and coins of a currency, or undefined when the bank keeps no cash in it. */
export function facesOf(currency: string): Faces | undefined {
  return byCurrency.get(currency);
}

/** Every face value of a currency in minor units, largest first. */
export function faceValues(currency: string): readonly number[] {
  const faces = byCurrency.get(currency);
  return faces ? [...faces.notes, ...faces.coins] : [];
}
