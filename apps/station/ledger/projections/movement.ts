// Keeps cash on its way between tills and the vault: asked for, offered, taken or sent back.
import type { Database } from 'better-sqlite3';
import type { Denominations } from '#contract/values.ts';
import { canonicalText } from '../canonical.ts';
import type { StoredEvent } from '../events.ts';
import type { Projection } from '../projection.ts';

export type MovementState = 'requested' | 'offered' | 'accepted' | 'declined' | 'cancelled';

const schema = `
CREATE TABLE movement (
  seq INTEGER PRIMARY KEY,
  state TEXT NOT NULL CHECK (state IN ('requested', 'offered', 'accepted', 'declined', 'cancelled')),
  giver INTEGER NOT NULL,
  receiver INTEGER NOT NULL CHECK (receiver <> giver),
  currency TEXT NOT NULL,
  amount INTEGER NOT NULL CHECK (amount > 0),
  denominations TEXT NOT NULL,
  asked_by INTEGER,
  given_by INTEGER CHECK ((given_by IS NOT NULL) >= (state IN ('offered', 'accepted', 'declined'))),
  taken_by INTEGER CHECK (taken_by IS NULL OR taken_by <> given_by),
  offered INTEGER,
  at INTEGER NOT NULL,
  date TEXT NOT NULL,
  narrative TEXT NOT NULL
) STRICT;
CREATE INDEX movement_pending ON movement (seq) WHERE state IN ('requested', 'offered');
CREATE INDEX movement_on ON movement (date, seq);
`;

/** `movement.requested` and `movement.offered`. An offer that answers a request names it. */
export interface MovementData {
  readonly from: number;
  readonly to: number;
  readonly currency: string;
  readonly amountMinor: string;
  readonly denominations: Denominations;
  readonly narrative: string;
  readonly request?: number;
}

export interface MovementRow {
  readonly movement: number;
  readonly state: MovementState;
  readonly from: number;
  readonly to: number;
  readonly currency: string;
  readonly amountMinor: bigint;
  readonly denominations: Denominations;
  /** Who asked for it, who gave it into transit, who took it: staff ids. */
  readonly askedBy: number | null;
  readonly givenBy: number | null;
  readonly takenBy: number | null;
  /** Journal that put the cash into transit. */
  readonly offered: number | null;
  readonly at: number;
  readonly date: string;
  readonly narrative: string;
}

export interface MovementReads {
  movement(seq: number): MovementRow | null;
  /** Asked for or in transit, oldest first. */
  pending(): readonly MovementRow[];
  onDate(date: string): readonly MovementRow[];
}

interface Stored {
  readonly seq: bigint;
  readonly state: MovementState;
  readonly giver: bigint;
  readonly receiver: bigint;
  readonly currency: string;
  readonly amount: bigint;
  readonly denominations: string;
  readonly asked_by: bigint | null;
  readonly given_by: bigint | null;
  readonly taken_by: bigint | null;
  readonly offered: bigint | null;
  readonly at: bigint;
  readonly date: string;
  readonly narrative: string;
}

const orNull = (value: bigint | null): number | null => (value === null ? null : Number(value));

function rowOf(stored: Stored): MovementRow {
  return Object.freeze({
    movement: Number(stored.seq),
    state: stored.state,
    from: Number(stored.giver),
    to: Number(stored.receiver),
    currency: stored.currency,
    amountMinor: stored.amount,
    denominations: JSON.parse(stored.denominations) as Denominations,
    askedBy: orNull(stored.asked_by),
    givenBy: orNull(stored.given_by),
    takenBy: orNull(stored.taken_by),
    offered: orNull(stored.offered),
    at: Number(stored.at),
    date: stored.date,
    narrative: stored.narrative,
  });
}

export function createMovementReads(database: Database): MovementReads {
  const bySeq = database.prepare<[number], Stored>('SELECT * FROM movement WHERE seq = ?');
  const pending = database.prepare<[], Stored>(
    "SELECT * FROM movement WHERE state IN ('requested', 'offered') ORDER BY seq",
  );
  const onDate = database.prepare<[string], Stored>(
    'SELECT * FROM movement WHERE date = ? ORDER BY seq',
  );
  return Object.freeze({
    movement(seq: number) {
      const stored = bySeq.get(seq);
      return stored ? rowOf(stored) : null;
    },
    pending: () => pending.all().map(rowOf),
    onDate: (date: string) => onDate.all(date).map(rowOf),
  });
}

function prepare(database: Database): (event: StoredEvent) => void {
  const insert = database.prepare(
    `INSERT INTO movement (seq, state, giver, receiver, currency, amount, denominations,
     asked_by, given_by, offered, at, date, narrative) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const answer = database.prepare(
    `UPDATE movement SET state = 'offered', amount = ?, denominations = ?, given_by = ?, offered = ?
     WHERE seq = ?`,
  );
  const end = database.prepare('UPDATE movement SET state = ?, taken_by = ? WHERE seq = ?');

  function begin(event: StoredEvent, state: 'requested' | 'offered'): void {
    const data = event.data as unknown as MovementData;
    const actor = Number(event.actor);
    const given = canonicalText(data.denominations);
    if (data.request !== undefined) {
      answer.run(BigInt(data.amountMinor), given, actor, event.seq, data.request);
      return;
    }
    const asked = state === 'requested' ? [actor, null, null] : [null, actor, event.seq];
    const what = [data.from, data.to, data.currency, BigInt(data.amountMinor), given];
    insert.run(event.seq, state, ...what, ...asked, event.at, event.date, data.narrative);
  }

  return (event) => {
    const movement = event.data.movement as number;
    switch (event.type) {
      case 'movement.requested':
        return begin(event, 'requested');
      case 'movement.offered':
        return begin(event, 'offered');
      case 'movement.accepted':
        return void end.run('accepted', Number(event.actor), movement);
      case 'movement.declined':
        return void end.run('declined', null, movement);
      default:
        return void end.run('cancelled', null, movement);
    }
  };
}

export const movementProjection: Projection = Object.freeze({
  name: 'movement',
  tables: ['movement'],
  schema,
  types: [
    'movement.requested',
    'movement.offered',
    'movement.accepted',
    'movement.declined',
    'movement.cancelled',
  ],
  prepare,
});
