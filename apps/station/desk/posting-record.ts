// Writes prepared journals down as events: money, notes, the journal's line, and what persons' cash adds up to.
import type { Facts } from '#station/bank/facts.ts';
import type { Prepared, PreparedJournal } from '#station/bank/prepared.ts';
import { journalRecord } from '#station/bank/preview.ts';
import type { HoldsData, StateData } from '#station/ledger/events.ts';
import type { ActivityData, ForgetData } from '#station/ledger/projections/activity.ts';
import type { EntryData } from '#station/ledger/projections/entry.ts';
import type { Counter } from './counter.ts';
import type { FollowingEvent } from './desk.ts';

/** Under which approval it is posted, and what becomes of the money set aside for it. */
export interface Carried {
  readonly approval: number;
  readonly holds: HoldsData;
}

function entryData(
  journal: PreparedJournal,
  at: { readonly facts: Facts; readonly approval: number | null },
): EntryData {
  const { conductor, account: number } = journal;
  const touched = journal.legs.flatMap(({ debit, credit }) => [debit, credit]);
  const account = touched.find((each) => each.number === number);
  return {
    kind: journal.kind,
    what: journal.title,
    account: number,
    name: account?.name ?? '',
    amountMinor: String(journal.amountMinor),
    currency: journal.currency,
    valueDate: journal.valueDate,
    narrative: journal.narrative,
    till: at.facts.till?.till ?? null,
    customer: journal.customer,
    conductor: conductorText(conductor),
    fees: journal.fees.map((fee) => ({ ...fee, amountMinor: String(fee.amountMinor) })),
    reversalOf: journal.reversalOf,
    correctionOf: journal.correctionOf,
    approval: at.approval,
  };
}

function conductorText(conductor: PreparedJournal['conductor']): string | null {
  if (!conductor) return null;
  if (conductor.kind === 'customer') return `${conductor.name} (customer ${conductor.customer})`;
  return `${conductor.name} (document ${conductor.document})`;
}

/** Wakes what slept; lets a credit into a frozen account and leaves it frozen. */
function statesOf(journal: PreparedJournal): readonly StateData[] {
  const frozen = new Set(
    journal.legs
      .flatMap(({ debit, credit }) => [debit, credit])
      .filter((account) => account.state === 'frozen')
      .map((account) => account.id),
  );
  return [
    ...[...journal.wakes, ...frozen].map((account) => ({ account, state: 'open' as const })),
    ...[...frozen].map((account) => ({ account, state: 'frozen' as const })),
  ];
}

/** Customers' accounts the journal moved at their wish; a reversal is nobody's wish. */
function movedOf(journal: PreparedJournal): readonly number[] {
  if (journal.reversalOf !== null) return [];
  const touched = journal.legs.flatMap(({ debit, credit }) => [debit, credit]);
  const customers = touched.filter((account) => account.owners.length > 0);
  return [...new Set(customers.map((account) => account.id))];
}

function activityData(journal: PreparedJournal): readonly ActivityData[] {
  return journal.activity.map((item) => ({
    ...item,
    persons: [...item.persons],
    amountMinor: String(item.amountMinor),
  }));
}

/** Whose cash the journal taken back no longer is. */
function forgetOf(counter: Counter, reversalOf: number | null): ForgetData | null {
  const event = reversalOf === null ? null : counter.ledger.event(reversalOf);
  const activity = (event?.data.activity ?? []) as unknown as readonly ActivityData[];
  const persons = [...new Set(activity.flatMap((item) => item.persons))];
  if (!event || persons.length === 0) return null;
  return { journal: event.seq, date: event.date, persons };
}

/** One event a journal, in order. The first one ends the holds and the approval it was waiting under. */
export function postingEvents(
  counter: Counter,
  judged: { readonly prepared: Prepared; readonly facts: Facts },
  carried: Carried | null,
): readonly FollowingEvent[] {
  const { prepared, facts } = judged;
  const till = facts.till?.till ?? null;
  return prepared.journals.map((journal, index) => {
    const states = statesOf(journal);
    const forgets = forgetOf(counter, journal.reversalOf);
    const isFirst = index === 0;
    return {
      type: 'journal.posted',
      data: {
        journal: {
          ...journalRecord(journal, till),
          ...(carried && isFirst ? { holds: carried.holds } : {}),
        },
        entry: entryData(journal, { facts, approval: carried?.approval ?? null }),
        activity: activityData(journal),
        moved: movedOf(journal),
        ...(states.length === 0 ? {} : { states }),
        ...(forgets ? { forgets } : {}),
        ...(carried && isFirst ? { resumes: carried.approval } : {}),
      },
    };
  });
}
