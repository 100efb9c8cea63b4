// Throws hostile frames at a real station from a signed-in teller's window, and looks what the log says afterwards.
import { tmpdir } from 'node:os';
import { parseArgs } from 'node:util';
import { operations } from '#contract/index.ts';
import type { ReplyFrame } from '#contract/wire.ts';
import { staffPerson } from '#station/demonstration/founding.ts';
import { createDice, drawFrame } from '../e2e/guard/frames.ts';
import { openCounter } from '../e2e/opened.ts';
import { createPeople } from '../e2e/pages/demonstration.ts';
import { openClosedBranch, openCounterStation, type Seat } from './lib/counter-station.ts';
import { createMutator } from './lib/frame-mutator.ts';
import { machine } from './lib/side-by-side.ts';
import { durability } from './lib/spread.ts';

const { values: options } = parseArgs({
  options: {
    frames: { type: 'string', default: '100000' },
    seed: { type: 'string', default: '20261120' },
    folder: { type: 'string', default: tmpdir() },
  },
});
const frames = Number(options.frames);
const seed = Number(options.seed);
/** Frames under way before the window waits for the station. */
const volley = 500;
const silenceMs = 60_000;
const say = (line: string) => void process.stdout.write(`${line}\n`);

const mayAsk = (name: string): boolean => {
  const access = operations[name as keyof typeof operations]?.access;
  return access === 'anyone' || access === 'signed-in' || access?.includes('teller') === true;
};

interface Thrown {
  readonly counts: ReadonlyMap<string, number>;
  /** Operations that were answered though a teller may not ask for them. */
  readonly unauthorised: ReadonlySet<string>;
}

/** Half of the frames drawn from nothing, half true ones changed in one place or several. */
async function throwFrames(seat: Seat, customer: number): Promise<Thrown> {
  const counts = new Map<string, number>();
  const unauthorised = new Set<string>();
  const nameOf = new Map<unknown, string>();
  let quiet = (): void => undefined;
  seat.hear((frame: ReplyFrame) => {
    if (!('ok' in frame)) return;
    const name = nameOf.get(frame.id);
    nameOf.delete(frame.id);
    if (name === undefined) return;
    const code = frame.ok ? 'answered' : frame.fault.code;
    counts.set(code, (counts.get(code) ?? 0) + 1);
    if (frame.ok && !mayAsk(name)) unauthorised.add(name);
    if (nameOf.size === 0) quiet();
  });
  /** Resolves when every frame that has a number was answered; a station that stays silent is a find, too. */
  const answered = async (): Promise<void> => {
    if (nameOf.size === 0) return;
    const timer = setTimeout(() => {
      throw new Error(`unanswered for ${silenceMs} ms: ${[...nameOf.values()].slice(0, 5)}`);
    }, silenceMs);
    await new Promise<void>((resolve) => {
      quiet = resolve;
    });
    clearTimeout(timer);
  };
  const dice = createDice(seed);
  const mutate = createMutator(dice, { account: '10000295', customer });
  for (let sent = 0; sent < frames; sent += 1) {
    // Ids far from those of the window's own questions.
    const id = 1_000_000 + sent;
    const frame = sent % 2 === 0 ? JSON.parse(drawFrame(dice, id)) : mutate(id);
    const name = typeof frame?.name === 'string' ? frame.name : 'no name';
    if (frame?.id === id) nameOf.set(id, name);
    seat.send(frame);
    if (sent % volley === volley - 1) await answered();
  }
  await answered();
  const { stage } = await seat.ask('session.state', {});
  if (stage !== 'open') throw new Error(`the teller's window is ${stage}`);
  return { counts, unauthorised };
}

/** Events after `from`, up to `last`, that nobody but this teller should have made, or no teller may. */
async function strangeEvents(
  folder: string,
  from: number,
  last: number,
): Promise<readonly string[]> {
  const branch = await openClosedBranch(folder);
  try {
    const own = String(staffPerson('ana').id);
    const never = /^(day|staff|policy|branch|till\.added|approval\.(approved|declined|decided))/;
    const strange: string[] = [];
    for (let seq = from + 1; seq <= last; seq += 1) {
      const event = branch.ledger.event(seq);
      const isOurs = event?.actor === own || event?.actor === 'system';
      if (!event || !isOurs || never.test(event.type)) strange.push(`${seq} ${event?.type}`);
    }
    say(`  events in the log since: ${last - from}`);
    return strange;
  } finally {
    branch.close();
  }
}

say(machine(options.folder));
say(durability);
const reports: string[] = [];
const station = await openCounterStation(options.folder, (where, error) => {
  reports.push(`${where}: ${error instanceof Error ? error.message : String(error)}`);
});
try {
  const supervisor = await station.seat('sam');
  const teller = await station.seat('ana');
  await openCounter({ people: createPeople(), supervisor, teller, till: 'Till 2' });
  const { hits } = await teller.ask('customer.search', { text: 'Marta Keller' });
  const { seq } = await supervisor.ask('log.head', {});
  const from = performance.now();
  const { counts, unauthorised } = await throwFrames(teller, hits[0]?.customer ?? 0);
  const seconds = (performance.now() - from) / 1000;
  const { totals } = await supervisor.ask('ledger.trialBalance', {});
  const { seq: last } = await supervisor.ask('log.head', {});
  await station.close();
  const codes = [...counts].sort().map(([code, count]) => `${code} ${count}`);
  say(`hostile frames: ${frames} from seed ${seed}, ${Math.round(frames / seconds)}/s`);
  say(`  ${codes.join(', ')}`);
  const strange = await strangeEvents(station.folder, seq, last);
  const isBalanced = Object.values(totals).every((total) => total === '0');
  const internal = counts.get('internal') ?? 0;
  say(`  unauthorised answers ${unauthorised.size}, unauthorised events ${strange.length}`);
  say(`  internal faults ${internal}, mistakes reported ${reports.length}`);
  say(`  trial balance ${isBalanced ? 'zero' : 'NOT ZERO'} in ${Object.keys(totals).join(', ')}`);
  for (const one of [...unauthorised, ...strange, ...reports].slice(0, 20)) say(`  ! ${one}`);
  const wrong = unauthorised.size + strange.length + internal + reports.length;
  process.exitCode = wrong === 0 && isBalanced ? 0 : 1;
} finally {
  station.remove();
}
