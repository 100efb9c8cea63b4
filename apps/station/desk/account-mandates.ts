// Handles mandates: who may act for an account beside its owners, how far and until when.
import { formatAccountNumber } from '#contract/account-number.ts';
import type { Checked } from '#contract/index.ts';
import { amountMinorMax } from '#contract/values.ts';
import { Refusal, refuseUnless } from '../bank/refusal.ts';
import type { MandateData } from '../ledger/projections/customer.ts';
import type { CustomerReads } from '../ledger/projections/customer-reads.ts';
import { type AccountParts, type Desk, identified, openDate, refuseOwn } from './account-rules.ts';
import { customerAccount } from './account-view.ts';
import { checkDate } from './customer-checks.ts';
import { knownCustomer } from './customers.ts';
import type { Moment, Recorded, SignedIn } from './desk.ts';

/** What a mandate is judged by: the account's owners, the field of the form and the number it gets. */
export interface MandateTerms extends Desk {
  readonly owners: readonly number[];
  readonly field: string;
  readonly id: number;
}

/** The mandate as it is recorded, or a refusal. */
export function checkMandate(
  { customers }: AccountParts,
  mandate: Checked<'account.grantMandate'>['mandate'],
  { owners, field, id, date, own }: MandateTerms,
): MandateData {
  const { customer, kind, limitMinor, until } = mandate;
  refuseOwn(customer === own, `${field}.customer`);
  const row = knownCustomer(customers, customer, `${field}.customer`);
  identified(row, date, `${field}.customer`);
  refuseUnless(
    !owners.includes(customer),
    'owner-already',
    `${row.name} owns the account and needs no mandate.`,
    `${field}.customer`,
  );
  refuseUnless(
    limitMinor === undefined || (limitMinor > 0n && limitMinor <= amountMinorMax),
    'mandate-limit',
    `${limitMinor} minor units is no limit: write 1 to ${amountMinorMax}, or none.`,
    `${field}.limitMinor`,
  );
  if (until !== undefined) {
    checkDate(until, `${field}.until`);
    refuseUnless(
      until >= date,
      'mandate-over',
      `A mandate until ${until} would be over already on ${date}.`,
      `${field}.until`,
    );
  }
  return {
    ...{ id, customer, kind, until: until ?? null },
    limitMinor: limitMinor === undefined ? null : String(limitMinor),
  };
}

export function mandateHandlers(parts: AccountParts) {
  const { ledger, customers } = parts;
  const topics = ['account', 'customer'] as const;
  return {
    'account.grantMandate': {
      record(
        { number, mandate, reason }: Checked<'account.grantMandate'>,
        { person }: SignedIn,
        moment: Moment,
      ): Recorded<{ mandate: number }> {
        const account = customerAccount(ledger, number);
        const owners = customers.ownersOf(account.id).map((owner) => owner.customer);
        refuseOwn(person.customer !== null && owners.includes(person.customer), 'number');
        refuseUnless(
          account.state !== 'closed',
          'account-closed',
          `Account ${formatAccountNumber(number)} is closed.`,
          'number',
        );
        refuseHolder(customers, account.id, mandate.customer);
        const desk = { date: openDate(moment), own: person.customer };
        const id = customers.nextMandateId();
        const granted = checkMandate(parts, mandate, { ...desk, owners, field: 'mandate', id });
        const data = { account: account.id, mandate: granted, number, reason };
        return { type: 'mandate.granted', data, result: { mandate: id }, topics };
      },
    },
    'account.revokeMandate': {
      record(
        { mandate, reason }: Checked<'account.revokeMandate'>,
        { person }: SignedIn,
      ): Recorded<{ mandate: number }> {
        const found = customers.mandate(mandate);
        if (!found) {
          throw new Refusal(
            'mandate-unknown',
            `There is no mandate ${mandate} in force.`,
            'mandate',
          );
        }
        const owners = customers.ownersOf(found.account).map((owner) => owner.customer);
        refuseOwn(person.customer !== null && owners.includes(person.customer), 'mandate');
        const data = { account: found.account, customer: found.customer, mandate, reason };
        return { type: 'mandate.revoked', data, result: { mandate }, topics };
      },
    },
  };
}

/** One mandate for one person: to change it, the old one is revoked first. */
function refuseHolder(customers: CustomerReads, account: number, customer: number): void {
  const held = customers.mandatesOn(account).find((each) => each.customer === customer);
  refuseUnless(
    held === undefined,
    'mandate-twice',
    `${held?.name} has mandate ${held?.id} on this account; revoke it first.`,
    'mandate.customer',
  );
}
