// Prints the newest movements of an account: `qenex ledger statement ACCOUNT`.
import type { Database } from 'better-sqlite3';
import { formatAmount } from '#contract/money.ts';
import { Refusal } from '#station/bank/refusal.ts';
import type { Account } from '#station/ledger/balance.ts';
import { createLedgerReader } from '#station/ledger/ledger.ts';
import type { StatementLine } from '#station/ledger/statement.ts';
import type { Command, Context, Outcome } from '../command.ts';

const linesMax = 10_000;

function countOf(text = '50'): number {
  const count = Number(text);
  if (Number.isInteger(count) && count >= 1 && count <= linesMax) return count;
  throw new Refusal('bad-usage', `--count ${text} is no number from 1 to ${linesMax}.`, 'count');
}

function print({ number, name, currency }: Account, lines: readonly StatementLine[]): string {
  const rows = lines.map(({ date, journal, amountMinor, balanceMinor }) => {
    const amount = formatAmount(amountMinor, currency).padStart(18);
    return `${date}  ${String(journal).padStart(8)}${amount}${formatAmount(balanceMinor, currency).padStart(18)}`;
  });
  const heading = `date        ${'entry'.padStart(8)}${'amount'.padStart(18)}${'balance'.padStart(18)}`;
  return [`${number}  ${name}  ${currency}, debit positive, newest first`, heading, ...rows].join(
    '\n',
  );
}

function look(database: Database, { values, options }: Context): Outcome {
  const ledger = createLedgerReader(database);
  const number = (values[0] ?? '').replaceAll(' ', '');
  const account = ledger.accountByNumber(number);
  if (!account) {
    throw new Refusal('account-unknown', `There is no account ${number} in this branch.`);
  }
  const lines = ledger.statement({ account: account.id, count: countOf(options.count) });
  const { name, currency, postedMinor } = account;
  return {
    ok: true,
    json: { account: account.number, name, currency, balanceMinor: postedMinor, lines },
    text: print(account, lines),
  };
}

export const statement: Command = Object.freeze({
  words: 'ledger statement',
  parameters: ['ACCOUNT'],
  options: { count: 'lines at most, 50 unless told' },
  summary: 'newest movements of an account',
  run: (context: Context) => context.read((database) => look(database, context)),
});
