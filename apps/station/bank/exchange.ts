// Prepares the exchange of notes at the till: no money moves, the till's notes do.
import type { CashExchange } from '#contract/drafts.ts';
import { requirePurse } from './checks.ts';
import { currencyProblem } from './currency.ts';
import { valueMinor } from './denominations.ts';
import { exchange } from './handing.ts';
import { judge } from './judge.ts';
import { valueDate } from './policy.ts';
import type { Sheet } from './sheet.ts';
import { titleOf } from './title.ts';

/**
 * A journal without legs and with a change of notes worth nothing (research row: zero-value
 * journal).
 */
export function prepareExchange(sheet: Sheet, draft: CashExchange): void {
  const { task, currency } = draft;
  if (sheet.refuse(currencyProblem(currency, sheet.date, 'currency'))) return;
  const purse = requirePurse(sheet, currency, 'received');
  if (!purse) return;
  const pieces = exchange(sheet, currency, draft);
  const amountMinor = valueMinor(draft.received);
  const conductor = undefined;
  judge(sheet, {
    task,
    amountMinor,
    currency,
    cash: null,
    from: null,
    to: null,
    conductor,
    path: '',
  });
  sheet.post({
    kind: task,
    title: titleOf(draft, sheet.facts),
    legs: [],
    cash: pieces ? [{ account: purse.account, currency, pieces }] : [],
    fees: [],
    activity: [],
    valueDate: valueDate(task, sheet.date, sheet.facts.policy),
    narrative: '',
    amountMinor,
    currency,
    account: '',
    customer: null,
    conductor: null,
    reversalOf: null,
    correctionOf: null,
    wakes: [],
  });
}
