// Posts journals: holds end, legs move balances, pieces move with cash, holds are placed, in this
// order.
import type { Database } from 'better-sqlite3';
import { createBalances } from './balance.ts';
import { createCashMover } from './cash.ts';
import type { JournalData, StoredEvent } from './events.ts';
import { createHolds } from './hold.ts';
import { createLegPoster } from './leg.ts';
import type { Standings } from './standing.ts';

/**
 * Returns what posts the journal of an event. Refuses what the schema refuses, as a sentence:
 * `insufficient-funds`, `below-limit`, `account-frozen` (dormant, closed, unknown),
 * `date-not-open`, `currency-differs`, `same-account`, `amount-out-of-range`,
 * `cash-does-not-add-up`, `pieces-missing`, `journal-unknown`, `already-reversed`,
 * `reversal-of-reversal`, `not-the-mirror`, `hold-resolved`.
 */
export function createPoster(
  database: Database,
  standings: Standings,
): (event: StoredEvent, journal: JournalData) => void {
  const balances = createBalances(database);
  const holds = createHolds(database, balances);
  const cash = createCashMover(database, balances);
  const postLegs = createLegPoster(database, balances, standings);
  return (event, journal) => {
    if (journal.holds) holds.resolve(event, journal.holds);
    const movesCash = journal.legs.length > 0 && postLegs(event, journal);
    if (journal.cash) cash.move(journal.cash);
    if (journal.holds) holds.place(event, journal.holds);
    if (movesCash || journal.cash) cash.prove(journal);
  };
}
