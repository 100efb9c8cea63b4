// Compares and adds the decimal numbers of messages exactly, as whole numbers of a common scale.

const scale = 20;

/** A decimal as a whole number of 10^-20, or null when the text is none. */
export function scaledDecimal(text: string): bigint | null {
  const match = /^([+-]?)(\d*)(?:\.(\d*))?$/.exec(text.trim());
  if (!match) return null;
  const [, sign, whole = '', fraction = ''] = match;
  if (whole === '' && fraction === '') return null;
  if (whole.length > 40 || fraction.length > scale) return null;
  const value = BigInt(whole + fraction.padEnd(scale, '0'));
  return sign === '-' ? -value : value;
}

/** The decimal a whole number of 10^-20 stands for, without needless zeros. */
export function writeDecimal(value: bigint): string {
  const digits = (value < 0n ? -value : value).toString().padStart(scale + 1, '0');
  const fraction = digits.slice(-scale).replace(/0+$/, '');
  const text = digits.slice(0, -scale) + (fraction === '' ? '' : `.${fraction}`);
  return value < 0n ? `-${text}` : text;
}
