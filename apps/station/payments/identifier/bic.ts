// Judges a BIC (ISO 9362:2022): prefix, country, location and branch, and whether it is one for
// tests.
import { countryName, isCountry } from './country/country.ts';
import {
  counted,
  type Finding,
  finding,
  formFindings,
  shown,
  type Wrong,
  wrong,
} from './finding.ts';

export interface BicRight {
  readonly ok: true;
  /** As given: eight or eleven characters. */
  readonly bic: string;
  /** Eight characters: the party, whichever branch. */
  readonly party: string;
  /** Eleven characters, XXX for the head office. */
  readonly full: string;
  readonly country: string;
  readonly location: string;
  readonly branch: string;
  /** A test and training BIC: the eighth character is 0. No live message may carry it. */
  readonly test: boolean;
  readonly warnings: readonly Finding[];
}

export type BicCheck = BicRight | Wrong;

function lengthFinding(text: string): Finding | null {
  const { length } = text;
  if (length === 8 || length === 11) return null;
  const message = `A BIC has 8 or 11 characters, this has ${length}.`;
  if (length > 11) return finding('too-long', 12, `${message} ${counted(length - 11)} too many.`);
  return finding(length > 8 ? 'branch-length' : 'too-short', length + 1, message);
}

function letterFindings(text: string): readonly Finding[] {
  const found: Finding[] = [];
  for (let at = 0; at < Math.min(6, text.length); at++) {
    const character = text.charAt(at);
    if (/[A-Z]/.test(character)) continue;
    const part = at < 4 ? 'party prefix' : 'country code';
    const message = `Character ${at + 1} is ${shown(character)}: the ${part} has letters only.`;
    found.push(finding('wrong-character', at + 1, message));
  }
  return found;
}

function countryFinding(text: string): Finding | null {
  const country = text.slice(4, 6);
  if (country.length < 2 || isCountry(country)) return null;
  const message =
    `Characters 5 and 6 are ${country}, which is no country of ISO 3166: write ` +
    `one such as DE.`;
  return finding('unknown-country', 5, message);
}

function warningsOf(text: string): readonly Finding[] {
  const found: Finding[] = [];
  if (text.charAt(7) === '0') {
    const message = `Character 8 of ${text} is 0, a BIC for tests: no live payment reaches it.`;
    found.push(finding('test-bic', 8, message));
  }
  if (text.charAt(7) === '1') {
    const message =
      `${text} is not connected to the Swift network (character 8 is 1): send ` +
      `through its correspondent.`;
    found.push(finding('not-connected', 8, message));
  }
  if (text.charAt(8) === 'X' && text.slice(8) !== 'XXX') {
    const message = `Branch ${text.slice(8)} begins with X: only XXX, the head office, does.`;
    found.push(finding('branch-begins-with-x', 9, message, 'XXX'));
  }
  return found;
}

/**
 * Judges a BIC. ISO 9362:2022 lets the party prefix hold digits, Swift gives out letters only,
 * and so this takes letters only: a digit there is a slip of the finger. Whether the bank exists
 * only a directory knows.
 */
export function checkBic(text: string): BicCheck {
  const form = formFindings(text, 'BIC');
  if (form.length > 0) return wrong(form);
  const letters = letterFindings(text);
  const country = letters.some(({ position }) => position > 4) ? null : countryFinding(text);
  const errors = [lengthFinding(text), ...letters, country].filter((one) => one !== null);
  if (errors.length > 0) return wrong(errors);
  const branch = text.slice(8);
  return {
    ...{
      ok: true,
      bic: text,
      party: text.slice(0, 8),
      full: `${text.slice(0, 8)}${branch || 'XXX'}`,
    },
    ...{ country: text.slice(4, 6), location: text.slice(6, 8), branch: branch || 'XXX' },
    ...{ test: text.charAt(7) === '0', warnings: warningsOf(text) },
  };
}

/**
 * What speaks against an IBAN and a BIC naming the same bank: another country, or, where the
 * bank code is the beginning of a BIC, another beginning. Both must be right by themselves. A
 * warning, since banks merge and keep old codes.
 */
export function pairFindings(
  iban: { readonly country: string; readonly bicPrefix: string | null },
  bic: Pick<BicRight, 'bic' | 'country'>,
): readonly Finding[] {
  if (!sameTerritory(iban.country, bic.country)) {
    const message =
      `The BIC is of ${countryName(bic.country)}, the IBAN of ` +
      `${countryName(iban.country)}: one of them is wrong.`;
    return [finding('countries-differ', 5, message, iban.country)];
  }
  const prefix = iban.bicPrefix?.slice(0, 4);
  if (!prefix || bic.bic.startsWith(prefix)) return [];
  const message =
    `The IBAN names the bank ${prefix}, the BIC begins with ` +
    `${bic.bic.slice(0, 4)}: look at both again.`;
  return [finding('banks-differ', 1, message, prefix)];
}

/**
 * Territories whose accounts carry the IBAN of another country, while their banks' BICs carry
 * their own code.
 */
const hosts: Readonly<Record<string, string>> = {
  ...{ AX: 'FI', GG: 'GB', IM: 'GB', JE: 'GB', BL: 'FR', GF: 'FR', GP: 'FR', MF: 'FR', MQ: 'FR' },
  ...{ NC: 'FR', PF: 'FR', PM: 'FR', RE: 'FR', TF: 'FR', WF: 'FR', YT: 'FR' },
};

function sameTerritory(iban: string, bic: string): boolean {
  return iban === bic || hosts[bic] === iban;
}
