// Says what is scored: one item of a draft, or one posting of the past, before it changes anything.

export const scoredTasks = ['cash.deposit', 'cash.withdrawal', 'transfer'] as const;
export type ScoredTask = (typeof scoredTasks)[number];

export function isScoredTask(task: string): task is ScoredTask {
  return (scoredTasks as readonly string[]).includes(task);
}

export interface Attempt {
  /** Moment it is judged as of, ms since 1970. */
  readonly at: number;
  readonly task: ScoredTask;
  /** Ledger account of the customer who deposits, withdraws or pays. */
  readonly account: number;
  /** Ledger account that a transfer reaches; 0 for cash. */
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
