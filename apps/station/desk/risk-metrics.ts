// Says how the models stand in the plain text that monitoring reads (Prometheus, text format 0.0.4).

import { ladderStep } from '#station/risk/learning/ladder.ts';
import type { Counter } from './counter.ts';

interface Metric {
  readonly name: string;
  readonly help: string;
  readonly type: 'counter' | 'gauge';
  readonly values: readonly (readonly [labels: string, value: number])[];
}

const quantiles = [0.5, 0.9, 0.99] as const;

function text({ name, help, type, values }: Metric): string {
  const lines = values.map(([labels, value]) => `${name}${labels} ${value}`);
  return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...lines].join('\n');
}

/** Days whose decisions are counted; the log holds all of them. */
const daysCounted = 400;

/** One text for the whole branch; holds figures and hashes, no customers. */
export function riskMetrics(counter: Counter): string {
  const { reads, scorer, feed } = counter.risk;
  const days = reads.days(daysCounted);
  const sum = (of: (day: (typeof days)[number]) => number) =>
    days.reduce((total, day) => total + of(day), 0);
  const latencies = [...reads.latencies(1_000)].sort((one, other) => one - other);
  const at = (part: number) =>
    (latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * part))] ?? 0) / 1e6;
  const { postings, frauds } = feed.reader.counts();
  const champion = reads.champion();
  const metrics: Metric[] = [
    {
      ...{ name: 'teller_risk_decisions_total', type: 'counter' },
      help: 'Postings judged, by what came of it.',
      values: [
        ['{decision="all"}', sum((day) => day.decisions)],
        ['{decision="rules-alone"}', sum((day) => day.alone)],
        ['{decision="ask"}', sum((day) => day.asked)],
        ['{decision="hold"}', sum((day) => day.held)],
        ['{decision="hold-real"}', sum((day) => day.real)],
      ],
    },
    {
      ...{ name: 'teller_risk_decision_seconds', type: 'gauge' },
      help: 'Time of the newest 1,000 decisions.',
      values: quantiles.map((part) => [`{quantile="${part}"}`, at(part)] as const),
    },
    {
      ...{ name: 'teller_risk_worker_up', type: 'gauge' },
      help: 'Whether the thread of the models runs.',
      values: [['', scorer?.isAlive() ? 1 : 0]],
    },
    {
      ...{ name: 'teller_risk_on', type: 'gauge' },
      help: 'Whether the models are switched on.',
      values: [['', reads.isOn() ? 1 : 0]],
    },
    {
      ...{ name: 'teller_risk_champion', type: 'gauge' },
      help: 'The model in force.',
      values: champion ? [[`{model="${champion.hash}",kind="${champion.data.kind}"}`, 1]] : [],
    },
    {
      ...{ name: 'teller_risk_ladder_step', type: 'gauge' },
      help: 'How far the evidence carries, from 0 (rules alone) to 3.',
      values: [['', ladderStep(postings, frauds).step]],
    },
  ];
  return `${metrics.map(text).join('\n')}\n`;
}
