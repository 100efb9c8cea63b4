// The four-eyes rules: who may decide what a colleague asked for, and when a decision no longer
// holds.
import { formatMoney } from '#contract/money.ts';
import { type LimitedTask, limitedTask } from '#contract/policy.ts';
import { roleLimitFor } from './limits.ts';
import { type Problem, problem } from './problem.ts';
import type { PolicyInForce } from './rates.ts';

export type ApprovalState = 'waiting' | 'approved' | 'declined' | 'posted' | 'withdrawn' | 'void';

/** One amount that an approver's own limit must cover. */
export interface ApprovedAmount {
  readonly task: string;
  readonly amountMinor: bigint;
  readonly currency: string;
}

/** A request for approval as it stands in the log. */
export interface ApprovalFacts {
  readonly approval: number;
  readonly state: ApprovalState;
  /** Staff id of who asked. */
  readonly maker: number;
  readonly contentDigest: string;
  readonly amounts: readonly ApprovedAmount[];
  /** Customers whose accounts it touches, mandate holders among them. */
  readonly customers: readonly number[];
  readonly businessDate: string;
  /** Milliseconds since 1970. */
  readonly requestedAt: number;
  readonly decidedAt: number | null;
}

export interface Moment {
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly businessDate: string | null;
  readonly policy: PolicyInForce;
}

export interface Decider {
  readonly staff: number;
  readonly roles: readonly string[];
  /** The person's own customer number. */
  readonly customer: number | null;
  /** Digest of what was on the decider's screen. */
  readonly contentDigest: string;
}

const stateWords: Readonly<Record<ApprovalState, string>> = {
  waiting: 'is still waiting for a decision',
  approved: 'is already approved',
  declined: 'was declined',
  posted: 'is already posted',
  withdrawn: 'was taken back by the teller',
  void: 'is void',
};

function stateProblem(approval: ApprovalFacts, wanted: ApprovalState): Problem | null {
  if (approval.state === wanted) return null;
  const message = `Request ${approval.approval} ${stateWords[approval.state]}.`;
  return problem(`approval-${approval.state}`, message);
}

/** Whether so long has passed since the given moment that a request or a decision is void. */
function ageProblem(approval: ApprovalFacts, since: number, moment: Moment): Problem | null {
  const minutes = moment.policy.approvalMinutes;
  if (moment.now - since > minutes * 60_000 || moment.now < since) {
    const message = `Request ${approval.approval} has run out after ${minutes} minutes: ask again.`;
    return problem('approval-expired', message);
  }
  if (moment.businessDate === approval.businessDate) return null;
  const message =
    `Request ${approval.approval} is of business date ${approval.businessDate}, the ` +
    `branch is on ${moment.businessDate ?? 'none'}: ask again.`;
  return problem('approval-date-moved', message);
}

function isLimitedTask(task: string): task is LimitedTask {
  return (limitedTask.options as readonly string[]).includes(task);
}

function limitProblem(
  approval: ApprovalFacts,
  decider: Decider,
  policy: PolicyInForce,
): Problem | null {
  for (const { task, amountMinor, currency } of approval.amounts) {
    if (!isLimitedTask(task)) continue;
    const limit = roleLimitFor(policy, { roles: decider.roles, task, currency });
    if (limit.hardMinor === null || amountMinor <= limit.hardMinor) continue;
    const most = formatMoney(limit.hardMinor, currency);
    const message =
      `${formatMoney(amountMinor, currency)} is more than a ${limit.role} may ` +
      `approve: ${most} is the most.`;
    return problem('over-hard-limit', message);
  }
  return null;
}

/**
 * Why the person may not decide the request, or null. Nobody decides their own request nor one that
 * touches their own money; only a supervisor decides; what is decided must be what stood on the
 * screen.
 */
export function decideProblem(
  approval: ApprovalFacts,
  decider: Decider,
  moment: Moment,
): Problem | null {
  const notWaiting = stateProblem(approval, 'waiting');
  if (notWaiting) return notWaiting;
  if (decider.staff === approval.maker) {
    const message = 'You asked for this yourself: another supervisor decides it.';
    return problem('own-approval', message);
  }
  if (!decider.roles.includes('supervisor')) {
    return problem('role-needed', 'A supervisor decides requests for approval.');
  }
  if (decider.customer !== null && approval.customers.includes(decider.customer)) {
    const message = 'This touches your own account: another supervisor decides it.';
    return problem('own-account', message);
  }
  if (decider.contentDigest !== approval.contentDigest) {
    const message = 'The request is not what stood on your screen: read it again.';
    return problem('approval-stale', message);
  }
  return (
    ageProblem(approval, approval.requestedAt, moment) ??
    limitProblem(approval, decider, moment.policy)
  );
}

/** Why the teller may not carry out the request now, or null. */
export function resumeProblem(
  approval: ApprovalFacts,
  staff: number,
  moment: Moment,
): Problem | null {
  const notApproved = stateProblem(approval, 'approved');
  if (notApproved) return notApproved;
  if (staff !== approval.maker) {
    return problem('not-your-approval', 'A colleague asked for this: they carry it out.');
  }
  return ageProblem(approval, approval.decidedAt ?? approval.requestedAt, moment);
}

/** Why the teller may not take the request back, or null: it must be open, and their own. */
export function withdrawProblem(approval: ApprovalFacts, staff: number): Problem | null {
  if (approval.state !== 'approved') {
    const notWaiting = stateProblem(approval, 'waiting');
    if (notWaiting) return notWaiting;
  }
  if (staff === approval.maker) return null;
  return problem('not-your-approval', 'A colleague asked for this: they take it back.');
}
