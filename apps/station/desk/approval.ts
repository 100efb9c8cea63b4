// Handles approvals: listed, decided under a signature, carried out as approved or void, taken back.
import type { Checked, Output } from '#contract/index.ts';
import { decideProblem, resumeProblem, withdrawProblem } from '#station/bank/approval.ts';
import type { Problem } from '#station/bank/problem.ts';
import { Refusal, refuseUnless } from '#station/bank/refusal.ts';
import type { JournalData } from '#station/ledger/events.ts';
import type { ApprovalRow } from '#station/ledger/projections/approval.ts';
import { approvalFacts, decisionStatement, isApprovedAsIs } from './approval-facts.ts';
import { contentDigest } from './approval-park.ts';
import { resumeDraft } from './approval-resume.ts';
import { approvalCard, approvalLine } from './approval-view.ts';
import { type Counter, hasRole } from './counter.ts';
import type { Asker, Handlers, KeyedHandler, Moment, Person, Recorded } from './desk.ts';
import { receiptCodeOf } from './receipt-proof.ts';
import { decisionsOf, refuseUnexplained } from './screening-postings.ts';
import { resumeClose } from './till-close.ts';
import { resumeOpen } from './till-open.ts';

type ApprovalHandlers = Pick<Handlers, Extract<keyof Handlers, `approval.${string}`>>;

const listMost = 200;

export function approvalHandlers(counter: Counter): ApprovalHandlers {
  return Object.freeze({
    'approval.list': ({ scope }: Checked<'approval.list'>, asker: Asker) => {
      const person = signedIn(asker);
      const rows = listed(counter, scope, person).filter((row) => maySee(row, person));
      return { approvals: rows.map((row) => approvalLine(counter, row, person)) };
    },
    'approval.get': ({ approval }: Checked<'approval.get'>, asker: Asker) => {
      const person = signedIn(asker);
      const row = findApproval(counter, approval);
      refuseUnless(
        maySee(row, person),
        'approval-not-yours',
        `Request ${approval} is a colleague’s: a supervisor sees it.`,
        'approval',
      );
      return approvalCard(counter, row, person);
    },
    'approval.decide': decideHandler(counter),
    'approval.resume': resumeHandler(counter),
    'approval.withdraw': withdrawHandler(counter),
  });
}

function signedIn({ person }: Asker): Person {
  refuseUnless(person, 'not-signed-in', 'Nobody is signed in at this window.');
  return person;
}

function maySee(row: ApprovalRow, person: Person): boolean {
  return row.maker === person.id || hasRole(person, 'supervisor', 'compliance', 'auditor');
}

function listed(
  counter: Counter,
  scope: Checked<'approval.list'>['scope'],
  person: Person,
): readonly ApprovalRow[] {
  if (scope === 'own') return counter.approvals.ofMaker(person.id, listMost);
  if (scope === 'decided') return counter.approvals.decided(listMost);
  return counter.approvals.open().filter((row) => row.state === 'waiting');
}

function findApproval(counter: Counter, approval: number): ApprovalRow {
  const row = counter.approvals.approval(approval);
  refuseUnless(
    row,
    'approval-unknown',
    `There is no request for approval ${approval}.`,
    'approval',
  );
  return row;
}

function refuse(problem: Problem): never {
  throw new Refusal(problem.reason, problem.message, problem.field ?? 'approval');
}

/** What makes a request worthless whoever asks: too much time, another day, other content. */
const voiding: readonly string[] = [
  'approval-expired',
  'approval-date-moved',
  'approval-stale',
  'approval-new-reason',
  'count-stale',
];

function ruleMoment(counter: Counter, moment: Moment) {
  return { now: moment.at, businessDate: moment.date, policy: counter.policies.inForce() };
}

/** Lets go of what was set aside and is still held. */
function released(counter: Counter, approval: number): { readonly journal?: JournalData } {
  const held = counter.approvals
    .holdsOf(approval)
    .filter((hold) => counter.ledger.hold(hold)?.state === 'placed');
  if (held.length === 0) return {};
  const release = held.map((hold) => ({ hold }));
  return { journal: { kind: 'approval.release', legs: [], holds: { release } } };
}

function voided<R>(counter: Counter, row: ApprovalRow, why: Problem, result: R): Recorded<R> {
  const { approval, maker } = row;
  return {
    type: 'approval.voided',
    data: { approval, reason: why.reason, message: why.message, ...released(counter, approval) },
    result,
    topics: ['approval', 'account', 'till'],
    announce: () =>
      counter.announcer.toPerson(maker, 'approval.decided', {
        ...{ approval, state: 'declined', message: why.message },
      }),
  };
}

type Decided = Output<'approval.decide'>;

function decideHandler(counter: Counter): KeyedHandler<'approval.decide', Person> {
  const problemOf = (row: ApprovalRow, person: Person, digest: string, moment: Moment) => {
    const { id: staff, roles, customer } = person;
    const decider = { staff, roles, customer, contentDigest: digest };
    return decideProblem(approvalFacts(counter, row), decider, ruleMoment(counter, moment));
  };
  return {
    /** What is refused anyway costs nobody a code; then the code says who is at the keyboard. */
    async before(input, { person, window }) {
      const { approval, contentDigest: digest, code, comment, decision } = input;
      const row = findApproval(counter, approval);
      const problem = problemOf(row, person, digest, counter.ledger.moment());
      if (problem && !isExpiry(problem)) refuse(problem);
      if (decision === 'approve') refuseUnexplained(row, comment);
      const place = { window, purpose: 'approval.decide', field: '' };
      return counter.sessions.checkFactor(person.id, code, place);
    },
    record({ approval, decision, contentDigest: digest, comment }, { person }, moment) {
      const row = findApproval(counter, approval);
      const problem = problemOf(row, person, digest, moment);
      if (problem && isExpiry(problem)) {
        return voided<Decided>(counter, row, problem, { approval, state: 'void' });
      }
      if (problem) refuse(problem);
      if (decision === 'approve') refuseUnexplained(row, comment);
      return decided(counter, row, { decision, comment, person, moment });
    },
  };
}

/** Time alone has made it worthless; content that differs from the screen is only read again. */
function isExpiry(problem: Problem): boolean {
  return problem.reason === 'approval-expired' || problem.reason === 'approval-date-moved';
}

function decided(
  counter: Counter,
  row: ApprovalRow,
  how: { decision: 'approve' | 'decline'; comment: string; person: Person; moment: Moment },
): Recorded<Decided> {
  const { decision, comment, person, moment } = how;
  const { approval } = row;
  const statement = decisionStatement({
    ...{ approval, approver: person.id, at: moment.at, comment, decision },
    contentDigest: contentDigest(row.content),
  });
  const signature = counter.ledger.sign(Buffer.from(statement)).toString('hex');
  const state = decision === 'approve' ? 'approved' : 'declined';
  const freed = decision === 'decline' ? released(counter, approval) : {};
  const names = decision === 'approve' ? decisionsOf(counter, row, { comment, person }) : {};
  const said = comment === '' ? '' : `: ${comment}`;
  return {
    type: 'approval.decided',
    data: { approval, decision, comment, statement, signature, ...freed, ...names },
    result: { approval, state },
    topics: ['approval', 'account', 'till', 'screening'],
    announce: () =>
      counter.announcer.toPerson(row.maker, 'approval.decided', {
        ...{ approval, state },
        message: `${person.name} has ${state} “${row.what}”${said}`,
      }),
  };
}

type Resumed = Output<'approval.resume'>;

function resumeHandler(counter: Counter): KeyedHandler<'approval.resume'> {
  return {
    record({ approval, denominations }, asker, moment): Recorded<Resumed> {
      const row = findApproval(counter, approval);
      const nothing = { journal: null, receiptCode: null };
      const facts = approvalFacts(counter, row);
      const problem = resumeProblem(facts, asker.person.id, ruleMoment(counter, moment));
      if (problem && isExpiry(problem)) return voided(counter, row, problem, nothing);
      if (problem) refuse(problem);
      if (!isApprovedAsIs(counter, row)) {
        const message = 'The decision in the log does not stand for this content: ask again.';
        return voided(counter, row, { reason: 'approval-stale', message, field: null }, nothing);
      }
      try {
        if (row.task === 'till.close') return resumeClose(counter, row, { asker, moment });
        if (row.task === 'till.open') return resumeOpen(counter, row, { asker, moment });
        return resumeDraft(counter, row, { asker, moment, denominations });
      } catch (error) {
        if (!(error instanceof Refusal) || !voiding.includes(error.reason)) throw error;
        const { reason, message } = error;
        return voided(counter, row, { reason, message, field: null }, nothing);
      }
    },
    complete: (result) =>
      result.journal === null
        ? result
        : { ...result, receiptCode: receiptCodeOf(counter.ledger, result.journal) },
  };
}

function withdrawHandler(counter: Counter): KeyedHandler<'approval.withdraw'> {
  return {
    record({ approval }, { person }, moment): Recorded<Output<'approval.withdraw'>> {
      const row = findApproval(counter, approval);
      const isOpen = row.state === 'waiting' || row.state === 'approved';
      const isLate = row.expiresAt < moment.at || row.date !== moment.date;
      // A supervisor clears away what has run out, so that nobody's absence keeps the branch open.
      const mayClear = isOpen && isLate && hasRole(person, 'supervisor');
      const problem = mayClear ? null : withdrawProblem(approvalFacts(counter, row), person.id);
      if (problem) refuse(problem);
      return {
        type: 'approval.withdrawn',
        data: { approval, ...released(counter, approval) },
        result: { approval },
        topics: ['approval', 'account', 'till'],
      };
    },
  };
}
