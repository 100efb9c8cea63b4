// Signs the next certificate of a branch that asks for it over its own line, and revokes the one before once it is used.
import type { X509Certificate } from 'node:crypto';
import { Refusal } from '#station/bank/refusal.ts';
import { readRequest } from '#station/desk/desks-certificate.ts';
import type { Authority } from './authority.ts';
import type { Cluster } from './cluster.ts';
import { certificateDays } from './operate.ts';
import type { Owner } from './owner.ts';

type Asking = Pick<Owner, 'query'>;
type Place = Pick<Cluster, 'authority' | 'reload'>;

const dayMs = 86_400_000;

interface RequestRow {
  readonly device: number;
  readonly role: string;
  readonly stopped: string;
  readonly request: Buffer;
}

interface ShownRow {
  readonly device: number;
  readonly role: string;
  readonly shown: string;
}

/** Why a request is not signed, or "" where it is. `newest` is the newest certificate of the role. */
function refusalOf(row: RequestRow, newest: number | undefined, now: number): string {
  if (row.stopped !== '') return 'The device is stopped.';
  if (newest !== undefined && newest - now > certificateDays * dayMs) {
    return `There is a certificate until ${new Date(newest).toISOString().slice(0, 10)}; the next is given in its last ${certificateDays} days.`;
  }
  try {
    readRequest(row.request);
    return '';
  } catch (error) {
    if (error instanceof Refusal) return error.message;
    throw error;
  }
}

/** One look at what branches ask; returns how much there was to do. `now` in ms since 1970. */
export async function renewCertificates(
  client: Asking,
  place: Place,
  now: number,
): Promise<number> {
  const signed = await signRequests(client, place.authority, now);
  return signed + (await endOlder(client, place));
}

async function signRequests(client: Asking, authority: Authority, now: number): Promise<number> {
  const { rows } = await client.query<RequestRow>(
    `SELECT c.device, d.role, d.stopped, c.request FROM office.certificate_request c
     JOIN office.device d ON d.id = c.device WHERE c.certificate = '' AND c.refused = '' LIMIT 20`,
  );
  for (const row of rows) {
    const refused = refusalOf(row, authority.ends().get(row.role), now);
    // The name is the role's, whatever the request says.
    const certificate = refused === '' ? authority.certify(row.request, row.role) : '';
    await client.query(
      `UPDATE office.certificate_request SET certificate = $3, refused = $4
       WHERE device = $1 AND request = $2`,
      [row.device, row.request, certificate, refused],
    );
  }
  return rows.length;
}

/** What was shown is the newest: all others of this role are taken back, and the server reads so at once. */
async function endOlder(client: Asking, { authority, reload }: Place): Promise<number> {
  const { rows } = await client.query<ShownRow>(
    `SELECT c.device, d.role, c.shown::text AS shown FROM office.certificate_request c
     JOIN office.device d ON d.id = c.device WHERE c.shown IS NOT NULL AND NOT c.is_settled LIMIT 20`,
  );
  let ended = 0;
  for (const { device, role, shown } of rows) {
    ended += authority.endOlder(role, BigInt(shown));
    await client.query(
      'UPDATE office.certificate_request SET is_settled = true WHERE device = $1 AND shown = $2',
      [device, shown],
    );
  }
  if (ended > 0) reload();
  return rows.length;
}

/** The serial of a certificate as PostgreSQL writes it: decimal. */
export const serialOf = ({ serialNumber }: X509Certificate): string =>
  String(BigInt(`0x${serialNumber}`));
