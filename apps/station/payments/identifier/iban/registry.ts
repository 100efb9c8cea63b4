// Holds the structures of the IBAN registry, release 101, as a table, with the places of bank,
// branch and account.

/** Release of the registry (ISO 13616-1, kept by Swift) the table below states. */
export const registryRelease = Object.freeze({ number: 101, countries: 89 });

/**
 * One country a line: its parts in order, each `letter length class`. The letter says what the
 * part is: b bank, s branch, a account, k national check characters, t type of account, o owner,
 * i identity of the holder, r reserved, y currency. The class is the registry's: n digit, a
 * capital letter, c letter or digit.
 */
const table = `
AD b4n s4n a12c
AE b3n a16n
AL b3n s4n k1n a16c
AT b5n a11n
AZ b4a a20c
BA b3n s3n a8n k2n
BE b3n a7n k2n
BG b4a s4n t2n a8c
BH b4a a14c
BI b5n s5n a11n k2n
BR b8n s5n a10n t1a o1c
BY b4c t4n a16c
CH b5n a12c
CR b4n a14n
CY b3n s5n a16c
CZ b4n a16n
DE b8n a10n
DJ b5n s5n a11n k2n
DK b4n a9n k1n
DO b4c a20n
EE b2n s2n a11n k1n
EG b4n s4n a17n
ES b4n s4n k2n a10n
FI b3n a10n k1n
FK b2a a12n
FO b4n a9n k1n
FR b5n s5n a11c k2n
GB b4a s6n a8n
GE b2a a16n
GI b4a a15c
GL b4n a9n k1n
GR b3n s4n a16c
GT b4c a20c
HN b4a a20n
HR b7n a10n
HU b3n s4n k1n a15n k1n
IE b4a s6n a8n
IL b3n s3n a13n
IQ b4a s3n a12n
IS b4n t2n a6n i10n
IT k1a b5n s5n a12c
JO b4a s4n a18c
KW b4a a22c
KZ b3n a13c
LB b4n a20c
LC b4a a24c
LI b5n a12c
LT b5n a11n
LU b3n a13c
LV b4a a13c
LY b3n s3n a15n
MC b5n s5n a11c k2n
MD b2c a18c
ME b3n a13n k2n
MK b3n a10c k2n
MN b4n a12n
MR b5n s5n a11n k2n
MT b4a s5n a18c
MU b4a b2n s2n a12n r3n y3a
NI b4a a20n
NL b4a a10n
NO b4n a6n k1n
OM b3n a16c
PK b4a a16c
PL b8n a16n
PS b4a a21c
PT b4n s4n a11n k2n
QA b4a a21c
RO b4a a16c
RS b3n a13n k2n
RU b9n s5n a15c
SA b2n a18c
SC b4a b2n s2n a16n y3a
SD b2n a12n
SE b3n a16n k1n
SI b5n a8n k2n
SK b4n a16n
SM k1a b5n s5n a12c
SO b4n s3n a12n
ST b4n s4n a11n k2n
SV b4a a20n
TL b3n a14n k2n
TN b2n s3n a13n k2n
TR b5n r1n a16c
UA b6n a19c
VA b3n a15n
VG b4a a16n
XK b2n s2n a10n k2n
YE b4a s4n a18c`;

/** A run of characters inside an IBAN, counted from 0, `to` exclusive. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

export interface IbanStructure {
  /** ISO 3166-1 alpha-2, or XK for Kosovo. */
  readonly country: string;
  /** Characters of the whole IBAN. */
  readonly length: number;
  /** The class of every character of the whole IBAN: n, a or c. */
  readonly classes: string;
  /** The same as sums of n = 1, a = 2, c = 3, for a loop that must be quick. */
  readonly masks: Uint8Array;
  readonly bank: Span;
  readonly branch: Span | null;
  readonly account: Span;
  /** True where the bank code is the first four letters of the bank's BIC. */
  readonly bankIsBic: boolean;
}

const maskOf: Readonly<Record<string, number>> = { n: 1, a: 2, c: 3 };

function spanOf(places: readonly (readonly [string, Span])[], part: string): Span | null {
  const spans = places.filter(([letter]) => letter === part).map(([, span]) => span);
  const [first] = spans;
  return first ? { from: first.from, to: spans.at(-1)?.to ?? first.to } : null;
}

function readLine(line: string): IbanStructure {
  const [country = '', ...parts] = line.split(' ');
  let classes = 'aann';
  const places = parts.map((part) => {
    const from = classes.length;
    classes += part.slice(-1).repeat(Number(part.slice(1, -1)));
    return [part.charAt(0), { from, to: classes.length }] as const;
  });
  const masks = Uint8Array.from(classes, (letter) => maskOf[letter] ?? 0);
  const bank = spanOf(places, 'b') ?? { from: 4, to: 4 };
  const account = spanOf(places, 'a') ?? { from: 4, to: classes.length };
  const bankIsBic = classes.startsWith('aaaa', bank.from);
  const branch = spanOf(places, 's');
  return Object.freeze({
    ...{ country, length: classes.length, classes, masks },
    ...{ bank, branch, account, bankIsBic },
  });
}

/** Every structure of the release, by country. */
export const ibanStructures: ReadonlyMap<string, IbanStructure> = new Map(
  table
    .trim()
    .split('\n')
    .map(readLine)
    .map((structure) => [structure.country, structure]),
);

const byLetters: (IbanStructure | undefined)[] = [];
for (const structure of ibanStructures.values()) {
  const { country } = structure;
  byLetters[(country.charCodeAt(0) - 65) * 26 + country.charCodeAt(1) - 65] = structure;
}

/**
 * The structure of the country whose code a text begins with, or undefined; capital letters
 * only.
 */
export function structureOf(text: string): IbanStructure | undefined {
  const first = text.charCodeAt(0) - 65;
  const second = text.charCodeAt(1) - 65;
  // NaN, where the text is too short, fails both comparisons.
  if (!(first >= 0 && first < 26 && second >= 0 && second < 26)) return undefined;
  return byLetters[first * 26 + second];
}
