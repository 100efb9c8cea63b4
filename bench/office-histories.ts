// Plays a thousand histories over real PostgreSQL: faults on the line, kill -9 of either side, fail-overs, every invariant.
import { tmpdir } from 'node:os';
import { parseArgs } from 'node:util';
import { play } from '../apps/host/office/history/play.fixture.ts';
import { machine } from './lib/side-by-side.ts';

const { values } = parseArgs({
  options: {
    histories: { type: 'string', default: '1000' },
    /** First seed. */
    seed: { type: 'string', default: '1' },
    /** Histories that share one head office, which fails over in their last group. */
    office: { type: 'string', default: '50' },
    together: { type: 'string', default: '25' },
    happenings: { type: 'string', default: '30' },
  },
});
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const [count, first] = [Number(values.histories), Number(values.seed)];
const each = Number(values.office);
say(machine(tmpdir()));
const sum = { histories: 0, unsettled: 0, events: 0, visits: 0, reservations: 0 };
const killed = { branches: 0, office: 0, failOvers: 0 };
let violations = 0;
const from = performance.now();
for (let at = 0; at < count; at += each) {
  const seeds = Array.from(
    { length: Math.min(each, count - at) },
    (_, index) => first + at + index,
  );
  const outcome = await play({
    ...{ seeds, together: Number(values.together), happenings: Number(values.happenings) },
    ...{ failsOver: true, isDurable: true },
  });
  for (const name of ['histories', 'unsettled', 'events', 'visits', 'reservations'] as const)
    sum[name] += outcome[name];
  for (const name of ['branches', 'office', 'failOvers'] as const)
    killed[name] += outcome.killed[name];
  violations += outcome.violations.length;
  for (const { history, message } of outcome.violations) say(`${history} VIOLATED ${message}`);
  say(
    `${sum.histories} histories (${sum.unsettled} not at rest in time, checked in part), ${sum.events} events, ${sum.visits} payments for other branches, ` +
      `${sum.reservations} reservations; killed: ${killed.branches} times all branches of a group, ` +
      `${killed.office} times head office, ${killed.failOvers} fail-overs; ${violations} violations, ` +
      `${((performance.now() - from) / 1000).toFixed(0)} s`,
  );
}
process.exitCode = violations + sum.unsettled === 0 ? 0 : 1;
