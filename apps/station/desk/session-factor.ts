// The second factor: time-based one-time codes (RFC 6238) of which each counts once.
import { createHmac, timingSafeEqual } from 'node:crypto';

export type OneTimeHash = 'sha1' | 'sha256' | 'sha512';

/** Every authenticator app understands these: HMAC-SHA1, 30 s, six digits. */
export const stepMs = 30_000;
const digits = 6;
export const seedBytes = 20;

/** Number of the 30-second step an instant lies in. */
export function stepAt(at: number): number {
  return Math.floor(at / stepMs);
}

/** RFC 4226: the code of one counter. */
export function oneTimeCode(
  seed: Uint8Array,
  counter: number,
  shape: { readonly digits: number; readonly hash: OneTimeHash } = { digits, hash: 'sha1' },
): string {
  const message = Buffer.alloc(8);
  message.writeBigUInt64BE(BigInt(counter));
  const mac = createHmac(shape.hash, seed).update(message).digest();
  const offset = mac.readUInt8(mac.length - 1) & 0x0f;
  const number = mac.readUInt32BE(offset) & 0x7fff_ffff;
  return String(number % 10 ** shape.digits).padStart(shape.digits, '0');
}

/** What a code is checked against. */
export interface CodeCheck {
  readonly seed: Uint8Array;
  readonly code: string;
  /** Time of the check, ms since 1970. */
  readonly at: number;
  /** Step of the last code that counted, or 0: that one and all before it are spent. */
  readonly lastStep: number;
}

/**
 * The step whose code this is, or null. The present step counts, and the one before it as grace for a slow
 * typist (RFC 6238 section 5.2: at most one); a step already used never counts again.
 */
export function matchingStep(check: CodeCheck): number | null {
  const now = stepAt(check.at);
  const given = Buffer.from(check.code);
  let found: number | null = null;
  for (const step of [now, now - 1]) {
    const wanted = Buffer.from(oneTimeCode(check.seed, step));
    const same = given.length === wanted.length && timingSafeEqual(given, wanted);
    if (same && step > check.lastStep && found === null) found = step;
  }
  return found;
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** RFC 4648 base32 without padding, as authenticator apps take it. */
export function base32(bytes: Uint8Array): string {
  let text = '';
  let bits = 0;
  let held = 0;
  for (const byte of bytes) {
    held = (held << 8) | byte;
    for (bits += 8; bits >= 5; bits -= 5) text += alphabet[(held >>> (bits - 5)) & 31];
    held &= (1 << bits) - 1;
  }
  return bits === 0 ? text : text + alphabet[(held << (5 - bits)) & 31];
}

/** Bytes of a base32 text; null when a character is none of the alphabet. */
export function fromBase32(text: string): Uint8Array | null {
  const bytes: number[] = [];
  let bits = 0;
  let held = 0;
  for (const character of text.toUpperCase().replaceAll(/[ =]/g, '')) {
    const value = alphabet.indexOf(character);
    if (value < 0) return null;
    held = (held << 5) | value;
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes.push((held >>> bits) & 255);
      held &= (1 << bits) - 1;
    }
  }
  return Uint8Array.from(bytes);
}

/** The address an authenticator app reads from a picture code. */
export function enrolmentUri(whose: { issuer: string; user: string; seed: Uint8Array }): string {
  const issuer = encodeURIComponent(whose.issuer);
  const label = `${issuer}:${encodeURIComponent(whose.user)}`;
  const secret = base32(whose.seed);
  return `otpauth://totp/${label}?secret=${secret}&issuer=${issuer}&algorithm=SHA1&digits=${digits}&period=${stepMs / 1000}`;
}
