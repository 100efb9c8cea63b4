// Decides when wrong passwords and codes lock somebody out, and until when.
import { Refusal } from '../bank/refusal.ts';

/** Wrong tries in a row before the lock, and how long it holds (PCI DSS 8.3.4: at most 10 tries, at least 30 min). */
export const triesMax = 5;
export const lockMs = 30 * 60_000;

/** What is remembered of one person's wrong tries. */
export interface Tries {
  /** Wrong tries in a row since the last sign-in, unlock or end of a lock. */
  readonly wrong: number;
  /** End of the lock, ms since 1970; 0 when there is none. */
  readonly lockedUntil: number;
}

export const noTries: Tries = Object.freeze({ wrong: 0, lockedUntil: 0 });

/**
 * `at` is the log's own time, which never goes back: so a clock set back neither makes a lock end sooner
 * nor starts one in the past.
 */
export function isLocked(tries: Tries, at: number): boolean {
  return at < tries.lockedUntil;
}

/** The tries after one more wrong one at `at`. A lock that is over starts the count afresh. */
export function afterWrongTry(tries: Tries, at: number): Tries {
  const isOver = tries.lockedUntil > 0 && !isLocked(tries, at);
  const wrong = (isOver ? 0 : tries.wrong) + 1;
  return { wrong, lockedUntil: wrong >= triesMax ? at + lockMs : 0 };
}

/** One answer for a wrong name, a wrong password and a disabled person: nobody learns which it was. */
export function wrongTry(tries: Tries, what: string, field: string): Refusal {
  if (tries.lockedUntil > 0) return lockedOut();
  const left = triesMax - tries.wrong;
  return new Refusal(
    'credentials-wrong',
    `${what} ${left} ${left === 1 ? 'try remains' : 'tries remain'} before this user is locked for ${lockMs / 60_000} minutes.`,
    field,
  );
}

export function lockedOut(): Refusal {
  return new Refusal(
    'locked-out',
    `This user is locked after ${triesMax} wrong tries; it opens again after ${lockMs / 60_000} minutes, or when a supervisor or administrator unlocks it.`,
  );
}
