// Reads what a branch was given to reach head office with: addresses, certificates, keys, secret.
import { readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Refusal, refuseUnless } from '#station/bank/refusal.ts';

/** Where head office answers. Several where it has a standby that may become the primary. */
export interface OfficeAddress {
  readonly host: string;
  readonly port: number;
}

export interface OfficeBundle {
  readonly branch: string;
  readonly addresses: readonly OfficeAddress[];
  readonly database: string;
  readonly user: string;
  readonly password: string;
  /** PEM: head office's certificate authority, this workstation's certificate and its key. */
  readonly authority: string;
  readonly certificate: string;
  readonly key: string;
  /** Head office's signing key (Ed25519), 32 bytes in hex. */
  readonly officeKey: string;
  /** A certificate is being asked for: its key, and the request (PKCS #10, DER in base64) that was sent. */
  readonly asked?: { readonly key: string; readonly request: string };
}

export const bundleName = 'office.json';

const texts = [
  'branch',
  'database',
  'user',
  'password',
  'authority',
  'certificate',
  'key',
  'officeKey',
];

/**
 * The bundle in the branch's folder, or null when the branch has no head office. Refuses a file that
 * others may read (`secret-open-to-others`) and one that is no bundle (`office-bundle-unreadable`).
 */
export function readBundle(folder: string): OfficeBundle | null {
  const file = join(folder, bundleName);
  const found = statSync(file, { throwIfNoEntry: false });
  if (!found) return null;
  refuseUnless(
    (found.mode & 0o077) === 0,
    'secret-open-to-others',
    `The file ${file} holds a secret and others may read it: chmod 600 it.`,
  );
  try {
    return checkedBundle(JSON.parse(readFileSync(file, 'utf8')) as OfficeBundle);
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new Refusal(
      'office-bundle-unreadable',
      `The file ${file} is not what head office gave out.`,
    );
  }
}

/** Keeps it for the next start, whole or not at all; only its owner may read it. */
export function writeBundle(folder: string, bundle: OfficeBundle): void {
  const file = join(folder, bundleName);
  const draft = `${file}.new`;
  rmSync(draft, { force: true });
  writeFileSync(draft, `${JSON.stringify(bundle, null, 1)}\n`, { mode: 0o600, flush: true });
  renameSync(draft, file);
}

function checkedBundle(bundle: OfficeBundle): OfficeBundle {
  const record = bundle as unknown as Readonly<Record<string, unknown>>;
  for (const name of texts) {
    refuseUnless(
      typeof record[name] === 'string' && record[name] !== '',
      'office-bundle-unreadable',
      `What head office gave out lacks "${name}".`,
    );
  }
  const isAddressed =
    bundle.addresses?.length > 0 &&
    bundle.addresses.every(({ host, port }) => host !== '' && Number.isInteger(port));
  refuseUnless(
    isAddressed,
    'office-bundle-unreadable',
    'What head office gave out names no address.',
  );
  refuseUnless(
    /^[0-9a-f]{64}$/.test(bundle.officeKey),
    'office-bundle-unreadable',
    'What head office gave out holds no signing key.',
  );
  return Object.freeze(bundle);
}
