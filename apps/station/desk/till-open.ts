// Opens a till on a blind count: what differs from its last count is booked, a large difference by two.
import { canonicalText } from '#station/bank/canonical.ts';
import { refuseUnless } from '#station/bank/refusal.ts';
import type { ApprovalRow } from '#station/ledger/projections/approval.ts';
import type { CountData, CountLine, TillRow } from '#station/ledger/projections/till.ts';
import { park } from './approval-park.ts';
import { type Counter, openDate } from './counter.ts';
import type { KeyedHandler, Moment, Recorded, SignedIn } from './desk.ts';
import { findTill, requireState } from './till-access.ts';
import { countedText } from './till-blind.ts';
import { causesOf } from './till-causes.ts';
import { tillAccounts } from './till-chart.ts';
import {
  type Counts,
  compareCounts,
  countResult,
  differenceJournal,
  differenceSentence,
  isTolerated,
  readCounts,
  suspense,
} from './till-count.ts';
import { differenceEntry } from './till-difference.ts';

interface Opening {
  readonly till: TillRow;
  readonly lines: readonly CountLine[];
  readonly date: string;
}

const differenceRule = 'till-difference';
const knowingRule = 'till-counted-knowing';

/** Requests looked through for earlier counts of a day: more differences than a branch has. */
const requestsMost = 500;

/**
 * The newest earlier request of the day to open this till, whose card told what should be in it; null
 * where there is none or the till is expected to hold something else by now. A count made after it is
 * not blind, whatever it comes to.
 */
function toldBy(counter: Counter, { till, lines, date }: Opening, seq: number): ApprovalRow | null {
  const expected = new Map(lines.map((line) => [line.currency, line.expectedMinor]));
  const isSame = ({ content }: ApprovalRow): boolean =>
    (JSON.parse(content) as { counts: readonly CountLine[] }).counts.every(
      (line) => expected.get(line.currency) === line.expectedMinor,
    );
  const requests = counter.approvals.similar(differenceRule, seq, requestsMost);
  return (
    requests.find(
      (each) =>
        each.task === 'till.open' && each.till === till.till && each.date === date && isSame(each),
    ) ?? null
  );
}

interface At {
  readonly asker: SignedIn;
  readonly moment: Moment;
}

/** The till and what was found in it; refuses one that is open, and a teller who has another. */
function openingOf(counter: Counter, asked: { till: number; counts: Counts }, at: At): Opening {
  const date = openDate(at.moment);
  const till = findTill(counter, asked.till);
  refuseUnless(till.kind === 'till', 'till-is-vault', 'The vault opens with the day.', 'till');
  requireState(till, 'closed');
  const other = counter.tills.ofTeller(at.asker.person.id);
  refuseUnless(
    !other,
    'till-open-already',
    `You have ${other?.name} open: close it before you open another.`,
    'till',
  );
  const counted = readCounts(asked.counts, till);
  return { till, lines: compareCounts(counter.ledger, till.purses, counted), date };
}

function opened(counter: Counter, opening: Opening, at: At, approved: ApprovalRow | null) {
  const approval = approved?.approval ?? null;
  const blind = !approved?.reasons.some(({ rule }) => rule === knowingRule);
  const { till, lines, date } = opening;
  const missing = till.currencies.filter(
    (currency) => !till.purses.some((purse) => purse.currency === currency),
  );
  const { accounts, added } = tillAccounts(till, missing, counter.ledger.nextAccountId());
  const purses = [...till.purses, ...added];
  const by = at.asker.person.id;
  const count: CountData = {
    ...{ till: till.till, purpose: 'open', by, second: null, blind, lines },
  };
  const counted = { lines, purses };
  const journal = differenceJournal(counter.ledger, counted, suspense(till.till), accounts);
  const entry = { ...differenceEntry(till, lines, date), approval };
  const data = {
    till: till.till,
    count,
    ...(approval === null ? {} : { resumes: approval }),
    ...(accounts.length === 0 ? {} : { accounts, purses: { till: till.till, added } }),
    ...(journal ? { journal, entry } : {}),
  };
  return { type: 'till.opened', data, isBooked: journal !== null };
}

/** What a supervisor agrees to: this till, this person, these notes, these differences. */
function openContent({ till, lines, date }: Opening, maker: number): string {
  const counts = lines.map(({ currency, expectedMinor, counted }) => ({
    ...{ currency, expectedMinor, denominations: counted },
  }));
  return canonicalText({ version: 1, task: 'till.open', date, maker, till: till.till, counts });
}

export function tillOpenHandler(counter: Counter): KeyedHandler<'till.open'> {
  return {
    record({ till: id, counts }, asker, moment) {
      const opening = openingOf(counter, { till: id, counts }, { asker, moment });
      const { till, lines } = opening;
      const waits = counter.approvals
        .open()
        .some((each) => each.task === 'till.open' && each.till === id);
      refuseUnless(
        !waits,
        'open-waiting',
        `An opening of ${till.name} waits for a supervisor already: take that request back first.`,
        'till',
      );
      const isTolerable = isTolerated(lines, counter.policies.inForce().differenceTolerances);
      const told = toldBy(counter, opening, moment.seq);
      if (!isTolerable || told) {
        return askSupervisor(counter, opening, { asker, moment, isTolerable, told });
      }
      const { type, data } = opened(counter, opening, { asker, moment }, null);
      const seen = { till: id, seq: moment.seq, lines, disclosed: true };
      const result = countResult(seen, (line) => causesOf(counter, till, line));
      return {
        ...{ type, data, result: { state: 'open' as const, ...result } },
        topics: ['till', 'journal', 'session', 'day'],
      };
    },
  };
}

interface Asked extends At {
  readonly isTolerable: boolean;
  readonly told: ApprovalRow | null;
}

function askSupervisor(counter: Counter, opening: Opening, at: Asked) {
  const { till, lines, date } = opening;
  const sentence = differenceSentence(lines);
  const { amountMinor, currency } = differenceEntry(till, lines, date);
  const reason = (rule: string, message: string) => ({ rule, version: 1, message });
  const differs = `${till.name} is ${sentence} against its last count, more than the tolerance`;
  const before = at.told ? `; asked before: ${at.told.what}` : '';
  const knows = `${till.name} was counted again after its figures were known${before}`;
  return park(
    counter,
    {
      ...{ task: 'till.open', what: `Open ${till.name}, ${sentence}`, till: till.till },
      ...{ account: '', name: till.name, customer: null, draft: null, legs: [], balances: [] },
      ...{ amountMinor, currency },
      reasons: [
        ...(at.isTolerable ? [] : [reason(differenceRule, differs)]),
        ...(at.told ? [reason(knowingRule, knows)] : []),
      ],
      content: openContent(opening, at.asker.person.id),
      lines: [
        { label: 'Till', text: till.name },
        ...lines.map((line) => ({ label: line.currency, text: countedText(line) })),
      ],
    },
    { asker: at.asker, moment: at.moment, holds: [] },
  );
}

/** Carries out an approved opening. Refuses `approval-stale` when it would not be what was approved. */
export function resumeOpen(
  counter: Counter,
  approval: ApprovalRow,
  at: At,
): Recorded<{ journal: number | null; receiptCode: string | null }> {
  const { counts: found } = JSON.parse(approval.content) as {
    counts: readonly { currency: string; denominations: Readonly<Record<string, number>> }[];
  };
  const counts = found.map(({ currency, denominations }) => ({ currency, denominations }));
  const opening = openingOf(counter, { till: approval.till ?? 0, counts }, at);
  refuseUnless(
    openContent(opening, at.asker.person.id) === approval.content,
    'approval-stale',
    'What was approved is not what would be booked now: count again.',
  );
  const { type, data, isBooked } = opened(counter, opening, at, approval);
  return {
    ...{ type, data },
    result: { journal: isBooked ? at.moment.seq : null, receiptCode: null },
    topics: ['till', 'journal', 'approval', 'session', 'day', 'account'],
  };
}
