// Says which pushes make which answers stale, without carrying the contract's schemas into the page.
import type { QueryName } from '#contract/index.ts';
import type { Topic } from '#contract/operation.ts';

/** The same topics the contract names; topics.test.ts holds the two together. */
export const queryTopics: Readonly<Record<QueryName, readonly Topic[]>> = Object.freeze({
  'session.state': ['session', 'day', 'till'],
  'demonstration.card': ['session', 'staff'],
  'staff.list': ['staff'],
  'customer.search': ['customer', 'account'],
  'customer.get': ['customer', 'account', 'journal'],
  'account.get': ['account', 'customer'],
  'account.statement': ['account', 'journal'],
  'till.list': ['till', 'journal', 'movement'],
  'till.need': ['till', 'journal', 'movement'],
  'movement.list': ['movement', 'till'],
  'posting.preview': ['account', 'till', 'journal', 'day', 'policy', 'approval', 'customer'],
  'journal.list': ['journal', 'approval'],
  'journal.get': ['journal'],
  'receipt.get': [],
  'receipt.pdf': [],
  'receipt.verify': [],
  'approval.list': ['approval'],
  'approval.get': ['approval', 'account', 'till', 'journal'],
  'day.state': ['day', 'journal'],
  'day.blockers': ['day', 'till', 'approval', 'movement', 'journal'],
  'day.packs': ['day'],
  'day.pack': ['day'],
  'ledger.trialBalance': ['journal', 'account'],
  'log.head': ['log', 'journal'],
  'log.list': ['log'],
  'outcome.find': [],
  'policy.get': ['policy'],
  'reconcile.accounts': ['payment', 'account'],
  'reconcile.list': ['payment', 'journal', 'account'],
});
