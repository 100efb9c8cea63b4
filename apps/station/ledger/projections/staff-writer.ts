// Carries what happened to the branch's people into their tables.
import type { Database } from 'better-sqlite3';
import { canonicalText } from '../canonical.ts';
import type { StoredEvent } from '../events.ts';
import type { Projection } from '../projection.ts';
import {
  type BranchData,
  type RefusedData,
  type StaffData,
  staffSchema,
  staffTables,
} from './staff.ts';

interface OfStaff {
  readonly staff: number;
  /** The name the tries are counted under. */
  readonly who: string;
  /** Step of the one-time code that counted, or 0 where none was asked for. */
  readonly step: number;
}

type Carry = (data: never, at: number) => void;

/** The branch and its people as a function of the log. */
export const staffProjection: Projection = Object.freeze({
  name: 'staff',
  tables: staffTables,
  schema: staffSchema,
  types: [
    'branch.established',
    'staff.added',
    'staff.imported',
    'staff.roles-set',
    'staff.disabled',
    'staff.enabled',
    'staff.unlocked',
    'staff.password-reset',
    'staff.password-changed',
    'staff.factor-enrolled',
    'staff.factor-reset',
    'session.opened',
    'session.unlocked',
    'session.proven',
    'session.refused',
  ],
  prepare(database: Database) {
    const carry: Readonly<Record<string, Carry>> = {
      ...branchCarriers(database),
      ...memberCarriers(database),
      ...sessionCarriers(database),
    };
    return ({ type, at, data }: StoredEvent) => carry[type]?.(data as never, at);
  },
});

function branchCarriers(database: Database) {
  const establish = database.prepare(
    `INSERT INTO branch (id, bank, code, name, country, time_zone, base_currency, currencies, established_at)
     VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const add = database.prepare(
    `INSERT INTO staff (id, user, name, roles, customer, must_change)
     VALUES (?, ?, ?, ?, ?, ?)`,
  );
  const insert = (data: StaffData) => {
    const { staff, user, name, roles, customer, mustChange } = data;
    add.run(staff, user, name, canonicalText([...roles].sort()), customer, mustChange ? 1 : 0);
  };
  return {
    'branch.established': (data: BranchData, at: number) => {
      // A log from before branches said their zone is read as if it had said UTC.
      const { bank, code, name, country, timeZone = 'UTC', baseCurrency } = data;
      const currencies = canonicalText(data.currencies);
      establish.run(bank, code, name, country, timeZone, baseCurrency, currencies, at);
    },
    'staff.added': insert,
    'staff.imported': insert,
  };
}

function memberCarriers(database: Database) {
  const setRoles = database.prepare('UPDATE staff SET roles = ? WHERE id = ?');
  const disable = database.prepare('UPDATE staff SET disabled = ? WHERE id = ?');
  const reset = database.prepare(
    'UPDATE staff SET must_change = 1, first_password = 0 WHERE id = ?',
  );
  const change = database.prepare(
    'UPDATE staff SET must_change = 0, first_password = 0 WHERE id = ?',
  );
  const enrol = database.prepare('UPDATE staff SET factor = 1, factor_step = ? WHERE id = ?');
  const unenrol = database.prepare(
    'UPDATE staff SET factor = 0, factor_step = 0, must_change = max(must_change, ?) WHERE id = ?',
  );
  const forget = database.prepare('DELETE FROM sign_in_try WHERE who = ?');
  return {
    'staff.roles-set': ({ staff, roles }: StaffData) => {
      setRoles.run(canonicalText([...roles].sort()), staff);
    },
    'staff.disabled': ({ staff }: OfStaff) => void disable.run(1, staff),
    'staff.enabled': ({ staff }: OfStaff) => void disable.run(0, staff),
    'staff.unlocked': ({ who }: OfStaff) => void forget.run(who),
    'staff.password-reset': ({ staff }: OfStaff) => void reset.run(staff),
    'staff.password-changed': ({ staff }: OfStaff) => void change.run(staff),
    'staff.factor-enrolled': ({ staff, step }: OfStaff) => void enrol.run(step, staff),
    'staff.factor-reset': ({ staff, mustChange }: StaffData) =>
      void unenrol.run(mustChange ? 1 : 0, staff),
  };
}

function sessionCarriers(database: Database) {
  const signIn = database.prepare(
    'UPDATE staff SET signed_in_at = ?, factor_step = max(factor_step, ?) WHERE id = ?',
  );
  const prove = database.prepare('UPDATE staff SET factor_step = max(factor_step, ?) WHERE id = ?');
  const forget = database.prepare('DELETE FROM sign_in_try WHERE who = ?');
  const count = database.prepare(
    `INSERT INTO sign_in_try (who, wrong, locked_until) VALUES (?, ?, ?)
     ON CONFLICT (who) DO UPDATE SET wrong = excluded.wrong, locked_until = excluded.locked_until`,
  );
  const proven = ({ staff, who, step }: OfStaff) => {
    prove.run(step, staff);
    forget.run(who);
  };
  return {
    'session.opened': ({ staff, who, step }: OfStaff, at: number) => {
      signIn.run(at, step, staff);
      forget.run(who);
    },
    'session.unlocked': proven,
    'session.proven': proven,
    'session.refused': ({ who, wrong, lockedUntil }: RefusedData) => {
      count.run(who, wrong, lockedUntil);
    },
  };
}
