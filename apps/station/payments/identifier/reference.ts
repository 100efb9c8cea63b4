// Judges and makes a structured creditor reference (ISO 11649), the RF number on an invoice.
import { type Finding, finding, formFindings, type Wrong, wrong } from './finding.ts';
import { checkDigits97, remainder97 } from './mod97.ts';

export interface ReferenceRight {
  readonly ok: true;
  /** As a message carries it: capital letters, no blanks. */
  readonly reference: string;
  /** What the creditor numbered: the part after the check digits. */
  readonly body: string;
  readonly warnings: readonly Finding[];
}

export type ReferenceCheck = ReferenceRight | Wrong;

/**
 * Judges an RF reference. Takes the form on paper too (groups of four, small letters), as the
 * standard lets it be printed; positions are those of the text without blanks.
 */
export function checkReference(text: string): ReferenceCheck {
  const reference = text.replace(/\s/g, '').toUpperCase();
  const form = formFindings(reference, 'reference');
  if (form.length > 0) return wrong(form);
  if (!reference.startsWith('RF')) {
    const message = `A creditor reference begins with RF, not ${reference.slice(0, 2)}.`;
    return wrong([finding('prefix', 1, message, 'RF')]);
  }
  const letter = reference.slice(2, 4).search(/\D/);
  if (letter >= 0) {
    const message = `Two check digits follow RF, not "${reference.slice(2, 4)}".`;
    return wrong([finding('wrong-character', 3 + letter, message)]);
  }
  const { length } = reference;
  if (length < 5 || length > 25) {
    const message = `A creditor reference has 5 to 25 characters, this has ${length}.`;
    return wrong([
      finding(length < 5 ? 'too-short' : 'too-long', Math.min(length, 25) + 1, message),
    ]);
  }
  const body = reference.slice(4);
  const rest = remainder97(reference, 0, 4, remainder97(body));
  if (rest !== 1) {
    const right = checkDigits97(`${body}RF`);
    const message =
      `The check digits ${reference.slice(2, 4)} do not fit; for ${body} they ` +
      `would be ${right}.`;
    return wrong([finding('check-digits', 3, message, right)]);
  }
  return { ok: true, reference, body, warnings: [] };
}

/**
 * The RF reference of a creditor's own number: 1 to 21 letters and digits; anything else is our
 * mistake.
 */
export function referenceOf(body: string): string {
  if (!/^[A-Z0-9]{1,21}$/.test(body)) throw new RangeError(`"${body}" cannot be a reference`);
  return `RF${checkDigits97(`${body}RF`)}${body}`;
}
