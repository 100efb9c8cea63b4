// Binds an idempotency key to a command's content without leaving its passwords in the log to be guessed at.
import { createHmac } from 'node:crypto';
import { canonicalText, sha256Hex } from '../ledger/canonical.ts';

/** Fields that hold a secret wherever they stand in an input. */
const secretFields = new Set(['password', 'current', 'next', 'code', 'hash', 'salt']);

/** Turns a secret into something that stands for it and cannot be tried against a list. */
export type Seal = (secret: string) => string;

/** HMAC-SHA-256 under the branch's pepper: without the pepper the log says nothing about a password. */
export function createSeal(pepper: Uint8Array): Seal {
  return (secret) => createHmac('sha256', pepper).update(secret).digest('hex');
}

/**
 * SHA-256 (hex) of name and input, each secret in it sealed. The input is shallow (the dispatcher has
 * seen to it) and of JSON values.
 */
export function commandDigest(name: string, input: unknown, seal: Seal): string {
  return sha256Hex(canonicalText({ input: sealed(input, seal), name }));
}

function sealed(value: unknown, seal: Seal): unknown {
  if (Array.isArray(value)) return value.map((item) => sealed(item, seal));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      secretFields.has(key) && typeof item === 'string' ? seal(item) : sealed(item, seal),
    ]),
  );
}
