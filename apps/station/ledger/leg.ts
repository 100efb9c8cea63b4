// Writes the legs of a journal, each on the balances it names; the schema judges them.
import assert from 'node:assert/strict';
import type { Database } from 'better-sqlite3';
import { Refusal } from '#station/bank/refusal.ts';
import type { Balances } from './balance.ts';
import {
  idOf,
  type JournalData,
  type LegData,
  positionsPerJournal,
  type StoredEvent,
} from './events.ts';
import { accountUnknown, legRefusal, schemaReason } from './ledger-refusal.ts';
import { createOriginals } from './reversal.ts';
import type { Standing, Standings } from './standing.ts';

const insertLeg = `INSERT INTO leg (id, debit, credit, amount, value_date,
    debit_previous, credit_previous, debit_balance, credit_balance, debit_number, credit_number,
    journal_end, reverses)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;

/** What one leg is written with besides its own figures. */
interface Place {
  readonly event: StoredEvent;
  readonly journal: JournalData;
  readonly position: number;
  /** Id of the journal's last leg. */
  readonly end: number;
  /** Leg of the original that the first leg takes back, or null. */
  readonly reverses: number | null;
}

/** Posts the legs of a journal; true when one of them moved a cash account. */
export type LegPoster = (event: StoredEvent, journal: JournalData) => boolean;

export function createLegPoster(
  database: Database,
  balances: Balances,
  standings: Standings,
): LegPoster {
  const insert = database.prepare(insertLeg).safeIntegers(false);
  const insertEnd = database.prepare('INSERT INTO journal_end (leg) VALUES (?)');
  const original = createOriginals(database);

  function write(leg: LegData, place: Place, debit: Standing, credit: Standing): void {
    const { event, position, end, reverses } = place;
    const id = idOf(event.seq, position);
    const amount = amountOf(leg.amountMinor);
    const debitBalance = debit.posted + amount;
    const creditBalance = credit.posted - amount;
    const debitNumber = debit.legs + 1;
    const creditNumber = credit.legs + 1;
    const valueDate = leg.valueDate ?? null;
    const ending = id === end ? null : end;
    const reversed = reverses === null ? null : reverses - position;
    // biome-ignore format: one column after the other, as the statement names them
    insert.run(
      id, leg.debit, leg.credit, amount, valueDate,
      debit.lastLeg, credit.lastLeg, debitBalance, creditBalance, debitNumber, creditNumber,
      ending, reversed,
    );
    stand(debit, debitBalance, debitNumber, id);
    stand(credit, creditBalance, creditNumber, id);
  }

  function currencyDiffers(id: number, leg: LegData): Refusal {
    const account = balances.account(id);
    return new Refusal(
      'currency-differs',
      `Account ${account?.number} is kept in ${account?.currency}, the leg is in ${leg.currency}.`,
    );
  }

  function tryLeg(leg: LegData, place: Place): boolean {
    const debit = standings.of(leg.debit);
    if (!debit) throw accountUnknown(leg.debit);
    const credit = standings.of(leg.credit);
    if (!credit) throw accountUnknown(leg.credit);
    if (debit.currency !== leg.currency) throw currencyDiffers(leg.debit, leg);
    if (credit.currency !== leg.currency) throw currencyDiffers(leg.credit, leg);
    write(leg, place, debit, credit);
    return debit.isCash || credit.isCash;
  }

  function postLeg(leg: LegData, place: Place): boolean {
    try {
      try {
        return tryLeg(leg, place);
      } catch (error) {
        if (schemaReason(error) === null) throw error;
        standings.forget(leg.debit);
        standings.forget(leg.credit);
        return tryLeg(leg, place);
      }
    } catch (error) {
      throw refusalOf(error, leg, place, balances);
    }
  }

  return (event, journal) => {
    const { legs, reversalOf } = journal;
    assert.ok(legs.length <= positionsPerJournal, 'a journal has 1,024 legs at most');
    const reverses = reversalOf === undefined ? null : original(reversalOf, legs.length);
    const end = idOf(event.seq, legs.length - 1);
    if (legs.length > 1) insertEnd.run(end);
    let movesCash = false;
    for (let position = 0; position < legs.length; position++) {
      const leg = legs[position] as LegData;
      if (postLeg(leg, { event, journal, position, end, reverses })) movesCash = true;
    }
    return movesCash;
  };
}

function stand(standing: Standing, posted: bigint, legs: number, lastLeg: number): void {
  standing.posted = posted;
  standing.legs = legs;
  standing.lastLeg = lastLeg;
}

/** A decimal string of minor units as a bigint; anything else is our mistake. */
export function amountOf(amountMinor: string): bigint {
  assert.ok(/^\d{1,19}$/.test(amountMinor), 'an amount is a decimal string of minor units');
  return BigInt(amountMinor);
}

function refusalOf(error: unknown, leg: LegData, place: Place, balances: Balances): unknown {
  if (schemaReason(error) === null) return error;
  const debit = balances.account(leg.debit);
  const credit = balances.account(leg.credit);
  const { currency } = leg;
  const { date } = place.event;
  return legRefusal(error, {
    ...{ debit, credit, currency, date },
    amountMinor: BigInt(leg.amountMinor),
    reversalOf: place.journal.reversalOf,
  });
}
