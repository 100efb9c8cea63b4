// Starts a head office for tests and benches on a free loopback port, and takes it away again.
import { createHash, createPrivateKey, type KeyObject, randomInt, sign } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkpointNote, publicKeyBytes } from '#station/ledger/checkpoint.ts';
import type { OfficeBundle } from '#station/office/client/bundle.ts';
import { createOfficeLine, type OfficeLine, type PushBytes } from '#station/office/client/calls.ts';
import { connectOffice } from '#station/office/client/connect.ts';
import type { Link, Position } from '#station/office/protocol/values.ts';
import { type Office, type OfficeOptions, openOffice } from './office.ts';
import { equipVerifier } from './verifier.ts';

/** Why there is no head office here, or false: what a test gives as its `skip`. */
export const noPostgres: string | false = ['15', '16', '17', '18'].some((version) =>
  existsSync(`/usr/lib/postgresql/${version}/bin/initdb`),
)
  ? false
  : 'PostgreSQL 15 or later is not installed here';

/** Whether a server can be bound to this port of loopback now. */
function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

/**
 * A port nobody listens on, below those Linux lends to whoever dials out: one of these may be lent to
 * another between the asking and the moment a server binds it, seconds later.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(10_000, 20_000);
    if (await isFree(port)) return port;
  }
}

export interface TestOffice extends Office {
  readonly folder: string;
  /** Ends it and removes its folder. */
  remove(): Promise<void>;
}

/** A head office in a folder of its own. Without waiting for the disk, unless the test is about that. */
export async function openTestOffice(options: Partial<OfficeOptions> = {}): Promise<TestOffice> {
  const folder = mkdtempSync(join(tmpdir(), 'teller-office-'));
  try {
    const port = options.port ?? (await freePort());
    const office = await openOffice({ isDurable: false, serves: false, ...options, folder, port });
    return {
      ...office,
      folder,
      async remove() {
        await office.close('immediate');
        rmSync(folder, { recursive: true, force: true });
      },
    };
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

export interface TestDevice {
  readonly key: KeyObject;
  readonly publicKey: string;
}

/** A device's signing key, the same for the same name. */
export function testDevice(name: string): TestDevice {
  const seed = createHash('sha256').update(name).digest();
  const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]);
  const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  return { key, publicKey: publicKeyBytes(key).toString('hex') };
}

/** A push of these links, signed by the device. */
export function pushBytes(
  device: TestDevice,
  push: { readonly before: Position; readonly events: readonly Link[]; readonly sentAt: number },
): PushBytes {
  const { before, events, sentAt } = push;
  const head = events.at(-1) ?? before;
  const note = checkpointNote({ seq: head.seq, hash: Buffer.from(head.hash, 'hex') }, sentAt);
  return {
    ...{ before, sentAt, signedAt: sentAt, signature: sign(null, note, device.key) },
    hashes: Buffer.from(events.map(({ hash }) => hash).join(''), 'hex'),
    bodies: events.map(({ body }) => body).join('\n'),
  };
}

/** Opens the line of an enrolled branch. */
export async function openLine(bundle: OfficeBundle): Promise<OfficeLine> {
  const [address] = bundle.addresses;
  if (!address) throw new Error('the bundle names no address');
  return createOfficeLine(await connectOffice({ bundle, address, deadlineMs: 20_000 }));
}

/** Lets the cluster do without its verifier while something happens, as one that cannot have any. */
export async function withoutVerifier<T>(office: Office, what: () => Promise<T>): Promise<T> {
  const none = new URL('../../station/office/schema/verifiers/none.sql', import.meta.url);
  await office.query(readFileSync(none, 'utf8'));
  try {
    return await what();
  } finally {
    const client = await office.cluster.administer();
    await equipVerifier(client);
    await client.end();
  }
}
