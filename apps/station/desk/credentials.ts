// Turns passwords into hashes worth nothing to a thief, and checks them at the same cost for everybody.
import { pbkdf2, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { hash, parseOptions, verify } from '@node-rs/argon2';
import type { Chance } from '../ports.ts';

/** Cost of one argon2id hash. */
export interface HashCost {
  readonly memoryKiB: number;
  readonly passes: number;
  readonly lanes: number;
}

/** RFC 9106 second recommendation with one lane: about 60 to 160 ms on a branch machine. */
export const branchHashCost: HashCost = Object.freeze({ memoryKiB: 65_536, passes: 3, lanes: 1 });

export interface Verdict {
  readonly ok: boolean;
  /** The stored hash is weaker than what would be made today: hash again while the password is at hand. */
  readonly rehash: boolean;
}

export interface Credentials {
  /** Hash of a new password as a PHC string. */
  hash(password: string): Promise<string>;
  /** Checks a password; with nothing stored it does the same work and says no. */
  verify(password: string, stored: string | null): Promise<Verdict>;
}

export interface CredentialParts {
  readonly cost: HashCost;
  readonly chance: Chance;
  /** Mixed into every hash and kept apart from them, so that stolen hashes alone cannot be tried. */
  readonly pepper: Uint8Array;
}

const saltBytes = 16;
const importedPrefix = '$pbkdf2-sha256$';
const derive = promisify(pbkdf2);

/** What may come in from a predecessor: PBKDF2-HMAC-SHA256 with a 32-byte hash, both in hexadecimal. */
export interface ImportedHash {
  readonly iterations: number;
  readonly salt: string;
  readonly hash: string;
}

/** Writes an imported hash the way it is stored: `$pbkdf2-sha256$i=100000$<salt>$<hash>`. */
export function storedImport(imported: ImportedHash): string {
  return `${importedPrefix}i=${imported.iterations}$${imported.salt}$${imported.hash}`;
}

/** NIST SP 800-63B-4: the same characters however the keyboard composed them. */
function normalised(password: string): string {
  return password.normalize('NFKC');
}

export function createCredentials(parts: CredentialParts): Credentials {
  const { cost, chance, pepper } = parts;
  const options = {
    memoryCost: cost.memoryKiB,
    timeCost: cost.passes,
    parallelism: cost.lanes,
    secret: pepper,
  };
  const decoy = decoyHash(cost, chance);

  function isOutdated(stored: string): boolean {
    const made = parseOptions(stored);
    return (
      made.memoryCost !== cost.memoryKiB ||
      made.timeCost !== cost.passes ||
      made.parallelism !== cost.lanes
    );
  }

  return Object.freeze({
    hash(password: string) {
      return hash(normalised(password), { ...options, salt: chance.bytes(saltBytes) });
    },
    async verify(password: string, stored: string | null) {
      if (stored?.startsWith(importedPrefix)) {
        return { ok: await verifyImported(password, stored), rehash: true };
      }
      const ok = await verify(stored ?? decoy, normalised(password), { secret: pepper });
      return stored === null ? { ok: false, rehash: false } : { ok, rehash: isOutdated(stored) };
    },
  });
}

/** A hash of the present cost that no password has: what an unknown name is checked against. */
function decoyHash(cost: HashCost, chance: Chance): string {
  const base64 = (count: number) =>
    Buffer.from(chance.bytes(count)).toString('base64').replaceAll('=', '');
  const parameters = `m=${cost.memoryKiB},t=${cost.passes},p=${cost.lanes}`;
  return `$argon2id$v=19$${parameters}$${base64(saltBytes)}$${base64(32)}`;
}

async function verifyImported(password: string, stored: string): Promise<boolean> {
  const [iterations = '', salt = '', wanted = ''] = stored.slice(importedPrefix.length).split('$');
  const rounds = Number(iterations.slice(2));
  const made = await derive(password, Buffer.from(salt, 'hex'), rounds, 32, 'sha256');
  return timingSafeEqual(made, Buffer.from(wanted, 'hex'));
}
