// Writes the rules that the SEPA schemes share: currency, amounts, characters, references, names,
// addresses.
import type { Check, Rule } from '../rules/rule.ts';

/** Where a scheme's parts stand in one message. */
export interface Scheme {
  /** `sct`, `inst`, `core`, `b2b`. */
  readonly name: string;
  /** The guideline the rules are from. */
  readonly source: string;
}

type Words = readonly [text: string, fix: string];

export function rule(scheme: Scheme, id: string, words: Words, check: Check): Rule {
  const [text, fix] = words;
  return { id: `${scheme.name}:${id}`, source: scheme.source, text, fix, check };
}

/** The characters every bank in SEPA takes; wider ones are agreed between banks (EPC217-08). */
export const sepaCharacters = String.raw`a-zA-Z0-9/\-?:().,'+ \n`;

export function euro(scheme: Scheme, path: string): readonly Rule[] {
  return [
    rule(scheme, 'EUR', ['SEPA payments are in euro.', 'Write the amount in EUR.'], {
      kind: 'attribute-codes',
      path,
      attribute: 'Ccy',
      codes: ['EUR'],
      allowed: true,
    }),
    rule(
      scheme,
      'AMOUNT',
      [
        'The amount is between 0.01 and 999,999,999.99 euro, with at most two decimals.',
        'Correct the amount.',
      ],
      { kind: 'amount-range', path, least: '0.01', most: '999999999.99', decimals: 2 },
    ),
  ];
}

export function fixed(scheme: Scheme, id: string, path: string, value: string): Rule {
  const words: Words = [`Here stands ${value} and nothing else.`, `Write ${value}.`];
  return rule(scheme, id, words, { kind: 'codes', path, codes: [value], allowed: true });
}

export function needed(scheme: Scheme, id: string, at: string, needs: readonly string[]): Rule {
  const list = needs.join(' and ');
  const words: Words = [`The scheme needs ${list}.`, `Add ${list}.`];
  // Where there is nothing called "", the rule always holds: what is needed is needed everywhere.
  return rule(scheme, id, words, { kind: 'requires-unless', at, unless: '#never', needs });
}

export function unused(scheme: Scheme, id: string, path: string): Rule {
  const tag = path.split('/').at(-1) ?? path;
  const words: Words = [`The scheme does not use ${tag}.`, `Remove ${tag}.`];
  return rule(scheme, id, words, { kind: 'absent', path });
}

export function names(scheme: Scheme, paths: readonly string[]): readonly Rule[] {
  const words: Words = ['Names have at most 70 characters.', 'Shorten the name.'];
  return paths.map((path) =>
    rule(scheme, 'NAME', words, { kind: 'max-length', path: `${path}/Nm`, length: 70 }),
  );
}

export function references(scheme: Scheme, paths: readonly string[]): readonly Rule[] {
  const words: Words = [
    'References neither start nor end with a slash and hold no two in a row.',
    'Take the slashes out of the reference.',
  ];
  return paths.map((path) => rule(scheme, 'SLASH', words, { kind: 'slash', path }));
}

export function ibansOnly(
  scheme: Scheme,
  at: string,
  accounts: readonly string[],
): readonly Rule[] {
  return accounts.map((account) =>
    rule(scheme, 'IBAN', [`${account} is an IBAN.`, `Write the IBAN in ${account}/Id/IBAN.`], {
      kind: 'requires-unless',
      at: `${at}/${account}`,
      unless: 'Id/IBAN',
      needs: ['Id/IBAN'],
    }),
  );
}

/** One set of details, in words (140) or structured, and a structured reference that is right. */
export function details(scheme: Scheme, at: string): readonly Rule[] {
  const path = `${at}/RmtInf`;
  return [
    rule(
      scheme,
      'DETAILS',
      ['Payment details are in words or structured, not both.', 'Keep Ustrd or Strd.'],
      { kind: 'exclusive', at: path, paths: ['Ustrd', 'Strd'] },
    ),
    rule(
      scheme,
      'DETAILS-ONCE',
      ['Payment details in words stand once, with at most 140 characters.', 'Join the lines.'],
      { kind: 'at-most', at: path, path: 'Ustrd', count: 1 },
    ),
    rule(scheme, 'DETAILS-STRUCTURED', ['Structured details stand once.', 'Keep one Strd.'], {
      kind: 'at-most',
      at: path,
      path: 'Strd',
      count: 1,
    }),
  ];
}

/** Identifiers and characters wherever they stand, and addresses structured or hybrid. */
export function everywhere(scheme: Scheme): readonly Rule[] {
  const of = (id: string, what: string, check: Check): Rule =>
    rule(scheme, id, [`Every ${what} is a right one.`, `Correct the ${what}.`], check);
  return [
    of('VAL-IBAN', 'IBAN', { kind: 'identifier', of: 'iban', tag: 'IBAN' }),
    of('VAL-BIC', 'BIC', { kind: 'identifier', of: 'bic', tag: 'BICFI' }),
    of('VAL-LEI', 'LEI', { kind: 'identifier', of: 'lei', tag: 'LEI' }),
    of('VAL-CTRY', 'country', { kind: 'identifier', of: 'country', tag: 'Ctry' }),
    rule(
      scheme,
      'ADDRESS',
      [
        'Postal addresses are structured, or hybrid with at most two lines of 70 characters.',
        'Put town and country in their own elements; keep at most two address lines.',
      ],
      { kind: 'address-form', lines: 2, length: 70 },
    ),
    rule(
      scheme,
      'ADDRESS-REPEATS',
      [
        'What stands in a part of an address is not repeated in its lines.',
        'Take the repeated words out of the line.',
      ],
      { kind: 'address-repeats' },
    ),
  ];
}

/** Holds the texts to the basic Latin set; a bank that has agreed on more leaves this rule out. */
export function basicCharacters(scheme: Scheme): Rule {
  return rule(
    scheme,
    'CHARACTERS',
    [
      "Texts keep to a-z A-Z 0-9 / - ? : ( ) . , ' + and the blank (EPC217-08).",
      'Let the text be transliterated, or type it without accents.',
    ],
    { kind: 'characters', allowed: sepaCharacters, except: [] },
  );
}

/** Number of transactions and control sum are those of the file, and of each of its payments. */
export function totals(
  scheme: Scheme,
  root: string,
  paths: { readonly transaction: string; readonly amount: string },
): readonly Rule[] {
  const count: Words = ['The number of transactions is counted rightly.', 'Count them again.'];
  const sum: Words = ['The control sum is the sum of the amounts.', 'Add the amounts again.'];
  const both = [
    { at: root, header: 'GrpHdr/', parts: `PmtInf/${paths.transaction}` },
    { at: `${root}/PmtInf`, header: '', parts: paths.transaction },
  ];
  return both.flatMap(({ at, header, parts }) => [
    rule(scheme, 'COUNT', count, { kind: 'count', at, total: `${header}NbOfTxs`, parts }),
    rule(scheme, 'SUM', sum, {
      kind: 'sum',
      at,
      total: `${header}CtrlSum`,
      parts: `${parts}/${paths.amount}`,
      sameCurrency: false,
    }),
  ]);
}
