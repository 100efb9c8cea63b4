// Adds up the books, stored and again from every leg: `qenex ledger trial-balance`.
import { formatMoney } from '#contract/money.ts';
import { createTrialBalances, type TrialBalances } from '#station/ledger/trial-balance.ts';
import type { Command, Context, Outcome } from '../command.ts';

/** Accounts whose stored balance is not the sum of their legs. */
function broken(books: TrialBalances): readonly string[] {
  const sums = books.recomputed();
  return books
    .trialBalance()
    .rows.filter(({ account, postedMinor }) => (sums.get(account) ?? 0n) !== postedMinor)
    .map(({ number }) => number);
}

function judge(books: TrialBalances): Outcome {
  const totals = Object.entries(books.totals());
  const wrong = broken(books);
  const lines = totals.map(([currency, total]) => `${currency}  ${formatMoney(total, currency)}`);
  const ok = wrong.length === 0 && totals.every(([, total]) => total === 0n);
  const verdict = ok
    ? 'The books balance: every currency adds up to zero, every balance to its entries.'
    : `The books do not balance. Accounts that differ from their entries: ${wrong.join(', ') || 'none'}.`;
  return { ok, json: Object.fromEntries(totals), text: [...lines, verdict].join('\n') };
}

export const trialBalance: Command = Object.freeze({
  words: 'ledger trial-balance',
  parameters: [],
  summary: 'sums per currency, stored and recomputed',
  run: ({ read }: Context) => read((database) => judge(createTrialBalances(database))),
});
