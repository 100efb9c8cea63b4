// Judges a legal entity identifier (ISO 17442): twenty characters, the last two check digits.
import { type Finding, finding, formFindings, shown, type Wrong, wrong } from './finding.ts';
import { checkDigits97 } from './mod97.ts';

export interface LeiRight {
  readonly ok: true;
  readonly lei: string;
  /** Who gave it out: the first four characters. */
  readonly issuer: string;
  readonly warnings: readonly Finding[];
}

export type LeiCheck = LeiRight | Wrong;

/**
 * Judges an LEI: capital letters and digits, ISO 7064 MOD 97-10. Whether it is in force only
 * GLEIF knows.
 */
export function checkLei(text: string): LeiCheck {
  const form = formFindings(text, 'LEI');
  if (form.length > 0) return wrong(form);
  if (text.length !== 20) {
    const code = text.length < 20 ? 'too-short' : 'too-long';
    const at = Math.min(text.length, 20) + 1;
    return wrong([finding(code, at, `An LEI has 20 characters, this has ${text.length}.`)]);
  }
  const letter = text.slice(18).search(/\D/);
  if (letter >= 0) {
    const at = 19 + letter;
    const message = `Character ${at} is ${shown(text.charAt(at - 1))}: an LEI ends in two digits.`;
    return wrong([finding('wrong-character', at, message)]);
  }
  const right = checkDigits97(text.slice(0, 18));
  if (text.slice(18) !== right) {
    const message =
      `The check digits ${text.slice(18)} do not fit; for ${text.slice(0, 18)} ` +
      `they would be ${right}.`;
    return wrong([finding('check-digits', 19, message, right)]);
  }
  return { ok: true, lei: text, issuer: text.slice(0, 4), warnings: [] };
}
