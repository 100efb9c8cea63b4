// Makes the short code on a receipt: entry number and start of its hash, safe to read out and to
// type.

/** Crockford's base 32: no I, L, O, U, so that no two characters look alike. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** Characters of the hash prefix: 8 of 5 bits, its first 40 bits. */
const prefixLength = 8;
const checkLength = 2;
/**
 * The largest prime below 32 x 32. One wrong character or a swap of neighbours changes the number
 * by less than it times a power of 2 and 5, which it never divides: both are always found.
 */
const checkModulus = 1021n;

export interface ReceiptCode {
  readonly seq: number;
  /** First 40 bits of the entry's hash. */
  readonly prefix: Uint8Array;
}

export type DecodedReceipt =
  | { readonly ok: true; readonly code: ReceiptCode }
  | {
      readonly ok: false;
      /** Whether it has the shape of a code, and only its check characters do not fit. */
      readonly isCode: boolean;
      readonly message: string;
    };

function toText(value: bigint, length: number): string {
  let text = '';
  for (let rest = value; text.length < length; rest >>= 5n) {
    text = alphabet[Number(rest & 31n)] + text;
  }
  return text;
}

function fromText(text: string): bigint {
  return [...text].reduce((sum, letter) => (sum << 5n) | BigInt(alphabet.indexOf(letter)), 0n);
}

function prefixOf(hash: Uint8Array): bigint {
  return [...hash.subarray(0, 5)].reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
}

function checkOf(seq: bigint, prefix: bigint): string {
  return toText(((seq << 40n) | prefix) % checkModulus, checkLength);
}

/**
 * The code of an entry, such as `48211-7K3F-9QXM-2C`: its number, 40 bits of its SHA-256, two check
 * characters.
 */
export function encodeReceiptCode(seq: number, hash: Uint8Array): string {
  if (!Number.isSafeInteger(seq) || seq < 1 || hash.length < 5) {
    throw new RangeError('a receipt code needs an entry number from 1 and its hash');
  }
  const prefix = prefixOf(hash);
  const text = toText(prefix, prefixLength);
  return `${seq}-${text.slice(0, 4)}-${text.slice(4)}-${checkOf(BigInt(seq), prefix)}`;
}

function refused(message: string, isCode: boolean): DecodedReceipt {
  return { ok: false, isCode, message };
}

/**
 * Reads a code as typed: capitals or not, with or without dashes and blanks, O for 0, I and L for
 * 1. A code with a typing error is refused; whether the entry has this hash is for the log to say.
 */
export function decodeReceiptCode(typed: string): DecodedReceipt {
  const text = typed
    .toUpperCase()
    .replace(/[\s\u2010-\u2015\u2212-]/gu, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1');
  const number = text.slice(0, -(prefixLength + checkLength));
  const rest = text.slice(-(prefixLength + checkLength));
  if (!/^[1-9]\d{0,15}$/.test(number) || [...rest].some((letter) => !alphabet.includes(letter))) {
    return refused(`${typed.trim()} is no receipt code: it looks like 48211-7K3F-9QXM-2C.`, false);
  }
  const seq = BigInt(number);
  const prefix = fromText(rest.slice(0, prefixLength));
  if (seq > BigInt(Number.MAX_SAFE_INTEGER) || rest.slice(prefixLength) !== checkOf(seq, prefix)) {
    return refused(
      `${typed.trim()} has a typing error: compare it with the receipt, letter by letter.`,
      true,
    );
  }
  const bytes = Uint8Array.from([32n, 24n, 16n, 8n, 0n], (shift) =>
    Number((prefix >> shift) & 255n),
  );
  return { ok: true, code: Object.freeze({ seq: Number(seq), prefix: bytes }) };
}

/** Whether the entry's hash begins as the code says. */
export function isReceiptOf(code: ReceiptCode, hash: Uint8Array): boolean {
  return hash.length >= 5 && code.prefix.every((byte, index) => byte === hash[index]);
}
