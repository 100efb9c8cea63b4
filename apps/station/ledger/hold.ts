// Sets money aside and lets it go: every hold is captured or released once, and counts until then.
import type { Database } from 'better-sqlite3';
import { formatMoney } from '#contract/money.ts';
import { Refusal, refuseUnless } from '#station/bank/refusal.ts';
import type { Account, Balances } from './balance.ts';
import { type HoldPlaced, type HoldsData, idOf, type StoredEvent } from './events.ts';
import { accountNotOpen, accountUnknown, schemaReason } from './ledger-refusal.ts';

export interface Hold {
  readonly id: number;
  readonly account: number;
  readonly side: 'debit' | 'credit';
  readonly amountMinor: bigint;
  readonly why: string;
  readonly state: 'placed' | 'captured' | 'released';
  readonly capturedMinor: bigint;
  /** Event that captured or released it, or null. */
  readonly resolved: number | null;
}

interface HoldRow {
  readonly id: bigint;
  readonly account: bigint;
  readonly side: 'debit' | 'credit';
  readonly amount: bigint;
  readonly why: string;
  readonly state: Hold['state'];
  readonly captured: bigint;
  readonly resolved: bigint | null;
}

const columns = 'SELECT id, account, side, amount, why, state, captured, resolved FROM hold';

export interface HoldReader {
  hold(id: number): Hold | undefined;
  /** Holds that still count on the account, oldest first. */
  placedOn(account: number): readonly Hold[];
}

export function createHoldReader(database: Database): HoldReader {
  const byId = database.prepare<[bigint], HoldRow>(`${columns} WHERE id = ?`);
  const byAccount = database.prepare<[bigint], HoldRow>(
    `${columns} WHERE account = ? AND state = 'placed' ORDER BY id`,
  );
  return {
    hold(id) {
      const row = byId.get(BigInt(id));
      return row && toHold(row);
    },
    placedOn: (account) => byAccount.all(BigInt(account)).map(toHold),
  };
}

export interface Holds {
  /** Captures and releases first, so that the money is there for the legs that follow. */
  resolve(event: StoredEvent, holds: HoldsData): void;
  place(event: StoredEvent, holds: HoldsData): void;
}

export function createHolds(database: Database, balances: Balances): Holds {
  const reader = createHoldReader(database);
  const end = database.prepare(
    'UPDATE hold SET state = ?, captured = ?, resolved = ? WHERE id = ?',
  );
  const insert = database.prepare(
    'INSERT INTO hold (id, account, side, amount, why) VALUES (?, ?, ?, ?, ?)',
  );

  function endHold(id: number, capturedMinor: bigint | null, seq: number): void {
    const hold = reader.hold(id);
    refuseUnless(hold, 'hold-unknown', `There is no hold ${id}.`);
    refuseUnless(
      hold.state === 'placed',
      'hold-resolved',
      `Hold ${id} was ${hold.state} already, by event ${hold.resolved}.`,
    );
    refuseUnless(
      capturedMinor === null || (capturedMinor > 0n && capturedMinor <= hold.amountMinor),
      'captured-over-hold',
      `${capturedMinor} minor units cannot be captured from hold ${id}, which holds ${hold.amountMinor}.`,
    );
    const state = capturedMinor === null ? 'released' : 'captured';
    end.run(state, capturedMinor ?? 0n, BigInt(seq), BigInt(id));
  }

  function placeHold(id: number, placed: HoldPlaced): void {
    const { account, side, amountMinor, why } = placed;
    try {
      insert.run(BigInt(id), BigInt(account), side, BigInt(amountMinor), why);
    } catch (error) {
      throw holdRefusal(error, placed, balances.account(account));
    }
  }

  return {
    resolve(event, holds) {
      for (const { hold, amountMinor } of holds.capture ?? []) {
        endHold(hold, BigInt(amountMinor), event.seq);
      }
      for (const { hold } of holds.release ?? []) endHold(hold, null, event.seq);
    },
    place(event, holds) {
      holds.place?.forEach((placed, position) => {
        placeHold(idOf(event.seq, position), placed);
      });
    },
  };
}

function holdRefusal(error: unknown, placed: HoldPlaced, account: Account | undefined): unknown {
  if (!account) return accountUnknown(placed.account);
  const reason = schemaReason(error);
  if (reason !== null && account.state !== 'open') return accountNotOpen(account);
  if (reason === 'amount-out-of-range') {
    return new Refusal(
      'amount-out-of-range',
      `${placed.amountMinor} minor units is not an amount from 1 to ${2n ** 53n}.`,
    );
  }
  if (reason !== 'over-high' && reason !== 'under-low') return error;
  const money = formatMoney(BigInt(placed.amountMinor), account.currency);
  return new Refusal(
    reason === 'over-high' ? 'insufficient-funds' : 'below-limit',
    `${money} cannot be held on account ${account.number}: its limit does not leave as much.`,
  );
}

function toHold(row: HoldRow): Hold {
  const { side, why, state } = row;
  return {
    ...{ id: Number(row.id), account: Number(row.account), side, why, state },
    amountMinor: row.amount,
    capturedMinor: row.captured,
    resolved: row.resolved === null ? null : Number(row.resolved),
  };
}
