// Measures how fast head office takes branches' events: verified, booked, durable; with and without a standby.
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { freePort, openTestOffice, type TestOffice } from '../apps/host/office/office.fixture.ts';
import { depositText, type LoadBranch, openLoadBranch } from './lib/office-load.ts';
import { serverCpuMs } from './lib/server-cpu.ts';
import { machine, quantile } from './lib/side-by-side.ts';

const { values: options } = parseArgs({
  options: {
    branches: { type: 'string', default: '16' },
    /** Events of each branch in a round. */
    events: { type: 'string', default: '3000' },
    rounds: { type: 'string', default: '3' },
    sizes: { type: 'string', default: '20,50,200' },
    standby: { type: 'boolean', default: true },
    /** Whether the pushes travel packed, as a branch that catches up sends them. */
    packed: { type: 'boolean', default: false },
  },
  allowNegative: true,
});
const branches = Number(options.branches);
const rounds = Number(options.rounds);
const say = (line: string) => process.stdout.write(`${line}\n`);
let serial = 0;

/** Events a second that all branches together get acknowledged. */
async function round(office: TestOffice, size: number): Promise<number> {
  serial += 1;
  const pushes = Math.ceil(Number(options.events) / size);
  const load = { pushes: pushes + 1, events: size, isPacked: options.packed };
  const all: LoadBranch[] = [];
  for (let index = 0; index < branches; index++) {
    all.push(await openLoadBranch(office, { code: `B${serial}-${index}`, ...load }));
  }
  // A branch's line stays open all day: the first push, for which the session plans, is told apart.
  const cold = serverCpuMs(data);
  await Promise.all(all.map((branch) => branch.send()));
  const cpuBefore = serverCpuMs(data);
  firstMs.push((cpuBefore - cold) / branches);
  const start = performance.now();
  await Promise.all(
    all.map(async (branch) => {
      while (await branch.send());
    }),
  );
  const seconds = (performance.now() - start) / 1000;
  cpuUs.push(((serverCpuMs(data) - cpuBefore) * 1000) / (branches * pushes * size));
  await Promise.all(all.map(({ close }) => close()));
  return (branches * pushes * size) / seconds;
}

/** Processor time of the server (and its standby not) for an event, in microseconds, of each round. */
let cpuUs: number[] = [];
/** And for the first push on a line, in milliseconds. */
let firstMs: number[] = [];
const office = await openTestOffice({ isDurable: true });
const data = join(office.folder, 'data');
try {
  say(machine(tmpdir()));
  const { rows } = await office.query<{ version: string; fsync: string; commit: string }>(
    `SELECT version(), current_setting('fsync') AS fsync, current_setting('synchronous_commit') AS commit`,
  );
  const [settings] = rows;
  say(
    `${settings?.version.split(',')[0]}, fsync ${settings?.fsync}, synchronous_commit ${settings?.commit}, TLS 1.3`,
  );
  const bytes = depositText(1, Date.now()).length;
  say(
    `${branches} branches at once; each event ${bytes} bytes: chain verified, legs and cash booked, one commit a push${options.packed ? ', packed' : ''}`,
  );
  const replica = options.standby
    ? await office.cluster.startReplica(await freePort(), true)
    : null;
  const setStandby = async (on: boolean) => {
    await office.query(`ALTER SYSTEM SET synchronous_standby_names = '${on ? 'standby' : ''}'`);
    await office.query('SELECT pg_reload_conf()');
    await office.query('SELECT pg_sleep(0.3)');
  };
  for (const size of options.sizes.split(',').map(Number)) {
    cpuUs = [];
    firstMs = [];
    const rates = { alone: [] as number[], synchronous: [] as number[] };
    for (let each = 0; each < rounds; each++) {
      if (replica) await setStandby(false);
      rates.alone.push(await round(office, size));
      if (!replica) continue;
      await setStandby(true);
      rates.synchronous.push(await round(office, size));
    }
    for (const [name, list] of Object.entries(rates)) {
      if (list.length === 0) continue;
      const [low, high] = [Math.min(...list), Math.max(...list)].map(Math.round);
      say(
        `pushes of ${String(size).padEnd(4)} ${name.padEnd(12)} ${Math.round(quantile(list, 0.5))} events/s (${low} to ${high})`,
      );
    }
    say(
      `pushes of ${String(size).padEnd(4)} ${quantile(cpuUs, 0.5).toFixed(1)} us of the server's processors an event; ${quantile(firstMs, 0.5).toFixed(1)} ms for the first push on a line`,
    );
    if (replica) {
      const ratio = quantile(
        rates.synchronous.map((rate, at) => rate / (rates.alone[at] ?? 1)),
        0.5,
      );
      say(`pushes of ${String(size).padEnd(4)} synchronous / alone ${ratio.toFixed(2)} (bar 0.70)`);
    }
  }
  const wrong = await office.query('SELECT * FROM office.wrong_balances()');
  say(wrong.rows.length === 0 ? 'every balance is what the events add up to' : 'BALANCES WRONG');
  replica?.stop('immediate');
} finally {
  await office.remove();
}
