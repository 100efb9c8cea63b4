// Lists everything the counter answers, so that the composition root names it once.
import { approvalHandlers } from './approval.ts';
import type { Counter } from './counter.ts';
import { dayHandlers } from './day.ts';
import { journalHandlers } from './journal.ts';
import { ledgerViewHandlers } from './ledger-views.ts';
import { movementHandlers } from './movement.ts';
import { policyHandlers } from './policy.ts';
import { postingHandlers } from './posting.ts';
import { receiptHandlers } from './receipt.ts';
import { tillHandlers } from './till.ts';
import { vaultHandlers } from './vault.ts';

/** Tills, vault, movements, postings, approvals, journal, receipts, the day, the policy and the ledger's views. */
export function counterHandlers(counter: Counter) {
  return Object.freeze({
    ...tillHandlers(counter),
    ...vaultHandlers(counter),
    ...movementHandlers(counter),
    ...postingHandlers(counter),
    ...approvalHandlers(counter),
    ...journalHandlers(counter),
    ...receiptHandlers(counter),
    ...dayHandlers(counter),
    ...policyHandlers(counter),
    ...ledgerViewHandlers(counter),
  });
}
