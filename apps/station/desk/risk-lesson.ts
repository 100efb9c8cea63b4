// Teaches challengers beside the counter: reads the cases, runs the lesson in a thread, records what came of it.
import { setImmediate as turn } from 'node:timers/promises';
import type { RiskPolicy } from '#contract/risk.ts';
import { Refusal } from '#station/bank/refusal.ts';
import type { Ledger } from '#station/ledger/ledger.ts';
import type { ModelData } from '#station/ledger/projections/risk.ts';
import { createFeatureReader } from '#station/risk/features/events.ts';
import { type LearnedFile, runLesson } from '#station/risk/learning/lesson-client.ts';
import { type CaseRow, createRowCollector } from '#station/risk/learning/rows.ts';
import type { RiskService } from './risk-service.ts';

export interface Lessons {
  /** Share done of the running lesson; null while none runs. */
  progress(): number | null;
  /** Begins a lesson asked for by the event; resolves when it is recorded. Never rejects. */
  begin(started: number): Promise<void>;
  /** Every case up to the log's head, read in slices. */
  cases(): Promise<readonly CaseRow[]>;
  close(): void;
}

export interface LessonParts {
  readonly ledger: Ledger;
  readonly risk: RiskService;
  readonly now: () => number;
  readonly isDemonstration: boolean;
  readonly nameOf: (staff: number) => string;
  readonly announce: () => void;
  readonly report: (where: string, error: unknown) => void;
}

const sliceEvents = 150;
/** Digits of a fraction in the log: enough for a plot. */
const digits = 6;

export function createLessons(parts: LessonParts): Lessons {
  const { ledger, risk, report } = parts;
  let running: { readonly stop: AbortController; done: number } | null = null;

  async function cases(): Promise<readonly CaseRow[]> {
    const collector = createRowCollector(createFeatureReader());
    const { seq } = ledger.head();
    for (let from = 1; from <= seq; from += sliceEvents) {
      for (const event of ledger.events(from, Math.min(seq, from + sliceEvents - 1))) {
        collector.take(event);
      }
      await turn();
    }
    return collector.rows();
  }

  async function run(started: number, work: NonNullable<typeof running>): Promise<void> {
    const rows = await cases();
    const policy: RiskPolicy = risk.policy();
    const champion = risk.reads.champion();
    const authors = rows.flatMap(({ verdicts, approved }) => [
      ...verdicts.map(({ author }) => author),
      ...(approved ? [approved.by] : []),
    ]);
    const asOf = Math.max(parts.now(), rows.at(-1)?.at ?? 0);
    const learned = await runLesson(
      {
        ...{ rows, asOf, quietDays: policy.quietDays, seed: started },
        budget: Math.max(0.001, policy.holdsPerThousand / 1_000),
        holdFrom: policy.holdBasisPoints / 10_000,
        champion: champion ? risk.models.file(champion.hash) : null,
        names: new Map([...new Set(authors)].map((author) => [author, parts.nameOf(author)])),
      },
      {
        signal: work.stop.signal,
        onProgress(done) {
          work.done = done;
        },
      },
    );
    if ('why' in learned) return record('risk.training-failed', { started, why: learned.why });
    risk.models.keep(learned.file);
    const { isDemonstration } = parts;
    return record('risk.challenger-trained', modelData(learned, { started, isDemonstration }));
  }

  function record(type: string, data: Readonly<Record<string, unknown>>): Promise<void> {
    return ledger.submit(() => void ledger.append({ type, actor: 'system', data }));
  }

  return Object.freeze({
    progress: () => running?.done ?? null,
    async begin(started: number) {
      const work = { stop: new AbortController(), done: 0 };
      running = work;
      try {
        await run(started, work);
      } catch (error) {
        if (error instanceof Refusal && error.reason === 'cancelled') return;
        const isRefusal = error instanceof Refusal;
        if (!isRefusal) report('risk lesson', error);
        const why = isRefusal
          ? error.message
          : 'The training went wrong; it was noted for support.';
        await record('risk.training-failed', { started, why }).catch((failure: unknown) =>
          report('risk lesson', failure),
        );
      } finally {
        running = null;
        parts.announce();
      }
    },
    cases,
    close: () => running?.stop.abort(),
  });
}

const text = (value: number) => String(Number(value.toFixed(digits)));
const pairs = (points: readonly (readonly [number, number])[]) =>
  points.map(([x, y]) => [text(x), text(y)] as const);

function modelData(
  learned: LearnedFile,
  of: { readonly started: number; readonly isDemonstration: boolean },
): ModelData & Readonly<Record<string, unknown>> {
  return {
    ...{ model: learned.hash, started: of.started, kind: learned.kind, step: learned.step.name },
    ...{ passed: learned.passed, isDemonstration: of.isDemonstration },
    gates: learned.gates.map((gate) => ({ ...gate })),
    card: [
      ...(of.isDemonstration
        ? [
            {
              label: 'Demonstration',
              text: 'taught with invented crimes: it says nothing about real customers',
            },
          ]
        : []),
      ...learned.card,
    ],
    precisionLow: text(learned.precisionLow),
    precisionRecall: pairs(learned.precisionRecall),
    reliability: pairs(learned.reliability),
    importance: learned.importance.map(([name, share]) => [name, text(share)] as const),
    deciles: learned.deciles.map(([name, edges]) => [name, edges.map(text)] as const),
    supervisors: learned.supervisors.map((each) => ({ ...each })),
  };
}
