// Says what is scored: one item of a draft, or one posting of the past, before it changes anything.

export const scoredTasks = ['cash.deposit', 'cash.withdrawal', 'transfer'] as const;
export type ScoredTask = (typeof scoredTasks)[number];

export function isScoredTask(task: string): task is ScoredTask {
  return (scoredTasks as readonly string[]).includes(task);
}

/**
 * What the features see in a task: a payment to another bank is a transfer whose payee is outside. Null where
 * nothing is scored: an exchange of notes has no account, a reversal brings money back, a bulk order is one
 * company's file of many payees.
 */
export function scoredAs(task: string): ScoredTask | null {
  if (task === 'payment.outgoing') return 'transfer';
  return isScoredTask(task) ? task : null;
}

export interface Attempt {
  /** Moment it is judged as of, ms since 1970. */
  readonly at: number;
  readonly task: ScoredTask;
  /** Ledger account of the customer who deposits, withdraws or pays. */
  readonly account: number;
  /** Ledger account that a transfer reaches, or the payee's number outside (outside.ts); 0 for cash. */
  readonly other: number;
  readonly amountMinor: number;
  /** Staff id of who posts it. */
  readonly teller: number;
  /** True where somebody without an account number of ours stands at the desk. */
  readonly isOtherAtDesk: boolean;
}

/** A posting that has happened. */
export interface Movement extends Attempt {
  readonly journal: number;
}
