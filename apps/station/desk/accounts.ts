// Handles customers' accounts: opened for identified owners, shown, frozen, given limits and mandates, closed.
import {
  accountNumberOf,
  firstSerial,
  formatAccountNumber,
  lastSerial,
} from '#contract/account-number.ts';
import type { Checked } from '#contract/index.ts';
import { formatMoney } from '#contract/money.ts';
import { amountMinorMax } from '#contract/values.ts';
import { refuseUnless } from '../bank/refusal.ts';
import type { AccountData } from '../ledger/events.ts';
import type { OwnershipData } from '../ledger/projections/customer.ts';
import type { CustomerReads, CustomerRow } from '../ledger/projections/customer-reads.ts';
import { checkMandate, mandateHandlers } from './account-mandates.ts';
import { type AccountParts, type Desk, identified, openDate, refuseOwn } from './account-rules.ts';
import {
  accountViewOf,
  type CustomerAccount,
  customerAccount,
  statementLineOf,
} from './account-view.ts';
import { knownCustomer } from './customers.ts';
import type { Handlers, Moment, Recorded, SignedIn } from './desk.ts';

type AccountName = Extract<keyof Handlers, `account.${string}`>;
type Done = Recorded<{ number: string }>;

export function accountHandlers(parts: AccountParts): Pick<Handlers, AccountName> {
  return Object.freeze({
    'account.get': ({ number }: Checked<'account.get'>) =>
      accountViewOf(parts, customerAccount(parts.ledger, number)),
    'account.statement': (input: Checked<'account.statement'>) => statementOf(parts, input),
    'account.open': {
      record: (input: Checked<'account.open'>, { person }: SignedIn, moment: Moment) =>
        open(parts, input, { date: openDate(moment), own: person.customer }),
    },
    ...stateHandlers(parts),
    ...mandateHandlers(parts),
  });
}

function statementOf({ ledger }: AccountParts, input: Checked<'account.statement'>) {
  const { number, before, count } = input;
  const account = customerAccount(ledger, number);
  const leg = before === undefined ? undefined : Number(before);
  refuseUnless(
    leg === undefined || Number.isSafeInteger(leg),
    'leg-unknown',
    `There is no leg ${before} on this account.`,
    'before',
  );
  const request = { account: account.id, count: count + 1 };
  const lines = ledger.statement(leg === undefined ? request : { ...request, before: leg });
  return {
    number: account.number,
    currency: account.currency,
    lines: lines.slice(0, count).map((line) => statementLineOf(ledger, line)),
    more: lines.length > count,
  };
}

function open(parts: AccountParts, input: Checked<'account.open'>, desk: Desk): Done {
  const { product, currency, owners } = input;
  refuseUnless(
    parts.currencies().includes(currency),
    'currency-not-kept',
    `This branch keeps ${parts.currencies().join(', ')}; it opens no account in ${currency}.`,
    'currency',
  );
  const rows = checkOwners(parts.customers, owners, desk);
  const ids = owners.map((owner) => owner.customer);
  const first = parts.customers.nextMandateId();
  const mandates = input.mandates.map((mandate, index) => {
    const field = `mandates.${index}`;
    const isTwice = input.mandates.findIndex((each) => each.customer === mandate.customer) < index;
    refuseUnless(
      !isTwice,
      'mandate-twice',
      `Customer ${mandate.customer} is named twice.`,
      `${field}.customer`,
    );
    return checkMandate(parts, mandate, { ...desk, owners: ids, field, id: first + index });
  });
  const holder = rows.find((_, index) => owners[index]?.role === 'holder');
  const account: AccountData = {
    ...{ id: parts.ledger.nextAccountId(), number: nextNumber(parts), product, currency },
    ...termsOf(product),
    name: input.name || (holder?.name ?? ''),
    customer: holder?.customer ?? null,
    cash: false,
  };
  const { id, number } = account;
  const ownership: OwnershipData = { account: id, number, owners, mandates };
  const data = { accounts: [account], ownership: [ownership] };
  return { type: 'account.opened', data, result: { number }, topics: ['account', 'customer'] };
}

/**
 * Deposits are the bank's debt and stop at zero until an overdraft is agreed; loans are its claim, and pay
 * nothing out until a supervisor has set the amount lent.
 */
function termsOf(product: CustomerAccount['product']) {
  const isDeposit = product === 'checking' || product === 'savings';
  return {
    class: isDeposit ? ('liability' as const) : ('asset' as const),
    highMinor: '0',
    lowMinor: product === 'loan' ? '0' : null,
  };
}

/** The first serial a customer gets; those before it are nobody's. */
const firstCustomerSerial = firstSerial + 29;

/**
 * The next number nobody has, in the order customers' accounts were opened: the bank's own accounts do not
 * count, or every account a release adds to its chart would move the numbers of all that follow.
 */
function nextNumber({ ledger }: AccountParts): string {
  const highest = Number(ledger.highestNumber()?.slice(0, -1) ?? 0) + 1;
  // A bank that brought the last number along fills the gaps.
  const isFull = highest > lastSerial;
  const first = isFull ? firstCustomerSerial : Math.max(firstCustomerSerial, highest);
  for (let serial = first; ; serial++) {
    const number = accountNumberOf(serial);
    if (!ledger.accountByNumber(number)) return number;
  }
}

function checkOwners(
  customers: CustomerReads,
  owners: Checked<'account.open'>['owners'],
  { date, own }: Desk,
): readonly CustomerRow[] {
  const holders = owners.filter((owner) => owner.role === 'holder');
  refuseUnless(
    holders.length === 1,
    'one-holder',
    `The account has ${holders.length} holders; it needs exactly one, the others are joint owners.`,
    'owners',
  );
  return owners.map(({ customer }, index) => {
    const field = `owners.${index}.customer`;
    const isTwice = owners.findIndex((owner) => owner.customer === customer) < index;
    refuseUnless(!isTwice, 'owner-twice', `Customer ${customer} is named twice.`, field);
    refuseOwn(customer === own, field);
    return identified(knownCustomer(customers, customer, field), date, field);
  });
}

function stateHandlers(parts: AccountParts) {
  const { ledger, customers } = parts;

  /** An account that is not closed, and none of the asker's own. */
  function standing(number: string, { person }: SignedIn): CustomerAccount {
    const account = customerAccount(ledger, number);
    const isOwn = customers.ownersOf(account.id).some((each) => each.customer === person.customer);
    refuseOwn(isOwn, 'number');
    refuseUnless(
      account.state !== 'closed',
      'account-closed',
      `Account ${formatAccountNumber(number)} is closed.`,
      'number',
    );
    return account;
  }

  return {
    'account.freeze': {
      record({ number, reason }: Checked<'account.freeze'>, asker: SignedIn) {
        const account = standing(number, asker);
        refuseUnless(
          account.state !== 'frozen',
          'account-frozen',
          `Account ${formatAccountNumber(number)} is frozen already.`,
          'number',
        );
        return changed('account.frozen', account, reason, {
          states: [{ account: account.id, state: 'frozen' }],
        });
      },
    },
    'account.unfreeze': {
      record({ number, reason }: Checked<'account.unfreeze'>, asker: SignedIn) {
        const account = standing(number, asker);
        refuseUnless(
          account.state === 'frozen',
          'account-not-frozen',
          `Account ${formatAccountNumber(number)} is ${account.state}, not frozen.`,
          'number',
        );
        return changed('account.unfrozen', account, reason, {
          states: [{ account: account.id, state: 'open' }],
        });
      },
    },
    'account.close': {
      record({ number, reason }: Checked<'account.close'>, asker: SignedIn) {
        const account = standing(number, asker);
        refuseUnsettled(account);
        return changed('account.closed', account, reason, {
          states: [{ account: account.id, state: 'closed' }],
        });
      },
    },
    'account.setOverdraft': {
      record(input: Checked<'account.setOverdraft'>, asker: SignedIn) {
        const { number, overdraftMinor, reason } = input;
        const account = standing(number, asker);
        checkOverdraft(account, overdraftMinor);
        const { lowMinor } = account;
        const highMinor = String(overdraftMinor);
        const low = lowMinor === null ? null : String(lowMinor);
        return changed('account.overdraft-set', account, reason, {
          limits: [{ account: account.id, highMinor, lowMinor: low }],
        });
      },
    },
  };
}

function changed(
  type: string,
  { number }: CustomerAccount,
  reason: string,
  parts: Readonly<Record<string, unknown>>,
): Done {
  const data = { ...parts, number, reason };
  return { type, data, result: { number }, topics: ['account', 'customer'] };
}

function refuseUnsettled(account: CustomerAccount): void {
  const { number, postedMinor, heldDebitMinor, heldCreditMinor, currency, state } = account;
  refuseUnless(
    state !== 'frozen',
    'account-frozen',
    `Account ${formatAccountNumber(number)} is frozen; it is unfrozen before it is closed.`,
    'number',
  );
  refuseUnless(
    postedMinor === 0n,
    'account-not-empty',
    `Account ${formatAccountNumber(number)} stands at ${formatMoney(-postedMinor, currency)}; bring it to zero first.`,
    'number',
  );
  refuseUnless(
    heldDebitMinor === 0n && heldCreditMinor === 0n,
    'account-holds',
    `${formatMoney(heldDebitMinor + heldCreditMinor, currency)} is held on account ${formatAccountNumber(number)}; the holds end first.`,
    'number',
  );
}

function checkOverdraft(account: CustomerAccount, overdraftMinor: bigint): void {
  const { product, postedMinor, heldDebitMinor, currency } = account;
  const field = 'overdraftMinor';
  refuseUnless(
    product !== 'savings',
    'overdraft-savings',
    'A savings account has no overdraft.',
    field,
  );
  refuseUnless(
    overdraftMinor <= amountMinorMax,
    'amount-too-large',
    `${formatMoney(overdraftMinor, currency)} is more than the bank can lend on one account.`,
    field,
  );
  const used = postedMinor + heldDebitMinor;
  refuseUnless(
    used <= overdraftMinor,
    'overdraft-used',
    `${formatMoney(used, currency)} is in use already; the limit cannot be below it.`,
    field,
  );
}
