// Shows the codes of a second factor as a person's telephone does, never the same one twice.
import { setTimeout as until } from 'node:timers/promises';
import { Secret, TOTP } from 'otpauth';

const stepMs = 30_000;
/** From reading a code to its check: one that would have gone by then is not begun with. */
const typingMs = 12_000;

export interface Authenticator {
  /** The next code that counts. Each counts once, so a third within half a minute has to be waited for. */
  code(): Promise<string>;
}

/** An authenticator that holds a base32 secret (RFC 6238, SHA-1, six digits, 30 s). */
export function createAuthenticator(secret: string): Authenticator {
  const totp = new TOTP({ secret: Secret.fromBase32(secret.replaceAll(' ', '')) });
  let last = 0;
  return Object.freeze({
    async code() {
      // The station takes the code before, too; beginning with it leaves the present one in hand.
      const step = Math.max(last + 1, Math.floor((Date.now() + typingMs) / stepMs) - 1);
      const early = step * stepMs - Date.now();
      if (early > 0) await until(early + 50);
      last = step;
      return totp.generate({ timestamp: step * stepMs });
    },
  });
}
