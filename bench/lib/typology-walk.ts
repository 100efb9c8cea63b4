// Walks a demonstration branch forward in time by the page's own rules: taught each week, serving only after every gate.
import { type Decision, decide } from '#station/risk/decision/decide.ts';
import { defaultRiskPolicy } from '#station/risk/decision/policy.ts';
import { featureNames } from '#station/risk/features/catalogue.ts';
import type { CaseRow } from '#station/risk/learning/rows.ts';
import { type Learned, learn } from '#station/risk/learning/run.ts';
import type { RiskModel } from '#station/risk/model.ts';
import { train } from '#station/risk/train.ts';

const dayMs = 86_400_000;
const weekMs = 7 * dayMs;

export interface WalkPlan {
  /** When the first lesson is given, ms since 1970; then every week. */
  readonly from: number;
  readonly quietDays: number;
}

/** A case after the first lesson, and what was done with it. */
export interface Walked {
  readonly row: CaseRow;
  readonly action: Decision['action'];
  /** What was in force: a kind of model, or the rules alone. */
  readonly inForce: string;
}

export interface LessonLine {
  readonly asOf: number;
  readonly line: string;
  readonly passed: boolean;
}

const window = 1_000;

/** One case by the model in force; the budget counts holds among the newest thousand, as the counter does. */
function judgedBy(model: RiskModel | null, row: CaseRow, holds: readonly boolean[]) {
  if (!model) return 'allow' as const;
  const places = model.columns.map(({ name }) => featureNames.indexOf(name));
  const probability = model.score(Float64Array.from(places, (at) => row.vector[at] as number));
  const recent = holds.slice(-window);
  const { action } = decide({
    ...{ policy: defaultRiskPolicy, probability, mayHold: true, answers: null },
    ...{ amountMinor: row.attempt.amountMinor, scale: 100, decidedRecently: recent.length },
    heldRecently: recent.filter((isHeld) => isHeld).length,
  });
  return action;
}

function said(learned: Learned): string {
  const failed = learned.gates.filter(({ passed }) => !passed).map(({ gate }) => gate);
  const of = (label: string) => learned.card.find((line) => line.label === label)?.text ?? '';
  const end = learned.passed ? 'passed every gate' : `stays out: ${failed.join('; ')}`;
  return `${learned.model.card.kind}, taught by ${of('Taught by')}: ${end}`;
}

/**
 * Lessons and decisions in turn. A lesson sees only what was known when it was given; its model serves the next week
 * where it passed every gate, against the champion where there is one; else what was in force goes on.
 */
export async function walk(rows: readonly CaseRow[], plan: WalkPlan) {
  const lessons: LessonLine[] = [];
  const walked: Walked[] = [];
  const holds: boolean[] = [];
  let champion: RiskModel | null = null;
  const end = rows.at(-1)?.at ?? 0;
  for (let asOf = plan.from; asOf <= end; asOf += weekMs) {
    const learned = await learn({
      ...{ rows: rows.filter(({ at }) => at <= asOf), asOf, quietDays: plan.quietDays },
      ...{ budget: defaultRiskPolicy.holdsPerThousand / 1_000, seed: 1, train, nameOf: String },
      ...{ holdFrom: defaultRiskPolicy.holdBasisPoints / 10_000, champion },
      monotonic: () => performance.now(),
    });
    const passed = !('why' in learned) && learned.passed;
    lessons.push({ asOf, passed, line: 'why' in learned ? learned.why : said(learned) });
    if (passed) champion = learned.model;
    const inForce = champion?.card.kind ?? 'rules alone';
    for (const row of rows.filter(({ at }) => at > asOf && at <= asOf + weekMs)) {
      const action = judgedBy(champion, row, holds);
      holds.push(action === 'hold');
      walked.push({ row, action, inForce });
    }
  }
  return { lessons, walked };
}
