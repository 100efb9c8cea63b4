// Writes the books as plain-text accounting, so that programs of other people can add them up.
import type { Database } from 'better-sqlite3';
import { digitsOf } from '#contract/currencies.ts';
import { journalOf } from './events.ts';
import { createDateFinder } from './statement.ts';

interface LegRow {
  readonly id: bigint;
  readonly amount: bigint;
  readonly currency: string;
  readonly debit: string;
  readonly credit: string;
  readonly reverses: bigint | null;
}

const everyLeg = `SELECT leg.id, amount, debit.currency, reverses,
    debit.product || ':' || debit.number AS debit, credit.product || ':' || credit.number AS credit
  FROM leg JOIN account AS debit ON debit.id = leg.debit
    JOIN account AS credit ON credit.id = leg.credit
  ORDER BY leg.id`;

/**
 * The journals, oldest first, one text each, in the format of ledger-cli and hledger: date, number,
 * then two lines a leg. Accounts are `product:number`, amounts decimal with the currency's own
 * digits.
 */
export function* exportJournals(database: Database): Generator<string> {
  const dateOf = createDateFinder(database);
  const rows = database.prepare<[], LegRow>(everyLeg).iterate();
  let current = 0;
  let text = '';
  for (const row of rows) {
    const seq = journalOf(Number(row.id));
    if (seq !== current) {
      if (text !== '') yield text;
      const what = row.reverses === null ? 'journal' : 'reversal';
      text = `\n${dateOf(seq)} * (${seq}) ${what}\n`;
      current = seq;
    }
    const amount = decimal(row.amount, row.currency);
    text += `    ${row.debit}  ${amount} ${row.currency}\n`;
    text += `    ${row.credit}  -${amount} ${row.currency}\n`;
  }
  if (text !== '') yield text;
}

function decimal(minor: bigint, currency: string): string {
  const digits = digitsOf(currency);
  if (digits === 0) return String(minor);
  const text = String(minor).padStart(digits + 1, '0');
  return `${text.slice(0, -digits)}.${text.slice(-digits)}`;
}
