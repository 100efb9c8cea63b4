// Parks what a second person must decide: its content, its reasons, and the money it needs, set aside.

import { hash } from 'node:crypto';
import { formatMoney } from '#contract/money.ts';
import type { HoldPlaced } from '#station/ledger/events.ts';
import { type ApprovalData, holdingJournal } from '#station/ledger/projections/approval.ts';
import type { Counter } from './counter.ts';
import type { Moment, Recorded, SignedIn } from './desk.ts';

/** The result of whatever was parked instead of done. */
export interface Parked {
  readonly state: 'parked';
  readonly approval: number;
}

/** What an approval signs for, in 64 hexadecimal digits. */
export function contentDigest(content: string): string {
  return hash('sha256', content, 'hex');
}

/** Records the request, and tells the supervisors. */
export function park(
  counter: Counter,
  asked: Omit<ApprovalData, 'expiresAt'>,
  at: { readonly asker: SignedIn; readonly moment: Moment; readonly holds: readonly HoldPlaced[] },
): Recorded<Parked> {
  const { asker, moment, holds } = at;
  const expiresAt = moment.at + counter.policies.policy().approvalMinutes * 60_000;
  const approval: ApprovalData = { ...asked, expiresAt };
  const money = formatMoney(asked.amountMinor, asked.currency);
  const why = asked.reasons.map((reason) => reason.message).join('; ');
  const message = `${asker.person.name}: ${asked.what} (${money}). ${why}`;
  return {
    type: 'approval.requested',
    data: { approval, ...(holds.length === 0 ? {} : { journal: holdingJournal(holds) }) },
    result: { state: 'parked', approval: moment.seq },
    topics: ['approval', 'account', 'till'],
    announce: () =>
      counter.announcer.toRoles(['supervisor'], 'approval.waiting', {
        approval: moment.seq,
        message,
      }),
  };
}
