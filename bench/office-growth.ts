// Measures what an event costs head office as its books grow: processor time, pages touched, log written, at each tenfold.
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
import { depositText } from './lib/office-load.ts';
import { serverCpuMs } from './lib/server-cpu.ts';
import { machine } from './lib/side-by-side.ts';

const { values: options } = parseArgs({
  options: {
    /** Events at the end; 10000000 takes an hour of a quiet machine and 20 GB. */
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
  at: Position;
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
          const link = linkTo(branch.at, depositText(branch.at.seq + 1, sentAt));
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
  readonly cpuMs: number;
  readonly pages: number;
  readonly walBytes: number;
}

async function countsOf(office: TestOffice): Promise<Counts> {
  // Counters reach the others a moment after a backend has rested.
  await office.query('SELECT pg_sleep(1.5)');
  const { rows } = await office.query<{ pages: string; wal: string }>(
    `SELECT (blks_hit + blks_read)::text AS pages, pg_current_wal_lsn() - '0/0'::pg_lsn AS wal
     FROM pg_stat_database WHERE datname = 'office'`,
  );
  const cpuMs = serverCpuMs(join(office.folder, 'data'));
  return { cpuMs, pages: Number(rows[0]?.pages), walBytes: Number(rows[0]?.wal) };
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
    branches.push({ device, line, at: nowhere });
  }
  const total = (): number => branches.reduce((sum, { at }) => sum + at.seq, 0);
  const marks = [1e4, 3e4, 1e5, 3e5, 1e6, 3e6, 1e7].filter((mark) => mark <= most);
  let first: number | null = null;
  for (const mark of marks) {
    if (mark > total()) await send(branches, mark - total(), 1000);
    const before = await countsOf(office);
    const from = total();
    await send(branches, measured, 200);
    const events = total() - from;
    const after = await countsOf(office);
    const cpu = ((after.cpuMs - before.cpuMs) * 1000) / events;
    first ??= cpu;
    say(
      `at ${String(mark).padStart(8)} events: ${cpu.toFixed(1)} us of the server's processors an event ` +
        `(${(cpu / first).toFixed(2)} of the first), ${((after.pages - before.pages) / events).toFixed(1)} pages touched, ` +
        `${((after.walBytes - before.walBytes) / events / 1024).toFixed(2)} KiB of log`,
    );
  }
  for (const { line } of branches) await line.close();
} finally {
  await office.remove();
}
