// Gathers what the models page shows: the ladder, the models with their gates, days, curves, drift, alarms.
import type { ModelLine, RiskOverview } from '#contract/risk.ts';
import type { ModelRow, ProposalRow } from '#station/ledger/projections/risk-reads.ts';
import { policyHash, readRiskPolicy } from '#station/risk/decision/policy.ts';
import { leadingItem, vectorOf } from '#station/risk/decision/record.ts';
import { featureNames } from '#station/risk/features/catalogue.ts';
import { featureWords } from '#station/risk/features/words.ts';
import { driftFromDeciles, driftState } from '#station/risk/learning/drift.ts';
import { ladderStep } from '#station/risk/learning/ladder.ts';
import { type ShadowReport, type ShadowSide, shadowReport } from '#station/risk/learning/shadow.ts';
import { type Counter, instant } from './counter.ts';
import type { Person } from './desk.ts';
import { recordOf } from './risk-cards.ts';
import type { Lessons } from './risk-lesson.ts';

const decisionsLooked = 400;
const daysShown = 60;

/** The newest cases a challenger is judged by in the shadow. */
const shadowCases = 2_000;

/** What the days in the shadow say of a model, beside the champion. */
export function shadowOf(counter: Counter, hash: string): ShadowReport {
  const { reads, policy } = counter.risk;
  const { holdsPerThousand, holdBasisPoints, shadowDays } = policy();
  const cases = reads.shadowOf(hash, shadowCases).map(({ date, score, champion, isFraud }) => ({
    ...{ date, isFraud, challenger: Number(score) },
    champion: champion === '' ? null : Number(champion),
  }));
  return shadowReport(cases, {
    ...{ budget: Math.max(0.001, holdsPerThousand / 1_000), holdFrom: holdBasisPoints / 10_000 },
    daysLeast: shadowDays,
  });
}

/** What stands against the promotion of a model by this person; '' where nothing does. */
export function againstPromotion(counter: Counter, row: ModelRow, by: Person): string {
  if (row.state === 'champion') return 'It is the champion.';
  if (row.state === 'rejected') return 'It did not pass every gate.';
  if (row.state === 'retired' && row.promotedAt === null)
    return 'A newer challenger took its place.';
  if (row.by === by.id) return 'You asked for its training: a second person promotes it.';
  // Crimes of a demonstration are invented; nobody waits a week to see the next step.
  if (row.data.isDemonstration || row.state === 'retired') return '';
  const failed = shadowOf(counter, row.hash).gates.find(({ passed }) => !passed);
  return failed ? `Not yet: ${failed.gate}: ${failed.figure}.` : '';
}

/** What stands against a proposal being put in force by this person; '' where nothing does. */
export function againstActivation(row: ProposalRow, by: Person): string {
  if (row.activated !== null) return 'It was put in force.';
  if (row.by === by.id) return 'You proposed it: a second person puts it in force.';
  if (row.tested === null) return 'It was not tested against the past yet.';
  return '';
}

const measured = (side: ShadowSide | null): string => {
  if (!side) return 'none in force';
  const precision = side.averagePrecision === null ? 'none' : side.averagePrecision.toFixed(3);
  return `average precision ${precision}, ${side.found} frauds within the budget, ${side.falsePerThousand.toFixed(1)} of 1,000 honest cases held`;
};

/** Days in the shadow as lines; none for a model that was never scored there. */
function shadowLines(report: ShadowReport): ModelLine['shadow'] {
  if (report.cases === 0) return [];
  const { days, cases, frauds, challenger, champion } = report;
  return [
    { label: 'Shadow', text: `${cases} decisions on ${days} days, ${frauds} known frauds` },
    { label: 'This model', text: measured(challenger) },
    { label: 'The champion', text: measured(champion) },
  ];
}

function modelLineOf(counter: Counter, row: ModelRow, by: Person): ModelLine {
  const shadow = shadowOf(counter, row.hash);
  const isTrial = row.state === 'challenger' && shadow.cases > 0;
  const { hash, state, data, promotedAt, promotedBy } = row;
  return {
    ...{ hash, kind: data.kind, step: data.step, state, isDemonstration: data.isDemonstration },
    ...{ trainedAt: instant(row.at), trainedBy: counter.people.nameOf(row.by) },
    promotedAt: promotedAt === null ? null : instant(promotedAt),
    promotedBy: promotedBy === null ? null : personName(counter, promotedBy),
    ...{ shadowDays: shadow.days, shadow: shadowLines(shadow) },
    gates: [...data.gates, ...(isTrial ? shadow.gates : [])].map((gate) => ({ ...gate })),
    card: data.card.map((line) => ({ ...line })),
    against: againstPromotion(counter, row, by),
  };
}

const personName = (counter: Counter, staff: number): string =>
  staff === 0 ? 'the workstation' : counter.people.nameOf(staff);

/** Vectors of the newest decisions, as they were stored. */
function recentVectors(counter: Counter): Float32Array[] {
  return counter.risk.reads.newest(decisionsLooked).flatMap(({ seq }) => {
    const event = counter.ledger.event(seq);
    const record = event ? recordOf(event) : null;
    const item = record ? leadingItem(record) : null;
    const vector = item ? vectorOf(item.features) : null;
    return vector ? [vector] : [];
  });
}

/** Fewer decisions than this say nothing about drift. */
const driftLeast = 100;

function driftOf(counter: Counter, champion: ModelRow | null): RiskOverview['drift'] {
  if (!champion) return [];
  const vectors = recentVectors(counter);
  if (vectors.length < driftLeast) return [];
  return champion.data.deciles
    .map(([name, deciles]) => {
      const index = featureNames.indexOf(name);
      const now = vectors.map((vector) => vector[index] as number);
      const psi = driftFromDeciles(deciles.map(Number), now);
      return { name: featureWords(name), psi, state: driftState(psi) };
    })
    .sort((one, other) => other.psi - one.psi)
    .slice(0, 10);
}

function quantile(sorted: readonly number[], part: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
}

function alarmsOf(
  counter: Counter,
  drift: RiskOverview['drift'],
  named: readonly string[],
): string[] {
  const { reads, scorer } = counter.risk;
  const newest = reads.newest(100);
  const alone = newest.filter(({ why }) => /^(risk|model)-/.test(why)).length;
  const moved = drift.filter(({ state }) => state === 'act').map(({ name }) => name);
  return [
    ...(scorer && reads.champion() && !scorer.isAlive()
      ? ['The models’ thread is not running.']
      : []),
    ...(alone > 0
      ? [`${alone} of the newest ${newest.length} decisions went by the rules alone.`]
      : []),
    ...(moved.length > 0
      ? [`What the model sees has moved: ${moved.slice(0, 4).join(', ')}.`]
      : []),
    ...named.map((name) => `${name}’s verdicts stand out against the others’.`),
    ...reads
      .alarms(3)
      .map(({ at, message }) => `${instant(at).slice(0, 16).replace('T', ' ')} ${message}`),
  ];
}

function totals(counter: Counter) {
  const days = counter.risk.reads.days(daysShown);
  const sum = (of: (day: (typeof days)[number]) => number) =>
    days.reduce((total, day) => total + of(day), 0);
  const decisions = sum((day) => day.decisions);
  const per = (count: number) => (decisions === 0 ? 0 : (count * 1_000) / decisions);
  return {
    days: days.map((day) => ({ ...day, stopped: day.held })),
    stoppedPerThousand: per(sum((day) => day.held)),
    realPerThousand: per(sum((day) => day.real)),
  };
}

const points = (pairs: readonly (readonly [string, string])[] = []) =>
  pairs.map(([x, y]) => ({ x: Number(x), y: Number(y) }));

/** What the last trial of a proposal said, for the second person as well as the first. */
function testedOf(counter: Counter, { tested }: ProposalRow): string {
  const event = tested === null ? null : counter.ledger.event(tested);
  return (event?.data.result as { readonly sentence?: string } | undefined)?.sentence ?? '';
}

export function overviewOf(counter: Counter, lessons: Lessons, by: Person): RiskOverview {
  const { risk, ledger } = counter;
  const { reads, feed } = risk;
  const { postings, frauds } = feed.reader.counts();
  const step = ladderStep(postings, frauds);
  const models = reads.models();
  const newest = models[0] ?? null;
  const policy = risk.policy();
  const drift = driftOf(counter, reads.champion());
  const supervisors = (newest?.data.supervisors ?? []).map((each) => ({
    ...{ name: counter.people.nameOf(each.author), verdicts: each.verdicts },
    ...{ suspicious: each.suspicious, isNamed: each.isNamed },
  }));
  const named = supervisors.filter(({ isNamed }) => isNamed).map(({ name }) => name);
  const latencies = [...reads.latencies(1_000)].sort((one, other) => one - other);
  return {
    ladder: {
      step: step.step,
      name: step.name,
      sentence: step.sentence,
      attempts: postings,
      frauds,
    },
    ...{ policy, policyHash: policyHash(policy), isOn: reads.isOn() },
    proposals: reads
      .proposals()
      .slice(0, 8)
      .map((row) => ({
        ...{
          proposal: row.proposal,
          policy: readRiskPolicy(JSON.parse(row.body)),
          reason: row.reason,
        },
        ...{
          by: counter.people.nameOf(row.by),
          at: instant(row.at),
          isBackTested: row.tested !== null,
        },
        tested: testedOf(counter, row),
        against: againstActivation(row, by),
      })),
    worker: {
      isAlive: risk.scorer?.isAlive() ?? false,
      isWarm: feed.reader.position() >= ledger.head().seq - 1,
      training: lessons.progress(),
      trouble: reads.trouble(),
    },
    alarms: alarmsOf(counter, drift, named),
    models: models.slice(0, 8).map((row) => modelLineOf(counter, row, by)),
    ...totals(counter),
    latencyUs: {
      p50: quantile(latencies, 0.5),
      p99: quantile(latencies, 0.99),
      count: latencies.length,
    },
    precisionRecall: points(newest?.data.precisionRecall),
    reliability: points(newest?.data.reliability),
    importance: (newest?.data.importance ?? []).map(([name, share]) => ({
      name: featureWords(name),
      share: Number(share),
    })),
    ...{ drift, supervisors },
  };
}
