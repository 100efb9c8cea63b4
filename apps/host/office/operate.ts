// What head office's operator asks every day: how it stands, what waits for a person and by which command it ends.
import { X509Certificate } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { certificateEnds } from './authority.ts';
import type { Owner } from './owner.ts';
import { waitingFor } from './rejoin.ts';

type Asking = Pick<Owner, 'query'>;

const dayMs = 86_400_000;
/** A branch that was not heard for so long is named, in ms: its line asks every second while it is up. */
const silentMs = 15 * 60_000;
/** From how many days before its end a certificate is named. */
export const certificateDays = 60;

interface BranchRow {
  readonly branch: string;
  readonly name: string;
  readonly stopped: string;
  readonly received_seq: string;
  readonly verified_seq: string;
  readonly received_hash: string;
  readonly behind: string;
  readonly down_behind: string;
  readonly business_date: string | null;
  readonly day_state: string;
  readonly seen_at: Date | null;
  readonly exceptions: string;
  readonly role: string;
}

/** A table of text: columns as wide as their widest cell, the last one left as it is. */
export function tableLines(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

/** When a branch was heard last, and whether that is too long ago. */
function heardText(seenAt: Date | null, now: number): string {
  if (seenAt === null) return 'never';
  const ago = now - seenAt.getTime();
  const text = seenAt.toISOString().slice(0, 16).replace('T', ' ');
  if (ago < silentMs) return text;
  const hours = Math.floor(ago / 3_600_000);
  return `${text} (silent ${hours >= 48 ? `${Math.floor(hours / 24)} days` : hours >= 1 ? `${hours} h` : `${Math.floor(ago / 60_000)} min`})`;
}

/** Every branch, its head, its lag both ways, when it was heard, its day, and what stands against it. */
async function branchLines(client: Asking, now: number): Promise<readonly string[]> {
  const { rows } = await client.query<BranchRow>(
    'SELECT l.*, d.role FROM office.branch_line l JOIN office.device d USING (branch) ORDER BY branch',
  );
  if (rows.length === 0) return ['No branch is enrolled yet: enrol BRANCH NAME --out FILE.'];
  const head = ['branch', 'name', 'events', 'signed', 'head', 'lag', 'down', 'heard (UTC)'];
  const table = rows.map((row) => [
    ...[row.branch, row.name, row.received_seq, row.verified_seq, row.received_hash.slice(0, 12)],
    ...[row.behind, row.down_behind, heardText(row.seen_at, now)],
    ...[`${row.day_state} ${row.business_date ?? ''}`.trim(), row.exceptions],
  ]);
  const stopped = rows
    .filter((row) => row.stopped !== '')
    .map((row) => `Branch ${row.branch} is stopped: ${row.stopped} (resume ${row.branch} NOTE)`);
  return [...tableLines([[...head, 'day', 'open'], ...table]), ...stopped];
}

interface StandbyRow {
  readonly name: string;
  readonly state: string;
  readonly sync: string;
  readonly bytes: string | null;
}

/** The cluster itself: its timeline, its size, and who follows how closely. */
async function clusterLines(client: Asking, folder: string): Promise<readonly string[]> {
  const { rows } = await client.query<{ timeline: number; size: string }>(
    `SELECT timeline_id AS timeline, pg_size_pretty(pg_database_size('office')) AS size
     FROM pg_control_checkpoint()`,
  );
  const standbys = await client.query<StandbyRow>(
    `SELECT application_name AS name, state, sync_state AS sync,
       pg_wal_lsn_diff(pg_current_wal_lsn(), flush_lsn)::text AS bytes FROM pg_stat_replication`,
  );
  const until = endOf(join(folder, 'data', 'server.pem'));
  const [row] = rows;
  return [
    `Timeline ${row?.timeline}, books of ${row?.size}; the server's certificate ends ${dateText(until)}.`,
    ...(standbys.rows.length === 0
      ? ['No standby follows: if this disk is lost, what no branch has any more is lost.']
      : standbys.rows.map(
          ({ name, state, sync, bytes }) =>
            `Standby ${name}: ${state}, ${sync}, ${bytes ?? 'unknown'} bytes behind.`,
        )),
  ];
}

const endOf = (file: string): number => Date.parse(new X509Certificate(readFileSync(file)).validTo);
const dateText = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** Which branch's certificate ends soon or has ended, and what to do; a branch renews its own while it is heard. */
async function certificateLines(
  client: Asking,
  folder: string,
  now: number,
): Promise<readonly string[]> {
  const file = join(folder, 'authority', 'index.txt');
  if (!existsSync(file)) return [];
  const ends = certificateEnds(readFileSync(file, 'utf8'));
  const { rows } = await client.query<{ branch: string; name: string; role: string }>(
    'SELECT branch, name, role FROM office.device ORDER BY branch',
  );
  return rows.flatMap(({ branch, name, role }) => {
    const end = ends.get(role);
    if (end === undefined || end - now > certificateDays * dayMs) return [];
    const verb = end <= now ? 'ended' : 'ends';
    return [
      `The certificate of branch ${branch} ${verb} ${dateText(end)}: enrol ${branch} "${name}" --out FILE, and give the branch the file.`,
    ];
  });
}

/** Since a copy took over: who has to be heard out before anything is lent, and by which command. */
async function recoveryLines(client: Asking): Promise<readonly string[]> {
  const waiting = await waitingFor(client);
  if (waiting.length === 0) return [];
  return [
    `This is an older copy: nothing is lent until it has heard out ${waiting.join(', ')}.`,
    'A branch that had more asks for it on its page F11: rejoin BRANCH NOTE; one that never comes: go-on-without BRANCH NOTE.',
  ];
}

/** How head office stands, as lines to be read. `now` in ms since 1970. */
export async function statusLines(
  client: Asking,
  folder: string,
  now: number,
): Promise<readonly string[]> {
  return [
    ...(await clusterLines(client, folder)),
    ...(await branchLines(client, now)),
    ...(await recoveryLines(client)),
    ...(await certificateLines(client, folder, now)),
  ];
}

interface ExceptionRow {
  readonly id: string;
  readonly kind: string;
  readonly branch: string;
  readonly account: string;
  readonly amount: string;
  readonly currency: string;
  readonly message: string;
  readonly owner: 'head-office' | 'branch-supervisor' | 'security';
  readonly action: string;
  readonly is_stopped: boolean;
}

/** By what an exception ends: what is the branch's own is settled there, at its page `office`. */
export function endingOf(
  row: Pick<ExceptionRow, 'id' | 'branch' | 'owner' | 'is_stopped'> & { readonly kind?: string },
): string {
  if (row.kind === 'office-behind') return `rejoin ${row.branch} "NOTE"`;
  if (row.owner === 'branch-supervisor') {
    return `a supervisor at branch ${row.branch}: F11, Settle; or here: settle ${row.id} "ACTION" "NOTE"`;
  }
  const settle = `settle ${row.id} "ACTION" "NOTE"`;
  return row.is_stopped ? `${settle}, then resume ${row.branch} "NOTE"` : settle;
}

/** Open exceptions, newest first, each with its owner, its action and the command that ends it. */
export async function exceptionLines(client: Asking): Promise<readonly string[]> {
  const { rows } = await client.query<ExceptionRow>(
    `SELECT e.*, coalesce(d.stopped <> '', false) AS is_stopped
     FROM office.exception e LEFT JOIN office.device d USING (branch)
     WHERE e.state = 'open' ORDER BY e.id DESC LIMIT 1000`,
  );
  if (rows.length === 0) return ['No exception is open.'];
  return rows.flatMap((row) => [
    `${row.id}  ${row.branch}  ${row.kind}: ${row.message}`,
    `    ${row.owner}: ${row.action}`,
    `    ends by: ${endingOf(row)}`,
  ]);
}
