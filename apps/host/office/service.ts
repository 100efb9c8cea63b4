// Does what the database cannot: signs allowances and sign-in grants, and checks branches' signatures.
import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkpointNote, publicKeyOf } from '#station/ledger/checkpoint.ts';
import {
  allowanceNote,
  signInGrantMs,
  signInGrantNote,
} from '#station/office/protocol/allowance.ts';
import type { Allowance, SignInGrant } from '#station/office/protocol/values.ts';
import type { Cluster } from './cluster.ts';
import { createOwner, type Owner } from './owner.ts';

type Asking = Pick<Owner, 'query'>;

export interface Signer {
  readonly publicKey: Buffer;
  sign(note: Buffer): Buffer;
}

/** Head office's signing key: a file in its folder for us alone, made on the first call. */
export function openSigner(folder: string): Signer {
  const file = join(folder, 'signing.key');
  if (!existsSync(file)) {
    const { privateKey } = generateKeyPairSync('ed25519');
    writeFileSync(file, privateKey.export({ format: 'pem', type: 'pkcs8' }), { mode: 0o600 });
  }
  const key: KeyObject = createPrivateKey(readFileSync(file));
  const publicKey = createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(-32);
  return Object.freeze({ publicKey, sign: (note: Buffer) => sign(null, note, key) });
}

interface WantedRow {
  readonly id: string;
  readonly branch: string;
  readonly device_key: string;
  readonly account_branch: string;
  readonly number: string;
  readonly name: string;
  readonly till: number | null;
  readonly amount: string;
  readonly currency: string;
  readonly issued_at: string;
  readonly expires_at: string;
}

interface CheckpointRow {
  readonly device: number;
  readonly seq: string;
  readonly at: string;
  readonly hash: Buffer;
  readonly signature: Buffer;
  readonly public_key: Buffer;
}

interface DueRow {
  readonly device: number;
  readonly branch: string;
  readonly device_key: string;
  readonly username: string;
  readonly roles: readonly string[];
}

/** Signs what was granted, checks what was signed; returns how much there was to do. */
export async function workOnce(client: Asking, signer: Signer): Promise<number> {
  const signed = await signAllowances(client, signer);
  const checked = await checkHeads(client);
  return signed + checked + (await renewSignIns(client, signer));
}

async function signAllowances(client: Asking, signer: Signer): Promise<number> {
  const { rows } = await client.query<WantedRow>(
    `SELECT a.id, d.branch, encode(d.public_key, 'hex') AS device_key, a.branch AS account_branch, a.number,
       a.name, a.till, a.amount, a.currency, a.issued_at, a.expires_at
     FROM office.allowance a JOIN office.device d ON d.id = a.device WHERE a.state = 'wanted' ORDER BY a.id LIMIT 200`,
  );
  for (const row of rows) {
    const allowance: Allowance = {
      ...{ id: row.id, branch: row.branch, device: row.device_key, name: row.name, till: row.till },
      account: { branch: row.account_branch, number: row.number },
      ...{ amountMinor: row.amount, currency: row.currency },
      ...{ issuedAt: Number(row.issued_at), expiresAt: Number(row.expires_at) },
    };
    const signature = signer.sign(allowanceNote(allowance));
    await client.query('SELECT office.sign_allowance($1, $2)', [row.id, signature]);
  }
  return rows.length;
}

/** The newest head of each device proves all before it, so only that one is checked. */
async function checkHeads(client: Asking): Promise<number> {
  const { rows } = await client.query<CheckpointRow>(
    'SELECT * FROM office.unchecked_head LIMIT 500',
  );
  for (const { device, seq, at, hash, signature, public_key: publicKey } of rows) {
    const note = checkpointNote({ seq: Number(seq), hash }, Number(at));
    const isRight = verify(null, note, publicKeyOf(publicKey), signature);
    await client.query('SELECT office.checkpoint_checked($1, $2, $3)', [device, seq, isRight]);
  }
  return rows.length;
}

async function renewSignIns(client: Asking, signer: Signer): Promise<number> {
  const { rows } = await client.query<DueRow>('SELECT * FROM office.sign_in_grants_due()');
  for (const row of rows) {
    const issuedAt = Date.now();
    const grant: SignInGrant = {
      ...{ branch: row.branch, device: row.device_key, user: row.username, roles: row.roles },
      ...{ issuedAt, expiresAt: issuedAt + signInGrantMs },
    };
    const signature = signer.sign(signInGrantNote(grant)).toString('hex');
    await client.query('SELECT office.sign_in_granted($1, $2, $3)', [
      row.device,
      JSON.stringify(grant),
      signature,
    ]);
  }
  return rows.length;
}

/** How often the service looks when nobody calls it, in ms. */
const turnMs = 500;

/** Works until it is stopped; a failure is told and tried again. */
export function startService(
  cluster: Pick<Cluster, 'administer'>,
  signer: Signer,
  report: (error: unknown) => void,
  /** Further work over the same line; returns how much there was. */
  also: (client: Asking) => Promise<number> = () => Promise.resolve(0),
): { stop(): Promise<void> } {
  let isStopped = false;
  let wake: () => void = () => undefined;
  const owner = createOwner(cluster, () => wake());
  const rest = (): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, turnMs);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  let failures = 0;
  const loop = async (): Promise<void> => {
    while (!isStopped) {
      try {
        const done = (await workOnce(owner, signer)) + (await also(owner));
        failures = 0;
        if (done > 0) continue;
      } catch (error) {
        failures += 1;
        // Said once for each time the server is away, not twice a second.
        if (!isStopped && failures === 1) report(error);
      }
      await rest();
    }
  };
  const running = loop();
  return {
    async stop() {
      isStopped = true;
      wake();
      await running;
      await owner.close();
    },
  };
}
