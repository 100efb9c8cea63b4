// Keeps the statements other banks send of our accounts with them, and which of our lines each entry is.
import type { Database } from 'better-sqlite3';
import type { StoredEvent } from '../events.ts';
import type { Projection } from '../projection.ts';

const schema = `
CREATE TABLE bank_statement (
  seq INTEGER NOT NULL,
  position INTEGER NOT NULL,
  account INTEGER NOT NULL,
  identification TEXT NOT NULL,
  theirs TEXT NOT NULL,
  currency TEXT NOT NULL,
  opening INTEGER NOT NULL,
  closing INTEGER NOT NULL,
  closing_on TEXT NOT NULL,
  entries INTEGER NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (seq, position),
  UNIQUE (account, identification, closing_on)
) STRICT, WITHOUT ROWID;
CREATE TABLE bank_line (
  seq INTEGER NOT NULL,
  statement INTEGER NOT NULL,
  position INTEGER NOT NULL,
  account INTEGER NOT NULL,
  value_date TEXT NOT NULL,
  amount INTEGER NOT NULL CHECK (amount <> 0),
  reference TEXT NOT NULL,
  text TEXT NOT NULL,
  leg INTEGER,
  matched INTEGER CHECK ((matched IS NULL) = (leg IS NULL)),
  PRIMARY KEY (seq, statement, position)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX bank_line_leg ON bank_line (account, leg) WHERE leg IS NOT NULL;
CREATE INDEX bank_line_open ON bank_line (account, seq, statement, position) WHERE leg IS NULL;
`;

/** One entry of a statement as the event keeps it. */
export interface BankLineData {
  readonly valueDate: string;
  readonly amountMinor: string;
  readonly references: readonly string[];
  readonly text: string;
  /** Our leg where amount and reference left no doubt, or null. */
  readonly leg: number | null;
}

export interface BankStatementData {
  readonly identification: string;
  readonly theirs: string;
  readonly currency: string;
  readonly openingMinor: string;
  readonly closingMinor: string;
  readonly closingOn: string;
  readonly lines: readonly BankLineData[];
}

/** `statement.imported`: one file, which may hold several statements of one account. */
export interface StatementImported {
  readonly account: number;
  readonly statements: readonly BankStatementData[];
}

/** `statement.matched` and `statement.unmatched`: an entry and, matched, our leg. */
export interface StatementMatched {
  readonly line: { readonly seq: number; readonly statement: number; readonly position: number };
  readonly leg: number | null;
}

export interface BankStatementRow {
  readonly seq: number;
  readonly statement: number;
  readonly identification: string;
  readonly theirs: string;
  readonly openingMinor: bigint;
  readonly closingMinor: bigint;
  readonly closingOn: string;
  readonly entries: number;
}

export interface BankLineRow {
  readonly seq: number;
  readonly statement: number;
  readonly position: number;
  readonly account: number;
  readonly valueDate: string;
  readonly amountMinor: bigint;
  readonly references: readonly string[];
  readonly text: string;
  readonly leg: number | null;
}

export interface BankStatementReads {
  /** The statement of an account that closed last, or null. */
  latest(account: number): BankStatementRow | null;
  isKnown(account: number, identification: string, closingOn: string): boolean;
  /** Entries of an account that are none of our lines yet, oldest first, at most `count`. */
  open(account: number, count: number): readonly BankLineRow[];
  /** How many entries stay open. */
  openCount(account: number): number;
  line(seq: number, statement: number, position: number): BankLineRow | null;
  /** The entry that our leg was matched with, or null. */
  ofLeg(account: number, leg: number): BankLineRow | null;
}

interface StoredLine {
  readonly seq: bigint;
  readonly statement: bigint;
  readonly position: bigint;
  readonly account: bigint;
  readonly value_date: string;
  readonly amount: bigint;
  readonly reference: string;
  readonly text: string;
  readonly leg: bigint | null;
}

function lineOf(stored: StoredLine): BankLineRow {
  return Object.freeze({
    seq: Number(stored.seq),
    statement: Number(stored.statement),
    position: Number(stored.position),
    account: Number(stored.account),
    valueDate: stored.value_date,
    amountMinor: stored.amount,
    references: stored.reference === '' ? [] : stored.reference.split('\n'),
    text: stored.text,
    leg: stored.leg === null ? null : Number(stored.leg),
  });
}

interface StoredStatement {
  readonly seq: bigint;
  readonly position: bigint;
  readonly identification: string;
  readonly theirs: string;
  readonly opening: bigint;
  readonly closing: bigint;
  readonly closing_on: string;
  readonly entries: bigint;
}

export function createBankStatementReads(database: Database): BankStatementReads {
  const latest = database.prepare<[number], StoredStatement>(
    `SELECT * FROM bank_statement WHERE account = ?
     ORDER BY closing_on DESC, seq DESC, position DESC LIMIT 1`,
  );
  const known = database.prepare<[number, string, string]>(
    'SELECT 1 FROM bank_statement WHERE account = ? AND identification = ? AND closing_on = ?',
  );
  const open = database.prepare<[number, number], StoredLine>(
    `SELECT * FROM bank_line WHERE account = ? AND leg IS NULL
     ORDER BY seq, statement, position LIMIT ?`,
  );
  const openCount = database
    .prepare<[number], bigint>('SELECT count(*) FROM bank_line WHERE account = ? AND leg IS NULL')
    .pluck();
  const line = database.prepare<[number, number, number], StoredLine>(
    'SELECT * FROM bank_line WHERE seq = ? AND statement = ? AND position = ?',
  );
  const ofLeg = database.prepare<[number, number], StoredLine>(
    'SELECT * FROM bank_line WHERE account = ? AND leg = ?',
  );
  const orNull = (stored: StoredLine | undefined) => (stored ? lineOf(stored) : null);
  return Object.freeze({
    latest(account: number) {
      const stored = latest.get(account);
      return stored ? statementOf(stored) : null;
    },
    isKnown: (account: number, identification: string, closingOn: string) =>
      known.get(account, identification, closingOn) !== undefined,
    open: (account: number, count: number) => open.all(account, count).map(lineOf),
    openCount: (account: number) => Number(openCount.get(account) ?? 0n),
    line: (seq: number, statement: number, position: number) =>
      orNull(line.get(seq, statement, position)),
    ofLeg: (account: number, leg: number) => orNull(ofLeg.get(account, leg)),
  });
}

function statementOf(stored: StoredStatement): BankStatementRow {
  return Object.freeze({
    seq: Number(stored.seq),
    statement: Number(stored.position),
    identification: stored.identification,
    theirs: stored.theirs,
    openingMinor: stored.opening,
    closingMinor: stored.closing,
    closingOn: stored.closing_on,
    entries: Number(stored.entries),
  });
}

function prepare(database: Database): (event: StoredEvent) => void {
  const insertStatement = database.prepare(
    `INSERT INTO bank_statement (seq, position, account, identification, theirs, currency, opening,
     closing, closing_on, entries, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const insertLine = database.prepare(
    `INSERT INTO bank_line (seq, statement, position, account, value_date, amount, reference, text,
     leg, matched) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const match = database.prepare(
    'UPDATE bank_line SET leg = ?, matched = ? WHERE seq = ? AND statement = ? AND position = ?',
  );

  function imported(event: StoredEvent): void {
    const { account, statements } = event.data as unknown as StatementImported;
    for (const [index, statement] of statements.entries()) {
      const { identification, theirs, currency, closingOn, lines } = statement;
      const balances = [BigInt(statement.openingMinor), BigInt(statement.closingMinor)];
      const named = [account, identification, theirs, currency];
      insertStatement.run(
        ...[event.seq, index + 1, ...named, ...balances, closingOn, lines.length, event.at],
      );
      for (const [position, line] of lines.entries()) {
        const { valueDate, references, text, leg } = line;
        const key = [event.seq, index + 1, position + 1, account];
        const matched = leg === null ? null : event.seq;
        const what = [valueDate, BigInt(line.amountMinor), references.join('\n'), text];
        insertLine.run(...key, ...what, leg, matched);
      }
    }
  }

  return (event) => {
    if (event.type === 'statement.imported') return imported(event);
    const { line, leg } = event.data as unknown as StatementMatched;
    const matched = leg === null ? null : event.seq;
    match.run(leg, matched, line.seq, line.statement, line.position);
  };
}

export const bankStatementProjection: Projection = Object.freeze({
  name: 'bank-statement',
  tables: ['bank_statement', 'bank_line'],
  schema,
  types: ['statement.imported', 'statement.matched', 'statement.unmatched'],
  prepare,
});
