// Says what a till should buy before it runs out, from what its customers brought and took in the last days.
import type { Checked, Output } from '#contract/index.ts';
import { type CashFlow, proposeRestock } from '#station/bank/cash-need.ts';
import { addPieces, noPieces, type Pieces } from '#station/bank/denominations.ts';
import { refuseUnless } from '#station/bank/refusal.ts';
import type { JournalData } from '#station/ledger/events.ts';
import type { EntryRow } from '#station/ledger/projections/entry.ts';
import type { TillRow } from '#station/ledger/projections/till.ts';
import type { Counter } from './counter.ts';
import type { QueryHandler } from './desk.ts';
import { ownTill, requireState } from './till-access.ts';

/** Entries looked at, newest first: some two days of a branch of four tills. */
const entriesMost = 1_000;

const serves: readonly string[] = ['cash.deposit', 'cash.withdrawal', 'cash.exchange', 'transfer'];

/** The share of a vector of pieces that moves one way, as positive numbers. */
function moving(pieces: Pieces, sign: 1 | -1): Pieces {
  const moved = Object.entries(pieces).filter(([, count]) => count * sign > 0);
  return Object.fromEntries(moved.map(([face, count]) => [face, count * sign]));
}

function cashOf(counter: Counter, row: EntryRow, account: number): Pieces {
  const journal = counter.ledger.event(row.journal)?.data.journal as JournalData | undefined;
  return journal?.cash?.find((each) => each.account === account)?.pieces ?? noPieces;
}

function flowOf(counter: Counter, rows: readonly EntryRow[], account: number): CashFlow {
  let flow: CashFlow = { customers: rows.length, paid: noPieces, taken: noPieces };
  for (const row of rows) {
    const pieces = cashOf(counter, row, account);
    flow = {
      ...flow,
      paid: addPieces(flow.paid, moving(pieces, -1)),
      taken: addPieces(flow.taken, moving(pieces, 1)),
    };
  }
  return flow;
}

/** Customers of the busiest of the days the rows are of: what a whole day may bring. */
function dayCustomers(rows: readonly EntryRow[]): number {
  const days = new Map<string, number>();
  for (const { date } of rows) days.set(date, (days.get(date) ?? 0) + 1);
  return Math.max(0, ...days.values());
}

function needsOf(counter: Counter, till: TillRow): Output<'till.need'>['needs'] {
  const rows = counter.entries
    .page(1, Number.MAX_SAFE_INTEGER, entriesMost)
    .filter((row) => row.till === till.till && serves.includes(row.kind));
  const customers = dayCustomers(rows);
  return till.purses.flatMap(({ currency, account }) => {
    const stock = counter.ledger.pieces(account);
    const flow = flowOf(counter, rows, account);
    const denominations = proposeRestock({ stock, currency }, flow, customers);
    return denominations ? [{ currency, denominations: { ...denominations }, customers }] : [];
  });
}

/** Answers the till's own teller only, and not while they count it: the need tells what is there. */
export function tillNeedHandler(counter: Counter): QueryHandler<'till.need'> {
  return ({ till: id }: Checked<'till.need'>, { window, person }) => {
    refuseUnless(person, 'not-signed-in', 'Nobody is signed in at this window.');
    const till = ownTill(counter, id, { window, person });
    requireState(till, 'open', 'paused');
    return { needs: needsOf(counter, till) };
  };
}
