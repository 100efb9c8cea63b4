// Judges a SEPA creditor identifier (EPC262-08): country, check digits, business code, national
// part.
import { countryName, isCountry } from './country/country.ts';
import { type Finding, finding, formFindings, type Wrong, wrong } from './finding.ts';
import { checkDigits97 } from './mod97.ts';

export interface CreditorIdentifierRight {
  readonly ok: true;
  readonly identifier: string;
  readonly country: string;
  /** Free for the creditor to use; ZZZ when not used. It is not part of the identity. */
  readonly businessCode: string;
  readonly nationalPart: string;
  readonly warnings: readonly Finding[];
}

export type CreditorIdentifierCheck = CreditorIdentifierRight | Wrong;

/** Characters of the whole identifier where a country has one length only (EPC262-08, annex). */
const lengths: Readonly<Record<string, number>> = {
  ...{ AT: 18, DE: 18, ES: 16, FI: 15, FR: 13, IE: 13, IT: 23, NL: 19, PT: 13 },
};

function shapeFinding(text: string): Finding | null {
  const country = text.slice(0, 2);
  if (!isCountry(country)) {
    const message =
      `A creditor identifier begins with its country, such as DE; this begins ` +
      `with ${country}.`;
    return finding('unknown-country', 1, message);
  }
  const letter = text.slice(2, 4).search(/\D/);
  if (letter >= 0) {
    const message = `Characters 3 and 4 are "${text.slice(2, 4)}": two check digits stand there.`;
    return finding('wrong-character', 3 + letter, message);
  }
  if (text.length < 8) {
    const message = `A creditor identifier has 8 to 35 characters, this has ${text.length}.`;
    return finding('too-short', text.length + 1, message);
  }
  if (text.length <= 35) return null;
  return finding(
    'too-long',
    36,
    `A creditor identifier has up to 35 characters, this has ${text.length}.`,
  );
}

function lengthWarnings(text: string): readonly Finding[] {
  const country = text.slice(0, 2);
  const length = lengths[country];
  if (length === undefined || length === text.length) return [];
  const message =
    `Creditor identifiers of ${countryName(country)} have ${length} characters, ` +
    `this has ${text.length}.`;
  return [finding('unusual-length', Math.min(text.length, length) + 1, message)];
}

/**
 * Judges a creditor identifier: ISO 7064 MOD 97-10 over national part and country, positions 5
 * to 7 left out.
 */
export function checkCreditorIdentifier(text: string): CreditorIdentifierCheck {
  const form = formFindings(text, 'creditor identifier');
  if (form.length > 0) return wrong(form);
  const shape = shapeFinding(text);
  if (shape) return wrong([shape]);
  const country = text.slice(0, 2);
  const nationalPart = text.slice(7);
  const right = checkDigits97(nationalPart + country);
  if (text.slice(2, 4) !== right) {
    const message =
      `The check digits ${text.slice(2, 4)} do not fit; for ${nationalPart} in ` +
      `${country} they would be ${right}.`;
    return wrong([finding('check-digits', 3, message, right)], lengthWarnings(text));
  }
  const businessCode = text.slice(4, 7);
  const warnings = lengthWarnings(text);
  return { ok: true, identifier: text, country, businessCode, nationalPart, warnings };
}
