// Brings an older copy of head office to what its branches know: each is heard out, and let in by a person where it had more.
import { randomBytes, verify } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Refusal, refuseUnless } from '#station/bank/refusal.ts';
import { publicKeyOf } from '#station/ledger/checkpoint.ts';
import {
  admissionNote,
  declarationNote,
  declarationProblem,
  type LostLink,
  lostItem,
  lostItemProblem,
} from '#station/office/protocol/rejoin.ts';
import type { Position } from '#station/office/protocol/values.ts';
import type { Owner } from './owner.ts';
import type { Signer } from './service.ts';

type Asking = Pick<Owner, 'query'>;

/** Lies in a copy's folder until the copy is started: then it knows that it is one. */
const mark = 'copy.json';

/** Marks a copy as one. `now` in ms since 1970. */
export function markCopy(folder: string, now: number): void {
  const copy = randomBytes(16).toString('hex');
  const text = JSON.stringify({ copy, at: new Date(now).toISOString() });
  writeFileSync(join(folder, mark), `${text}\n`, { mode: 0o600 });
}

/** Whether the folder is a copy that nobody has started yet. */
export const isUnstartedCopy = (folder: string): boolean => existsSync(join(folder, mark));

/**
 * A copy that is started lends nothing until every branch has been heard out. Once for each copy. Returns
 * whether it was one.
 */
export async function beginAsCopy(client: Asking, folder: string): Promise<boolean> {
  if (!isUnstartedCopy(folder)) return false;
  const file = join(folder, mark);
  const { copy, at } = JSON.parse(readFileSync(file, 'utf8')) as Record<'copy' | 'at', string>;
  await beginRecovery(client, copy, `started from the copy of ${at}`);
  renameSync(file, join(folder, 'copy-started.json'));
  return true;
}

/** A person says that this head office was put back in another way. Returns the branches to be heard out. */
export async function beginRecovery(
  client: Asking,
  copy: string,
  note: string,
): Promise<readonly string[]> {
  await client.query('SELECT office.begin_recovery($1, $2)', [copy, note]);
  // Lines that are open know nothing of it: branches open them again at once.
  await client.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
     WHERE backend_type = 'client backend' AND usename IN (SELECT role FROM office.device)`,
  );
  return waitingFor(client);
}

/** Branches not heard out since a copy took head office's place. */
export async function waitingFor(client: Asking): Promise<readonly string[]> {
  const { rows } = await client.query<{ branch: string }>(
    'SELECT branch FROM office.recovering r JOIN office.device d ON d.id = r.device ORDER BY branch',
  );
  return rows.map(({ branch }) => branch);
}

interface DeclaredRow {
  readonly key: Buffer | null;
  readonly back_seq: string;
  readonly back_hash: string;
  readonly from_seq: string;
  readonly from_hash: string;
  readonly items: readonly LostLink[];
  readonly signature: string;
  readonly reason: string;
}

export interface Rejoined {
  /** Why people at the branch asked for it. */
  readonly reason: string;
  readonly back: Position;
  /** How many items of each kind it had that this head office lacks. */
  readonly kinds: ReadonlyMap<string, number>;
  /** What does not stand, in sentences: each is an exception now. */
  readonly doubts: readonly string[];
}

/**
 * Lets a branch in that had items this copy lacks. Refuses `declaration-missing`, one whose items do not follow
 * from ours or that its device has not signed, and a copy that was not told to hear everybody out.
 */
export async function letIn(
  client: Asking,
  signer: Signer,
  wish: { readonly branch: string; readonly note: string },
): Promise<Rejoined> {
  const { branch, note } = wish;
  const waiting = await waitingFor(client);
  refuseUnless(
    waiting.includes(branch),
    'recovery-missing',
    `This head office does not wait for branch ${branch}: say first that it is an older copy (recover NOTE).`,
  );
  const row = await declared(client, branch);
  const device = row.key?.toString('hex') ?? '';
  const back = { seq: Number(row.back_seq), hash: row.back_hash };
  const from = { seq: Number(row.from_seq), hash: row.from_hash };
  const parting = { branch, device, back, from };
  await refuseBroken(client, row, { ...parting, items: row.items });
  const isSigned = (words: Buffer, signature: string): boolean =>
    signer.sign(words).toString('hex') === signature;
  const { taken, doubts, kinds } = judge(row.items, { branch, isSigned });
  const admission = signer.sign(admissionNote(parting)).toString('hex');
  await client.query('SELECT office.admit_branch($1, $2, $3, $4, $5, $6)', [
    ...[branch, from.hash, JSON.stringify(taken), doubts, admission, note],
  ]);
  return { reason: row.reason, back, kinds, doubts };
}

async function declared(client: Asking, branch: string): Promise<DeclaredRow> {
  const { rows } = await client.query<DeclaredRow>(
    `SELECT d.public_key AS key, w.back_seq, w.back_hash, w.from_seq, w.from_hash, w.items, w.signature, w.reason
     FROM office.declaration w JOIN office.device d ON d.id = w.device WHERE d.branch = $1`,
    [branch],
  );
  const [row] = rows;
  if (row) return row;
  throw new Refusal(
    'declaration-missing',
    `Branch ${branch} has not said what it had: two people there ask for it on page F11 first.`,
  );
}

async function refuseBroken(
  client: Asking,
  { key, signature }: DeclaredRow,
  declaration: Parameters<typeof declarationProblem>[0],
): Promise<void> {
  const { branch, back } = declaration;
  const wrong = declarationProblem(declaration);
  refuseUnless(wrong === null, 'items-broken', wrong?.message ?? '');
  const words = declarationNote(declaration);
  refuseUnless(
    key && verify(null, words, publicKeyOf(key), Buffer.from(signature, 'hex')),
    'signature-wrong',
    `What branch ${branch} says is not signed by its device: nothing of it is taken.`,
  );
  const { rows } = await client.query(
    `SELECT 1 FROM office.down w JOIN office.device d ON d.id = w.device
     WHERE d.branch = $1 AND w.seq = $2 AND w.hash = decode($3, 'hex')`,
    [branch, back.seq, back.hash],
  );
  refuseUnless(
    back.seq === 0 || rows.length === 1,
    'items-broken',
    `Item ${back.seq} of branch ${branch} is not the one in our list.`,
  );
}

/** What stands of the items, what does not and why, and how many of each kind there are. */
function judge(
  items: readonly LostLink[],
  at: {
    readonly branch: string;
    readonly isSigned: (note: Buffer, signature: string) => boolean;
  },
) {
  const taken: LostLink[] = [];
  const doubts: string[] = [];
  const kinds = new Map<string, number>();
  for (const link of items) {
    const item = link.body === null ? null : lostItem(link.body);
    const kind = item?.kind.slice(0, 20) ?? 'not taken';
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    // The branch itself did not take it.
    if (link.body === null) continue;
    const wrong = lostItemProblem(item, at);
    if (wrong)
      doubts.push(`${wrong.message} Branch ${at.branch} says it had it as item ${link.seq}.`);
    else taken.push(link);
  }
  return { taken, doubts, kinds };
}
