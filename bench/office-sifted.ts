// Measures what reading a push in one go saves head office: the same pushes sifted and judged, by turns, in one server.
import { tmpdir } from 'node:os';
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
import { processCpuMs } from './lib/server-cpu.ts';
import { machine, quantile } from './lib/side-by-side.ts';

const { values: options } = parseArgs({
  options: {
    sizes: { type: 'string', default: '20,50,200' },
    rounds: { type: 'string', default: '15' },
    /** Events of each session in a round. */
    events: { type: 'string', default: '1000' },
  },
});
const say = (line: string): void => void process.stdout.write(`${line}\n`);

interface Session {
  readonly name: string;
  readonly sql: string;
  readonly device: TestDevice;
  readonly line: OfficeLine;
  readonly pid: number;
  at: Position;
  /** Microseconds of this session's processor time an event, of each round. */
  us: number[];
}

/** A branch whose pushes go by this function. */
async function open(office: TestOffice, name: string): Promise<Session> {
  const device = testDevice(name);
  const bundle = await office.enrol({ branch: name.toUpperCase(), name });
  const [address] = bundle.addresses;
  if (!address) throw new Error('the bundle names no address');
  const client = await connectOffice({ bundle, address, deadlineMs: 20_000 });
  const line = createOfficeLine(client);
  await line.open(device.publicKey, { head: 0, down: 0 });
  const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  const sql = `SELECT * FROM office.${name}_events($1, $2, $3, $4, $5, $6, $7)`;
  return { name, sql, device, line, pid: rows[0]?.pid ?? 0, at: nowhere, us: [] };
}

async function send(session: Session, pushes: number, size: number): Promise<void> {
  const ready: (readonly unknown[])[] = [];
  for (let each = 0; each < pushes; each++) {
    const before = session.at;
    const events: Link[] = [];
    const sentAt = Date.now();
    for (let event = 0; event < size; event++) {
      const link = linkTo(session.at, depositText(session.at.seq + 1, sentAt));
      events.push(link);
      session.at = link;
    }
    const { hashes, bodies, signature } = pushBytes(session.device, { before, events, sentAt });
    const hash = Buffer.from(before.hash, 'hex');
    ready.push([before.seq, hash, hashes, bodies, sentAt, sentAt, signature]);
  }
  const statement = { name: 'push', text: session.sql } as unknown as string;
  const start = processCpuMs(session.pid);
  for (const values of ready) {
    const [row] = await session.line.read<{ kind: string }>(statement, values);
    if (row?.kind !== 'accepted') throw new Error(`${session.name}: ${JSON.stringify(row)}`);
  }
  session.us.push(((processCpuMs(session.pid) - start) * 1000) / pushes / size);
}

const office = await openTestOffice({ isDurable: true });
try {
  say(machine(tmpdir()));
  say(`verifier: ${office.verifier}; fsync on; one session each, by turns`);
  await office.query('GRANT EXECUTE ON FUNCTION office.judge_events TO office_workstation');
  const sessions = [await open(office, 'judge'), await open(office, 'accept')];
  for (const size of options.sizes.split(',').map(Number)) {
    for (const each of sessions) await send(each, 20, size);
    for (const each of sessions) each.us = [];
    for (let round = 0; round < Number(options.rounds); round++) {
      const turn = round % 2 === 0 ? sessions : sessions.toReversed();
      for (const each of turn) await send(each, Math.ceil(Number(options.events) / size), size);
    }
    const [judged, sifted] = sessions.map(({ us }) => us) as [number[], number[]];
    const told = (us: number[]) =>
      `${quantile(us, 0.5).toFixed(1)} us (lowest tenth ${quantile(us, 0.1).toFixed(1)})`;
    const ratios = sifted.map((us, at) => us / (judged[at] ?? 1));
    say(
      `pushes of ${String(size).padEnd(4)} an event judged ${told(judged)}, sifted ${told(sifted)}; ` +
        `sifted / judged ${quantile(ratios, 0.5).toFixed(2)} (${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)})`,
    );
  }
  for (const { line } of sessions) await line.close();
} finally {
  await office.remove();
}
