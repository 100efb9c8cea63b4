// Makes and checks the bank's own account numbers: seven digits and a check digit that catches
// typing errors.

/**
 * Damm's quasigroup of order ten (H. M. Damm, "Total anti-symmetrische Quasigruppen", 2004). Its
 * check digit finds every single wrong digit and every swap of neighbours, which Luhn's and MOD
 * 11,10 do not.
 */
const table = [
  '0317598642',
  '7092154863',
  '4206871359',
  '1750983426',
  '6123045978',
  '3674209581',
  '5869720134',
  '8945362017',
  '9438617205',
  '2581436790',
] as const;

function interim(digits: string): number {
  let state = 0;
  for (const digit of digits) state = Number(table[state]?.[Number(digit)]);
  return state;
}

/**
 * First and last serial: seven digits without a leading zero, so that no digit can be lost in
 * front.
 */
export const firstSerial = 1_000_000;
export const lastSerial = 9_999_999;

/** The account number of a serial from 1,000,000 to 9,999,999: the serial and its check digit. */
export function accountNumberOf(serial: number): string {
  if (!Number.isInteger(serial) || serial < firstSerial || serial > lastSerial) {
    throw new RangeError(`${serial} is no account serial: it has seven digits`);
  }
  return `${serial}${interim(String(serial))}`;
}

/** Whether the text is eight digits with the right check digit; blanks are dropped. */
export function isAccountNumber(text: string): boolean {
  const digits = text.replaceAll(' ', '');
  return /^[1-9]\d{7}$/.test(digits) && interim(digits) === 0;
}

/** The number as it is printed, in groups of four: `1234 5678`. */
export function formatAccountNumber(number: string): string {
  return /^\d{8}$/.test(number) ? `${number.slice(0, 4)} ${number.slice(4)}` : number;
}
