// Measures posting, balance and statement while the ledger grows: none may cost more at the end
// than at the start.
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Engine, openEngine } from './lib/ledger-engine.ts';
import { tellProgress } from './lib/ledger-progress.ts';
import { machine, quantile } from './lib/side-by-side.ts';

const { values: options } = parseArgs({
  options: {
    legs: { type: 'string', default: '1000000' },
    accounts: { type: 'string', default: '10000' },
    folder: { type: 'string', default: tmpdir() },
  },
});
const legs = Number(options.legs);
const accounts = Number(options.accounts);
const folder = mkdtempSync(join(options.folder, 'teller-bench-'));
const say = (line: string) => process.stdout.write(`${line}\n`);
say(machine(folder));
say(`WAL, synchronous=FULL, AEGIS-256, witness; ${accounts} accounts; up to ${legs} legs`);

try {
  const engine = openEngine(folder, accounts);
  const progress = tellProgress('legs', legs);
  let posted = 0;
  const posts = (count: number) => {
    for (let done = 0; done < count; done += 1000) {
      engine.post(1000);
      posted += 1000;
      progress(posted);
    }
  };
  posts(10_000);
  let at = 10_000;
  let first: number | null = null;
  for (;;) {
    const rates = Array.from({ length: 15 }, () => rateOf(() => posts(2000), 2000));
    at += 30_000;
    const rate = quantile(rates, 0.5);
    first ??= rate;
    report(engine, at, rate, rate / first);
    const next = Math.min(legs, at < 100_000 ? 100_000 : at * 10 - (at % 10));
    if (at >= legs) break;
    posts(next - 30_000 - at);
    at = Math.max(at, next - 30_000);
  }
  engine.close();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function rateOf(work: () => void, units: number): number {
  const start = performance.now();
  work();
  return (units / (performance.now() - start)) * 1000;
}

function report(engine: Engine, at: number, rate: number, ratio: number): void {
  const single = sample(200, () => engine.post(1));
  const balance = sample(2000, () => void engine.ledger.account(anyAccount()));
  const statement = sample(2000, () => {
    engine.ledger.statement({ account: anyAccount(), count: 50 });
  });
  const megabytes = Math.round(statSync(engine.file).size / 2 ** 20);
  say(
    [
      `${String(at).padStart(9)} legs  batch ${Math.round(rate)}/s (${ratio.toFixed(2)} of the first)`,
      `single p50 ${quantile(single, 0.5).toFixed(3)} ms`,
      `balance p50 ${us(balance, 0.5)} p99 ${us(balance, 0.99)} us`,
      `statement of 50 p50 ${us(statement, 0.5)} p99 ${us(statement, 0.99)} us`,
      `${megabytes} MB`,
    ].join('  '),
  );
}

function sample(count: number, work: () => void): readonly number[] {
  return Array.from({ length: count }, () => {
    const start = performance.now();
    work();
    return performance.now() - start;
  });
}

function us(list: readonly number[], part: number): string {
  return (quantile(list, part) * 1000).toFixed(1);
}

function anyAccount(): number {
  return 1 + Math.floor(Math.random() * accounts);
}
