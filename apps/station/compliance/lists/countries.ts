// Knows the ISO 3166 code of a country by the English name a list writes.

const regions = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });

function simple(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/[^\p{L} ]/gu, '')
    .toLowerCase()
    .replace(/\b(the|of|and|republic|democratic|islamic|arab|federation|state|peoples)\b/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim();
}

/** Names that lists write otherwise, or that would be another country's without their first words. */
const special: readonly (readonly [string, string])[] = [
  ['Democratic Republic of the Congo', 'CD'],
  ["Democratic People's Republic of Korea", 'KP'],
  ['Korea, North', 'KP'],
  ['Republic of Korea', 'KR'],
  ['Russian Federation', 'RU'],
  ['Syrian Arab Republic', 'SY'],
  ['United Kingdom of Great Britain and Northern Ireland', 'GB'],
  ['United States of America', 'US'],
  ["Côte d'Ivoire", 'CI'],
  ['Burma', 'MM'],
  ['Palestinian', 'PS'],
];

/** Whether the code stands for itself: `FX` and `SU` are codes of old that have the names of `FR` and `RU`. */
const isCurrent = (code: string): boolean =>
  Intl.getCanonicalLocales(`und-${code}`)[0] === `und-${code}`;

function table(): ReadonlyMap<string, string> {
  const known = new Map<string, string>();
  for (let one = 65; one <= 90; one += 1) {
    for (let other = 65; other <= 90; other += 1) {
      const code = String.fromCharCode(one, other);
      const name = regions.of(code);
      if (name && isCurrent(code)) known.set(simple(name), code);
    }
  }
  return known;
}

const exact = new Map(special.map(([name, code]) => [name.toLowerCase(), code]));
const byName = table();

/** ISO 3166 code; undefined where the name is nobody's, so that it decides nothing. */
export function countryCodeOf(name: string): string | undefined {
  return exact.get(name.trim().toLowerCase()) ?? byName.get(simple(name));
}
