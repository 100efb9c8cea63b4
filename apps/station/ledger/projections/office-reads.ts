// Reads what the branch knows of head office, and the log as it is sent there.
import type { Database } from 'better-sqlite3';

export interface AllowanceRow {
  readonly id: string;
  readonly document: string;
  readonly signature: string;
  readonly spentMinor: bigint;
  readonly state: 'open' | 'returned' | 'written-off';
}

export interface ReservationRow {
  readonly key: string;
  readonly branch: string;
  readonly number: string;
  readonly name: string;
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly state: 'asked' | 'waiting' | 'reserved' | 'declined' | 'ended';
  readonly message: string;
  readonly at: number;
}

export interface ShareRow {
  readonly account: number;
  readonly amountMinor: bigint;
  readonly hold: number | null;
}

export interface ExposureRow {
  readonly branch: string;
  readonly number: string;
  readonly currency: string;
  readonly amountMinor: bigint;
  readonly times: number;
}

/** Of `office.received` its items, of `office.rejoined` its part. */
export interface OfficeEventData {
  readonly items?: readonly {
    readonly seq: number;
    readonly hash: string;
    readonly body: string;
  }[];
  readonly refused?: readonly { readonly seq: number; readonly hash: string }[];
  readonly office?: { readonly back: { readonly seq: number } };
}

/** A stretch of the log as it travels: texts one a line, hashes one after the other. */
export interface Stretch {
  readonly bodies: string;
  readonly hashes: Buffer;
  readonly count: number;
  readonly last: { readonly seq: number; readonly hash: Buffer };
}

export interface OfficeReads {
  place(): {
    readonly seq: number;
    readonly hash: string;
    readonly cluster: string;
    readonly timeline: number;
  };
  allowances(account?: {
    readonly branch: string;
    readonly number: string;
  }): readonly AllowanceRow[];
  reservation(key: string): ReservationRow | null;
  /** Not ended, oldest first. */
  reservations(): readonly ReservationRow[];
  share(account: number): ShareRow | null;
  shares(): readonly ShareRow[];
  /** Items to be booked while a business date is open, oldest first. */
  due(count: number): readonly { readonly seq: number; readonly body: string }[];
  dueCount(): number;
  /** Paid without cover by events behind the number, by account. */
  exposures(behind: number): readonly ExposureRow[];
  grant(
    user: string,
  ): { readonly document: string; readonly signature: string; readonly expiresAt: number } | null;
  hasGrants(): boolean;
  reference(name: string): { readonly version: number; readonly value: unknown } | null;
  /** Events after the number: `count` at most, `bytes` of text at most, but always one. Null when none. */
  stretch(after: number, count: number, bytes: number): Stretch | null;
  /** SHA-256 of an event as it stands in the log, in hex; null when there is none. */
  hashAt(seq: number): string | null;
  /**
   * What came from head office, newest first, among some thousand events up to the number; `before` is where
   * to go on, 0 at the end.
   */
  officeEvents(top: number): {
    readonly events: readonly { readonly type: string; readonly data: OfficeEventData }[];
    readonly before: number;
  };
  /** The oldest events after the number; `what` is their own title where they post something, else "". */
  waiting(
    after: number,
    count: number,
  ): readonly {
    readonly seq: number;
    readonly type: string;
    readonly what: string;
    readonly at: number;
  }[];
}

export function createOfficeReads(database: Database): OfficeReads {
  return Object.freeze({ ...bookReads(database), ...listReads(database), ...logReads(database) });
}

function bookReads(database: Database) {
  const place = database.prepare<
    [],
    { down_seq: bigint; down_hash: string; cluster: string; timeline: bigint }
  >('SELECT down_seq, down_hash, cluster, timeline FROM office_place');
  const columns = 'SELECT id, document, signature, spent, state FROM office_allowance';
  type Stored = Omit<AllowanceRow, 'spentMinor'> & { readonly spent: bigint };
  const all = database.prepare<[], Stored>(`${columns} ORDER BY CAST(id AS INTEGER)`);
  const ofAccount = database.prepare<[string, string], Stored>(
    `${columns} WHERE branch = ? AND number = ? ORDER BY CAST(id AS INTEGER)`,
  );
  const grant = database.prepare<
    [string],
    { document: string; signature: string; expires_at: bigint }
  >('SELECT document, signature, expires_at FROM office_grant WHERE user = ?');
  const anyGrant = database.prepare<[], { one: bigint }>(
    'SELECT 1 AS one FROM office_grant LIMIT 1',
  );
  const reference = database.prepare<[string], { version: bigint; value: string }>(
    'SELECT version, value FROM office_reference WHERE name = ?',
  );
  return {
    place() {
      const row = place.get();
      if (!row) throw new Error('the branch has no place in head office’s list');
      const { down_seq: seq, down_hash: hash, cluster, timeline } = row;
      return { seq: Number(seq), hash, cluster, timeline: Number(timeline) };
    },
    allowances(account?: { readonly branch: string; readonly number: string }) {
      const rows = account ? ofAccount.all(account.branch, account.number) : all.all();
      return rows.map(({ spent, ...row }) => ({ ...row, spentMinor: spent }));
    },
    grant(user: string) {
      const row = grant.get(user);
      return row
        ? { document: row.document, signature: row.signature, expiresAt: Number(row.expires_at) }
        : null;
    },
    hasGrants: () => anyGrant.get() !== undefined,
    reference(name: string) {
      const row = reference.get(name);
      return row ? { version: Number(row.version), value: JSON.parse(row.value) as unknown } : null;
    },
  };
}

function listReads(database: Database) {
  type StoredReservation = Omit<ReservationRow, 'amountMinor' | 'at'> & {
    amount: bigint;
    at: bigint;
  };
  const columns =
    'SELECT key, branch, number, name, amount, currency, state, message, at FROM office_reservation';
  const byKey = database.prepare<[string], StoredReservation>(`${columns} WHERE key = ?`);
  const live = database.prepare<[], StoredReservation>(
    `${columns} WHERE state <> 'ended' ORDER BY at, key`,
  );
  const share = database.prepare<
    [number],
    { account: bigint; amount: bigint; hold: bigint | null }
  >('SELECT account, amount, hold FROM office_share WHERE account = ?');
  const shares = database.prepare<[], { account: bigint; amount: bigint; hold: bigint | null }>(
    'SELECT account, amount, hold FROM office_share WHERE amount > 0 ORDER BY account',
  );
  const due = database.prepare<[number], { seq: bigint; item: string }>(
    'SELECT seq, item FROM office_due WHERE booked IS NULL ORDER BY seq LIMIT ?',
  );
  const dueCount = database
    .prepare<[], bigint>('SELECT count(*) FROM office_due WHERE booked IS NULL')
    .pluck();
  const exposures = database.prepare<
    [number],
    { branch: string; number: string; currency: string; amount: bigint; times: bigint }
  >(
    `SELECT branch, number, currency, sum(amount) AS amount, count(*) AS times FROM office_exposure
     WHERE seq > ? GROUP BY branch, number, currency ORDER BY branch, number`,
  );
  const reservationOf = ({ amount, at, ...row }: StoredReservation): ReservationRow => ({
    ...{ ...row, amountMinor: amount, at: Number(at) },
  });
  const shareOf = (row: { account: bigint; amount: bigint; hold: bigint | null }): ShareRow => ({
    ...{ account: Number(row.account), amountMinor: row.amount },
    hold: row.hold === null ? null : Number(row.hold),
  });
  return {
    reservation(key: string) {
      const row = byKey.get(key);
      return row ? reservationOf(row) : null;
    },
    reservations: () => live.all().map(reservationOf),
    share(account: number) {
      const row = share.get(account);
      return row ? shareOf(row) : null;
    },
    shares: () => shares.all().map(shareOf),
    due: (count: number) =>
      due.all(count).map(({ seq, item }) => ({ seq: Number(seq), body: item })),
    dueCount: () => Number(dueCount.get() ?? 0n),
    exposures: (behind: number) =>
      exposures.all(behind).map(({ amount, times, ...row }) => ({
        ...{ ...row, amountMinor: amount, times: Number(times) },
      })),
  };
}

/** Events looked at in one step when the list of head office's items is read backwards. */
const lookedAtMost = 5_000;

function logReads(database: Database) {
  const rows = database.prepare<[number, number], { seq: bigint; hash: Buffer; body: Buffer }>(
    'SELECT seq, hash, body FROM event WHERE seq > ? ORDER BY seq LIMIT ?',
  );
  // A canonical text ends with its type.
  const named = database
    .prepare<[number, number], Buffer>(
      `SELECT body FROM event WHERE seq > ? AND seq <= ? AND substr(body, -25) IN
       (CAST('"type":"office.received"}' AS BLOB), CAST('"type":"office.rejoined"}' AS BLOB)) ORDER BY seq DESC`,
    )
    .pluck();
  const hash = database.prepare<[number], Buffer>('SELECT hash FROM event WHERE seq = ?').pluck();
  return {
    stretch(after: number, count: number, bytes: number): Stretch | null {
      const taken: { seq: bigint; hash: Buffer; body: Buffer }[] = [];
      let size = 0;
      for (const row of rows.iterate(after, count)) {
        size += row.body.length;
        if (taken.length > 0 && size > bytes) break;
        taken.push(row);
      }
      const last = taken.at(-1);
      if (!last) return null;
      return {
        bodies: taken.map(({ body }) => body.toString('utf8')).join('\n'),
        hashes: Buffer.concat(taken.map((row) => row.hash)),
        count: taken.length,
        last: { seq: Number(last.seq), hash: last.hash },
      };
    },
    officeEvents(top: number) {
      const before = Math.max(0, top - lookedAtMost);
      const events = named.all(before, top).map((body) => {
        const { type, data } = JSON.parse(body.toString('utf8')) as {
          readonly type: string;
          readonly data: OfficeEventData;
        };
        return { type, data };
      });
      return { events, before };
    },
    hashAt(seq: number): string | null {
      const found = hash.get(seq) as Buffer | undefined;
      return found ? found.toString('hex') : null;
    },
    waiting: (after: number, count: number) =>
      rows.all(after, count).map(({ seq, body }) => {
        const { type, at, data } = JSON.parse(body.toString('utf8')) as {
          type: string;
          at: number;
          data: { entry?: { what?: string } };
        };
        return { seq: Number(seq), type, what: data.entry?.what ?? '', at };
      }),
  };
}
