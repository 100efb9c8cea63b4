// Keeps the electronic journal: one line for each journal, with what took it back or stands in its place.
import type { Database } from 'better-sqlite3';
import type { StoredEvent } from '../events.ts';
import type { Projection } from '../projection.ts';

/** `reversal_of` is unique here too, because an exchange of notes has no legs the ledger could watch. */
const schema = `
CREATE TABLE entry (
  seq INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  date TEXT NOT NULL,
  actor INTEGER NOT NULL,
  kind TEXT NOT NULL,
  what TEXT NOT NULL,
  account TEXT NOT NULL,
  name TEXT NOT NULL,
  amount INTEGER NOT NULL,
  currency TEXT NOT NULL,
  till INTEGER,
  reversal_of INTEGER,
  correction_of INTEGER,
  reversed_by INTEGER,
  corrected_by INTEGER
) STRICT;
CREATE UNIQUE INDEX entry_reversed_once ON entry (reversal_of) WHERE reversal_of IS NOT NULL;
CREATE UNIQUE INDEX entry_corrected_once ON entry (correction_of) WHERE correction_of IS NOT NULL;
`;

/** The `entry` of any event with a journal: what a person reads of it. */
export interface EntryData {
  readonly kind: string;
  /** What it was, in words. */
  readonly what: string;
  /** Number and name of the account it is listed under. */
  readonly account: string;
  readonly name: string;
  readonly amountMinor: string;
  readonly currency: string;
  readonly valueDate: string;
  readonly narrative: string;
  readonly till: number | null;
  readonly customer: number | null;
  /** Who stood at the desk, in words, or null. */
  readonly conductor: string | null;
  readonly fees: readonly {
    readonly label: string;
    readonly amountMinor: string;
    readonly currency: string;
    readonly from: 'account' | 'cash';
  }[];
  readonly reversalOf: number | null;
  readonly correctionOf: number | null;
  /** Approval under which it was posted. */
  readonly approval: number | null;
}

export interface EntryRow {
  readonly journal: number;
  readonly at: number;
  readonly date: string;
  readonly actor: number;
  readonly kind: string;
  readonly what: string;
  readonly account: string;
  readonly name: string;
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly till: number | null;
  readonly reversalOf: number | null;
  readonly correctionOf: number | null;
  readonly reversedBy: number | null;
  readonly correctedBy: number | null;
}

export interface EntryReads {
  entry(seq: number): EntryRow | null;
  /** Entries numbered from `from` up to, not including, `before`; newest first. */
  page(from: number, before: number, count: number): readonly EntryRow[];
  countBetween(from: number, to: number): number;
}

interface Stored {
  readonly seq: bigint;
  readonly at: bigint;
  readonly date: string;
  readonly actor: bigint;
  readonly kind: string;
  readonly what: string;
  readonly account: string;
  readonly name: string;
  readonly amount: bigint;
  readonly currency: string;
  readonly till: bigint | null;
  readonly reversal_of: bigint | null;
  readonly correction_of: bigint | null;
  readonly reversed_by: bigint | null;
  readonly corrected_by: bigint | null;
}

const orNull = (value: bigint | null): number | null => (value === null ? null : Number(value));

function rowOf(stored: Stored): EntryRow {
  const { date, kind, what, account, name, amount: amountMinor, currency } = stored;
  return Object.freeze({
    journal: Number(stored.seq),
    at: Number(stored.at),
    ...{ date, actor: Number(stored.actor), kind, what, account, name, amountMinor, currency },
    till: orNull(stored.till),
    reversalOf: orNull(stored.reversal_of),
    correctionOf: orNull(stored.correction_of),
    reversedBy: orNull(stored.reversed_by),
    correctedBy: orNull(stored.corrected_by),
  });
}

export function createEntryReads(database: Database): EntryReads {
  const bySeq = database.prepare<[number], Stored>('SELECT * FROM entry WHERE seq = ?');
  const page = database.prepare<[number, number, number], Stored>(
    'SELECT * FROM entry WHERE seq >= ? AND seq < ? ORDER BY seq DESC LIMIT ?',
  );
  const count = database
    .prepare<[number, number], bigint>('SELECT count(*) FROM entry WHERE seq BETWEEN ? AND ?')
    .pluck();
  return Object.freeze({
    entry(seq: number) {
      const stored = bySeq.get(seq);
      return stored ? rowOf(stored) : null;
    },
    page: (from: number, before: number, most: number) => page.all(from, before, most).map(rowOf),
    countBetween: (from: number, to: number) => Number(count.get(from, to)),
  });
}

export const entryProjection: Projection = Object.freeze({
  name: 'entry',
  tables: ['entry'],
  schema,
  prepare(database: Database) {
    const insert = database.prepare(
      `INSERT INTO entry (seq, at, date, actor, kind, what, account, name, amount, currency, till,
       reversal_of, correction_of) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    const reversed = database.prepare('UPDATE entry SET reversed_by = ? WHERE seq = ?');
    const corrected = database.prepare('UPDATE entry SET corrected_by = ? WHERE seq = ?');
    return (event: StoredEvent) => {
      const entry = event.data.entry as EntryData | undefined;
      if (!entry) return;
      const { seq, at, date } = event;
      const { kind, what, account, name, currency, till, reversalOf, correctionOf } = entry;
      // What the workstation does by itself stands under number 0.
      const actor = event.actor === 'system' ? 0 : Number(event.actor);
      const head = [seq, at, date, actor, kind, what, account, name];
      insert.run(...head, BigInt(entry.amountMinor), currency, till, reversalOf, correctionOf);
      if (reversalOf !== null) reversed.run(seq, reversalOf);
      if (correctionOf !== null) corrected.run(seq, correctionOf);
    };
  },
});
