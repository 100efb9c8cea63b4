// Tries a policy on the branch's own past before anybody puts it in force.
import { setImmediate as turn } from 'node:timers/promises';
import type { BackTest, RiskPolicy } from '#contract/risk.ts';
import { backTestPolicy, type PastCase } from '#station/risk/decision/back-test.ts';
import { featureNames } from '#station/risk/features/catalogue.ts';
import { labelOf } from '#station/risk/learning/labels.ts';
import type { Counter } from './counter.ts';
import type { Lessons } from './risk-lesson.ts';

const none = { asked: 0, held: 0, real: 0 };
/** Cases scored between two looks at the queue. */
const sliceCases = 100;

/** What the policy in force and the proposed one would have done with every attempt in the log. */
export async function backTestOf(
  counter: Counter,
  lessons: Pick<Lessons, 'cases'>,
  proposed: RiskPolicy,
): Promise<BackTest> {
  const { risk } = counter;
  const champion = risk.reads.champion();
  if (!champion) {
    const sentence = 'No model is in force: neither policy would have asked or held anything.';
    return { decisions: 0, days: 0, inForce: none, proposed: none, frauds: 0, sentence };
  }
  const model = risk.models.model(champion.hash);
  const places = model.columns.map(({ name }) => featureNames.indexOf(name));
  const rows = await lessons.cases();
  const inForce = risk.policy();
  const asOf = Math.max(Math.trunc(counter.clock.now()), rows.at(-1)?.at ?? 0);
  const past: PastCase[] = [];
  const dates = new Set<number>();
  for (const [index, row] of rows.entries()) {
    if (index % sliceCases === 0) await turn();
    dates.add(Math.floor(row.at / 86_400_000));
    const { vector, attempt } = row;
    past.push({
      probability: model.score(Float64Array.from(places, (place) => vector[place] as number)),
      amountMinor: attempt.amountMinor,
      scale: risk.feed.reader.engine.state.accounts[attempt.account]?.scale ?? 100,
      isFraud: labelOf(row, { asOf, quietDays: inForce.quietDays }).outcome === 1,
    });
  }
  const mayHold = model.card.kind !== 'isolation-forest';
  const before = backTestPolicy(inForce, past, mayHold);
  const after = backTestPolicy(proposed, past, mayHold);
  const frauds = past.filter(({ isFraud }) => isFraud).length;
  const per = (count: number) => ((count * 1_000) / Math.max(1, past.length)).toFixed(1);
  const sentence =
    `Of ${past.length} attempts in ${dates.size} days it would have held ${after.held} ` +
    `(${per(after.held)} in 1,000), ${after.real} of them real, and asked about ${after.asked}; ` +
    `the policy in force ${before.held} (${before.real} real) and ${before.asked}.`;
  return {
    ...{ decisions: past.length, days: dates.size, inForce: before, proposed: after },
    ...{ frauds, sentence },
  };
}
