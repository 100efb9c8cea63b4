// Keeps the branch's name, its staff, and how often somebody has tried to sign in as whom.
import type { Database } from 'better-sqlite3';
import type { Role } from '#contract/operation.ts';

/** `sign_in_try` is kept by user name; for a name nobody has, by a keyed hash of it (it may be a password). */
export const staffSchema = `
CREATE TABLE branch (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  bank TEXT NOT NULL,
  code TEXT NOT NULL,
  name TEXT NOT NULL,
  country TEXT NOT NULL,
  time_zone TEXT NOT NULL,
  base_currency TEXT NOT NULL,
  currencies TEXT NOT NULL,
  established_at INTEGER NOT NULL
) STRICT;
CREATE TABLE staff (
  id INTEGER PRIMARY KEY CHECK (id > 0),
  user TEXT NOT NULL UNIQUE CHECK (user <> ''),
  name TEXT NOT NULL CHECK (name <> ''),
  roles TEXT NOT NULL,
  customer INTEGER,
  disabled INTEGER NOT NULL DEFAULT 0 CHECK (disabled IN (0, 1)),
  must_change INTEGER NOT NULL CHECK (must_change IN (0, 1)),
  factor INTEGER NOT NULL DEFAULT 0 CHECK (factor IN (0, 1)),
  factor_step INTEGER NOT NULL DEFAULT 0,
  first_password INTEGER NOT NULL DEFAULT 1 CHECK (first_password IN (0, 1)),
  signed_in_at INTEGER
) STRICT;
CREATE TABLE sign_in_try (
  who TEXT PRIMARY KEY,
  wrong INTEGER NOT NULL CHECK (wrong > 0),
  locked_until INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
`;

export const staffTables = ['branch', 'staff', 'sign_in_try'] as const;

/** `branch.established` */
export interface BranchData {
  readonly bank: string;
  readonly code: string;
  readonly name: string;
  readonly country: string;
  /** Of the tz database: the clock on the branch's wall. */
  readonly timeZone: string;
  readonly baseCurrency: string;
  readonly currencies: readonly string[];
}

/** `staff.added` and `staff.imported` */
export interface StaffData {
  readonly staff: number;
  readonly user: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly customer: number | null;
  /** True while the password is one that somebody else has given. */
  readonly mustChange: boolean;
}

/** `session.refused`: one wrong password or code. */
export interface RefusedData {
  readonly who: string;
  readonly wrong: number;
  readonly lockedUntil: number;
}

export interface StaffRow {
  readonly id: number;
  readonly user: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly customer: number | null;
  readonly disabled: boolean;
  readonly mustChange: boolean;
  readonly hasFactor: boolean;
  /** Step of the last one-time code that counted. */
  readonly factorStep: number;
  /** True while the password is the one the person was added with. */
  readonly hasFirstPassword: boolean;
  readonly signedInAt: number | null;
}

export interface StaffReads {
  branch(): BranchData | null;
  /** True once anybody has been added: the first start is over. */
  any(): boolean;
  byId(id: number): StaffRow | null;
  byUser(user: string): StaffRow | null;
  list(): readonly StaffRow[];
  nextId(): number;
  /** Wrong tries under this name, and the end of the lock or 0. */
  tries(who: string): { readonly wrong: number; readonly lockedUntil: number };
}

interface Stored {
  id: bigint;
  user: string;
  name: string;
  roles: string;
  customer: bigint | null;
  disabled: bigint;
  must_change: bigint;
  factor: bigint;
  factor_step: bigint;
  first_password: bigint;
  signed_in_at: bigint | null;
}

function rowOf(stored: Stored): StaffRow {
  return Object.freeze({
    id: Number(stored.id),
    user: stored.user,
    name: stored.name,
    roles: JSON.parse(stored.roles) as Role[],
    customer: stored.customer === null ? null : Number(stored.customer),
    disabled: stored.disabled === 1n,
    mustChange: stored.must_change === 1n,
    hasFactor: stored.factor === 1n,
    factorStep: Number(stored.factor_step),
    hasFirstPassword: stored.first_password === 1n,
    signedInAt: stored.signed_in_at === null ? null : Number(stored.signed_in_at),
  });
}

interface StoredBranch {
  bank: string;
  code: string;
  name: string;
  country: string;
  time_zone: string;
  base_currency: string;
  currencies: string;
}

export function createStaffReads(database: Database): StaffReads {
  const branch = database.prepare<[], StoredBranch>('SELECT * FROM branch WHERE id = 1');
  const any = database.prepare<[], bigint>('SELECT 1 FROM staff LIMIT 1').pluck();
  const byId = database.prepare<[number], Stored>('SELECT * FROM staff WHERE id = ?');
  const byUser = database.prepare<[string], Stored>('SELECT * FROM staff WHERE user = ?');
  const list = database.prepare<[], Stored>('SELECT * FROM staff ORDER BY id');
  const highest = database.prepare<[], bigint | null>('SELECT max(id) FROM staff').pluck();
  const tries = database.prepare<[string], { wrong: bigint; locked_until: bigint }>(
    'SELECT wrong, locked_until FROM sign_in_try WHERE who = ?',
  );
  const one = (stored: Stored | undefined) => (stored ? rowOf(stored) : null);

  return Object.freeze({
    branch() {
      const row = branch.get();
      if (!row) return null;
      const { bank, code, name, country, base_currency: baseCurrency, time_zone: timeZone } = row;
      const currencies = JSON.parse(row.currencies) as string[];
      return Object.freeze({ bank, code, name, country, timeZone, baseCurrency, currencies });
    },
    any: () => any.get() !== undefined,
    byId: (id: number) => one(byId.get(id)),
    byUser: (user: string) => one(byUser.get(user)),
    list: () => list.all().map(rowOf),
    nextId: () => Number(highest.get() ?? 0n) + 1,
    tries(who: string) {
      const row = tries.get(who);
      if (!row) return { wrong: 0, lockedUntil: 0 };
      return { wrong: Number(row.wrong), lockedUntil: Number(row.locked_until) };
    },
  });
}
