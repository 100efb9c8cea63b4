// Handles the branch's own people: added, given roles, disabled, unlocked, and what an administrator may never do.
import type { Checked } from '#contract/index.ts';
import type { StaffMember } from '#contract/staff.ts';
import { refuseUnless } from '../bank/refusal.ts';
import type { StaffReads, StaffRow } from '../ledger/projections/staff.ts';
import { factorSecret, passwordSecret, type Secrets } from '../ledger/projections/staff-secrets.ts';
import type { Clock } from '../ports.ts';
import { type Credentials, storedImport } from './credentials.ts';
import type { Handlers, Recorded, SignedIn } from './desk.ts';
import type { Sessions } from './session.ts';
import { needsFactor } from './session-desk.ts';
import { checkNewPassword } from './staff-password.ts';

export interface StaffParts {
  readonly staff: StaffReads;
  readonly secrets: Secrets;
  readonly credentials: Credentials;
  readonly sessions: Sessions;
  readonly clock: Clock;
  readonly customerExists: (customer: number) => boolean;
}

type StaffName = Extract<keyof Handlers, `staff.${string}`>;
type Done = Recorded<{ staff: number }>;

export function staffHandlers(parts: StaffParts): Pick<Handlers, StaffName> {
  return Object.freeze({
    'staff.list': () => ({ staff: parts.staff.list().map((row) => memberOf(parts, row)) }),
    ...joiningHandlers(parts),
    ...roleHandlers(parts),
    ...credentialHandlers(parts),
  });
}

function memberOf({ staff, clock }: StaffParts, row: StaffRow): StaffMember {
  const { lockedUntil } = staff.tries(row.user);
  const isLocked = lockedUntil > clock.now();
  return {
    ...{ id: row.id, user: row.user, name: row.name, roles: [...row.roles] },
    state: row.disabled ? 'disabled' : isLocked ? 'locked' : 'active',
    lockedUntil: isLocked ? new Date(lockedUntil).toISOString() : null,
    hasFactor: row.hasFactor,
    mustChangePassword: row.mustChange,
    lastSignedInAt: row.signedInAt === null ? null : new Date(row.signedInAt).toISOString(),
    customer: row.customer,
  };
}

function done(
  type: string,
  staff: number,
  data: Record<string, unknown>,
  ended?: () => void,
): Done {
  const recorded = {
    type,
    data: { ...data, staff },
    result: { staff },
    topics: ['staff'],
  } as const;
  return ended ? { ...recorded, announce: ended } : recorded;
}

function joiningHandlers(parts: StaffParts) {
  const { staff, secrets, customerExists } = parts;

  function refuseTaken(user: string): void {
    refuseUnless(
      staff.byUser(user) === null,
      'user-taken',
      `Somebody has the user name ${user} already; choose another.`,
      'user',
    );
  }

  return {
    'staff.add': {
      async before(input: Checked<'staff.add'>) {
        refuseTaken(input.user);
        return temporaryHash(parts, input, input.password);
      },
      record(input: Checked<'staff.add'>, _asker: SignedIn, _moment: unknown, hash: string) {
        const { user, name, roles, customer } = input;
        refuseTaken(user);
        refuseUnless(
          customer === null || customerExists(customer),
          'customer-unknown',
          `There is no customer ${customer}.`,
          'customer',
        );
        const id = staff.nextId();
        secrets.set(passwordSecret(id), Buffer.from(hash));
        const data = { user, name, roles: rolesOf(roles), customer, mustChange: true };
        return done('staff.added', id, data);
      },
    },
    'staff.import': {
      record(input: Checked<'staff.import'>) {
        const { user, name, roles } = input;
        refuseTaken(user);
        const id = staff.nextId();
        secrets.set(passwordSecret(id), Buffer.from(storedImport(input)));
        const data = { user, name, roles: rolesOf(roles), customer: null, mustChange: false };
        return done('staff.imported', id, data);
      },
    },
  };
}

/** A password somebody else has chosen: it is changed at the first sign-in, so eight characters do. */
function temporaryHash(
  { staff, credentials }: StaffParts,
  given: { readonly user: string; readonly name: string },
  password: string,
): Promise<string> {
  const { user, name } = given;
  const bank = staff.branch()?.bank ?? '';
  checkNewPassword(password, { user, name, bank, factor: true }, 'password');
  return credentials.hash(password);
}

function roleHandlers(parts: StaffParts) {
  const { staff, sessions } = parts;
  return {
    'staff.setRoles': {
      record(input: Checked<'staff.setRoles'>, asker: SignedIn) {
        const row = another(parts, input.staff, asker, 'Your own roles');
        const roles = rolesOf(input.roles);
        refuseUnless(
          roles.join() !== rolesOf(row.roles).join(),
          'nothing-changed',
          `${row.name} has exactly these roles already.`,
          'roles',
        );
        if (!roles.includes('administrator')) refuseLastAdministrator(staff, row);
        const data = { before: rolesOf(row.roles), roles, reason: input.reason };
        return done('staff.roles-set', row.id, data, () =>
          sessions.end(row.id, 'Your roles were changed; sign in again.'),
        );
      },
    },
    'staff.disable': {
      record(input: Checked<'staff.disable'>, asker: SignedIn) {
        const row = another(parts, input.staff, asker, 'Your own user');
        refuseUnless(!row.disabled, 'disabled-already', `${row.name} is disabled already.`);
        refuseLastAdministrator(staff, row);
        return done('staff.disabled', row.id, { reason: input.reason }, () =>
          sessions.end(row.id, 'Your user was disabled; ask an administrator.'),
        );
      },
    },
    'staff.enable': {
      record(input: Checked<'staff.enable'>, asker: SignedIn) {
        const row = another(parts, input.staff, asker, 'Your own user');
        refuseUnless(row.disabled, 'enabled-already', `${row.name} is not disabled.`);
        return done('staff.enabled', row.id, { reason: input.reason });
      },
    },
    'staff.endSessions': {
      record(input: Checked<'staff.endSessions'>) {
        const row = known(parts, input.staff);
        return done('sessions.ended', row.id, { reason: input.reason }, () =>
          sessions.end(row.id, 'Your sessions were ended; sign in again.'),
        );
      },
    },
  };
}

function credentialHandlers(parts: StaffParts) {
  const { staff, secrets, sessions } = parts;
  return {
    'staff.unlock': {
      record(input: Checked<'staff.unlock'>, asker: SignedIn) {
        const row = another(parts, input.staff, asker, 'Your own lock');
        refuseUnless(
          staff.tries(row.user).wrong > 0,
          'not-locked',
          `${row.name} is not locked and has no wrong tries.`,
        );
        return done('staff.unlocked', row.id, { reason: input.reason, who: row.user }, () =>
          sessions.release(row.user),
        );
      },
    },
    'staff.resetPassword': {
      async before(input: Checked<'staff.resetPassword'>, asker: SignedIn) {
        const row = another(parts, input.staff, asker, 'Your own password');
        return temporaryHash(parts, row, input.password);
      },
      record(
        input: Checked<'staff.resetPassword'>,
        asker: SignedIn,
        _moment: unknown,
        hash: string,
      ) {
        const row = another(parts, input.staff, asker, 'Your own password');
        secrets.set(passwordSecret(row.id), Buffer.from(hash));
        return done('staff.password-reset', row.id, {}, () =>
          sessions.end(row.id, 'Your password was reset; sign in with the new one.'),
        );
      },
    },
    'staff.resetFactor': {
      record(input: Checked<'staff.resetFactor'>, asker: SignedIn) {
        const row = another(parts, input.staff, asker, 'Your own authenticator');
        refuseUnless(row.hasFactor, 'factor-missing', `${row.name} has no authenticator set up.`);
        secrets.delete(factorSecret(row.id));
        // A password of eight characters was good enough only beside the factor that is gone.
        const mustChange = row.mustChange || !needsFactor(row.roles);
        const data = { mustChange, reason: input.reason };
        return done('staff.factor-reset', row.id, data, () =>
          sessions.end(row.id, 'Your authenticator was reset; sign in again.'),
        );
      },
    },
  };
}

function rolesOf(roles: readonly StaffRow['roles'][number][]): StaffRow['roles'][number][] {
  return [...new Set(roles)].sort();
}

function known({ staff }: StaffParts, id: number): StaffRow {
  const row = staff.byId(id);
  refuseUnless(row, 'staff-unknown', `There is no member of staff ${id}.`, 'staff');
  return row;
}

/** Nobody raises or frees themselves: what concerns one's own rights is done by somebody else. */
function another(parts: StaffParts, id: number, asker: SignedIn, what: string): StaffRow {
  const row = known(parts, id);
  refuseUnless(
    row.id !== asker.person.id,
    'own-rights',
    `${what} must be changed by another administrator.`,
    'staff',
  );
  return row;
}

/** Without an administrator nobody could ever be added, unlocked or enabled again. */
function refuseLastAdministrator(staff: StaffReads, row: StaffRow): void {
  const isAdministrator = (each: StaffRow) =>
    !each.disabled && each.roles.includes('administrator');
  const others = staff.list().filter((each) => each.id !== row.id && isAdministrator(each));
  refuseUnless(
    !isAdministrator(row) || others.length > 0,
    'last-administrator',
    `${row.name} is the branch's last administrator; make another one first.`,
    'staff',
  );
}
