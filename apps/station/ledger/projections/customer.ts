// Keeps the customers, what they are found by, their notes, and who owns or may act for an account.
import type { Database } from 'better-sqlite3';
import type { CustomerDetails } from '#contract/customers.ts';
import { canonicalText } from '../canonical.ts';
import { compactOf, digitsOf, nameTokens } from './customer-fold.ts';
import type { FoundBy } from './customer-search.ts';

/**
 * `customer_token` holds what a customer is found by, word by word; `customer_text` the same in one line,
 * and `customer_part` its trigrams for any part of a word. Numbers of accounts are kept with their owners.
 */
export const customerSchema = `
CREATE TABLE customer (
  id INTEGER PRIMARY KEY CHECK (id > 0),
  kind TEXT NOT NULL CHECK (kind IN ('person', 'organisation')),
  name TEXT NOT NULL CHECK (name <> ''),
  distinction TEXT NOT NULL,
  details TEXT NOT NULL,
  risk_class TEXT NOT NULL CHECK (risk_class IN ('low', 'normal', 'high')),
  since TEXT NOT NULL,
  valid_until TEXT NOT NULL
) STRICT;
CREATE TABLE customer_token (
  token TEXT NOT NULL,
  customer INTEGER NOT NULL REFERENCES customer (id),
  field TEXT NOT NULL,
  PRIMARY KEY (token, customer, field)
) STRICT, WITHOUT ROWID;
CREATE INDEX customer_token_of ON customer_token (customer, token);
CREATE TABLE customer_text (
  customer INTEGER PRIMARY KEY REFERENCES customer (id),
  text TEXT NOT NULL
) STRICT;
CREATE VIRTUAL TABLE customer_part USING fts5 (
  text, content='customer_text', content_rowid='customer', columnsize=0, detail=none,
  tokenize='trigram case_sensitive 1'
);
CREATE TABLE customer_note (
  id INTEGER PRIMARY KEY,
  customer INTEGER NOT NULL REFERENCES customer (id),
  text TEXT NOT NULL,
  alert INTEGER NOT NULL CHECK (alert IN (0, 1)),
  by TEXT NOT NULL,
  at INTEGER NOT NULL,
  closed_at INTEGER,
  closed_by TEXT
) STRICT;
CREATE INDEX customer_note_of ON customer_note (customer, id);
CREATE TABLE account_owner (
  account INTEGER NOT NULL,
  customer INTEGER NOT NULL REFERENCES customer (id),
  number TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('holder', 'joint')),
  PRIMARY KEY (account, customer)
) STRICT, WITHOUT ROWID;
CREATE INDEX account_owner_of ON account_owner (customer, account);
CREATE TABLE mandate (
  id INTEGER PRIMARY KEY CHECK (id > 0),
  account INTEGER NOT NULL,
  customer INTEGER NOT NULL REFERENCES customer (id),
  kind TEXT NOT NULL CHECK (kind IN ('signatory', 'attorney', 'guardian', 'view')),
  limit_minor INTEGER CHECK (limit_minor > 0),
  until TEXT,
  revoked_by INTEGER
) STRICT;
CREATE INDEX mandate_on ON mandate (account, id);
CREATE INDEX mandate_of ON mandate (customer, id);
`;

/** Those that point at others first. */
export const customerTables = [
  'customer_part',
  'customer_text',
  'customer_token',
  'customer_note',
  'account_owner',
  'mandate',
  'customer',
] as const;

/** A document without an end is valid until this day. */
export const noEnd = '9999-12-31';

/** What the log says of a customer. */
export interface CustomerData {
  readonly customer: number;
  readonly details: CustomerDetails;
  /** Date since when the bank knows them, where they came over from another system; the event's when absent. */
  readonly since?: string;
}

export interface MandateData {
  readonly id: number;
  readonly customer: number;
  readonly kind: 'signatory' | 'attorney' | 'guardian' | 'view';
  /** Decimal string of minor units, or null when there is no limit. */
  readonly limitMinor: string | null;
  readonly until: string | null;
}

export interface OwnershipData {
  readonly account: number;
  readonly number: string;
  readonly owners: readonly { readonly customer: number; readonly role: 'holder' | 'joint' }[];
  readonly mandates: readonly MandateData[];
}

export interface NoteData {
  readonly customer: number;
  readonly text: string;
  readonly alert: boolean;
  /** Name of who wrote it. */
  readonly by: string;
}

export interface CustomerWriter {
  register(data: CustomerData, date: string): void;
  amend(data: CustomerData): void;
  note(data: NoteData, seq: number, at: number): void;
  closeNote(note: number, by: string, at: number): void;
  own(data: OwnershipData): void;
  grant(account: number, mandate: MandateData): void;
  revoke(mandate: number, seq: number): void;
}

/** Writes the tables above; called only while an event is projected. */
export function createCustomerWriter(database: Database): CustomerWriter {
  const insert = database.prepare(
    `INSERT INTO customer (id, kind, name, distinction, details, risk_class, since, valid_until)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const update = database.prepare(
    `UPDATE customer SET kind = ?, name = ?, distinction = ?, details = ?, risk_class = ?,
     valid_until = ? WHERE id = ?`,
  );
  const insertNote = database.prepare(
    'INSERT INTO customer_note (id, customer, text, alert, by, at) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const closeNote = database.prepare(
    'UPDATE customer_note SET closed_at = ?, closed_by = ? WHERE id = ?',
  );
  const insertOwner = database.prepare(
    'INSERT INTO account_owner (account, customer, number, role) VALUES (?, ?, ?, ?)',
  );
  const insertMandate = database.prepare(
    `INSERT INTO mandate (id, account, customer, kind, limit_minor, until)
     VALUES (?, ?, ?, ?, ?, ?)`,
  );
  const revoke = database.prepare('UPDATE mandate SET revoked_by = ? WHERE id = ?');
  const index = createIndexer(database);

  function grant(account: number, mandate: MandateData): void {
    const { id, customer, kind, limitMinor, until } = mandate;
    insertMandate.run(id, account, customer, kind, limitMinor && BigInt(limitMinor), until);
  }

  return Object.freeze({
    register({ customer, details }: CustomerData, date: string) {
      const { kind, riskClass } = details;
      const row = [displayName(details), distinctionOf(details), canonicalText(details)];
      insert.run(customer, kind, ...row, riskClass, date, validUntil(details));
      index(customer, details);
    },
    amend({ customer, details }: CustomerData) {
      const { kind, riskClass } = details;
      const row = [displayName(details), distinctionOf(details), canonicalText(details)];
      update.run(kind, ...row, riskClass, validUntil(details), customer);
      index(customer, details);
    },
    note({ customer, text, alert, by }: NoteData, seq: number, at: number) {
      insertNote.run(seq, customer, text, alert ? 1 : 0, by, at);
    },
    closeNote(note: number, by: string, at: number) {
      closeNote.run(at, by, note);
    },
    own({ account, number, owners, mandates }: OwnershipData) {
      for (const { customer, role } of owners) insertOwner.run(account, customer, number, role);
      for (const mandate of mandates) grant(account, mandate);
      for (const { customer } of owners) index(customer, null);
    },
    grant,
    revoke(mandate: number, seq: number) {
      revoke.run(seq, mandate);
    },
  });
}

/** Makes the words a customer is found by anew from the details and the accounts. */
function createIndexer(
  database: Database,
): (customer: number, details: CustomerDetails | null) => void {
  const stored = database
    .prepare<[number], string>('SELECT details FROM customer WHERE id = ?')
    .pluck();
  const numbers = database
    .prepare<[number], string>(
      'SELECT number FROM account_owner WHERE customer = ? ORDER BY account',
    )
    .pluck();
  const clear = database.prepare('DELETE FROM customer_token WHERE customer = ?');
  const insert = database.prepare(
    'INSERT INTO customer_token (token, customer, field) VALUES (?, ?, ?)',
  );
  const before = database
    .prepare<[number], string>('SELECT text FROM customer_text WHERE customer = ?')
    .pluck();
  const unpart = database.prepare(
    "INSERT INTO customer_part (customer_part, rowid, text) VALUES ('delete', ?, ?)",
  );
  const put = database.prepare(
    `INSERT INTO customer_text (customer, text) VALUES (?, ?)
     ON CONFLICT (customer) DO UPDATE SET text = excluded.text`,
  );
  const part = database.prepare('INSERT INTO customer_part (rowid, text) VALUES (?, ?)');

  return (customer, given) => {
    const details = given ?? (JSON.parse(stored.get(customer) ?? '') as CustomerDetails);
    const tokens = customerTokens(customer, details, numbers.all(customer));
    clear.run(customer);
    for (const [token, fields] of tokens) {
      for (const field of fields) insert.run(token, customer, field);
    }
    const old = before.get(customer);
    if (old !== undefined) unpart.run(customer, old);
    const text = [...tokens.keys()].filter((token) => !/^[=~]/.test(token)).join(' ');
    put.run(customer, text);
    part.run(customer, text);
  };
}

/** Every token of a customer and the fields it stands in, in a fixed order. */
export function customerTokens(
  customer: number,
  details: CustomerDetails,
  accounts: readonly string[],
): ReadonlyMap<string, ReadonlySet<FoundBy>> {
  const tokens = new Map<string, Set<FoundBy>>();
  const add = (token: string, field: FoundBy) => {
    if (token !== '') tokens.set(token, (tokens.get(token) ?? new Set()).add(field));
  };
  for (const name of namesOf(details)) for (const token of nameTokens(name)) add(token, 'name');
  add(String(customer), 'customer number');
  for (const account of accounts) add(compactOf(account), 'account');
  for (const { number } of details.documents) add(compactOf(number), 'document');
  for (const phone of details.phones) add(digitsOf(phone.replace('(0)', '')), 'phone');
  if (details.kind === 'person') add(compactOf(details.birthDate), 'birth date');
  else add(compactOf(details.registrationNumber), 'registration number');
  return tokens;
}

function namesOf(details: CustomerDetails): string[] {
  const own = details.kind === 'person' ? [details.givenName, details.familyName] : [details.name];
  return details.latinName === undefined ? own : [...own, details.latinName];
}

/** The name as the screen shows it, its Latin spelling behind it where it is written in another script. */
export function displayName(details: CustomerDetails): string {
  const own = details.kind === 'person' ? personName(details) : details.name;
  return details.latinName ? `${own} (${details.latinName})` : own;
}

/** Family name first where that is how the script writes it. */
function personName({ givenName, familyName }: { givenName: string; familyName: string }): string {
  const familyFirst = /^[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}]/u.test(familyName);
  return familyFirst ? `${familyName} ${givenName}` : `${givenName} ${familyName}`;
}

/** What tells this customer from another of the same name. */
function distinctionOf(details: CustomerDetails): string {
  const own = details.kind === 'person' ? details.birthDate : details.registrationNumber;
  return `${own}, ${details.address.townName} ${details.address.country}`;
}

/** Last day on which one of the documents is valid. */
function validUntil(details: CustomerDetails): string {
  const ends = details.documents.map((each) => each.expiresOn ?? noEnd).sort();
  return ends.at(-1) ?? '0000-01-01';
}
