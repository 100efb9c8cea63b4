// Plays ten thousand random sequences to the guard in memory and to the module's own rules, digest for digest.
import { parseArgs } from 'node:util';
import { coreGuard } from '#station/guard/core.fixture.ts';
import { play } from '#station/guard/differential.fixture.ts';
import { machine } from './lib/side-by-side.ts';

const { values: options } = parseArgs({
  options: {
    sequences: { type: 'string', default: '10000' },
    length: { type: 'string', default: '40' },
    first: { type: 'string', default: '1' },
  },
});
const core = coreGuard();
if (typeof core === 'string') throw new Error(core);
process.stdout.write(`${machine('/tmp')}\n`);
const first = Number(options.first);
const count = Number(options.sequences);
const seen = new Map<string, number>();
const from = performance.now();
for (let seed = first; seed < first + count; seed += 1) {
  for (const [name, times] of play(core, seed, Number(options.length))) {
    seen.set(name, (seen.get(name) ?? 0) + times);
  }
}
const seconds = (performance.now() - from) / 1000;
const answers = [...seen.values()].reduce((sum, times) => sum + times, 0);
process.stdout.write(
  `${count} sequences of ${options.length}, seeds from ${first}: ${answers} answers, all alike, in ${seconds.toFixed(1)} s\n`,
);
for (const [name, times] of [...seen].sort(([, one], [, other]) => other - one)) {
  process.stdout.write(`${String(times).padStart(9)}  ${name}\n`);
}
