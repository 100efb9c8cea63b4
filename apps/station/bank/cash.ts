// Prepares cash deposits and withdrawals: till and customer, fees, and the notes that go with them.
import type { CashDeposit, CashWithdrawal } from '#contract/drafts.ts';
import { formatMoney } from '#contract/money.ts';
import {
  checkAccount,
  checkConductor,
  checkCurrency,
  findAccount,
  requirePurse,
} from './checks.ts';
import { amountProblem, currencyProblem } from './currency.ts';
import type { AccountFacts, PurseFacts } from './facts.ts';
import { payOut, takeIn } from './handing.ts';
import { creditLegs, type FeeDue, feeOf, leg, moneyOf, type Slot, settle } from './item.ts';
import type { Item } from './judge.ts';
import type { PreparedLeg } from './prepared.ts';
import { problem } from './problem.ts';
import type { Sheet } from './sheet.ts';

interface Ground {
  readonly account: AccountFacts;
  readonly purse: PurseFacts;
}

/** The account and purse an item stands on; null when there is nothing further to reckon with. */
function ground(
  sheet: Sheet,
  draft: CashDeposit | CashWithdrawal,
  at: { readonly path: string; readonly side: 'debit' | 'credit' },
): Ground | null {
  const { path, side } = at;
  const account = findAccount(sheet, draft.account, `${path}account`);
  const noAmount = sheet.refuse(
    amountProblem(draft.amountMinor, draft.currency, `${path}amountMinor`),
  );
  const noMoney = sheet.refuse(currencyProblem(draft.currency, sheet.date, `${path}currency`));
  const purse = noMoney ? null : requirePurse(sheet, draft.currency, `${path}denominations`);
  if (!account) return null;
  checkAccount(sheet, account, { side, field: `${path}account` });
  checkConductor(sheet, draft.conductor, {
    account,
    side,
    amountMinor: draft.amountMinor,
    isNeeded: true,
    field: `${path}conductor`,
  });
  const money = { ...draft, field: `${path}currency` };
  const fits = checkCurrency(sheet, account, money);
  return fits && purse && !noAmount && !noMoney ? { account, purse } : null;
}

function itemOf(draft: CashDeposit | CashWithdrawal, account: AccountFacts, path: string): Item {
  const { task, amountMinor, currency, conductor } = draft;
  const way =
    task === 'cash.deposit'
      ? ({ cash: 'in', from: null, to: account } as const)
      : ({ cash: 'out', from: account, to: null } as const);
  return { task, amountMinor, currency, conductor, path, ...way };
}

function feeLeg(
  draft: CashDeposit | CashWithdrawal,
  { account, purse }: Ground,
  fee: FeeDue | null,
): PreparedLeg[] {
  if (!fee) return [];
  const payer = draft.feeFrom === 'cash' ? purse.account : account;
  return [leg(payer, fee.account, { amountMinor: fee.amountMinor, label: 'fee' })];
}

/** Till to customer (a loan's parts in their order), the fee from the cash or from the account. */
export function prepareDeposit(sheet: Sheet, draft: CashDeposit, slot: Slot): void {
  const { path } = slot;
  const stands = ground(sheet, draft, { path, side: 'credit' });
  if (!stands) return;
  const { account, purse } = stands;
  const fee = feeOf(sheet, draft);
  const cashFee = fee && draft.feeFrom === 'cash' ? fee.amountMinor : 0n;
  const { amountMinor, currency } = draft;
  if (account.product === 'loan' && fee && draft.feeFrom === 'account') {
    const message =
      'A loan account pays no fee: take the ' +
      `${formatMoney(fee.amountMinor, currency)} in cash.`;
    sheet.refuse(problem('fee-from-loan', message, `${path}feeFrom`));
    return;
  }
  const legs = [
    ...creditLegs(sheet, purse.account, { account, amountMinor, label: 'deposit' }),
    ...feeLeg(draft, stands, fee),
  ];
  const pieces = takeIn(
    sheet,
    { purse, currency, dueMinor: amountMinor + cashFee, path },
    { received: draft.denominations, change: draft.change },
  );
  settle(sheet, draft, { item: itemOf(draft, account, path), legs, fee, purse, pieces, slot });
}

/** Customer to till, the fee from the account or kept back from the cash paid out. */
export function prepareWithdrawal(sheet: Sheet, draft: CashWithdrawal, slot: Slot): void {
  const { path } = slot;
  const stands = ground(sheet, draft, { path, side: 'debit' });
  if (!stands) return;
  const { account, purse } = stands;
  if (account.product === 'loan') {
    const message =
      'Cash cannot be drawn from a loan account: pay the loan out to a checking account.';
    sheet.refuse(problem('product-not-allowed', message, `${path}account`));
    return;
  }
  const fee = feeOf(sheet, draft);
  const cashFee = fee && draft.feeFrom === 'cash' ? fee.amountMinor : 0n;
  const { amountMinor, currency } = draft;
  if (cashFee >= amountMinor) {
    const message =
      `The fee of ${formatMoney(cashFee, currency)} would leave nothing of ` +
      `${moneyOf(draft)}: take it from the account.`;
    sheet.refuse(problem('fee-over-amount', message, `${path}feeFrom`));
    return;
  }
  const legs = [
    leg(account, purse.account, { amountMinor, label: 'withdrawal' }),
    ...feeLeg(draft, stands, fee),
  ];
  const handed = { purse, currency, dueMinor: amountMinor - cashFee, path };
  const pieces = payOut(sheet, handed, draft.denominations);
  settle(sheet, draft, { item: itemOf(draft, account, path), legs, fee, purse, pieces, slot });
}
