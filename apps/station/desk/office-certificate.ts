// Renews the branch's certificate towards head office before it ends: a new key, asked for over the line it has.
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { refuseUnless } from '#station/bank/refusal.ts';
import type { OfficeBundle } from '#station/office/client/bundle.ts';
import type { OfficeLine } from '#station/office/client/calls.ts';
import type { Clock } from '#station/ports.ts';
import { daysAfter, makeRequest, newKeyPair } from './desks-certificate.ts';

/** Days before its end from which the next certificate is asked for; head office gives none sooner. */
export const renewalDays = 60;
/** How often it is looked at, and asked again while head office has not answered, in ms. */
const lookMs = 3_600_000;
const askMs = 5_000;

export interface CertificateParts {
  readonly clock: Clock;
  readonly report: (where: string, error: unknown) => void;
  /** Keeps what changed for the next start. */
  readonly keep: (bundle: OfficeBundle) => void;
}

export interface CertificateKeeping {
  /** What the line is opened with. */
  bundle(): OfficeBundle;
  /** End of the certificate, ms since 1970. */
  until(): number;
  /** One look over the open line; true where it is to be opened anew, with the new certificate. */
  tend(line: Pick<OfficeLine, 'read'>): Promise<boolean>;
}

const endOf = ({ certificate }: Pick<OfficeBundle, 'certificate'>): number =>
  Date.parse(new X509Certificate(certificate).validTo);

/**
 * The key is made and kept before anything is asked, so an answer that is lost is asked for again; the
 * present certificate counts until head office has seen the next one on the line.
 */
export function createCertificateKeeping(
  parts: CertificateParts,
  given: OfficeBundle,
): CertificateKeeping {
  const { clock, report } = parts;
  let bundle = given;
  let nextMs = Number.NEGATIVE_INFINITY;
  // Head office is told after each start: it may have missed that the last one was used.
  let isToTell = true;
  const keep = (changed: OfficeBundle): void => {
    parts.keep(changed);
    bundle = changed;
  };

  async function ask(line: Pick<OfficeLine, 'read'>): Promise<boolean> {
    if (!bundle.asked) keep({ ...bundle, asked: newRequest() });
    const { asked, ...present } = bundle;
    if (!asked) return false;
    const [answer] = await line.read<{ certificate: string | null; refused: string | null }>(
      'SELECT * FROM office.ask_certificate($1)',
      [Buffer.from(asked.request, 'base64')],
    );
    if (answer?.refused) {
      keep(present);
      report('office/certificate', new Error(answer.refused));
      return false;
    }
    if (!answer?.certificate) {
      nextMs = clock.monotonic() + askMs;
      return false;
    }
    keep(taken(present, asked.key, answer.certificate));
    isToTell = true;
    return true;
  }

  return Object.freeze({
    bundle: () => bundle,
    until: () => endOf(bundle),
    async tend(line: Pick<OfficeLine, 'read'>) {
      if (clock.monotonic() < nextMs) return false;
      nextMs = clock.monotonic() + lookMs;
      if (isToTell) await line.read('SELECT office.certificate_shown()');
      isToTell = false;
      if (clock.now() < daysAfter(endOf(bundle), -renewalDays)) return false;
      const isNew = await ask(line);
      if (isNew) nextMs = Number.NEGATIVE_INFINITY;
      return isNew;
    },
  });
}

function newRequest(): NonNullable<OfficeBundle['asked']> {
  const pair = newKeyPair();
  return {
    key: String(pair.privateKey.export({ type: 'pkcs8', format: 'pem' })),
    request: makeRequest('branch', pair).toString('base64'),
  };
}

/** The bundle with the new pair; refuses what is no later certificate of this authority for this key and name. */
function taken(present: OfficeBundle, key: string, certificate: string): OfficeBundle {
  const made = new X509Certificate(certificate);
  const authority = new X509Certificate(present.authority);
  refuseUnless(
    made.checkPrivateKey(createPrivateKey(key)) &&
      made.verify(authority.publicKey) &&
      made.subject === `CN=${present.user}` &&
      Date.parse(made.validTo) > endOf(present),
    'certificate-false',
    'What head office gave is no later certificate of this branch for its new key.',
  );
  return Object.freeze({ ...present, key, certificate });
}
