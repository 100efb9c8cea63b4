// Gives a desk its next certificate over its own line before the present one ends, and ends that once the next is shown.
import { X509Certificate } from 'node:crypto';
import { z } from 'zod';
import { Refusal, refuseUnless } from '../bank/refusal.ts';
import type { DeskReads } from '../ledger/projections/desk.ts';
import type { DeskRenewals } from '../ledger/projections/desk-renewal.ts';
import type { Chance, Clock } from '../ports.ts';
import {
  daysAfter,
  deskDays,
  fingerprintOf,
  type KeyPair,
  makeCertificate,
  readRequest,
} from './desks-certificate.ts';
import type { CommandLog } from './dispatch.ts';

/** Days before its end from which a certificate is renewed: two months in which the desk is started once. */
export const renewalDays = 60;

/** What a desk gets: its next certificate in DER, in base64. */
export interface Renewal {
  readonly desk: number;
  readonly certificate: string;
}

export interface RenewalParts {
  readonly log: CommandLog;
  readonly reads: DeskReads;
  readonly renewals: DeskRenewals;
  readonly clock: Clock;
  readonly chance: Chance;
}

/** What a desk shows of itself on the line: its present certificate (DER), from where, and what it asks. */
export interface RenewalAsked {
  readonly certificate: Uint8Array;
  readonly address: string;
  readonly asked: unknown;
}

const asking = z.strictObject({ request: z.base64().max(2_048) });

/** What is asked for: the request (PKCS #10) in DER. Refuses `request-damaged`. */
function requestOf(asked: unknown): Buffer {
  const parsed = asking.safeParse(asked);
  if (parsed.success) return Buffer.from(parsed.data.request, 'base64');
  throw new Refusal(
    'request-damaged',
    'What the desk asked could not be read; its program may be older or newer.',
  );
}

/**
 * Signs the next certificate of a desk that was admitted until `until` with the one it shows, for a key
 * that is new. The present one goes on counting until the next is shown, so an answer that is lost costs
 * nothing: the desk asks again, and what it was given before is void. Refuses `renewal-early`,
 * `key-unfit`, `request-damaged`.
 */
export async function renewDesk(
  parts: RenewalParts,
  { desk, until: present }: { readonly desk: number; readonly until: number },
  { certificate: shown, address, asked }: RenewalAsked,
  issuer: { readonly name: string; readonly key: KeyPair },
): Promise<Renewal> {
  const { log, reads, clock, chance } = parts;
  const now = clock.now();
  refuseUnless(
    now >= daysAfter(present, -renewalDays),
    'renewal-early',
    `The desk's certificate is good until ${new Date(present).toISOString().slice(0, 10)}; it is renewed in its last ${renewalDays} days.`,
  );
  const publicKey = readRequest(requestOf(asked));
  refuseUnless(
    !publicKey.equals(new X509Certificate(shown).publicKey),
    'key-unfit',
    'A renewed certificate is for a new key; this is the one the desk has had.',
  );
  const until = daysAfter(now, deskDays);
  const certificate = makeCertificate({
    ...{ kind: 'desk', name: `desk ${desk}`, publicKey, issuer },
    ...{ serial: chance.bytes(16), from: now, until },
  });
  await log.submit(() => {
    // It may have been revoked, or its next one shown, since it was admitted.
    const row = reads.byId(desk);
    refuseUnless(
      row?.revokedAt === null && row.fingerprint === fingerprintOf(shown),
      'desk-unknown',
      'This certificate of the desk does not count any more.',
    );
    append(log, 'desk.renewed', {
      ...{ desk, fingerprint: fingerprintOf(certificate), address },
      // The end as TLS reads it has whole seconds.
      until: Math.floor(until / 1_000) * 1_000,
    });
  });
  return Object.freeze({ desk, certificate: certificate.toString('base64') });
}

/** The next certificate was shown: it is the desk's from now on, and the one before lets nobody in. */
export async function changeCertificate(
  { log, renewals }: Pick<RenewalParts, 'log' | 'renewals'>,
  certificate: Uint8Array,
  address: string,
): Promise<boolean> {
  const fingerprint = fingerprintOf(certificate);
  if (renewals.byFingerprint(fingerprint) === null) return false;
  return log.submit(() => {
    const renewal = renewals.byFingerprint(fingerprint);
    if (renewal === null) return false;
    append(log, 'desk.certificate-changed', { ...renewal, address });
    return true;
  });
}

function append(log: CommandLog, type: string, data: Readonly<Record<string, unknown>>): void {
  log.append({ type, actor: 'system', key: '', digest: '', data });
}
