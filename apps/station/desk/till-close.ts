// Closes a till on its last count: a difference goes to suspense, a large one to a supervisor first.

import { formatMoney } from '#contract/money.ts';
import { canonicalText } from '#station/bank/canonical.ts';
import { refuseUnless } from '#station/bank/refusal.ts';
import type { ApprovalRow } from '#station/ledger/projections/approval.ts';
import type { CountRow, TillRow } from '#station/ledger/projections/till.ts';
import { park } from './approval-park.ts';
import { type Counter, openDate } from './counter.ts';
import type { KeyedHandler, Moment, Recorded, SignedIn } from './desk.ts';
import { ownTill, requireState } from './till-access.ts';
import { countedText, knowingReason } from './till-blind.ts';
import {
  compareCounts,
  differenceJournal,
  differenceSentence,
  isBalanced,
  isTolerated,
  suspense,
} from './till-count.ts';
import { differenceEntry } from './till-difference.ts';

interface Closing {
  readonly till: TillRow;
  readonly count: CountRow;
  readonly explanation: string;
  readonly date: string;
}

/** Whether this counting had a count before this one: two blind ones are wanted before a difference is booked. */
function hasEarlier(counter: Counter, till: TillRow, seq: number): boolean {
  return counter.tills
    .countsBetween(till.counting ?? seq, seq - 1)
    .some((count) => count.till === till.till && count.purpose === 'close');
}

/** The till and its last count; refuses a count that is not the last one, or no longer what the ledger says. */
function closingOf(
  counter: Counter,
  asked: { readonly till: number; readonly count: number; readonly explanation: string },
  at: { readonly asker: SignedIn; readonly moment: Moment },
): Closing {
  const date = openDate(at.moment);
  const till = ownTill(counter, asked.till, at.asker);
  requireState(till, 'counting');
  const count = counter.tills.lastCount(till.till);
  refuseUnless(
    count && count.seq === asked.count && count.purpose === 'close' && count.date === date,
    'count-stale',
    `Count ${asked.count} is not the last count of ${till.name} today: count again.`,
    'count',
  );
  refuseUnless(
    isBalanced(count.lines) || !count.blind || hasEarlier(counter, till, count.seq),
    'count-once-more',
    `The count of ${till.name} does not agree: count once more before you close.`,
    'count',
  );
  const counted = new Map(count.lines.map((line) => [line.currency, line.counted]));
  const now = compareCounts(counter.ledger, till.purses, counted);
  refuseUnless(
    now.every((line, index) => line.expectedMinor === count.lines[index]?.expectedMinor),
    'count-stale',
    `Cash has moved since count ${asked.count} of ${till.name}: count again.`,
    'count',
  );
  return { till, count, explanation: asked.explanation, date };
}

/** Refuses to close over unfinished business: requests that wait, cash on its way. */
export function refuseUnfinished(counter: Counter, till: TillRow, except: number | null): void {
  const waiting = counter.approvals
    .open()
    .find((each) => each.till === till.till && each.approval !== except);
  refuseUnless(
    !waiting,
    'approval-open',
    `“${waiting?.what}” is not finished: carry it out or take it back before ${till.name} closes.`,
    'till',
  );
  const moving = counter.movements
    .pending()
    .find((each) => each.from === till.till || each.to === till.till);
  refuseUnless(
    !moving,
    'movement-pending',
    `${formatMoney(moving?.amountMinor ?? 0n, moving?.currency ?? 'EUR')} from or to ${till.name} is on its way: finish that first.`,
    'till',
  );
}

function closed(counter: Counter, closing: Closing, approval: number | null) {
  const { till, count, explanation, date } = closing;
  const { lines } = count;
  const { purses } = till;
  const journal = differenceJournal(counter.ledger, { lines, purses }, suspense(till.till));
  const entry = { ...differenceEntry(till, lines, date), narrative: explanation, approval };
  return {
    type: 'till.closed',
    data: {
      ...{ till: till.till, count: count.seq, explanation },
      ...(approval === null ? {} : { resumes: approval }),
      ...(journal ? { journal, entry } : {}),
    },
    journal: journal !== null,
  };
}

/** What a supervisor agrees to: this till, this count, these differences, this explanation. */
function closeContent(closing: Closing, maker: number): string {
  const { till, count, explanation, date } = closing;
  return canonicalText({
    ...{
      version: 1,
      task: 'till.close',
      date,
      maker,
      till: till.till,
      count: count.seq,
      explanation,
    },
    differences: count.lines.map((line) => ({
      ...{ currency: line.currency, expectedMinor: line.expectedMinor },
      countedMinor: line.countedMinor,
    })),
  });
}

export function tillCloseHandler(counter: Counter): KeyedHandler<'till.close'> {
  return {
    record(input, asker, moment) {
      const closing = closingOf(counter, input, { asker, moment });
      refuseUnfinished(counter, closing.till, null);
      const { till, count } = closing;
      const isTolerable = isTolerated(count.lines, counter.policies.inForce().differenceTolerances);
      const knowing = knowingReason(counter, till, count);
      if (!isTolerable || knowing) {
        return askSupervisor(counter, closing, { asker, moment, isTolerable, knowing });
      }
      const { type, data } = closed(counter, closing, null);
      const result = { state: 'closed' as const, till: closing.till.till };
      return { type, data, result, topics: ['till', 'journal', 'session', 'day', 'account'] };
    },
  };
}

function askSupervisor(
  counter: Counter,
  closing: Closing,
  at: {
    readonly asker: SignedIn;
    readonly moment: Moment;
    readonly isTolerable: boolean;
    readonly knowing: string | null;
  },
) {
  const { till, count, explanation } = closing;
  const reason = (rule: string, message: string) => ({ rule, version: 1, message });
  const sentence = differenceSentence(count.lines);
  const entry = differenceEntry(till, count.lines, closing.date);
  return park(
    counter,
    {
      ...{ task: 'till.close', what: `Close ${till.name}, ${sentence}`, till: till.till },
      ...{ account: '', name: till.name, customer: null, draft: null, legs: [], balances: [] },
      ...{ amountMinor: entry.amountMinor, currency: entry.currency },
      reasons: [
        ...(at.isTolerable
          ? []
          : [reason('till-difference', `${till.name} is ${sentence}, more than the tolerance`)]),
        ...(at.knowing === null ? [] : [reason('till-counted-knowing', at.knowing)]),
      ],
      content: closeContent(closing, at.asker.person.id),
      lines: [
        { label: 'Till', text: till.name },
        { label: 'Count', text: String(count.seq) },
        ...count.lines.map((line) => ({ label: line.currency, text: countedText(line) })),
        { label: 'Explanation', text: explanation || 'none given' },
      ],
    },
    { asker: at.asker, moment: at.moment, holds: [] },
  );
}

/** Carries out an approved close. Refuses `approval-stale` when it would not be what was approved. */
export function resumeClose(
  counter: Counter,
  approval: ApprovalRow,
  at: { readonly asker: SignedIn; readonly moment: Moment },
): Recorded<{ journal: number | null; receiptCode: string | null }> {
  const content = JSON.parse(approval.content) as { count: number; explanation: string };
  const asked = {
    till: approval.till ?? 0,
    count: content.count,
    explanation: content.explanation,
  };
  const closing = closingOf(counter, asked, at);
  refuseUnfinished(counter, closing.till, approval.approval);
  refuseUnless(
    closeContent(closing, at.asker.person.id) === approval.content,
    'approval-stale',
    'What was approved is not what would be booked now: ask for approval again.',
  );
  const { type, data, journal } = closed(counter, closing, approval.approval);
  return {
    ...{ type, data },
    result: { journal: journal ? at.moment.seq : null, receiptCode: null },
    topics: ['till', 'journal', 'approval', 'session', 'day', 'account'],
  };
}
