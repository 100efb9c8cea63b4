// Posts journals: holds end, legs move balances, pieces move with cash, holds are placed, in this order.
import assert from 'node:assert/strict';
import type { Database } from 'better-sqlite3';
import { formatMoney } from '#contract/money.ts';
import { Refusal, refuseUnless } from '#station/bank/refusal.ts';
import { type Balances, createBalances } from './balance.ts';
import {
  type CashData,
  idOf,
  type JournalData,
  type LegData,
  positionsPerJournal,
  type StoredEvent,
} from './events.ts';
import { createHolds } from './hold.ts';
import { accountUnknown, legRefusal, schemaReason } from './ledger-refusal.ts';

/** Both balances are read, checked against nothing and left to the schema: it refuses what may not be. */
const insertLeg = `INSERT INTO leg (id, debit, credit, amount, currency, date, value_date,
    debit_previous, credit_previous, debit_balance, credit_balance, debit_number, credit_number,
    journal_end, reverses)
  SELECT ?, debit.account, credit.account, ?, ?, ?, ?, debit.last_leg, credit.last_leg,
    debit.posted + ?, credit.posted - ?, debit.legs + 1, credit.legs + 1, ?, ?
  FROM balance AS debit, balance AS credit WHERE debit.account = ? AND credit.account = ?`;

/**
 * Returns what posts the journal of an event. Refuses what the schema refuses, as a sentence:
 * `insufficient-funds`, `below-limit`, `account-frozen` (dormant, closed, unknown), `date-not-open`,
 * `currency-differs`, `same-account`, `amount-out-of-range`, `cash-does-not-add-up`, `pieces-missing`,
 * `already-reversed`, `reversal-of-reversal`, `hold-resolved`.
 */
export function createPoster(
  database: Database,
): (event: StoredEvent, journal: JournalData) => void {
  const balances = createBalances(database);
  const holds = createHolds(database, balances);
  const cash = createCashMover(database, balances);
  const postLegs = createLegPoster(database, balances);
  return (event, journal) => {
    holds.resolve(event, journal);
    if (journal.legs.length > 0) postLegs(event, journal);
    if (journal.cash) cash.move(journal.cash);
    holds.place(event, journal);
    cash.prove(journal);
  };
}

function createLegPoster(
  database: Database,
  balances: Balances,
): (event: StoredEvent, journal: JournalData) => void {
  const insert = database.prepare(insertLeg);
  const original = createOriginals(database);
  return (event, journal) => {
    const { legs } = journal;
    assert.ok(legs.length <= positionsPerJournal, 'a journal has 1,024 legs at most');
    const reversed = journal.reversalOf === undefined ? null : original(journal.reversalOf, legs);
    const end = BigInt(idOf(event.seq, legs.length - 1));
    legs.forEach((leg, position) => {
      const id = BigInt(idOf(event.seq, position));
      const amount = amountOf(leg.amountMinor);
      const reverses = reversed === null ? null : reversed - BigInt(position);
      const valueDate = leg.valueDate ?? event.date;
      const [debit, credit] = [BigInt(leg.debit), BigInt(leg.credit)];
      const ending = id === end ? null : end;
      try {
        const { currency } = leg;
        const { date } = event;
        const figures = [id, amount, currency, date, valueDate, amount, amount, ending, reverses];
        const { changes } = insert.run(...figures, debit, credit);
        if (changes !== 1)
          throw accountUnknown(balances.account(leg.debit) ? leg.credit : leg.debit);
      } catch (error) {
        throw refusalOf(error, { leg, amount, date: event.date, balances, journal });
      }
    });
  };
}

/** The last leg of the journal to take back; refuses one that was taken back already. */
function createOriginals(
  database: Database,
): (journal: number, legs: readonly LegData[]) => bigint {
  const reversal = database
    .prepare<[bigint], bigint>('SELECT id FROM leg WHERE reverses = ?')
    .pluck();
  const first = database.prepare<[bigint], { reverses: bigint | null }>(
    'SELECT reverses FROM leg WHERE id = ?',
  );
  return (journal, legs) => {
    const id = BigInt(idOf(journal, 0));
    const found = first.get(id);
    refuseUnless(
      found,
      'journal-unknown',
      `There is no journal ${journal} with legs to take back.`,
    );
    refuseUnless(
      found.reverses === null,
      'reversal-of-reversal',
      `Journal ${journal} is itself a reversal; post the right entry anew instead.`,
    );
    const by = reversal.get(id) as bigint | undefined;
    refuseUnless(
      by === undefined,
      'already-reversed',
      `Journal ${journal} was reversed already, by journal ${(by ?? 0n) >> 10n}.`,
    );
    return id + BigInt(legs.length - 1);
  };
}

interface FailedLeg {
  readonly leg: LegData;
  readonly amount: bigint;
  readonly date: string;
  readonly balances: Balances;
  readonly journal: JournalData;
}

function refusalOf(error: unknown, failed: FailedLeg): unknown {
  const { leg, balances, amount, date, journal } = failed;
  const debit = balances.account(leg.debit);
  const credit = balances.account(leg.credit);
  const reason = schemaReason(error);
  if (reason === 'currency-differs') {
    const other = debit?.currency === leg.currency ? credit : debit;
    return new Refusal(
      'currency-differs',
      `Account ${other?.number} is kept in ${other?.currency}, not in ${leg.currency}.`,
    );
  }
  if (reason === 'not-the-mirror') {
    return new Refusal(
      'not-the-mirror',
      `The legs given are not those of journal ${journal.reversalOf} turned round.`,
    );
  }
  return legRefusal(error, { debit, credit, amountMinor: amount, currency: leg.currency, date });
}

/** A decimal string of minor units as a bigint; anything else is our mistake. */
export function amountOf(amountMinor: string): bigint {
  assert.match(amountMinor, /^\d{1,19}$/, 'an amount is a decimal string of minor units');
  return BigInt(amountMinor);
}

interface CashMover {
  move(cash: readonly CashData[]): void;
  /** Refuses unless every cash position the journal touched equals its pieces. */
  prove(journal: JournalData): void;
}

function createCashMover(database: Database, balances: Balances): CashMover {
  const change = database.prepare(
    'UPDATE cash SET pieces = pieces + ? WHERE account = ? AND face = ?',
  );
  const add = database.prepare('INSERT INTO cash (account, face, pieces) VALUES (?, ?, ?)');
  const unproven = database.prepare<[], { account: bigint; posted: bigint; counted: bigint }>(
    'SELECT account, posted, counted FROM cash_position WHERE posted <> counted LIMIT 1',
  );
  function movePieces(account: number, face: string, pieces: number): void {
    try {
      const changed = change.run(BigInt(pieces), BigInt(account), BigInt(face)).changes;
      if (changed === 0) add.run(BigInt(account), BigInt(face), BigInt(pieces));
    } catch (error) {
      throw piecesRefusal(error, { account: balances.account(account), face, pieces, balances });
    }
  }
  return {
    move(cash) {
      for (const { account, pieces } of cash) {
        for (const [face, count] of Object.entries(pieces)) movePieces(account, face, count);
      }
    },
    prove() {
      const found = unproven.get();
      if (!found) return;
      const account = balances.account(Number(found.account));
      assert.ok(account);
      const [posted, counted] = [found.posted, found.counted].map((minor) =>
        formatMoney(minor, account.currency),
      );
      throw new Refusal(
        'cash-does-not-add-up',
        `The notes and coins of ${account.name} would be ${counted}, its account ${posted}; both must be the same.`,
        'denominations',
      );
    },
  };
}

function piecesRefusal(
  error: unknown,
  moved: {
    account: ReturnType<Balances['account']>;
    face: string;
    pieces: number;
    balances: Balances;
  },
): unknown {
  const { account, face, pieces, balances } = moved;
  if (!account) return error;
  const value = formatMoney(BigInt(face), account.currency);
  if (schemaReason(error) === 'pieces-missing') {
    const there = balances.pieces(account.id)[face] ?? 0;
    return new Refusal(
      'pieces-missing',
      `${account.name} holds ${there} of ${value}, ${-pieces} are asked.`,
      `denominations.${face}`,
    );
  }
  if (!account.cash) {
    return new Refusal('not-a-cash-account', `Account ${account.number} holds no notes and coins.`);
  }
  return error;
}
