// Tells at once, on either side of the wire, whether an account number can be an IBAN at all (ISO 13616, ISO 7064).

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

const form = /^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/;

/** Whether a text, blanks and small letters allowed, has the form of an IBAN and check digits that fit. */
export function isIbanLike(typed: string): boolean {
  const text = typed
    .replaceAll(/[\s.-]/g, '')
    .toUpperCase()
    .replace(/^IBAN/, '');
  return form.test(text) && remainder97(text, 0, 4, remainder97(text, 4)) === 1;
}
