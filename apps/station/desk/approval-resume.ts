// Carries out a posting that was approved: prepared again, compared with what was signed, posted as it is.
import type { Draft } from '#contract/drafts.ts';
import type { Output } from '#contract/index.ts';
import type { Denominations } from '#contract/values.ts';
import { refuseUnless } from '#station/bank/refusal.ts';
import type { HoldsData } from '#station/ledger/events.ts';
import type { ApprovalRow } from '#station/ledger/projections/approval.ts';
import { draftOf } from './approval-facts.ts';
import type { Counter } from './counter.ts';
import type { Moment, Recorded, SignedIn } from './desk.ts';
import { withPayment } from './payment-record.ts';
import { postedTopics } from './posting.ts';
import { judgeDraft, refuseRefused } from './posting-prepare.ts';
import { postingEvents } from './posting-record.ts';

/** The draft with the notes counted out now; only a withdrawal has notes that the approval left open. */
function withNotes(draft: Draft, denominations: Denominations | undefined): Draft {
  if (denominations === undefined) return draft;
  if (draft.task === 'cash.withdrawal') return { ...draft, denominations };
  if (draft.task === 'journal.correction' && draft.replacement.task === 'cash.withdrawal') {
    return { ...draft, replacement: { ...draft.replacement, denominations } };
  }
  refuseUnless(
    false,
    'denominations-not-due',
    'Only a withdrawal is counted out when it is carried out: leave the notes and coins empty.',
    'denominations',
  );
}

/** The money set aside becomes the money posted. */
function capturedHolds(counter: Counter, approval: number): HoldsData {
  const capture = counter.approvals.holdsOf(approval).flatMap((id) => {
    const hold = counter.ledger.hold(id);
    if (hold?.state !== 'placed') return [];
    return [{ hold: id, amountMinor: String(hold.amountMinor) }];
  });
  return { capture };
}

export function resumeDraft(
  counter: Counter,
  row: ApprovalRow,
  at: {
    readonly asker: SignedIn;
    readonly moment: Moment;
    readonly denominations: Denominations | undefined;
  },
): Recorded<Output<'approval.resume'>> {
  const stored = draftOf(row);
  if (!stored) throw new Error(`request ${row.approval} holds no draft`);
  const { approval, content } = row;
  const draft = withNotes(stored, at.denominations);
  const judged = judgeDraft(counter, draft, {
    person: at.asker.person,
    moment: at.moment,
    approved: { approval, content, rules: row.reasons.map((reason) => reason.rule) },
  });
  refuseRefused(judged.prepared, '');
  const holds = capturedHolds(counter, approval);
  const events = postingEvents(counter, judged, { approval, holds });
  const [first, ...following] = withPayment(counter, draft, at.moment, events);
  if (!first) throw new Error('an approved draft holds a journal');
  return {
    ...first,
    ...(following.length === 0 ? {} : { following }),
    result: { journal: at.moment.seq + following.length, receiptCode: null },
    topics: [...postedTopics, 'approval'],
  };
}
