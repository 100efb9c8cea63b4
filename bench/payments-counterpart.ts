// Plays many seeds of late, lost and doubled answers against the branch's inbox, and says how payments ended.
import { performance } from 'node:perf_hooks';
import { createWholeBranch } from '#station/desk/payment-whole.fixture.ts';
import { mutants } from '#station/payments/counterpart/mutants.fixture.ts';
import { play } from '#station/payments/counterpart/play.fixture.ts';
import { createSmallBranch } from '#station/payments/counterpart/small-branch.fixture.ts';

const seeds = Number(process.argv[2] ?? 10_000);
/** A branch of its own for so many plays keeps the tables small. */
const playsPerBranch = 500;

let branch = createSmallBranch();
const ends = new Map<string, number>();
const found: string[] = [];
let refusals = 0;
const start = performance.now();
for (let seed = 1; seed <= seeds; seed += 1) {
  if (seed % playsPerBranch === 0) {
    branch.close();
    branch = createSmallBranch();
  }
  const outcome = await play(seed, branch);
  for (const fault of outcome.faults) found.push(`seed ${seed}: ${fault}`);
  for (const [end, count] of Object.entries(outcome.ends)) {
    ends.set(end, (ends.get(end) ?? 0) + count);
  }
  refusals += outcome.refusals;
}
branch.close();
const seconds = ((performance.now() - start) / 1_000).toFixed(1);
const payments = [...ends.values()].reduce((sum, count) => sum + count, 0);
console.log(`${seeds} seeds, ${payments} payments in ${seconds} s, ${refusals} messages refused`);
for (const [end, count] of [...ends].sort()) console.log(`${end.padEnd(10)} ${count}`);

/** Fewer seeds go through everything a branch is: posting, ledger, log, gateway and folders, with restarts. */
const wholeSeeds = Number(process.argv[3] ?? 300);
const playsPerWhole = 10;
const whole = { payments: 0, carried: 0, restarts: 0, settled: 0 };
for (let first = 1; first <= wholeSeeds; first += playsPerWhole) {
  const all = await createWholeBranch(first);
  for (let seed = first; seed < first + playsPerWhole && seed <= wholeSeeds; seed += 1) {
    const outcome = await play(seed, all);
    for (const fault of outcome.faults) found.push(`whole branch, seed ${seed}: ${fault}`);
    for (const count of Object.values(outcome.ends)) whole.payments += count;
    whole.settled += outcome.ends.settled ?? 0;
  }
  for (const fault of await all.faults()) found.push(`whole branch from ${first}: ${fault}`);
  whole.carried += all.carried();
  whole.restarts += all.restarts();
  await all.close();
}
console.log(
  `whole branch: ${wholeSeeds} seeds, ${whole.payments} payments, ${whole.settled} settled at the end, ` +
    `${whole.carried} messages carried off, gateway begun anew ${whole.restarts} times`,
);

/** First seed that shows each mutant. */
const most = 200;
for (const { name, shows, amend, habits } of mutants) {
  const broken = createSmallBranch(amend);
  let seed = 1;
  while (seed <= most && !(await play(seed, broken, habits)).faults.includes(shows)) seed += 1;
  broken.close();
  const verdict = seed <= most ? `shown by seed ${seed}` : 'SURVIVED';
  if (seed > most) process.exitCode = 1;
  console.log(`${name.padEnd(48)} ${verdict}`);
}
console.log(`faults: ${found.length}`);
for (const fault of found.slice(0, 20)) console.log(fault);
if (found.length > 0) process.exitCode = 1;
