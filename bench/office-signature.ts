// Measures what checking a push's signature before it is taken costs head office: a push, a session, its memory.
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { parseArgs } from 'node:util';
import {
  openTestOffice,
  type TestOffice,
  withoutVerifier,
} from '../apps/host/office/office.fixture.ts';
import { type LoadBranch, openLoadBranch } from './lib/office-load.ts';
import { machine, quantile } from './lib/side-by-side.ts';

const { values: options } = parseArgs({
  options: {
    /** Pushes of one session in a round. */
    pushes: { type: 'string', default: '400' },
    rounds: { type: 'string', default: '5' },
    events: { type: 'string', default: '20' },
  },
});
const [pushes, rounds, events] = [options.pushes, options.rounds, options.events].map(Number) as [
  number,
  number,
  number,
];
const say = (line: string) => process.stdout.write(`${line}\n`);
let serial = 0;

interface Session {
  readonly branch: LoadBranch;
  readonly pid: number;
}

async function open(office: TestOffice): Promise<Session> {
  serial += 1;
  const load = { code: `S${serial}`, pushes: pushes + 2, events };
  const branch = await openLoadBranch(office, load);
  const [row] = await branch.line.read<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  return { branch, pid: row?.pid ?? 0 };
}

/** Processor time of one server process so far, in ns, as the kernel's scheduler counts it. */
const cpuNs = (pid: number): number =>
  Number(readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ')[0]);

/** Memory that this process alone has, in KiB. */
function ownKib(pid: number): number {
  const text = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
  return Number(/Private_Dirty:\s+(\d+)/.exec(text)?.[1] ?? 0);
}

interface Costs {
  readonly first: number[];
  readonly push: number[];
  readonly kib: number[];
}

/** One session: its first push, its second, then all others; processor time of its own server process. */
async function round(office: TestOffice, costs: Costs): Promise<void> {
  const { branch, pid } = await open(office);
  const beforeKib = ownKib(pid);
  const start = cpuNs(pid);
  await branch.send();
  const first = cpuNs(pid);
  await branch.send();
  const warm = cpuNs(pid);
  for (let each = 0; each < pushes; each++) await branch.send();
  costs.push.push((cpuNs(pid) - warm) / pushes / 1000);
  costs.first.push((first - start) / 1e6);
  costs.kib.push(ownKib(pid) - beforeKib);
  await branch.close();
}

const office = await openTestOffice();
try {
  say(machine(tmpdir()));
  say(
    `verifier: ${office.verifier}; ${rounds} rounds by turns, ${pushes} pushes of ${events} events`,
  );
  const empty = (): Costs => ({ first: [], push: [], kib: [] });
  const [checked, unchecked] = [empty(), empty()];
  for (let each = 0; each < rounds; each++) {
    await round(office, checked);
    await withoutVerifier(office, () => round(office, unchecked));
  }
  const line = (name: string, { first, push, kib }: Costs): void => {
    const low = Math.min(...push).toFixed(0);
    const high = Math.max(...push).toFixed(0);
    say(
      `${name.padEnd(26)} push ${quantile(push, 0.5).toFixed(0)} us (${low} to ${high}); ` +
        `first push ${quantile(first, 0.5).toFixed(1)} ms; own memory ${quantile(kib, 0.5)} KiB more`,
    );
  };
  line('checked before taken', checked);
  line('not checked by database', unchecked);
  const more = checked.push.map((us, at) => us - (unchecked.push[at] ?? 0));
  say(
    `checking: ${quantile(more, 0.5).toFixed(0)} us of the server's processor a push ` +
      `(${more.map((us) => us.toFixed(0)).join(', ')}), ${(quantile(more, 0.5) / events).toFixed(1)} us an event`,
  );
  const client = await office.cluster.administer();
  const key = Buffer.alloc(32, 9);
  const sql =
    'SELECT count(office.signature_is_right($1, n, n, $2, $3)) FROM generate_series(1, $4) n';
  const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  const pid = rows[0]?.pid ?? 0;
  const ask = (count: number) => client.query(sql, [key, key, Buffer.alloc(64, 3), count]);
  await ask(10);
  const from = cpuNs(pid);
  await ask(3_000);
  say(`the function alone, 3,000 calls: ${((cpuNs(pid) - from) / 3_000_000).toFixed(0)} us each`);
  await client.end();
} finally {
  await office.remove();
}
