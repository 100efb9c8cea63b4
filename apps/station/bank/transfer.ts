// Prepares transfers between two accounts of the bank, the fee from the account or in cash.
import { formatAccountNumber } from '#contract/account-number.ts';
import type { Transfer } from '#contract/drafts.ts';
import {
  checkAccount,
  checkConductor,
  checkCurrency,
  findAccount,
  requirePurse,
} from './checks.ts';
import { amountProblem, currencyProblem } from './currency.ts';
import { isEmpty, type Pieces } from './denominations.ts';
import type { AccountFacts, PurseFacts } from './facts.ts';
import { takeIn } from './handing.ts';
import { creditLegs, type FeeDue, feeOf, leg, type Slot, settle } from './item.ts';
import { problem } from './problem.ts';
import type { Sheet } from './sheet.ts';

interface Ends {
  readonly from: AccountFacts;
  readonly to: AccountFacts;
}

function checkProducts(sheet: Sheet, { from }: Ends, path: string): boolean {
  if (from.product !== 'loan') return true;
  const message = 'Money cannot be transferred out of a loan account: pay the loan out instead.';
  return !sheet.refuse(problem('product-not-allowed', message, `${path}from`));
}

function ends(sheet: Sheet, draft: Transfer, path: string): Ends | null {
  const from = findAccount(sheet, draft.from, `${path}from`);
  const to = findAccount(sheet, draft.to, `${path}to`);
  const { amountMinor, currency } = draft;
  const noAmount = sheet.refuse(amountProblem(amountMinor, currency, `${path}amountMinor`));
  const noMoney = sheet.refuse(currencyProblem(currency, sheet.date, `${path}currency`));
  if (from) checkAccount(sheet, from, { side: 'debit', field: `${path}from` });
  if (to && to !== from) checkAccount(sheet, to, { side: 'credit', field: `${path}to` });
  if (!from || !to) return null;
  if (from.id === to.id) {
    const message =
      `A transfer from ${formatAccountNumber(from.number)} to itself moves nothing: ` +
      'choose another account.';
    sheet.refuse(problem('same-account', message, `${path}to`));
    return null;
  }
  const money = { amountMinor, currency };
  const fits = [
    checkCurrency(sheet, from, { ...money, field: `${path}currency` }),
    checkCurrency(sheet, to, { ...money, field: `${path}to` }),
    checkProducts(sheet, { from, to }, path),
  ];
  return fits.every(Boolean) && !noAmount && !noMoney ? { from, to } : null;
}

interface FeeCash {
  readonly purse: PurseFacts | null;
  readonly pieces: Pieces | null;
}

/** Notes for a fee in cash. Notes named for a transfer without such a fee are refused, not lost. */
function feeCash(sheet: Sheet, draft: Transfer, fee: FeeDue | null, path: string): FeeCash {
  const none = { purse: null, pieces: null };
  if (!fee || draft.feeFrom === 'account') {
    if (draft.denominations && !isEmpty(draft.denominations)) {
      const message = 'No cash is due for this transfer: leave the notes and coins empty.';
      sheet.refuse(problem('no-cash-due', message, `${path}denominations`));
    }
    return none;
  }
  const purse = requirePurse(sheet, draft.currency, `${path}denominations`);
  if (!purse) return none;
  const handed = { purse, currency: draft.currency, dueMinor: fee.amountMinor, path };
  const given = { received: draft.denominations, change: draft.change };
  return { purse, pieces: takeIn(sheet, handed, given) };
}

/**
 * Customer to customer; a fee in cash goes through the till, a fee from the account is a leg of its
 * own.
 */
export function prepareTransfer(sheet: Sheet, draft: Transfer, slot: Slot): void {
  const { path } = slot;
  const both = ends(sheet, draft, path);
  const from = sheet.facts.accounts.get(draft.from);
  const fee = both ? feeOf(sheet, draft) : null;
  const { task, amountMinor, currency, conductor } = draft;
  if (from) {
    checkConductor(sheet, conductor, {
      account: from,
      side: 'debit',
      amountMinor,
      isNeeded: fee !== null && draft.feeFrom === 'cash',
      field: `${path}conductor`,
    });
  }
  if (!both) return;
  const { purse, pieces } = feeCash(sheet, draft, fee, path);
  const legs = creditLegs(sheet, both.from, { account: both.to, amountMinor, label: 'transfer' });
  const payer = draft.feeFrom === 'cash' ? purse?.account : both.from;
  if (fee && payer) legs.push(leg(payer, fee.account, { ...fee, label: 'fee' }));
  const item = { task, amountMinor, currency, conductor, path, cash: null, ...both };
  settle(sheet, draft, { item, legs, fee, purse, pieces, slot });
}
