// Keeps applications for credit, what the figures said of them, and what an officer decided.
import type { Database } from 'better-sqlite3';
import { canonicalText } from '../canonical.ts';
import type { StoredEvent } from '../events.ts';
import type { Projection } from '../projection.ts';

const schema = `
CREATE TABLE credit_application (
  seq INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  by INTEGER NOT NULL,
  customer INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('open', 'approved', 'declined')),
  body TEXT NOT NULL,
  decided_by INTEGER,
  decided_at INTEGER,
  granted TEXT,
  comment TEXT,
  outcome TEXT CHECK (outcome IN ('repaid', 'defaulted'))
) STRICT;
`;

/** `credit.applied`: the request, the figures and the answer; fractions as text. */
export interface CreditData {
  readonly application: Readonly<Record<string, string | number>>;
  readonly assessment: Readonly<Record<string, unknown>>;
  /** Log odds of the scorecard before any shift, as text. */
  readonly odds: string;
}

export interface CreditRow extends CreditData {
  readonly seq: number;
  readonly at: number;
  readonly by: number;
  readonly customer: number;
  readonly state: 'open' | 'approved' | 'declined';
  readonly decidedBy: number | null;
  readonly decidedAt: number | null;
  readonly granted: string | null;
  readonly comment: string | null;
  readonly outcome: 'repaid' | 'defaulted' | null;
}

export interface CreditReads {
  application(seq: number): CreditRow | null;
  /** Newest first. */
  applications(count: number): readonly CreditRow[];
}

type Stored = Readonly<Record<string, string | bigint | null>>;

const orNull = (value: string | bigint | null | undefined): number | null =>
  value === null || value === undefined ? null : Number(value);

function rowOf(row: Stored): CreditRow {
  return Object.freeze({
    ...(JSON.parse(row.body as string) as CreditData),
    ...{ seq: Number(row.seq), at: Number(row.at), by: Number(row.by) },
    ...{ customer: Number(row.customer), state: row.state as CreditRow['state'] },
    ...{ decidedBy: orNull(row.decided_by), decidedAt: orNull(row.decided_at) },
    ...{ granted: row.granted as string | null, comment: row.comment as string | null },
    outcome: row.outcome as CreditRow['outcome'],
  });
}

export function createCreditReads(database: Database): CreditReads {
  const one = database.prepare<[number], Stored>('SELECT * FROM credit_application WHERE seq = ?');
  const all = database.prepare<[number], Stored>(
    'SELECT * FROM credit_application ORDER BY seq DESC LIMIT ?',
  );
  return Object.freeze({
    application(seq: number) {
      const row = one.get(seq);
      return row ? rowOf(row) : null;
    },
    applications: (count: number) => all.all(count).map(rowOf),
  });
}

export const creditProjection: Projection = Object.freeze({
  name: 'credit',
  tables: ['credit_application'],
  schema,
  types: ['credit.applied', 'credit.decided', 'credit.ended'],
  prepare(database: Database) {
    const insert = database.prepare(
      `INSERT INTO credit_application (seq, at, by, customer, state, body)
       VALUES (?, ?, ?, ?, 'open', ?)`,
    );
    const decide = database.prepare(
      `UPDATE credit_application SET state = ?, decided_by = ?, decided_at = ?, granted = ?,
       comment = ? WHERE seq = ?`,
    );
    const end = database.prepare('UPDATE credit_application SET outcome = ? WHERE seq = ?');
    return ({ seq, at, actor, type, data }: StoredEvent) => {
      if (type === 'credit.applied') {
        const { application, assessment, odds } = data as unknown as CreditData;
        const body = canonicalText({ application, assessment, odds });
        insert.run(seq, at, Number(actor), application.customer, body);
      } else if (type === 'credit.decided') {
        const { state, granted, comment, application } = data;
        decide.run(state, Number(actor), at, granted, comment, application);
      } else end.run(data.outcome, data.application);
    };
  },
});
