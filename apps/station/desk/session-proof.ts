// Proves who somebody is: one password or code at a time, every wrong one counted in the log.
import { createHmac } from 'node:crypto';
import { Refusal, refuseUnless } from '../bank/refusal.ts';
import type { StaffReads, StaffRow } from '../ledger/projections/staff.ts';
import { factorSecret, passwordSecret, type Secrets } from '../ledger/projections/staff-secrets.ts';
import type { Clock } from '../ports.ts';
import type { Credentials } from './credentials.ts';
import type { CommandLog } from './dispatch.ts';
import { matchingStep } from './session-factor.ts';
import { afterWrongTry, isLocked, lockedOut, lockMs, wrongTry } from './session-lockout.ts';

export interface ProofParts {
  readonly log: CommandLog;
  readonly clock: Clock;
  readonly staff: StaffReads;
  readonly secrets: Secrets;
  readonly credentials: Credentials;
  readonly pepper: Uint8Array;
}

/** What is recorded when a proof succeeds. `actor` is the person proven. */
export interface ProofEvent {
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}

export interface Proof {
  /** Fields to name in a refusal, and what to say before the number of tries that remain. */
  readonly field: string;
  readonly sentence: string;
  /** The window at which it happens. */
  readonly window: number;
  /** Why the proof is asked for, for the audit trail: `sign-in`, `unlock`, `approval` ... */
  readonly purpose: string;
}

export interface Prover {
  /**
   * The person whose password this is. Refuses with `credentials-wrong` (an unknown name, a wrong password
   * and a disabled person alike), `locked-out` or `busy`. `then` runs in the transaction in which the
   * password was found right, and says what is recorded; until something is, wrong tries stay counted.
   */
  password(
    given: { readonly user: string; readonly password: string },
    proof: Proof,
    then?: (person: StaffRow) => ProofEvent | null,
  ): Promise<StaffRow>;
  /** Spends a one-time code of this person; `then` gets the code's step and says what is recorded. */
  code(
    given: { readonly staff: number; readonly code: string },
    proof: Proof,
    then: (person: StaffRow, step: number) => ProofEvent,
  ): Promise<StaffRow>;
  /** Lets the monotonic part of a lock go, when somebody has unlocked the person. */
  release(who: string): void;
}

const waitingMax = 32;

type Outcome = { readonly person: StaffRow } | { readonly refusal: Refusal };

export function createProver(parts: ProofParts): Prover {
  const { log, clock, staff, secrets, credentials, pepper } = parts;
  const inTurn = createQueue(waitingMax);
  /** Locks by a timer that no clock setting moves; after a restart the log's times alone hold. */
  const held = new Map<string, number>();

  function isHeld(who: string, at: number): boolean {
    if (isLocked(staff.tries(who), at)) return true;
    if (clock.monotonic() < (held.get(who) ?? 0)) return true;
    held.delete(who);
    return false;
  }

  function record(person: StaffRow, event: ProofEvent | null): Outcome {
    if (event) {
      const { type, data } = event;
      log.append({ type, actor: String(person.id), key: '', digest: '', data });
    }
    return { person };
  }

  function refuse(who: string, known: StaffRow | null, proof: Proof): Outcome {
    const tries = afterWrongTry(staff.tries(who), log.moment().at);
    const { purpose, window } = proof;
    log.append({
      type: 'session.refused',
      actor: 'system',
      key: '',
      digest: '',
      data: { ...tries, purpose, staff: known?.id ?? null, who, window },
    });
    if (tries.lockedUntil > 0) held.set(who, clock.monotonic() + lockMs);
    return { refusal: wrongTry(tries, proof.sentence, proof.field) };
  }

  return Object.freeze({
    password: ({ user, password }, proof, then = () => null) =>
      inTurn(async () => {
        const known = staff.byUser(user);
        const who = known?.user ?? stranger(user, pepper);
        const stored = known && !known.disabled ? secrets.get(passwordSecret(known.id)) : null;
        const verdict = await credentials.verify(password, stored && textOf(stored));
        const renewed = verdict.ok && verdict.rehash ? await credentials.hash(password) : null;
        return settled(
          await log.submit(() => {
            if (isHeld(who, log.moment().at)) return { refusal: lockedOut() };
            const person = known && staff.byId(known.id);
            const same = person && !person.disabled && isStored(person.id, stored);
            if (!verdict.ok || !same) return refuse(who, known, proof);
            if (renewed) secrets.set(passwordSecret(person.id), Buffer.from(renewed));
            return record(person, then(person));
          }),
        );
      }),
    code: ({ staff: id, code }, proof, then) =>
      inTurn(async () =>
        settled(
          await log.submit(() => {
            const person = staff.byId(id);
            refuseUnless(person, 'staff-unknown', 'That member of staff does not exist.');
            if (isHeld(person.user, log.moment().at)) return { refusal: lockedOut() };
            const seed = person.hasFactor ? secrets.get(factorSecret(id)) : null;
            const check = { seed: seed ?? pepper, code, at: clock.now() };
            const step = matchingStep({ ...check, lastStep: person.factorStep });
            if (step === null || !seed || person.disabled) {
              return refuse(person.user, person, proof);
            }
            return record(person, then(person, step));
          }),
        ),
      ),
    release: (who: string) => void held.delete(who),
  } satisfies Prover);

  /** True while the hash that was checked is still the one that counts. */
  function isStored(id: number, checked: Uint8Array | null): boolean {
    const now = secrets.get(passwordSecret(id));
    return now !== null && checked !== null && Buffer.compare(now, checked) === 0;
  }
}

function settled(outcome: Outcome): StaffRow {
  if ('refusal' in outcome) throw outcome.refusal;
  return outcome.person;
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('utf8');
}

/** What stands in the log for a name nobody has: people type passwords into the wrong field. */
function stranger(user: string, pepper: Uint8Array): string {
  return `?${createHmac('sha256', pepper).update(user).digest('hex').slice(0, 32)}`;
}

/** Runs one after the other, so that guesses made at once count like guesses made in a row. */
function createQueue(longest: number): <T>(work: () => Promise<T>) => Promise<T> {
  let tail: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  return async <T>(work: () => Promise<T>): Promise<T> => {
    if (waiting >= longest) {
      throw new Refusal('busy', 'Too many sign-ins wait at once; try again in a few seconds.');
    }
    waiting += 1;
    const turn = tail.then(work);
    tail = turn.catch(() => undefined);
    try {
      return await turn;
    } finally {
      waiting -= 1;
    }
  };
}
