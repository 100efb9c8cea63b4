// Handles sign-in, lock and sign-out, and tells the other handlers who is at which window.
import type { SessionState } from '#contract/session.ts';
import { Refusal, refuseUnless } from '../bank/refusal.ts';
import type { StaffRow } from '../ledger/projections/staff.ts';
import type { Asker, Handlers, Person } from './desk.ts';
import {
  createSessionDesk,
  firstStage,
  needsFactor,
  personOf,
  type SessionDesk,
  type SessionParts,
} from './session-desk.ts';
import { factorHandlers } from './session-enrol.ts';
import { type EstablishParts, establishHandlers } from './session-establish.ts';
import { passwordHandlers } from './session-password.ts';
import type { ProofEvent } from './session-proof.ts';

type SessionName = Extract<
  keyof Handlers,
  `session.${string}` | 'branch.establish' | 'demonstration.card'
>;

/** Where and why a second person is proven. */
export interface ProofPlace {
  readonly window: number;
  /** For the audit trail: `day.open`, `approval.decide` ... */
  readonly purpose: string;
  /** Field of the form that holds the credentials, such as `second`. */
  readonly field: string;
}

export interface Sessions {
  readonly handlers: Pick<Handlers, SessionName>;
  /** The person signed in at a window and not locked out of it, or null. */
  personOf(window: number): Person | null;
  state(window: number): SessionState;
  /**
   * Proves a second person by password, and by code where one is enrolled; counts as a sign-in try. For
   * use in a command's `before`. Refuses with `credentials-wrong`, `locked-out`, `code-missing`,
   * `factor-missing` or `password-change-first`.
   */
  checkPassword(
    given: { readonly user: string; readonly password: string; readonly code?: string | undefined },
    place: ProofPlace,
  ): Promise<Person>;
  /** Proves that a signed-in person holds the second factor; each code counts once. For use in `before`. */
  checkFactor(staff: number, code: string, place: ProofPlace): Promise<Person>;
  /** Ends the person's sessions in every window (but one) and tells each why. */
  end(staff: number, message: string, exceptWindow?: number): void;
  /** Lets a lock by the timer go, after `staff.unlocked` was recorded. */
  release(user: string): void;
  /** A window is gone. */
  close(window: number): void;
}

export function createSessions(parts: SessionParts & EstablishParts): Sessions {
  const desk = createSessionDesk(parts);
  return Object.freeze({
    handlers: Object.freeze({
      ...signInHandlers(desk),
      ...attachHandlers(),
      ...lockHandlers(desk),
      ...passwordHandlers(desk),
      ...factorHandlers(desk),
      ...establishHandlers(desk, parts),
    }),
    personOf(window: number) {
      const found = desk.seated(window);
      return found?.seat.stage === 'open' ? personOf(found.person) : null;
    },
    state: desk.state,
    checkPassword: (given, place) => checkPassword(desk, given, place),
    checkFactor: (staff, code, place) => checkFactor(desk, staff, code, place),
    end: desk.end,
    release: desk.prover.release,
    close: desk.forget,
  } satisfies Sessions);
}

/** What is recorded when somebody has signed in: `step` is that of the code, 0 without one. */
function opened(person: StaffRow, window: number, step: number): ProofEvent {
  return { type: 'session.opened', data: { staff: person.id, step, who: person.user, window } };
}

function signInHandlers(desk: SessionDesk) {
  const { prover, seats, announcer } = desk;
  return {
    'session.state': (_input: object, { window }: Asker) => desk.state(window),
    async 'session.open'(input: { user: string; password: string }, { window }: Asker) {
      const stage = desk.seated(window)?.seat.stage;
      refuseUnless(
        stage !== 'open' && stage !== 'locked',
        'signed-in-already',
        'Somebody is signed in at this window; sign out first.',
      );
      seats.leave(window);
      const proof = {
        field: 'password',
        sentence: 'That user name and password do not belong together.',
        window,
        purpose: 'sign-in',
      };
      const person = await prover
        .password(input, proof, (known) => {
          desk.house.mayEnter?.(known);
          return known.hasFactor ? null : opened(known, window, 0);
        })
        .finally(() => announcer.changed(['staff', 'log']));
      desk.admit(window, person);
      if (person.hasFactor) seats.change(window, { stage: 'factor' });
      return desk.state(window);
    },
    async 'session.factor'({ code }: { code: string }, { window }: Asker) {
      const { person } = desk.seatedIn(window, 'factor');
      const proof = {
        field: 'code',
        sentence: 'That code is not the one shown now, or was used before.',
        window,
        purpose: 'sign-in',
      };
      try {
        const proven = await prover.code({ staff: person.id, code }, proof, (known, step) =>
          opened(known, window, step),
        );
        desk.admit(window, proven);
      } catch (error) {
        if (error instanceof Refusal && error.reason === 'locked-out') seats.leave(window);
        throw error;
      } finally {
        announcer.changed(['staff', 'log']);
      }
      return desk.state(window);
    },
  };
}

/** Desks attach at their own host; a window that speaks to the station has nothing left to attach. */
function attachHandlers() {
  return {
    'session.attachDesk'(): never {
      throw new Refusal(
        'attached-already',
        'This window speaks to its station already; the code is typed at the desk that is to attach.',
        'code',
      );
    },
  };
}

function lockHandlers(desk: SessionDesk) {
  const { prover, seats } = desk;
  return {
    'session.touch'(_input: object, { window }: Asker) {
      seats.touch(window);
      return {};
    },
    async 'session.lock'(_input: object, { window }: Asker) {
      const { person } = desk.seatedIn(window, 'open');
      seats.change(window, { stage: 'locked' });
      const data = { staff: person.id, why: 'asked', window };
      await desk.record(person.id, { type: 'session.locked', data });
      return desk.state(window);
    },
    async 'session.unlock'({ password }: { password: string }, { window }: Asker) {
      const { person } = desk.seatedIn(window, 'locked');
      const proof = {
        field: 'password',
        sentence: 'That is not your password.',
        window,
        purpose: 'unlock',
      };
      const proven = await prover.password({ user: person.user, password }, proof, (known) => ({
        type: 'session.unlocked',
        data: { staff: known.id, step: 0, who: known.user, window },
      }));
      // The session may have ended while the password was checked.
      const { person: still } = desk.seatedIn(window, 'locked');
      if (still.id === proven.id) seats.change(window, { stage: firstStage(proven) });
      return desk.state(window);
    },
    async 'session.close'(_input: object, { window }: Asker) {
      const seat = seats.leave(window);
      if (seat && seat.stage !== 'factor') {
        const data = { staff: seat.staff, why: 'asked', window };
        await desk.record(seat.staff, { type: 'session.closed', data });
      }
      return desk.state(window);
    },
  };
}

async function checkPassword(
  desk: SessionDesk,
  given: { readonly user: string; readonly password: string; readonly code?: string | undefined },
  { window, purpose, field }: ProofPlace,
): Promise<Person> {
  const sentence = 'That user name and password do not belong together.';
  const person = await desk.prover.password(
    given,
    { field: `${field}.password`, sentence, window, purpose },
    (known) => (mayStandAlone(known) ? proven(known, { window, purpose, step: 0 }) : null),
  );
  refuseUnless(
    !person.mustChange,
    'password-change-first',
    `${person.name} has a temporary password and must sign in and change it first.`,
    `${field}.user`,
  );
  if (mayStandAlone(person)) return personOf(person);
  return checkFactor(desk, person.id, given.code, { window, purpose, field });
}

async function checkFactor(
  desk: SessionDesk,
  staff: number,
  code: string | undefined,
  { window, purpose, field }: ProofPlace,
): Promise<Person> {
  const known = desk.staff.byId(staff);
  const at = field === '' ? 'code' : `${field}.code`;
  refuseUnless(
    known?.hasFactor,
    'factor-missing',
    `${known?.name ?? 'This person'} has not set up an authenticator yet; it is set up at the next sign-in.`,
    at,
  );
  refuseUnless(
    code !== undefined,
    'code-missing',
    `The six digits of ${known.name}'s authenticator are needed as well.`,
    at,
  );
  const sentence = 'That code is not the one shown now, or was used before.';
  const proof = { field: at, sentence, window, purpose };
  const person = await desk.prover
    .code({ staff, code }, proof, (row, step) => proven(row, { window, purpose, step }))
    .finally(() => desk.announcer.changed(['staff', 'log']));
  return personOf(person);
}

/** True where a password is all that this person has, and may be all. */
function mayStandAlone(person: StaffRow): boolean {
  return !person.hasFactor && !needsFactor(person.roles) && !person.mustChange;
}

function proven(
  person: StaffRow,
  how: { readonly window: number; readonly purpose: string; readonly step: number },
): ProofEvent {
  return { type: 'session.proven', data: { ...how, staff: person.id, who: person.user } };
}
