// Computes the remainder by 97 of ISO 7064 over letters and digits, the check behind IBAN, LEI, RF
// and more.

/**
 * Goes on with a remainder over the characters `from` to `to` (exclusive) of a text: a digit
 * counts as itself, a letter A to Z as 10 to 35 (ISO 7064 MOD 97-10). Takes only 0-9 and A-Z;
 * whoever calls has looked.
 */
export function remainder97(text: string, from = 0, to = text.length, seed = 0): number {
  let rest = seed;
  for (let at = from; at < to; at++) {
    const code = text.charCodeAt(at);
    rest = code < 65 ? (rest * 10 + code - 48) % 97 : (rest * 100 + code - 55) % 97;
  }
  return rest;
}

/** The two check digits that make `body + digits` leave 1: "02" to "98". */
export function checkDigits97(body: string): string {
  return String(98 - remainder97('00', 0, 2, remainder97(body))).padStart(2, '0');
}
