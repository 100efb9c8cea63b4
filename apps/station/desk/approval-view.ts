// Shows requests for approval: the line in the queue, and the card a supervisor decides from.
import type { ApprovalCard, ApprovalLine } from '#contract/approvals.ts';
import type { Draft } from '#contract/drafts.ts';
import type { Denominations } from '#contract/values.ts';
import { decideProblem } from '#station/bank/approval.ts';
import type { ApprovalRow } from '#station/ledger/projections/approval.ts';
import { approvalFacts, draftOf } from './approval-facts.ts';
import { contentDigest } from './approval-park.ts';
import { type Counter, instant } from './counter.ts';
import type { Person } from './desk.ts';
import { judgeDraft } from './posting-prepare.ts';
import { countingTill } from './till-view.ts';

const historyMost = 12;
const similarMost = 5;

function mayDecide(counter: Counter, row: ApprovalRow, person: Person): boolean {
  if (row.state !== 'waiting') return false;
  const facts = approvalFacts(counter, row);
  const { at, date } = counter.ledger.moment();
  const decider = {
    ...{ staff: person.id, roles: person.roles, customer: person.customer },
    contentDigest: facts.contentDigest,
  };
  const moment = { now: at, businessDate: date, policy: counter.policies.inForce() };
  return decideProblem(facts, decider, moment) === null;
}

export function approvalLine(counter: Counter, row: ApprovalRow, person: Person): ApprovalLine {
  const { decidedBy, decidedAt } = row;
  return {
    ...{ approval: row.approval, state: row.state, task: row.task, what: row.what },
    ...{ account: row.account, name: row.name, currency: row.currency, comment: row.comment },
    amountMinor: row.amountMinor,
    by: counter.people.nameOf(row.maker),
    byId: row.maker,
    at: instant(row.at),
    reasons: row.reasons.map(({ rule, message }) => ({ rule, message })),
    decidedBy: decidedBy === null ? null : counter.people.nameOf(decidedBy),
    decidedAt: decidedAt === null ? null : instant(decidedAt),
    mine: mayDecide(counter, row, person),
  };
}

/** Earlier movements on the accounts concerned, newest first. */
function historyOf(counter: Counter, row: ApprovalRow): ApprovalCard['history'] {
  const lines = row.balances.flatMap(({ account: number }) => {
    const account = counter.ledger.accountByNumber(number);
    if (!account) return [];
    return counter.ledger.statement({ account: account.id, count: historyMost }).map((line) => ({
      line,
      currency: account.currency,
      entry: counter.entries.entry(line.journal),
    }));
  });
  return lines
    .sort((one, other) => other.line.leg - one.line.leg)
    .slice(0, historyMost)
    .map(({ line, currency, entry }) => ({
      journal: line.journal,
      at: instant(entry?.at ?? counter.ledger.event(line.journal)?.at ?? 0),
      what: entry?.what ?? '',
      amountMinor: String(-line.amountMinor),
      currency,
    }));
}

/** Notes the draft names itself: Enter at its form has taken those that were proposed then. */
function notesOf(draft: Draft): Denominations | undefined {
  const item = draft.task === 'journal.correction' ? draft.replacement : draft;
  return item.task === 'cash.withdrawal' ? item.denominations : undefined;
}

/** The notes that Enter would pay out, for the maker of an approved withdrawal who is not counting. */
function proposalFor(counter: Counter, row: ApprovalRow, person: Person): ApprovalCard['proposal'] {
  const draft = row.state === 'approved' && row.maker === person.id ? draftOf(row) : null;
  if (!draft || countingTill(counter, person)) return null;
  const { approval, content } = row;
  const moment = counter.ledger.moment();
  const rules = row.reasons.map((reason) => reason.rule);
  const approved = { approval, content, rules };
  const { prepared } = judgeDraft(counter, draft, { person, moment, approved });
  if (prepared.outcome === 'refused') return null;
  const isPaidOut = ({ field }: { readonly field: string }) => /(^|\.)denominations$/.test(field);
  const pieces = notesOf(draft) ?? prepared.proposals.find(isPaidOut)?.denominations;
  return pieces ? { ...pieces } : null;
}

export function approvalCard(counter: Counter, row: ApprovalRow, person: Person): ApprovalCard {
  const [first] = row.reasons;
  const similar = first ? counter.approvals.similar(first.rule, row.approval, similarMost) : [];
  return {
    ...approvalLine(counter, row, person),
    contentDigest: contentDigest(row.content),
    content: row.lines.map((line) => ({ ...line })),
    legs: row.legs.map((leg) => ({ ...leg })),
    balances: row.balances.map((balance) => ({ ...balance })),
    history: historyOf(counter, row),
    proposal: proposalFor(counter, row, person),
    similar: similar.map((each) => approvalLine(counter, each, person)),
  };
}
