// Reads customers, their notes, and who owns or may act for an account.
import type { Database } from 'better-sqlite3';
import type { CustomerDetails } from '#contract/customers.ts';
import { compactOf } from './customer-fold.ts';

export type RiskClass = 'low' | 'normal' | 'high';
export type OwnerRole = 'holder' | 'joint';
export type MandateKind = 'signatory' | 'attorney' | 'guardian' | 'view';

export interface CustomerRow {
  readonly customer: number;
  readonly kind: 'person' | 'organisation';
  /** The name as the screen shows it. */
  readonly name: string;
  /** What tells this customer from another of the same name. */
  readonly distinction: string;
  readonly riskClass: RiskClass;
  /** Business date of registration. */
  readonly since: string;
  /** Last day on which an identity document is valid; 9999-12-31 when one has no end. */
  readonly validUntil: string;
}

export interface NoteRow {
  readonly id: number;
  readonly customer: number;
  readonly text: string;
  readonly alert: boolean;
  readonly by: string;
  readonly at: number;
  readonly open: boolean;
}

export interface OwnerRow {
  readonly customer: number;
  readonly name: string;
  readonly role: OwnerRole;
}

export interface MandateRow {
  readonly id: number;
  readonly account: number;
  readonly customer: number;
  readonly name: string;
  readonly kind: MandateKind;
  /** The most the person may move in one posting, in minor units; null: no bound. */
  readonly limitMinor: bigint | null;
  /** Last business date it holds; null: until revoked. */
  readonly until: string | null;
}

export interface CustomerReads {
  get(customer: number): CustomerRow | null;
  details(customer: number): CustomerDetails | null;
  nextId(): number;
  /** Customers with a document of this number, however it is written. */
  byDocument(number: string): readonly number[];
  /** Newest first. */
  notesOf(customer: number, count: number): readonly NoteRow[];
  note(id: number): NoteRow | null;
  /** Accounts the customer owns, and those a mandate that is not revoked gives them, oldest first. */
  accountsOf(customer: number): readonly { readonly account: number; readonly role: string }[];
  /** The first owner stands first. */
  ownersOf(account: number): readonly OwnerRow[];
  /** Mandates that are not revoked; one may have run out. */
  mandatesOn(account: number): readonly MandateRow[];
  mandate(id: number): MandateRow | null;
  nextMandateId(): number;
}

interface StoredNote {
  id: bigint;
  customer: bigint;
  text: string;
  alert: bigint;
  by: string;
  at: bigint;
  closed_at: bigint | null;
}

interface StoredMandate {
  id: bigint;
  account: bigint;
  customer: bigint;
  name: string;
  kind: MandateKind;
  limit_minor: bigint | null;
  until: string | null;
}

export function createCustomerReads(database: Database): CustomerReads {
  return Object.freeze({
    ...customerReads(database),
    ...noteReads(database),
    ...ownershipReads(database),
  });
}

function customerReads(database: Database) {
  const byId = database.prepare<[number], Omit<CustomerRow, 'customer'>>(
    `SELECT kind, name, distinction, risk_class AS riskClass, since, valid_until AS validUntil
     FROM customer WHERE id = ?`,
  );
  const details = database
    .prepare<[number], string>('SELECT details FROM customer WHERE id = ?')
    .pluck();
  const highest = database.prepare<[], bigint | null>('SELECT max(id) FROM customer').pluck();
  const byDocument = database
    .prepare<[string], bigint>(
      "SELECT customer FROM customer_token WHERE token = ? AND field = 'document' ORDER BY customer",
    )
    .pluck();
  return {
    get(customer: number) {
      const row = byId.get(customer);
      return row ? { customer, ...row } : null;
    },
    details(customer: number) {
      const text = details.get(customer);
      return text === undefined ? null : (JSON.parse(text) as CustomerDetails);
    },
    byDocument: (number: string) => byDocument.all(compactOf(number)).map(Number),
    // The first number has five digits, so that it is not taken for an account or a small count.
    nextId: () => Math.max(Number(highest.get() ?? 0n), 10_000) + 1,
  };
}

function noteReads(database: Database) {
  const columns = 'SELECT id, customer, text, alert, by, at, closed_at FROM customer_note';
  const of = database.prepare<[number, number], StoredNote>(
    `${columns} WHERE customer = ? ORDER BY id DESC LIMIT ?`,
  );
  const byId = database.prepare<[number], StoredNote>(`${columns} WHERE id = ?`);
  const noteOf = ({ id, customer, text, alert, by, at, closed_at }: StoredNote): NoteRow => ({
    ...{ id: Number(id), customer: Number(customer), text, by, at: Number(at) },
    alert: alert === 1n,
    open: closed_at === null,
  });
  return {
    notesOf: (customer: number, count: number) => of.all(customer, count).map(noteOf),
    note(id: number) {
      const row = byId.get(id);
      return row ? noteOf(row) : null;
    },
  };
}

function ownershipReads(database: Database) {
  const accounts = database.prepare<[number, number], { account: bigint; role: string }>(
    `SELECT account, role FROM account_owner WHERE customer = ?
     UNION ALL SELECT account, kind FROM mandate WHERE customer = ? AND revoked_by IS NULL
     ORDER BY account`,
  );
  const owners = database.prepare<[number], { customer: bigint; name: string; role: OwnerRole }>(
    `SELECT account_owner.customer, name, role FROM account_owner JOIN customer ON customer.id = account_owner.customer
     WHERE account = ? ORDER BY role, account_owner.customer`,
  );
  const columns = `SELECT mandate.id, account, customer, name, mandate.kind, limit_minor, until
    FROM mandate JOIN customer ON customer.id = mandate.customer`;
  const on = database.prepare<[number], StoredMandate>(
    `${columns} WHERE account = ? AND revoked_by IS NULL ORDER BY mandate.id`,
  );
  const byId = database.prepare<[number], StoredMandate>(
    `${columns} WHERE mandate.id = ? AND revoked_by IS NULL`,
  );
  const highest = database.prepare<[], bigint | null>('SELECT max(id) FROM mandate').pluck();
  return {
    accountsOf: (customer: number) =>
      accounts
        .all(customer, customer)
        .map(({ account, role }) => ({ account: Number(account), role })),
    ownersOf: (account: number) =>
      owners.all(account).map((row) => ({ ...row, customer: Number(row.customer) })),
    mandatesOn: (account: number) => on.all(account).map(mandateOf),
    mandate(id: number) {
      const row = byId.get(id);
      return row ? mandateOf(row) : null;
    },
    nextMandateId: () => Number(highest.get() ?? 0n) + 1,
  };
}

function mandateOf({ limit_minor: limitMinor, ...row }: StoredMandate): MandateRow {
  const numbers = { id: Number(row.id), account: Number(row.account) };
  return { ...row, ...numbers, customer: Number(row.customer), limitMinor };
}
