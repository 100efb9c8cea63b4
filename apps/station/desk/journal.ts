// Handles the electronic journal: listed by day and till, and each entry with its legs, notes and proof.
import type { Checked } from '#contract/index.ts';
import type { JournalLine, JournalView } from '#contract/journals.ts';
import { formatAmount } from '#contract/money.ts';
import { refuseUnless } from '#station/bank/refusal.ts';
import type { JournalData, StoredEvent } from '#station/ledger/events.ts';
import type { DecisionData } from '#station/ledger/projections/approval.ts';
import type { EntryData, EntryRow } from '#station/ledger/projections/entry.ts';
import { type Counter, hasRole, instant } from './counter.ts';
import type { Asker, Handlers, Person } from './desk.ts';
import { receiptCodeOf } from './receipt-proof.ts';

type JournalHandlers = Pick<Handlers, 'journal.list' | 'journal.get'>;

/** Entries read at once while looking for those that fit. */
const pageSize = 500;

export function journalHandlers(counter: Counter): JournalHandlers {
  return Object.freeze({
    'journal.list': (input: Checked<'journal.list'>, { person }: Asker) => {
      refuseUnless(person, 'not-signed-in', 'Nobody is signed in at this window.');
      const rows = findEntries(counter, input, person);
      return {
        lines: rows.slice(0, input.count).map((row) => journalLine(counter, row)),
        more: rows.length > input.count,
      };
    },
    'journal.get': ({ journal }: Checked<'journal.get'>) => journalView(counter, journal),
  });
}

/** First and last event of a business date; of the newest one where none is named. */
function rangeOf(counter: Counter, date: string | undefined): readonly [number, number] {
  const day = date === undefined ? counter.days.latest() : counter.days.day(date);
  if (!day) return [1, 0];
  return [day.opened, day.close?.seq ?? Number.MAX_SAFE_INTEGER - 1];
}

/** Up to one more than asked for, newest first. A teller sees the own entries only. */
function findEntries(
  counter: Counter,
  { date, till, text, before, count }: Checked<'journal.list'>,
  person: Person,
): readonly EntryRow[] {
  const [from, to] = rangeOf(counter, date);
  const seesAll = hasRole(person, 'supervisor', 'compliance', 'auditor');
  const wanted = text.toLowerCase();
  const found: EntryRow[] = [];
  let next = Math.min(before ?? to + 1, to + 1);
  while (found.length <= count) {
    const page = counter.entries.page(from, next, pageSize);
    for (const row of page) {
      const fits =
        (seesAll || row.actor === person.id) &&
        (till === undefined || row.till === till) &&
        (wanted === '' || searchText(counter, row).includes(wanted));
      if (fits) found.push(row);
    }
    const last = page.at(-1);
    if (!last || page.length < pageSize) break;
    next = last.journal;
  }
  return found.slice(0, count + 1);
}

/** Everything a teller may type to find an entry again. */
function searchText(counter: Counter, row: EntryRow): string {
  const { journal, what, account, name, amountMinor, currency, kind, till } = row;
  const amount = formatAmount(amountMinor, currency);
  const place = till === null ? '' : (counter.tills.till(till)?.name ?? '');
  const by = counter.people.nameOf(row.actor);
  return `${journal} ${kind} ${what} ${account} ${name} ${amount} ${amount.replaceAll(',', '')} ${currency} ${place} ${by}`.toLowerCase();
}

function stateOf(row: EntryRow): JournalLine['state'] {
  if (row.reversedBy !== null) return 'reversed';
  if (row.reversalOf !== null) return 'reversal';
  return row.correctionOf === null ? 'posted' : 'correction';
}

export function journalLine(counter: Counter, row: EntryRow): JournalLine {
  const { journal, at, date, kind, what, account, name, amountMinor, currency, till } = row;
  return {
    ...{ journal, at: instant(at), date, kind, what, account, name, currency },
    amountMinor: String(amountMinor),
    state: stateOf(row),
    by: row.actor === 0 ? 'the workstation' : counter.people.nameOf(row.actor),
    till: till === null ? null : (counter.tills.till(till)?.name ?? null),
  };
}

export interface Found {
  readonly event: StoredEvent;
  readonly row: EntryRow;
  readonly entry: EntryData;
  readonly journal: JournalData;
}

/** The entry with this number; refuses a number that is no journal. */
export function findJournal(counter: Counter, journal: number): Found {
  const row = counter.entries.entry(journal);
  const found = counter.ledger.journal(journal);
  refuseUnless(row && found, 'journal-unknown', `There is no journal ${journal}.`, 'journal');
  const entry = found.event.data.entry as unknown as EntryData;
  return { event: found.event, row, entry, journal: found.journal };
}

function legsOf(counter: Counter, journal: JournalData): JournalView['legs'] {
  const named = (id: number) => {
    const account = counter.ledger.account(id);
    return { number: account?.number ?? String(id), name: account?.name ?? '' };
  };
  return journal.legs.map(({ debit: from, credit: to, amountMinor, currency, label = '' }) => {
    const debit = named(from);
    const credit = named(to);
    return {
      ...{ debit: debit.number, debitName: debit.name },
      ...{ credit: credit.number, creditName: credit.name },
      ...{ amountMinor, currency, label },
    };
  });
}

function cashOf(counter: Counter, journal: JournalData): JournalView['cash'] {
  return (journal.cash ?? []).flatMap(({ account, pieces }) => {
    const moved = Object.entries(pieces).some(([, count]) => count !== 0);
    if (!moved) return [];
    const place = counter.tills.ofAccount(account);
    const till = place ? counter.tills.till(place.till) : null;
    const found = counter.ledger.account(account);
    const name = till?.name ?? found?.name ?? '';
    return [{ till: name, currency: found?.currency ?? '', pieces: { ...pieces } }];
  });
}

function approvalOf(counter: Counter, approval: number | null): JournalView['approval'] {
  const row = approval === null ? null : counter.approvals.approval(approval);
  const event = row?.decided == null ? null : counter.ledger.event(row.decided);
  if (!row || !event) return null;
  const { comment } = event.data as unknown as DecisionData;
  const by = counter.people.nameOf(Number(event.actor));
  return { approval: row.approval, by, at: instant(event.at), comment };
}

export function journalView(counter: Counter, number: number): JournalView {
  const { row, entry, journal } = findJournal(counter, number);
  return {
    ...journalLine(counter, row),
    valueDate: entry.valueDate,
    narrative: entry.narrative,
    conductor: entry.conductor,
    legs: legsOf(counter, journal),
    cash: cashOf(counter, journal),
    reversalOf: row.reversalOf,
    reversedBy: row.reversedBy,
    correctedBy: row.correctedBy,
    approval: approvalOf(counter, entry.approval),
    receiptCode: receiptCodeOf(counter.ledger, number) ?? '',
    hash: counter.ledger.hashOf(number) ?? '',
  };
}
