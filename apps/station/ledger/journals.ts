// Reads journals back, and builds the data that takes one back.
import type { Database } from 'better-sqlite3';
import { refuseUnless } from '#station/bank/refusal.ts';
import {
  type CashData,
  idOf,
  type JournalData,
  journalOf,
  type LedgerParts,
  type LegData,
  type StoredEvent,
} from './events.ts';
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

/** How a reversal differs from a plain mirror. */
export interface ReversalOptions {
  readonly narrative?: string;
  readonly till?: number;
  /** Other notes than the original's, of the same value; the schema checks the value. */
  readonly cash?: readonly CashData[];
}

/**
 * The journal that takes `seq` back: legs turned round from the last to the first, pieces returned. Refuses
 * `journal-without-legs` (an exchange of notes is taken back by the opposite exchange).
 */
export function reversalOf(
  seq: number,
  original: JournalData,
  options: ReversalOptions = {},
): JournalData {
  refuseUnless(
    original.legs.length > 0,
    'journal-without-legs',
    `Journal ${seq} moved no money between accounts; post its opposite instead.`,
  );
  const cash = options.cash ?? original.cash?.map(turnedRound);
  const { narrative, till } = options;
  return {
    kind: 'journal.reversal',
    legs: original.legs.map(mirrored).reverse(),
    reversalOf: seq,
    ...(cash ? { cash } : {}),
    ...(original.customer === undefined ? {} : { customer: original.customer }),
    ...(narrative === undefined ? {} : { narrative }),
    ...(till === undefined ? {} : { till }),
  };
}

function mirrored(leg: LegData): LegData {
  return { ...leg, debit: leg.credit, credit: leg.debit };
}

function turnedRound({ account, pieces }: CashData): CashData {
  const back = Object.entries(pieces).map(([face, count]) => [face, count === 0 ? 0 : -count]);
  return { account, pieces: Object.fromEntries(back) };
}
