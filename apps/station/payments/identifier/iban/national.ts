// Checks the check characters countries put inside their account numbers, each with how binding
// its rule is.
import { remainder97 } from '../mod97.ts';

export interface NationalRule {
  /** `error` where every account of the country obeys, `warning` where some rightly do not. */
  readonly severity: 'error' | 'warning';
  /** The rule in words, with who set it. */
  readonly rule: string;
  /** Places of the check characters in the IBAN, counted from 0. */
  readonly places: readonly number[];
  /** What can stand there. */
  readonly alphabet: string;
  /** Whether the rule speaks of this IBAN; absent where it speaks of all. */
  readonly covers?: (iban: string) => boolean;
  /** Whether the IBAN, whose structure is right, obeys. */
  readonly holds: (iban: string) => boolean;
}

const digits = '0123456789';

const digit = (iban: string, at: number): number => iban.charCodeAt(at) - 48;

/** Sum of digits times weights from a place on. */
function weighted(iban: string, from: number, weights: readonly number[]): number {
  let sum = 0;
  for (let at = 0; at < weights.length; at++) sum += digit(iban, from + at) * (weights[at] ?? 0);
  return sum;
}

/** ISO 7064 MOD 97-10 over the whole national number. */
const leavesOne = (iban: string): boolean => remainder97(iban, 4) === 1;

/** The French RIB key: letters count A-I and J-R as 1-9, S-Z as 2-9; the whole divides by 97. */
function ribHolds(iban: string): boolean {
  let rest = 0;
  for (let at = 4; at < iban.length; at++) {
    const code = iban.charCodeAt(at);
    let value = code - 48;
    if (code >= 83) value = code - 81;
    else if (code >= 65) value = ((code - 65) % 9) + 1;
    rest = (rest * 10 + value) % 97;
  }
  return rest === 0;
}

/** ISO 7064 MOD 11,10 over a run of digits. */
function hybridHolds(iban: string, from: number, to: number): boolean {
  let product = 10;
  for (let at = from; at < to - 1; at++) {
    const sum = (product + digit(iban, at)) % 10;
    product = ((sum === 0 ? 10 : sum) * 2) % 11;
  }
  return (product + digit(iban, to - 1)) % 10 === 1;
}

/** Luhn's sum from the right. */
function luhnHolds(iban: string, from: number): boolean {
  let sum = 0;
  for (let at = iban.length - 1, twice = false; at >= from; at--, twice = !twice) {
    const value = digit(iban, at) * (twice ? 2 : 1);
    sum += value > 9 ? value - 9 : value;
  }
  return sum % 10 === 0;
}

const cinOdd = [
  ...[1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18],
  ...[20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23],
];

/** The Italian CIN: odd places by a table, even places by value, the sum by 26 as a letter. */
function cinHolds(iban: string): boolean {
  let sum = 0;
  for (let at = 5; at < 27; at++) {
    const code = iban.charCodeAt(at);
    const value = code < 65 ? code - 48 : code - 65;
    sum += at % 2 === 1 ? (cinOdd[value] ?? 0) : value;
  }
  return sum % 26 === iban.charCodeAt(4) - 65;
}

const spanish = [1, 2, 4, 8, 5, 10, 9, 7, 3, 6];

/**
 * One Spanish control digit: eleven less the sum by eleven, where ten counts as one and eleven
 * as nought.
 */
function spanishDigit(sum: number): number {
  const rest = 11 - (sum % 11);
  return rest === 11 ? 0 : rest === 10 ? 1 : rest;
}

const spainHolds = (iban: string): boolean =>
  spanishDigit(weighted(iban, 4, spanish.slice(2))) === digit(iban, 12) &&
  spanishDigit(weighted(iban, 14, spanish)) === digit(iban, 13);

const czech = [10, 5, 8, 4, 2, 1];
const czechBase = [6, 3, 7, 9, 10, 5, 8, 4, 2, 1];
const czechHolds = (iban: string): boolean =>
  weighted(iban, 8, czech) % 11 === 0 && weighted(iban, 14, czechBase) % 11 === 0;

const hungarian = [9, 7, 3, 1, 9, 7, 3, 1];
const hungaryHolds = (iban: string): boolean =>
  weighted(iban, 4, hungarian) % 10 === 0 &&
  (weighted(iban, 12, hungarian) + weighted(iban, 20, hungarian)) % 10 === 0;

const sevenThreeOne = [7, 1, 3, 7, 1, 3, 7, 1, 3, 7, 1, 3, 7, 1];
const belgiumHolds = (iban: string): boolean => {
  const rest = remainder97(iban, 4, 14);
  return (rest === 0 ? 97 : rest) === digit(iban, 14) * 10 + digit(iban, 15);
};

const norwegian = [5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1];
const eleven = [10, 9, 8, 7, 6, 5, 4, 3, 2, 1];
const kennitala = [3, 2, 7, 6, 5, 4, 3, 2, 1];
const polish = [3, 9, 7, 1, 3, 9, 7, 1];
const albanian = [9, 7, 3, 1, 9, 7, 3, 1];
const russian = Array.from({ length: 23 }, (_, at) => [7, 1, 3][at % 3] ?? 0);

/** Rules over digits say nothing of the accounts with letters the registry allows. */
const allDigits = (iban: string): boolean => /^\d+$/.test(iban.slice(4));

/** A rule over all accounts: severity, words, places counted from 1, and the judgement. */
function rule(
  severity: 'error' | 'warning',
  places: readonly number[],
  words: string,
  holds: (iban: string) => boolean,
  more: { readonly covers?: (iban: string) => boolean; readonly alphabet?: string } = {},
): NationalRule {
  const zeroBased = places.map((place) => place - 1);
  return Object.freeze({
    ...{ severity, rule: words, places: zeroBased, alphabet: digits, holds },
    ...more,
  });
}

const letters = { alphabet: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ' };
const rib = 'the RIB key: 97 divides bank, branch, account and key';
const mod97 = 'ISO 7064 MOD 97-10 over the national number';

/**
 * The rules, by country, written from the countries' own publications and held against accounts
 * found in the open (see the tests). `error` stands only where the central bank or the banks'
 * association prescribes the rule for every account; the rest a supervisor may pass.
 */
export const nationalRules: ReadonlyMap<string, NationalRule> = new Map([
  [
    'AL',
    rule(
      'warning',
      [12],
      'weights 9731 over bank and branch',
      (i) => weighted(i, 4, albanian) % 10 === 0,
    ),
  ],
  ['BA', rule('error', [19, 20], `${mod97} (Central Bank of Bosnia and Herzegovina)`, leavesOne)],
  ['BE', rule('error', [15, 16], 'the first ten digits by 97, 97 for 0 (Febelfin)', belgiumHolds)],
  ['BI', rule('warning', [26, 27], rib, ribHolds)],
  [
    'CZ',
    rule(
      'error',
      [14, 24],
      'weights by 11 over prefix and number (CNB decree 169/2011)',
      czechHolds,
    ),
  ],
  ['DJ', rule('warning', [26, 27], rib, ribHolds)],
  [
    'EE',
    rule(
      'warning',
      [20],
      'the 7-3-1 method (Estonian Banking Association)',
      (i) => weighted(i, 6, sevenThreeOne) % 10 === 0,
    ),
  ],
  [
    'ES',
    rule(
      'error',
      [13, 14],
      'the two control digits of the CCC (Consejo Superior Bancario)',
      spainHolds,
    ),
  ],
  [
    'FI',
    rule('error', [18], 'Luhn over the fourteen digits (Finance Finland)', (i) => luhnHolds(i, 4)),
  ],
  ['FR', rule('error', [26, 27], `${rib} (CFONB)`, ribHolds)],
  [
    'HR',
    rule(
      'error',
      [11, 21],
      'ISO 7064 MOD 11,10 over bank and over account (HNB)',
      (i) => hybridHolds(i, 4, 11) && hybridHolds(i, 11, 21),
    ),
  ],
  ['HU', rule('error', [12, 28], 'weights 9731 over bank and over account (MNB)', hungaryHolds)],
  [
    'IS',
    rule(
      'warning',
      [25],
      "the check digit of the holder's kennitala",
      (i) => weighted(i, 16, kennitala) % 11 === 0,
      { covers: (i) => digit(i, 16) < 8 },
    ),
  ],
  ['IT', rule('error', [5], 'the CIN (ABI)', cinHolds, letters)],
  ['MC', rule('error', [26, 27], `${rib} (CFONB)`, ribHolds)],
  ['ME', rule('error', [21, 22], `${mod97} (Central Bank of Montenegro)`, leavesOne)],
  ['MK', rule('error', [18, 19], `${mod97} (National Bank)`, leavesOne)],
  ['MR', rule('warning', [26, 27], rib, ribHolds)],
  [
    'NL',
    rule(
      'warning',
      [18],
      'the eleven-test, which numbers given out since 2013 need not pass',
      (i) => weighted(i, 8, eleven) % 11 === 0,
      { covers: (i) => !i.startsWith('000', 8) },
    ),
  ],
  ['NO', rule('error', [15], 'weights by 11 (Bits)', (i) => weighted(i, 4, norwegian) % 11 === 0)],
  [
    'PL',
    rule(
      'error',
      [12],
      'weights 3971 over the sorting code (NBP)',
      (i) => weighted(i, 4, polish) % 10 === 0,
    ),
  ],
  ['PT', rule('error', [24, 25], `${mod97} (Banco de Portugal)`, leavesOne)],
  ['RS', rule('error', [21, 22], `${mod97} (National Bank of Serbia)`, leavesOne)],
  [
    'RU',
    rule(
      'warning',
      [22],
      'weights 713 over BIK and account',
      (i) => weighted(i, 10, russian) % 10 === 0,
      { covers: allDigits },
    ),
  ],
  [
    'SE',
    rule(
      'warning',
      [24],
      'weights by 11 over clearing number and account, at SEB',
      (i) => weighted(i, 14, eleven) % 11 === 0,
      { covers: (i) => i.startsWith('500', 4) },
    ),
  ],
  ['SI', rule('error', [18, 19], `${mod97} (Banka Slovenije)`, leavesOne)],
  ['SK', rule('error', [14, 24], 'weights by 11 over prefix and number (NBS)', czechHolds)],
  ['SM', rule('error', [5], 'the CIN', cinHolds, letters)],
  ['ST', rule('warning', [24, 25], mod97, leavesOne)],
  ['TL', rule('warning', [22, 23], mod97, leavesOne)],
  [
    'TN',
    rule(
      'warning',
      [23, 24],
      'the RIB key: 97 divides the whole number',
      (i) => remainder97(i, 4) === 0,
    ),
  ],
  ['TR', rule('warning', [10], 'the reserved digit, always 0', (i) => digit(i, 9) === 0)],
  [
    'UA',
    rule(
      'warning',
      [10],
      "the last digit of the bank's MFO code",
      (i) => (weighted(i, 4, [1, 3, 7, 1, 3]) * 7) % 10 === digit(i, 9),
    ),
  ],
  ['XK', rule('warning', [19, 20], `${mod97} (Central Bank of Kosovo)`, leavesOne)],
]);

/**
 * What would have to stand at the places of a rule's check characters, or null where nothing
 * fits. Tries them all: at most a hundred, and only for an IBAN already found wrong.
 */
export function rightCharacters(national: NationalRule, iban: string): string | null {
  const { places, alphabet, holds } = national;
  const tries = alphabet.length ** places.length;
  for (let number = 0; number < tries; number++) {
    const attempt = [...iban];
    let rest = number;
    let written = '';
    for (const place of places.toReversed()) {
      const character = alphabet.charAt(rest % alphabet.length);
      rest = Math.floor(rest / alphabet.length);
      attempt[place] = character;
      written = character + written;
    }
    if (holds(attempt.join(''))) return written;
  }
  return null;
}
