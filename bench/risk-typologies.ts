// Prints how many of the demonstration branch's labelled crimes rules and model stop on later time, and at what cost.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPorts } from '#host/ports.ts';
import { openBranch } from '#station/branch.ts';
import { createDemonstration } from '#station/demonstrate.ts';
import { decide } from '#station/risk/decision/decide.ts';
import { defaultRiskPolicy } from '#station/risk/decision/policy.ts';
import { featureNames } from '#station/risk/features/catalogue.ts';
import { createFeatureReader } from '#station/risk/features/events.ts';
import { type CaseRow, createRowCollector } from '#station/risk/learning/rows.ts';
import { learn } from '#station/risk/learning/run.ts';
import { train } from '#station/risk/train.ts';
import { machine } from './lib/side-by-side.ts';

const dayMs = 86_400_000;
const folder = mkdtempSync(join(tmpdir(), 'teller-typologies-'));
const key = new Uint8Array(32).fill(7);
const keychain = { databaseKey: () => Promise.resolve(Uint8Array.from(key)) };

async function casesOfTheDemonstration(): Promise<readonly CaseRow[]> {
  const ports = createPorts({ folder, keychain, demonstration: true });
  await createDemonstration(ports, { progress: () => undefined });
  const branch = await openBranch(ports);
  const collector = createRowCollector(createFeatureReader());
  const { seq } = branch.ledger.head();
  for (let from = 1; from <= seq; from += 1_000) {
    for (const event of branch.ledger.events(from, from + 999)) collector.take(event);
  }
  branch.close();
  return collector.rows();
}

/** What the policy does with each later case, holds by the model counted against the budget. */
function judged(rows: readonly CaseRow[], scores: readonly number[]) {
  let held = 0;
  return rows.map((row, index) => {
    const { action } = decide({
      ...{ policy: defaultRiskPolicy, probability: scores[index] ?? null, mayHold: true },
      ...{ amountMinor: row.attempt.amountMinor, scale: 100, heldRecently: held },
      ...{ decidedRecently: Math.min(1_000, index), answers: null },
    });
    if (action === 'hold') held += 1;
    return { row, action, byRule: row.isParked };
  });
}

try {
  console.log(machine(folder));
  const rows = await casesOfTheDemonstration();
  // The lesson of the day that lies in the middle: it knows nothing of what comes after it.
  const asOf = Date.parse('2026-10-22T20:00:00Z');
  const known = rows.filter(({ at }) => at <= asOf);
  const lesson = {
    ...{ rows: known, asOf, quietDays: 14, budget: 0.01, holdFrom: 0.2, seed: 1, train },
    ...{ nameOf: String, champion: null, monotonic: () => performance.now() },
  };
  const learned = await learn(lesson);
  if ('why' in learned) throw new Error(learned.why);
  const later = rows.filter(({ at }) => at > asOf + dayMs);
  const { model } = learned;
  const places = model.columns.map(({ name }) => featureNames.indexOf(name));
  const scores = later.map(({ vector }) =>
    model.score(Float64Array.from(places, (place) => vector[place] as number)),
  );
  const all = judged(later, scores);
  const frauds = all.filter(({ row }) => row.typology !== '');
  const isStopped = ({ action, byRule }: (typeof all)[number]) => byRule || action === 'hold';
  const part = (list: typeof all, test: (each: (typeof all)[number]) => boolean) =>
    `${list.filter(test).length} of ${list.length}`;
  console.log(
    `taught up to 2026-10-22 by ${model.card.kind}: ${known.length} cases, all gates passed: ${learned.passed}`,
  );
  for (const { gate, passed, figure } of learned.gates) {
    if (!passed) console.log(`  gate failed: ${gate}: ${figure}`);
  }
  console.log(`later: ${later.length} attempts, ${frauds.length} of them labelled crimes`);
  for (const typology of [...new Set(frauds.map(({ row }) => row.typology))].sort()) {
    const own = frauds.filter(({ row }) => row.typology === typology);
    console.log(
      `  ${typology.padEnd(16)} held ${part(own, isStopped)}, held or asked ${part(own, (each) => isStopped(each) || each.action === 'ask')}`,
    );
  }
  const stopped = all.filter(isStopped);
  const per = (count: number) => ((count * 1_000) / all.length).toFixed(1);
  console.log(
    `held by rules or model: ${part(frauds, isStopped)} crimes; alerts ${per(stopped.length)} in 1,000, by the model ${per(all.filter(({ action }) => action === 'hold').length)}; asked ${per(all.filter(({ action }) => action === 'ask').length)} in 1,000`,
  );
  console.log(`rules alone held ${part(frauds, ({ byRule }) => byRule)} crimes`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
