// Reads a request for approval as the four-eyes rules need it, and proves the signature under a decision.
import type { Draft } from '#contract/drafts.ts';
import { draft as draftSchema } from '#contract/drafts.ts';
import type { ApprovalFacts, ApprovedAmount } from '#station/bank/approval.ts';
import { canonicalText } from '#station/bank/canonical.ts';
import { accountsOf } from '#station/bank/facts.ts';
import { isSignedBy, publicKeyOf } from '#station/ledger/checkpoint.ts';
import type { ApprovalRow, DecisionData } from '#station/ledger/projections/approval.ts';
import { contentDigest } from './approval-park.ts';
import type { Counter } from './counter.ts';

/** The draft that waits, as the rules read it; null when no posting waits. */
export function draftOf(row: ApprovalRow): Draft | null {
  return row.draft === null ? null : draftSchema.parse(row.draft);
}

function amountsOf(row: ApprovalRow, draft: Draft | null): readonly ApprovedAmount[] {
  if (draft?.task === 'basket') return draft.items;
  const own = { task: row.task, amountMinor: BigInt(row.amountMinor), currency: row.currency };
  return draft?.task === 'journal.correction' ? [own, draft.replacement] : [own];
}

/** Owners and mandate holders of every account the request touches. */
function customersOf(counter: Counter, row: ApprovalRow, draft: Draft | null): readonly number[] {
  const numbers = new Set(row.balances.map((balance) => balance.account));
  for (const number of draft ? accountsOf(draft) : []) numbers.add(number);
  const touched = [...numbers].flatMap((number) => {
    const account = counter.ledger.accountByNumber(number);
    if (!account) return [];
    const mandates = counter.people.mandatesOn(account.id);
    return [...counter.people.ownersOf(account.id), ...mandates.map((each) => each.customer)];
  });
  return [...new Set(touched)];
}

export function approvalFacts(counter: Counter, row: ApprovalRow): ApprovalFacts {
  const draft = draftOf(row);
  return {
    ...{ approval: row.approval, state: row.state, maker: row.maker, businessDate: row.date },
    contentDigest: contentDigest(row.content),
    amounts: amountsOf(row, draft),
    customers: customersOf(counter, row, draft),
    requestedAt: row.at,
    decidedAt: row.decidedAt,
  };
}

/** What the device signs when a supervisor decides: exactly what was decided, how, by whom and when. */
export function decisionStatement(decision: {
  readonly approval: number;
  readonly approver: number;
  readonly at: number;
  readonly comment: string;
  readonly contentDigest: string;
  readonly decision: 'approve' | 'decline';
}): string {
  return canonicalText({ version: 1, ...decision });
}

/**
 * Whether the log holds a decision, signed by this device, that approves exactly this content. Asked again
 * when the request is carried out: a changed content, decision, approver or time makes it void.
 */
export function isApprovedAsIs(counter: Counter, row: ApprovalRow): boolean {
  const event = row.decided === null ? null : counter.ledger.event(row.decided);
  if (event?.type !== 'approval.decided') return false;
  const decision = event.data as unknown as DecisionData;
  const expected = decisionStatement({
    approval: row.approval,
    approver: Number(event.actor),
    at: event.at,
    comment: decision.comment,
    contentDigest: contentDigest(row.content),
    decision: 'approve',
  });
  const { statement, signature } = decision;
  if (statement !== expected) return false;
  const key = publicKeyOf(counter.ledger.publicKey);
  return isSignedBy(key, Buffer.from(statement), Buffer.from(signature, 'hex'));
}
