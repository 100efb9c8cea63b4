// Collects the rows models learn from while the log is read: what was seen then, and what was said of it later.
import type { Attempt } from '../features/attempt.ts';
import type { FeatureReader, LoggedEvent } from '../features/events.ts';

/** Somebody's word on a case. */
export interface Verdict {
  readonly author: number;
  readonly at: number;
  readonly verdict: 'fraud' | 'legitimate' | 'unsure';
  /** 0 to 1; 0 where it may not teach. */
  readonly weight: number;
}

export interface CaseRow {
  /** The event that carried the attempt. */
  readonly subject: number;
  readonly at: number;
  readonly attempt: Attempt;
  readonly vector: Float32Array;
  /** True where the rules asked for a second person. */
  readonly isParked: boolean;
  readonly verdicts: readonly Verdict[];
  /** Who approved it, and when; null where nobody was asked or it was declined. */
  readonly approved: { readonly by: number; readonly at: number } | null;
  readonly isDeclined: boolean;
  readonly isReversed: boolean;
  /** Name of the story in a demonstration; '' elsewhere. */
  readonly typology: string;
}

type Open = { -readonly [K in keyof CaseRow]: CaseRow[K] };

export interface RowCollector {
  /** Takes the event in, the attempt first, then its effect on the features. */
  take(event: LoggedEvent): void;
  rows(): readonly CaseRow[];
}

/** Reads the log once more from its first event; `reader` is a fresh one of its own. */
export function createRowCollector(reader: FeatureReader): RowCollector {
  const rows: Open[] = [];
  const bySubject = new Map<number, Open>();
  const of = (subject: unknown): Open | undefined => bySubject.get(subject as number);

  function add(event: LoggedEvent): void {
    for (const attempt of reader.attemptsOf(event)) {
      const row: Open = {
        ...{ subject: event.seq, at: event.at, attempt, vector: reader.engine.vector(attempt) },
        ...{ isParked: event.type === 'approval.requested', verdicts: [], approved: null },
        ...{ isDeclined: false, isReversed: false, typology: '' },
      };
      rows.push(row);
      bySubject.set(event.seq, row);
    }
  }

  function judge(row: Open | undefined, verdict: Verdict): void {
    if (row) row.verdicts = [...row.verdicts, verdict];
  }

  function note(event: LoggedEvent): void {
    const { data, type, at } = event;
    const author = Number(event.actor);
    const resumed = of(data.resumes);
    if (resumed) bySubject.set(event.seq, resumed);
    const entry = data.entry as { readonly reversalOf?: number | null } | undefined;
    const reversed = of(entry?.reversalOf);
    if (reversed) reversed.isReversed = true;
    if (type === 'approval.decided') {
      const row = of(data.approval);
      if (row && data.decision === 'approve') row.approved = { by: author, at };
      if (row && data.decision === 'decline') row.isDeclined = true;
    }
    if (type === 'risk.verdict-recorded') {
      const { subject, verdict, weight } = data as unknown as {
        readonly subject: number;
        readonly verdict: Verdict['verdict'];
        readonly weight: number;
      };
      judge(of(subject), { author, at, verdict, weight: weight / 100 });
    }
    if (type === 'typology.labelled') {
      for (const journal of data.journals as readonly number[]) {
        const row = of(journal);
        if (row) row.typology = String(data.typology);
        judge(row, { author: 0, at, verdict: 'fraud', weight: 1 });
      }
    }
  }

  return Object.freeze({
    take(event: LoggedEvent) {
      add(event);
      note(event);
      reader.apply(event);
    },
    rows: () => rows,
  });
}
