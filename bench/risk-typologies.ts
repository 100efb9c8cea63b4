// Prints how many labelled crimes of demonstration branches nobody looked at are stopped by the page's own rules.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createPorts } from '#host/ports.ts';
import { openBranch } from '#station/branch.ts';
import { createDemonstration } from '#station/demonstrate.ts';
import { createFeatureReader } from '#station/risk/features/events.ts';
import { type CaseRow, createRowCollector } from '#station/risk/learning/rows.ts';
import { machine } from './lib/side-by-side.ts';
import { type Walked, walk } from './lib/typology-walk.ts';

const options = parseArgs({
  // Seeds 42 to 46 were looked at while the lesson was built; 101 and 102 were not.
  options: { seeds: { type: 'string', default: '101' } },
});

/** Every case of a demonstration branch drawn from the seed. */
async function casesOf(seed: number): Promise<readonly CaseRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'teller-typologies-'));
  const key = new Uint8Array(32).fill(7);
  const keychain = { databaseKey: () => Promise.resolve(Uint8Array.from(key)) };
  try {
    const ports = createPorts({ folder, keychain, demonstration: true });
    await createDemonstration(ports, { progress: () => undefined, seed });
    const branch = await openBranch(ports);
    const collector = createRowCollector(createFeatureReader());
    const { seq } = branch.ledger.head();
    for (let from = 1; from <= seq; from += 1_000) {
      for (const event of branch.ledger.events(from, from + 999)) collector.take(event);
    }
    branch.close();
    return collector.rows();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const isStopped = ({ row, action }: Walked) => row.isParked || action === 'hold';
const isLookedAt = (each: Walked) => isStopped(each) || each.action === 'ask';
const part = (list: readonly Walked[], test: (each: Walked) => boolean) =>
  `${list.filter(test).length} of ${list.length}`;

function print(title: string, walked: readonly Walked[]): void {
  const crimes = walked.filter(({ row }) => row.typology !== '');
  const per = (test: (each: Walked) => boolean) =>
    ((walked.filter(test).length * 1_000) / Math.max(1, walked.length)).toFixed(1);
  console.log(
    `${title}: held ${part(crimes, isStopped)} crimes, held or asked about ${part(crimes, isLookedAt)}; ` +
      `rules alone ${part(crimes, ({ row }) => row.isParked)}; alerts ${per(isStopped)} in 1,000, ` +
      `by the model ${per(({ action }) => action === 'hold')}; asked ${per(({ action }) => action === 'ask')} in 1,000`,
  );
}

console.log(machine(tmpdir()));
for (const seed of options.values.seeds.split(',').map(Number)) {
  const rows = await casesOf(seed);
  const plan = { from: Date.parse('2026-10-01T20:00:00Z'), quietDays: 14 };
  const { lessons, walked } = await walk(rows, plan);
  console.log(`seed ${seed}: ${rows.length} attempts`);
  for (const { asOf, line } of lessons) {
    console.log(`  ${new Date(asOf).toISOString().slice(0, 10)} ${line}`);
  }
  for (const typology of [...new Set(walked.map(({ row }) => row.typology))].sort()) {
    const own = walked.filter(({ row }) => row.typology === typology);
    if (typology === '') continue;
    const figures = `held ${part(own, isStopped)}, held or asked ${part(own, isLookedAt)}`;
    console.log(`  ${typology.padEnd(16)} ${figures}`);
  }
  print('  all weeks', walked);
  const served = walked.filter(({ inForce }) => inForce !== 'rules alone');
  print('  weeks with a model in force', served);
}
