// The checks every item of a draft passes: its account, who owns it, who stands at the desk, the
// till.
import { formatAccountNumber, isAccountNumber } from '#contract/account-number.ts';
import type { Conductor } from '#contract/drafts.ts';
import { formatMoney } from '#contract/money.ts';
import type { AccountFacts, Facts, MandateFacts, PurseFacts } from './facts.ts';
import type { PreparedLeg } from './prepared.ts';
import { type Problem, problem } from './problem.ts';
import type { Sheet } from './sheet.ts';

const customerProducts: readonly string[] = ['checking', 'savings', 'loan', 'credit'];

export function isCustomerAccount(account: AccountFacts): boolean {
  return customerProducts.includes(account.product);
}

/** The customer's account with this number; refuses an unknown one and one of the bank's own. */
export function findAccount(sheet: Sheet, number: string, field: string): AccountFacts | null {
  const account = sheet.facts.accounts.get(number);
  const written = formatAccountNumber(number);
  if (!account) {
    const isMistyped = /^\d{8}$/.test(number) && !isAccountNumber(number);
    const why = isMistyped
      ? 'its check digit does not fit, so a digit is mistyped'
      : 'look the customer up by name';
    sheet.refuse(problem('unknown-account', `There is no account ${written}: ${why}.`, field));
    return null;
  }
  if (isCustomerAccount(account)) return account;
  const message = `${written} ${account.name} is the bank's own account: choose a customer's.`;
  sheet.refuse(problem('not-a-customer-account', message, field));
  return null;
}

function stateProblem(
  account: AccountFacts,
  side: 'debit' | 'credit',
  at: { readonly facts: Facts; readonly field: string },
): Problem | null {
  const written = formatAccountNumber(account.number);
  if (account.state === 'closed') {
    return problem('account-closed', `Account ${written} is closed: choose another.`, at.field);
  }
  const isBarred = side === 'debit' || !at.facts.policy.frozenAcceptsCredits;
  if (account.state === 'frozen' && isBarred) {
    const message =
      `Account ${written} is frozen: nothing may be posted to it until compliance ` +
      'lifts the freeze.';
    return problem('account-frozen', message, at.field);
  }
  return null;
}

function ownerProblem(account: AccountFacts, facts: Facts, field: string): Problem | null {
  const written = formatAccountNumber(account.number);
  if (account.owners.length === 0) {
    return problem('unknown-customer', `Account ${written} has no owner on record.`, field);
  }
  for (const owner of account.owners) {
    const customer = facts.customers.get(owner);
    if (!customer) {
      const message = `Customer ${owner}, who owns account ${written}, is not on record.`;
      return problem('unknown-customer', message, field);
    }
    if (!customer.identified) {
      const message = `${customer.name} is not identified: record an identity document first.`;
      return problem('customer-not-identified', message, field);
    }
  }
  return null;
}

function ownProblem(account: AccountFacts, facts: Facts, field: string): Problem | null {
  const own = facts.actor.customer;
  if (own === null) return null;
  const mandates = account.mandates.filter((mandate) => mandate.kind !== 'view');
  const isOwn = account.owners.includes(own) || mandates.some(({ customer }) => customer === own);
  if (!isOwn) return null;
  const written = formatAccountNumber(account.number);
  return problem(
    'own-account',
    `Account ${written} is your own or you sign for it: a colleague must serve you.`,
    field,
  );
}

/**
 * Refuses postings to closed and frozen accounts, accounts of nobody known, and the teller's own.
 */
export function checkAccount(
  sheet: Sheet,
  account: AccountFacts,
  at: { readonly side: 'debit' | 'credit'; readonly field: string },
): void {
  sheet.refuse(stateProblem(account, at.side, { facts: sheet.facts, field: at.field }));
  sheet.refuse(ownerProblem(account, sheet.facts, at.field));
  sheet.refuse(ownProblem(account, sheet.facts, at.field));
}

/** Refuses a currency other than the account's; returns whether it is the same. */
export function checkCurrency(
  sheet: Sheet,
  account: AccountFacts,
  item: { readonly amountMinor: bigint; readonly currency: string; readonly field: string },
): boolean {
  if (account.currency === item.currency) return true;
  const money = formatMoney(item.amountMinor, item.currency);
  const message =
    `Account ${formatAccountNumber(account.number)} is kept in ${account.currency}: ` +
    `${money} cannot be posted to it.`;
  sheet.refuse(problem('wrong-currency', message, item.field));
  return false;
}

/**
 * The purse of the teller's own open till; refuses when there is none, or when it is not at work.
 */
export function requirePurse(sheet: Sheet, currency: string, field: string): PurseFacts | null {
  const { till, actor } = sheet.facts;
  const no = (reason: string, message: string): null => {
    sheet.refuse(problem(reason, message, field));
    return null;
  };
  if (!till || till.state === 'closed') {
    return no('till-not-open', 'You have no open till: open one before you take or pay cash.');
  }
  if (till.teller !== actor.staff) {
    const whose = till.tellerName ?? 'somebody else';
    return no('till-not-yours', `${till.name} is open for ${whose}: use your own till.`);
  }
  if (till.state === 'paused') {
    return no('till-paused', `${till.name} is paused: resume it before you take or pay cash.`);
  }
  if (till.state === 'counting') {
    return no('till-counting', `${till.name} is being counted: finish or cancel the count first.`);
  }
  const purse = till.purses.get(currency);
  if (purse) return purse;
  const kept = [...till.purses.keys()].join(', ') || 'nothing';
  return no('currency-not-in-till', `${till.name} keeps no ${currency}: it keeps ${kept}.`);
}

interface Handling {
  readonly account: AccountFacts;
  readonly side: 'debit' | 'credit';
  readonly amountMinor: bigint;
  readonly field: string;
}

function mandateFor(
  sheet: Sheet,
  account: AccountFacts,
  customer: number,
): MandateFacts | undefined {
  return account.mandates.find(
    (mandate) =>
      mandate.customer === customer &&
      mandate.kind !== 'view' &&
      (mandate.until === null || mandate.until >= sheet.date),
  );
}

function mandateProblem(sheet: Sheet, customer: number, handling: Handling): Problem | null {
  const { account, amountMinor, field } = handling;
  if (account.owners.includes(customer)) return null;
  const name = sheet.facts.customers.get(customer)?.name ?? `customer ${customer}`;
  const written = formatAccountNumber(account.number);
  const mandate = mandateFor(sheet, account, customer);
  if (!mandate) {
    const message =
      `${name} neither owns account ${written} nor holds a mandate for it: money ` +
      'leaves it only for who does.';
    return problem('no-mandate', message, field);
  }
  if (mandate.limitMinor === null || amountMinor <= mandate.limitMinor) return null;
  const limit = formatMoney(mandate.limitMinor, account.currency);
  return problem(
    'mandate-limit',
    `${name} may move ${limit} alone: ` +
      `${formatMoney(amountMinor, account.currency)} needs the owner.`,
    field,
  );
}

/**
 * Refuses cash without a person, a person nobody knows, and money out for somebody without a
 * mandate.
 */
export function checkConductor(
  sheet: Sheet,
  conductor: Conductor | undefined,
  handling: Handling & { readonly isNeeded: boolean },
): void {
  const { field, side, account } = handling;
  if (!conductor) {
    if (!handling.isNeeded) return;
    const message =
      'Who stands at the desk is not recorded: name the customer or the person with a document.';
    sheet.refuse(problem('no-conductor', message, field));
    return;
  }
  if (conductor.kind === 'other') {
    if (side === 'credit') return;
    const message =
      `${conductor.name} holds no mandate for account ` +
      `${formatAccountNumber(account.number)}: money leaves it only for an owner or ` +
      'a mandate holder on record.';
    sheet.refuse(problem('no-mandate', message, field));
    return;
  }
  const customer = sheet.facts.customers.get(conductor.customer);
  if (!customer) {
    const message = `There is no customer ${conductor.customer}: look the person up by name.`;
    sheet.refuse(problem('unknown-customer', message, field));
    return;
  }
  if (customer.kind === 'organisation') {
    const message =
      `${customer.name} is an organisation and cannot stand at the desk: name the ` +
      'person who does.';
    sheet.refuse(problem('conductor-not-a-person', message, field));
    return;
  }
  if (side === 'debit') sheet.refuse(mandateProblem(sheet, conductor.customer, handling));
}

interface Reach {
  readonly account: AccountFacts;
  change: bigint;
  peak: bigint;
  trough: bigint;
}

function reaches(legs: readonly PreparedLeg[]): Reach[] {
  const all = new Map<number, Reach>();
  const move = (account: AccountFacts, amountMinor: bigint): void => {
    const reach = all.get(account.id) ?? { account, change: 0n, peak: 0n, trough: 0n };
    reach.change += amountMinor;
    if (reach.change > reach.peak) reach.peak = reach.change;
    if (reach.change < reach.trough) reach.trough = reach.change;
    all.set(account.id, reach);
  };
  for (const leg of legs) {
    move(leg.debit, leg.amountMinor);
    move(leg.credit, -leg.amountMinor);
  }
  return [...all.values()];
}

function shortSentence(account: AccountFacts, room: bigint, needed: bigint): string {
  const money = (amount: bigint) => formatMoney(amount, account.currency);
  const held = account.heldDebitMinor > 0n ? ` (${money(account.heldDebitMinor)} are held)` : '';
  return (
    `Account ${formatAccountNumber(account.number)} has ${money(room)} ` +
    `available${held}, ${money(needed)} are needed: ${money(needed - room)} are ` +
    'missing.'
  );
}

/** Refuses legs that would take an account past its limits at any step, holds counted. */
export function checkRoom(sheet: Sheet, legs: readonly PreparedLeg[], field: string): void {
  for (const { account, peak, trough } of reaches(legs)) {
    // What a till can pay is judged by its notes, which say the same and more.
    if (account.product === 'till' || account.product === 'vault') continue;
    const debitRoom = sheet.debitRoom(account);
    if (debitRoom !== null && peak > debitRoom && peak > 0n) {
      sheet.refuse(problem('not-enough-available', shortSentence(account, debitRoom, peak), field));
    }
    const creditRoom = sheet.creditRoom(account);
    if (creditRoom !== null && -trough > creditRoom && trough < 0n) {
      const money = (amount: bigint) => formatMoney(amount, account.currency);
      const message =
        `Account ${formatAccountNumber(account.number)} can take ` +
        `${money(creditRoom)} at most: ${money(-trough)} is more than is owed.`;
      sheet.refuse(problem('more-than-owed', message, field));
    }
  }
}
