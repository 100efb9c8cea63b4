// Gives the detective its evidence: what went through the till since it was opened, and other tills' differences.
import { noPieces, valueMinor } from '#station/bank/denominations.ts';
import { type DetectiveItem, suspectedCauses } from '#station/bank/detective.ts';
import type { JournalData } from '#station/ledger/events.ts';
import type { EntryRow } from '#station/ledger/projections/entry.ts';
import type { CountLine, TillRow } from '#station/ledger/projections/till.ts';
import type { Counter } from './counter.ts';
import { type Causes, differenceMinor } from './till-count.ts';

/** Entries looked at; a busy teller's day is a few hundred. */
const entriesMost = 2_000;

const servesCustomers: readonly string[] = ['cash.deposit', 'cash.withdrawal', 'transfer'];

function itemOf(counter: Counter, row: EntryRow, purse: number | undefined): DetectiveItem {
  const journal = counter.ledger.event(row.journal)?.data.journal as JournalData | undefined;
  const pieces = journal?.cash?.find((each) => each.account === purse)?.pieces ?? noPieces;
  const value = valueMinor(pieces);
  const direction = value > 0n ? 'in' : value < 0n ? 'out' : 'none';
  const amountMinor = value === 0n ? row.amountMinor : value < 0n ? -value : value;
  return { journal: row.journal, direction, amountMinor, pieces, account: row.account };
}

function itemsOf(counter: Counter, till: TillRow, currency: string): readonly DetectiveItem[] {
  const from = till.opened ?? counter.days.latest()?.opened ?? 1;
  const purse = till.purses.find((each) => each.currency === currency)?.account;
  return counter.entries
    .page(from, Number.MAX_SAFE_INTEGER, entriesMost)
    .filter(
      (row) =>
        row.till === till.till &&
        row.currency === currency &&
        row.reversedBy === null &&
        servesCustomers.includes(row.kind),
    )
    .map((row) => itemOf(counter, row, purse))
    .reverse();
}

/** Differences found today at the last count of each other till. */
function otherTills(counter: Counter, till: TillRow, currency: string) {
  const from = counter.days.latest()?.opened ?? 1;
  const last = new Map<number, bigint>();
  for (const count of counter.tills.countsBetween(from, Number.MAX_SAFE_INTEGER)) {
    const line = count.lines.find((each) => each.currency === currency);
    if (line && count.till !== till.till) last.set(count.till, differenceMinor(line));
  }
  return [...last]
    .filter(([, difference]) => difference !== 0n)
    .map(([id, difference]) => ({
      name: counter.tills.till(id)?.name ?? `till ${id}`,
      differenceMinor: difference,
    }));
}

/** The likely causes of one currency's difference, most likely first. */
export function causesOf(counter: Counter, till: TillRow, line: CountLine): Causes {
  const { currency, expected, counted } = line;
  return suspectedCauses({
    ...{ currency, expected, counted },
    items: itemsOf(counter, till, currency),
    otherTills: otherTills(counter, till, currency),
  }).map((cause) => ({ ...cause }));
}
