// Reads journals back, and builds the data that takes one back.
import type { Database } from 'better-sqlite3';
import { idOf, type JournalData, journalOf, type LedgerParts, type StoredEvent } from './events.ts';
import { createLogReader, type LogReader } from './log.ts';

export interface Journal {
  readonly event: StoredEvent;
  readonly journal: JournalData;
  /** Journal that took this one back, or null. */
  readonly reversedBy: number | null;
}

export interface Journals {
  /** The journal with this number, or null when the event is none or there is no such event. */
  journal(seq: number): Journal | null;
  /** Number of the journal that took this one back, or null. */
  reversedBy(seq: number): number | null;
}

export function createJournals(
  database: Database,
  log: LogReader = createLogReader(database),
): Journals {
  const reversal = database
    .prepare<[bigint], bigint>('SELECT id FROM leg WHERE reverses = ?')
    .pluck();
  const last = database
    .prepare<[bigint], bigint>('SELECT coalesce(journal_end, id) FROM leg WHERE id = ?')
    .pluck();
  const reversedBy = (seq: number): number | null => {
    // The reversal's first leg takes back this journal's last.
    const end = last.get(BigInt(idOf(seq, 0))) as bigint | undefined;
    const id = end === undefined ? undefined : (reversal.get(end) as bigint | undefined);
    return id === undefined ? null : journalOf(Number(id));
  };
  return {
    reversedBy,
    journal(seq) {
      const event = log.event(seq);
      const journal = (event?.data as LedgerParts | undefined)?.journal;
      return event && journal ? { event, journal, reversedBy: reversedBy(seq) } : null;
    },
  };
}
