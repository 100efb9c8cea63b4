// Lets many banks happen from many seeds, and a thousand branches at once: `--seeds 10000`, `--seed N` replays one.
import { parseArgs } from 'node:util';
import { mutants } from '#station/office/simulation/mutants.ts';
import { protocol } from '#station/office/simulation/seams.ts';
import { simulate, usual } from '#station/office/simulation/world.ts';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '10000' },
    seed: { type: 'string' },
    mutant: { type: 'string' },
    branches: { type: 'string' },
  },
});

const say = (line: string): void => void process.stdout.write(`${line}\n`);

function replay(seed: number): void {
  const mutant = mutants.find(({ name }) => name === values.mutant);
  if (values.mutant !== undefined && !mutant) {
    say(`There is no mutant ${values.mutant}: ${mutants.map(({ name }) => name).join(', ')}.`);
    process.exitCode = 2;
    return;
  }
  const branches = Number(values.branches ?? usual.branches);
  const settings = { ...usual, branches, happenings: Math.max(usual.happenings, branches * 3) };
  const { history, violations, events, days } = simulate(seed, mutant?.seams ?? protocol, settings);
  for (const line of history) say(line);
  say(`seed ${seed}: ${events} events in ${days.toFixed(1)} simulated days`);
  for (const { invariant, message } of violations) say(`VIOLATED ${invariant}: ${message}`);
  if (violations.length === 0) say('every invariant holds');
  process.exitCode = violations.length === 0 ? 0 : 1;
}

function many(count: number): void {
  let [events, days, bad] = [0, 0, 0];
  let worstMinor = 0n;
  const from = performance.now();
  for (let seed = 1; seed <= count; seed++) {
    const outcome = simulate(seed);
    events += outcome.events;
    days += outcome.days;
    if (outcome.worstMinor < worstMinor) worstMinor = outcome.worstMinor;
    for (const { invariant, message } of outcome.violations) {
      bad += 1;
      say(`seed ${seed} VIOLATED ${invariant}: ${message}`);
    }
    if (seed % 1_000 === 0) say(`${seed} seeds, ${events} events, ${bad} violations`);
  }
  const seconds = (performance.now() - from) / 1_000;
  say(
    `${count} seeds, ${events} events, ${days.toFixed(0)} simulated days in ${seconds.toFixed(1)} s: ` +
      `${bad} violations; an account's cash stood lowest at ${worstMinor} (floor limits of several outages)`,
  );
  process.exitCode = bad === 0 ? 0 : 1;
}

function thousand(): void {
  const from = performance.now();
  const settings = { branches: 1_000, accounts: 1, happenings: 4_000, checkEvery: 1_000 };
  const { events, violations } = simulate(1, protocol, settings);
  const seconds = (performance.now() - from) / 1_000;
  say(
    `1000 branches: ${events} events, ${violations.length} violations in ${seconds.toFixed(1)} s`,
  );
  for (const { invariant, message } of violations.slice(0, 5))
    say(`VIOLATED ${invariant}: ${message}`);
}

if (values.seed !== undefined) replay(Number(values.seed));
else {
  if (values.seeds !== '0') many(Number(values.seeds));
  thousand();
}
