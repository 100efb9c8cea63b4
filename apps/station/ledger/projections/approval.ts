// Keeps what waits for a second person, what they decided, and what became of it.
import type { Database } from 'better-sqlite3';
import { canonicalText } from '../canonical.ts';
import { type HoldPlaced, idOf, type JournalData, type StoredEvent } from '../events.ts';
import type { Projection } from '../projection.ts';

export type ApprovalState = 'waiting' | 'approved' | 'declined' | 'posted' | 'withdrawn' | 'void';

const schema = `
CREATE TABLE approval (
  seq INTEGER PRIMARY KEY,
  state TEXT NOT NULL
    CHECK (state IN ('waiting', 'approved', 'declined', 'posted', 'withdrawn', 'void')),
  maker INTEGER NOT NULL,
  at INTEGER NOT NULL,
  date TEXT NOT NULL,
  expires_at INTEGER NOT NULL,
  till INTEGER,
  body TEXT NOT NULL,
  decided_by INTEGER CHECK (decided_by IS NULL OR decided_by <> maker),
  decided INTEGER CHECK ((decided IS NULL) = (decided_by IS NULL)),
  decided_at INTEGER,
  comment TEXT,
  resolved INTEGER,
  CHECK (state NOT IN ('approved', 'declined', 'posted') OR decided IS NOT NULL)
) STRICT;
CREATE INDEX approval_open ON approval (seq) WHERE state IN ('waiting', 'approved');
CREATE INDEX approval_of ON approval (maker, seq);
CREATE INDEX approval_decided ON approval (decided) WHERE decided IS NOT NULL;
CREATE TABLE approval_reason (
  rule TEXT NOT NULL,
  approval INTEGER NOT NULL REFERENCES approval (seq),
  PRIMARY KEY (rule, approval)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER approval_decided_once BEFORE UPDATE ON approval
WHEN OLD.state NOT IN ('waiting', 'approved') OR OLD.body <> NEW.body OR OLD.maker <> NEW.maker
  OR (OLD.state = 'waiting' AND NEW.state = 'posted')
BEGIN SELECT RAISE(ABORT, 'approval-ended'); END;
`;

/** The `approval` of `approval.requested`: all of it is what the supervisor sees and signs for. */
export interface ApprovalData {
  /** Task name of the draft, or `till.close`. */
  readonly task: string;
  readonly what: string;
  readonly account: string;
  readonly name: string;
  readonly amountMinor: string;
  readonly currency: string;
  readonly customer: number | null;
  readonly till: number | null;
  readonly reasons: readonly {
    readonly rule: string;
    readonly version: number;
    readonly message: string;
  }[];
  /** Canonical text: what is decided is exactly this. */
  readonly content: string;
  /** The draft in its wire form, or null when it is no posting. */
  readonly draft: Readonly<Record<string, unknown>> | null;
  /** What the card shows besides. */
  readonly lines: readonly { readonly label: string; readonly text: string }[];
  readonly legs: readonly {
    readonly debit: string;
    readonly credit: string;
    readonly amountMinor: string;
    readonly currency: string;
    readonly label: string;
  }[];
  /** Accounts touched: number, and balance as the holder saw it when it was asked for. */
  readonly balances: readonly {
    readonly account: string;
    readonly name: string;
    readonly currency: string;
    readonly beforeMinor: string;
    readonly afterMinor: string;
  }[];
  /** When nobody may decide or carry it out any more, ms since 1970. */
  readonly expiresAt: number;
}

/** `approval.decided`. The signature is the device's, over `statement`. */
export interface DecisionData {
  readonly approval: number;
  readonly decision: 'approve' | 'decline';
  readonly comment: string;
  /** Canonical text of content digest, decision, approver and time. */
  readonly statement: string;
  /** Ed25519, 128 hexadecimal digits. */
  readonly signature: string;
}

export interface ApprovalRow extends ApprovalData {
  readonly approval: number;
  readonly state: ApprovalState;
  readonly maker: number;
  readonly at: number;
  readonly date: string;
  readonly decidedBy: number | null;
  /** Event of the decision. */
  readonly decided: number | null;
  readonly decidedAt: number | null;
  readonly comment: string | null;
  /** Event that posted it, took it back or voided it. */
  readonly resolved: number | null;
}

export interface ApprovalReads {
  approval(seq: number): ApprovalRow | null;
  /** Waiting or approved and not yet carried out, oldest first. */
  open(): readonly ApprovalRow[];
  ofMaker(staff: number, count: number): readonly ApprovalRow[];
  /** Decided, newest decision first. */
  decided(count: number): readonly ApprovalRow[];
  decidedBetween(from: number, to: number): readonly ApprovalRow[];
  /** Earlier ones with the same rule, newest first. */
  similar(rule: string, before: number, count: number): readonly ApprovalRow[];
  /** Ids of the holds an approval placed. */
  holdsOf(seq: number): readonly number[];
}

interface Stored {
  readonly seq: bigint;
  readonly state: ApprovalState;
  readonly maker: bigint;
  readonly at: bigint;
  readonly date: string;
  readonly body: string;
  readonly decided_by: bigint | null;
  readonly decided: bigint | null;
  readonly decided_at: bigint | null;
  readonly comment: string | null;
  readonly resolved: bigint | null;
}

const orNull = (value: bigint | null): number | null => (value === null ? null : Number(value));

function rowOf(stored: Stored): ApprovalRow {
  const { state, date, comment } = stored;
  return Object.freeze({
    ...(JSON.parse(stored.body) as ApprovalData),
    ...{ approval: Number(stored.seq), state, maker: Number(stored.maker) },
    ...{ at: Number(stored.at), date, comment },
    decidedBy: orNull(stored.decided_by),
    decided: orNull(stored.decided),
    decidedAt: orNull(stored.decided_at),
    resolved: orNull(stored.resolved),
  });
}

export function createApprovalReads(database: Database): ApprovalReads {
  const bySeq = database.prepare<[number], Stored>('SELECT * FROM approval WHERE seq = ?');
  const open = database.prepare<[], Stored>(
    "SELECT * FROM approval WHERE state IN ('waiting', 'approved') ORDER BY seq",
  );
  const ofMaker = database.prepare<[number, number], Stored>(
    'SELECT * FROM approval WHERE maker = ? ORDER BY seq DESC LIMIT ?',
  );
  const decided = database.prepare<[number], Stored>(
    'SELECT * FROM approval WHERE decided IS NOT NULL ORDER BY decided DESC LIMIT ?',
  );
  const between = database.prepare<[number, number], Stored>(
    'SELECT * FROM approval WHERE decided BETWEEN ? AND ? ORDER BY decided',
  );
  const similar = database.prepare<[string, number, number], Stored>(
    `SELECT approval.* FROM approval_reason JOIN approval ON approval.seq = approval_reason.approval
     WHERE rule = ? AND approval_reason.approval < ? ORDER BY approval_reason.approval DESC LIMIT ?`,
  );
  const holds = database
    .prepare<[number, number], bigint>('SELECT id FROM hold WHERE id BETWEEN ? AND ? ORDER BY id')
    .pluck();
  return Object.freeze({
    approval(seq: number) {
      const stored = bySeq.get(seq);
      return stored ? rowOf(stored) : null;
    },
    open: () => open.all().map(rowOf),
    ofMaker: (staff: number, count: number) => ofMaker.all(staff, count).map(rowOf),
    decided: (count: number) => decided.all(count).map(rowOf),
    decidedBetween: (from: number, to: number) => between.all(from, to).map(rowOf),
    similar: (rule: string, before: number, count: number) =>
      similar.all(rule, before, count).map(rowOf),
    holdsOf: (seq: number) => holds.all(idOf(seq, 0), idOf(seq + 1, 0) - 1).map(Number),
  });
}

/** What must be set aside while it waits, as a journal without legs. */
export function holdingJournal(place: readonly HoldPlaced[]): JournalData {
  return { kind: 'approval.hold', legs: [], holds: { place } };
}

function prepare(database: Database): (event: StoredEvent) => void {
  const insert = database.prepare(
    `INSERT INTO approval (seq, state, maker, at, date, expires_at, till, body)
     VALUES (?, 'waiting', ?, ?, ?, ?, ?, ?)`,
  );
  const reason = database.prepare('INSERT INTO approval_reason (rule, approval) VALUES (?, ?)');
  const decide = database.prepare(
    `UPDATE approval SET state = ?, decided_by = ?, decided = ?, decided_at = ?, comment = ?
     WHERE seq = ?`,
  );
  const end = database.prepare('UPDATE approval SET state = ?, resolved = ? WHERE seq = ?');

  function request(event: StoredEvent): void {
    const asked = event.data.approval as unknown as ApprovalData;
    const { seq, at, date } = event;
    const maker = Number(event.actor);
    insert.run(seq, maker, at, date, asked.expiresAt, asked.till, canonicalText(asked));
    for (const rule of new Set(asked.reasons.map((each) => each.rule))) reason.run(rule, seq);
  }

  return (event) => {
    const { seq, at, data, type } = event;
    switch (type) {
      case 'approval.requested':
        return request(event);
      case 'approval.decided': {
        const { approval, decision, comment } = data as unknown as DecisionData;
        const state = decision === 'approve' ? 'approved' : 'declined';
        return void decide.run(state, Number(event.actor), seq, at, comment, approval);
      }
      case 'approval.withdrawn':
        return void end.run('withdrawn', seq, data.approval);
      case 'approval.voided':
        return void end.run('void', seq, data.approval);
      default:
        if (data.resumes !== undefined) end.run('posted', seq, data.resumes);
    }
  };
}

export const approvalProjection: Projection = Object.freeze({
  name: 'approval',
  tables: ['approval_reason', 'approval'],
  schema,
  types: [
    'approval.requested',
    'approval.decided',
    'approval.withdrawn',
    'approval.voided',
    'journal.posted',
    'till.opened',
    'till.closed',
  ],
  prepare,
});
