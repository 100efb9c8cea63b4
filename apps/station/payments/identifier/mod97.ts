// Computes the remainder by 97 of ISO 7064 over letters and digits, the check behind IBAN, LEI, RF
// and more.

import { remainder97 } from '#contract/iban.ts';

export { remainder97 };

/** The two check digits that make `body + digits` leave 1: "02" to "98". */
export function checkDigits97(body: string): string {
  return String(98 - remainder97('00', 0, 2, remainder97(body))).padStart(2, '0');
}
