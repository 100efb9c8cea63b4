// Measures what an event costs head office as its books grow: processor time, pages touched, log written, at each tenfold.
import assert from 'node:assert/strict';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createOfficeLine, type OfficeLine } from '#station/office/client/calls.ts';
import { connectOffice } from '#station/office/client/connect.ts';
import { linkTo } from '#station/office/protocol/chain.ts';
import { type Link, nowhere, type Position } from '#station/office/protocol/values.ts';
import {
  openTestOffice,
  pushBytes,
  type TestDevice,
  type TestOffice,
  testDevice,
} from '../apps/host/office/office.fixture.ts';
import { depositText, depositTexts } from './lib/office-load.ts';
import { processCpuMs, serverCpuMs } from './lib/server-cpu.ts';
import { machine } from './lib/side-by-side.ts';

const { values: options } = parseArgs({
  options: {
    /** Events at the end; 10000000 takes some minutes of a quiet machine and a few GB. */
    events: { type: 'string', default: '1000000' },
    branches: { type: 'string', default: '4' },
    /** Events measured at each mark. */
    measured: { type: 'string', default: '16000' },
  },
});
const most = Number(options.events);
const measured = Number(options.measured);
const say = (line: string): void => void process.stdout.write(`${line}\n`);

interface Sender {
  readonly device: TestDevice;
  readonly line: OfficeLine;
  /** Of the session that serves this branch. */
  readonly pid: number;
  at: Position;
}

const textOf = depositTexts(Date.now());
for (const seq of [1, 399, 400, 401, 7_654_321]) assertSame(seq);

function assertSame(seq: number): void {
  const at = Number(/"at":(\d+)/.exec(textOf(seq))?.[1]);
  assert.equal(textOf(seq), depositText(seq, at));
}

/** Each branch sends its share in pushes of this size, all at once. */
async function send(branches: readonly Sender[], events: number, size: number): Promise<void> {
  const pushes = Math.ceil(events / branches.length / size);
  await Promise.all(
    branches.map(async (branch) => {
      for (let push = 0; push < pushes; push++) {
        const before = branch.at;
        const list: Link[] = [];
        const sentAt = Date.now();
        for (let each = 0; each < size; each++) {
          const link = linkTo(branch.at, textOf(branch.at.seq + 1));
          list.push(link);
          branch.at = link;
        }
        const reply = await branch.line.push(
          pushBytes(branch.device, { before, events: list, sentAt }),
        );
        if (reply.kind !== 'accepted') throw new Error(JSON.stringify(reply));
      }
    }),
  );
}

interface Counts {
  /** Processor time of the sessions that take pushes, and of the server with everything it runs beside. */
  readonly sessionsMs: number;
  readonly cpuMs: number;
  /** Rounds of vacuum and of writing pages out that the server began by itself. */
  readonly vacuums: number;
  readonly checkpoints: number;
  readonly bytes: number;
  /** Rows that found no room beside their older version, so that every index of theirs grew. */
  readonly cold: number;
  readonly pages: number;
  readonly walBytes: number;
}

async function countsOf(office: TestOffice, branches: readonly Sender[]): Promise<Counts> {
  // A session that rests keeps its counters to itself for up to ten seconds.
  for (const { line } of branches) await line.read('SELECT pg_stat_force_next_flush()');
  const { rows } = await office.query<Record<string, string>>(
    `SELECT blks_hit + blks_read AS pages, pg_current_wal_lsn() - '0/0'::pg_lsn AS wal, pg_database_size(datname) AS bytes,
       (SELECT sum(autovacuum_count + autoanalyze_count) FROM pg_stat_user_tables) AS vacuums,
       (SELECT sum(n_tup_upd - n_tup_hot_upd) FROM pg_stat_user_tables) AS cold,
       (SELECT checkpoints_timed + checkpoints_req FROM pg_stat_bgwriter) AS checkpoints
     FROM pg_stat_database WHERE datname = 'office'`,
  );
  const [row = {}] = rows;
  return {
    sessionsMs: branches.reduce((sum, { pid }) => sum + processCpuMs(pid), 0),
    cpuMs: serverCpuMs(join(office.folder, 'data')),
    ...{ pages: Number(row.pages), walBytes: Number(row.wal), bytes: Number(row.bytes) },
    ...{ vacuums: Number(row.vacuums), checkpoints: Number(row.checkpoints) },
    cold: Number(row.cold),
  };
}

/** What lay between two looks, for one event. */
function told(from: Counts, to: Counts, events: number): string {
  const each = (name: keyof Counts, unit = 1): number => (to[name] - from[name]) / events / unit;
  const rest = (each('cpuMs') - each('sessionsMs')) * 1000;
  return (
    `${(each('sessionsMs') * 1000).toFixed(1)} us of processor time an event in the sessions, ${rest.toFixed(1)} us beside them ` +
    `(${to.vacuums - from.vacuums} vacuums, ${to.checkpoints - from.checkpoints} checkpoints); ` +
    `${each('pages').toFixed(1)} pages touched, ${each('walBytes', 1024).toFixed(2)} KiB of log, ${each('cold').toFixed(2)} rows moved to another page`
  );
}

const office = await openTestOffice({ isDurable: true });
try {
  say(machine(tmpdir()));
  const branches: Sender[] = [];
  for (let index = 0; index < Number(options.branches); index++) {
    const code = `G${index}`;
    const device = testDevice(code);
    const bundle = await office.enrol({ branch: code, name: code });
    const [address] = bundle.addresses;
    if (!address) throw new Error('the bundle names no address');
    // A loaded machine takes its time; what is counted here is work.
    const client = await connectOffice({ bundle, address, deadlineMs: 600_000 });
    const line = createOfficeLine(client);
    await line.open(device.publicKey, { head: 0, down: 0 });
    const [session] = await line.read<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    branches.push({ device, line, pid: session?.pid ?? 0, at: nowhere });
  }
  const total = (): number => branches.reduce((sum, { at }) => sum + at.seq, 0);
  const marks = [1e4, 3e4, 1e5, 3e5, 1e6, 3e6, 1e7].filter((mark) => mark <= most);
  let before = await countsOf(office, branches);
  for (const mark of marks) {
    const filled = mark - total();
    if (filled > 0) {
      const start = performance.now();
      await send(branches, filled, 1000);
      const seconds = ((performance.now() - start) / 1000).toFixed(1);
      const after = await countsOf(office, branches);
      say(`filled by ${filled} in ${seconds} s, pushes of 1000: ${told(before, after, filled)}`);
    }
    const from = await countsOf(office, branches);
    const events = -total();
    await send(branches, measured, 200);
    before = await countsOf(office, branches);
    const line = told(from, before, events + total());
    say(
      `at ${String(mark).padStart(8)} events (${(before.bytes / 2 ** 20).toFixed(0)} MiB), pushes of 200: ${line}`,
    );
  }
  for (const { line } of branches) await line.close();
} finally {
  await office.remove();
}
