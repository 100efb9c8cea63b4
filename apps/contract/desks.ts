// The desks of the branch that reach the station over the LAN: who may attach, and what is known of each.
import { z } from 'zod';
import { command, query } from './operation.ts';
import { instant, line, nothing, reason } from './values.ts';

export const deskId = z.number().int().positive();
export const deskName = line(40).pipe(z.string().min(2, 'has two letters or more'));

/**
 * invited: a code is out and good. lapsed: the code ran out or was guessed at too often. enrolled: it has a
 * certificate that is good. expired: its certificate has run out. revoked: it is never let in again.
 */
export const deskState = z.enum(['invited', 'lapsed', 'enrolled', 'expired', 'revoked']);

export const deskView = z.object({
  desk: deskId,
  name: z.string(),
  state: deskState,
  /** Windows attached at this moment. */
  windows: z.number().int(),
  /** Address the desk was last seen at. */
  address: z.string().nullable(),
  lastSeenAt: instant.nullable(),
  /** End of the one-time code while invited, of the certificate once enrolled. */
  until: instant,
  /** From when the desk renews its certificate by itself; null where it has none that is good. */
  renewsFrom: instant.nullable(),
  /** Whether it should have renewed it by now and has not been here to do so. */
  isRenewalDue: z.boolean(),
  /** End of the next certificate, which it was given and has not shown yet. */
  nextUntil: instant.nullable(),
  /** SHA-256 of the certificate, hexadecimal; null before there is one. */
  fingerprint: z.string().nullable(),
  /** Wrong codes that were tried in this desk's name. */
  wrongTries: z.number().int(),
});
export type DeskView = z.output<typeof deskView>;

const done = z.object({ desk: deskId });

export const deskOperations = {
  'desk.list': query({
    access: ['administrator', 'supervisor', 'auditor'],
    input: nothing,
    output: z.object({
      desks: z.array(deskView),
      /** Where desks attach (`host:port`), or null while the station serves no LAN. */
      listening: z.string().nullable(),
      /** Tries with a code or certificate that were refused since the station started. */
      refusals: z.number().int(),
    }),
    topics: ['desk'],
  }),
  /**
   * Makes a one-time code for a desk. The code stands in the answer to the first asking and nowhere else:
   * asked again, the answer holds null.
   */
  'desk.invite': command({
    access: ['administrator'],
    input: z.strictObject({ name: deskName }),
    output: z.object({ desk: deskId, until: instant, code: z.string().nullable() }),
  }),
  /** Cuts the desk's lines at once and never lets it in again; an open code is void. */
  'desk.revoke': command({
    access: ['administrator', 'supervisor'],
    input: z.strictObject({ desk: deskId, reason }),
    output: done,
  }),
} as const;
