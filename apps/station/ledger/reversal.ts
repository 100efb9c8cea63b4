// Finds what a reversal takes back, and builds the journal that does it.
import type { Database } from 'better-sqlite3';
import { refuseUnless } from '#station/bank/refusal.ts';
import { type CashData, idOf, type JournalData, journalOf, type LegData } from './events.ts';

/**
 * Returns what finds the last leg of the journal to take back. Refuses `journal-unknown`,
 * `reversal-of-reversal` and `already-reversed`.
 */
export function createOriginals(database: Database): (journal: number, legs: number) => number {
  const first = database.prepare<[number], { reverses: bigint | null }>(
    'SELECT reverses FROM leg WHERE id = ?',
  );
  const reversal = database
    .prepare<[number], bigint>('SELECT id FROM leg WHERE reverses = ?')
    .pluck();
  return (journal, legs) => {
    const id = idOf(journal, 0);
    const found = first.get(id);
    refuseUnless(
      found,
      'journal-unknown',
      `There is no journal ${journal} with legs to take back.`,
    );
    refuseUnless(
      found.reverses === null,
      'reversal-of-reversal',
      `Journal ${journal} is itself a reversal; post the right entry anew instead.`,
    );
    const by = reversal.get(id) as bigint | undefined;
    refuseUnless(
      by === undefined,
      'already-reversed',
      `Journal ${journal} was reversed already, by journal ${journalOf(Number(by ?? 0n))}.`,
    );
    return id + legs - 1;
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
 * The journal that takes `seq` back: legs turned round from the last to the first, pieces returned.
 * Refuses `journal-without-legs` (an exchange of notes is taken back by the opposite exchange).
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
