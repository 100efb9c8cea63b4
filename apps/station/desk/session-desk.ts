// What the parts of signing in share: who sits where, what must be done first, and how it is recorded.

import type { Role } from '#contract/operation.ts';
import type { SessionState } from '#contract/session.ts';
import { refuseUnless } from '../bank/refusal.ts';
import type { BranchData, StaffReads, StaffRow } from '../ledger/projections/staff.ts';
import type { Secrets } from '../ledger/projections/staff-secrets.ts';
import type { Chance, Clock } from '../ports.ts';
import type { Credentials } from './credentials.ts';
import type { Announcer, Person } from './desk.ts';
import type { CommandLog } from './dispatch.ts';
import { createProver, type ProofEvent, type Prover } from './session-proof.ts';
import { createSeats, idleLockMs, type Seat, type SeatStage, type Seats } from './session-seats.ts';

/** What the session needs to know of the rest of the house. */
export interface House {
  day(): { readonly date: string | null; readonly state: SessionState['dayState'] };
  /** The till this person has open, or null. */
  tillOf(staff: number): number | null;
  /** Refuses a sign-in that head office would not want; absent where nobody else is asked. */
  mayEnter?(person: { readonly user: string; readonly roles: readonly string[] }): void;
  /** Name of the desk on the LAN where this window stands, or null. */
  deskOf?(window: number): string | null;
}

export interface SessionParts {
  readonly log: CommandLog;
  readonly clock: Clock;
  readonly chance: Chance;
  readonly staff: StaffReads;
  readonly secrets: Secrets;
  readonly credentials: Credentials;
  readonly pepper: Uint8Array;
  readonly announcer: Announcer;
  readonly house: House;
  /** True when the branch holds demonstration data only. */
  readonly demonstration: boolean;
  readonly report: (where: string, error: unknown) => void;
}

/** A window's seat together with the person as the log knows them now. */
export interface Seated {
  readonly seat: Seat;
  readonly person: StaffRow;
}

export interface SessionDesk extends SessionParts {
  readonly seats: Seats;
  readonly prover: Prover;
  /** Who is at the window in whatever stage; a disabled person is not. */
  seated(window: number): Seated | null;
  /** The same, refused unless the seat is in one of the stages. */
  seatedIn(window: number, ...stages: readonly SeatStage[]): Seated;
  state(window: number): SessionState;
  /** Records an event of the session itself, outside any command. */
  record(staff: number, event: ProofEvent): Promise<void>;
  /** Puts a person whose proof is complete into the window, in the stage that comes first. */
  admit(window: number, person: StaffRow): void;
  /** Empties the windows of a person, and tells each why. */
  end(staff: number, message: string, exceptWindow?: number): void;
  /** Lets a window go for good: nobody is seated there any more. */
  forget(window: number): void;
}

/** Supervisors decide over other people's money: a password alone is not enough. */
export function needsFactor(roles: readonly Role[]): boolean {
  return roles.includes('supervisor');
}

/** What this person must do before the desk opens. */
export function firstStage(person: StaffRow): SeatStage {
  if (person.mustChange) return 'password-change';
  return needsFactor(person.roles) && !person.hasFactor ? 'enrol' : 'open';
}

export function personOf({ id, user, name, roles, customer }: StaffRow): Person {
  return Object.freeze({ id, user, name, roles, customer });
}

const why = {
  locked: 'Locked after five minutes without a key press; what you were filling in is kept.',
  idle: 'The sign-in was not finished within five minutes; begin again.',
  expired: 'The session has lasted eight hours; sign in again.',
} as const;

export function createSessionDesk(parts: SessionParts): SessionDesk {
  const { log, clock, staff, announcer, report } = parts;
  const gone = new Set<number>();
  const prover = createProver(parts);

  async function record(actor: number, { type, data }: ProofEvent): Promise<void> {
    await log.submit(() => log.append({ type, actor: String(actor), key: '', digest: '', data }));
    announcer.changed(['staff', 'log']);
  }

  function note(actor: number, event: ProofEvent): void {
    record(actor, event).catch((error: unknown) => report('session', error));
  }

  const seats = createSeats({
    clock,
    moved({ window, staff: id }, how) {
      const stage = how === 'locked' ? 'locked' : 'signed-out';
      announcer.toWindow(window, 'session.moved', { stage, message: why[how] });
      const type = how === 'locked' ? 'session.locked' : 'session.closed';
      note(id, { type, data: { staff: id, why: how, window } });
    },
  });

  function seated(window: number): Seated | null {
    const seat = seats.at(window);
    const person = seat && staff.byId(seat.staff);
    if (person && !person.disabled) return { seat, person };
    if (seat) seats.leave(window);
    return null;
  }

  return Object.freeze({
    ...parts,
    seats,
    prover,
    seated,
    record,
    seatedIn(window: number, ...stages: readonly SeatStage[]) {
      const found = seated(window);
      refuseUnless(
        found && stages.includes(found.seat.stage),
        'not-now',
        `This window is at the stage ${found?.seat.stage ?? 'signed-out'}; this is done in ${stages.join(' or ')}.`,
      );
      return found;
    },
    state: (window: number) => stateOf(parts, window, seated(window)),
    admit(window: number, person: StaffRow) {
      if (!gone.has(window)) seats.take(window, person.id, firstStage(person));
    },
    end(id: number, message: string, exceptWindow?: number) {
      for (const window of seats.windowsOf(id)) {
        if (window === exceptWindow) continue;
        seats.leave(window);
        announcer.toWindow(window, 'session.moved', { stage: 'signed-out', message });
        note(id, { type: 'session.closed', data: { staff: id, why: 'revoked', window } });
      }
    },
    forget(window: number) {
      gone.add(window);
      const seat = seats.leave(window);
      if (!seat || seat.stage === 'factor') return;
      note(seat.staff, {
        type: 'session.closed',
        data: { staff: seat.staff, why: 'window-closed', window },
      });
    },
  } satisfies SessionDesk);
}

function shownBranch({ code, name, baseCurrency, timeZone }: BranchData) {
  return { code, name, baseCurrency, timeZone };
}

function stateOf(parts: SessionParts, window: number, found: Seated | null): SessionState {
  const { staff, house, demonstration } = parts;
  const branch = staff.branch();
  const day = house.day();
  const { id, user, name, roles } = found?.person ?? { id: 0, user: '', name: '', roles: [] };
  return {
    stage: found?.seat.stage ?? (staff.any() ? 'signed-out' : 'establish'),
    bank: branch?.bank ?? null,
    branch: branch && shownBranch(branch),
    businessDate: day.date,
    dayState: day.state,
    demonstration,
    person: found && { id, user, name, roles: [...roles] },
    till: found && house.tillOf(id),
    until: found && new Date(found.seat.until).toISOString(),
    idleLockMs,
    desk: house.deskOf?.(window) ?? null,
  };
}
