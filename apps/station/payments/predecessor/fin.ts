// Turns the predecessor's SWIFT payments into a FIN message: MT103 and MT202 by the names it used.

import { digitsOf } from '#contract/currencies.ts';
import { Refusal, refuseUnless } from '#station/bank/refusal.ts';
import { checkBic } from '../identifier/index.ts';
import { type FieldValue, type MessagePlan, printAmount } from '../mt/build.ts';
import type { Making } from './orders.ts';
import {
  amountOf,
  currencyOf,
  type Loose,
  looseObject,
  neededText,
  optionalText,
  pathTo,
} from './read.ts';

/** A logical terminal: the bank, terminal A, its branch or XXX. */
function terminalOf(from: Loose, name: string): string {
  const bic = neededText(from, name, 'a BIC of 8 or 11 characters').toUpperCase();
  const path = pathTo(from, name);
  const checked = checkBic(bic);
  if (!checked.ok) {
    throw new Refusal('bic-wrong', `${path}: ${checked.errors[0]?.message ?? bic}`, path);
  }
  return `${bic.slice(0, 8)}A${bic.slice(8) || 'XXX'}`;
}

function amountField(fields: Loose, making: Making): FieldValue {
  const currency = currencyOf(fields);
  const amount = printAmount(amountOf(fields, currency), digitsOf(currency));
  const date = optionalText(fields, 'value_date') ?? new Date(making.at).toISOString().slice(0, 10);
  const path = pathTo(fields, 'value_date');
  const isDate = /^\d{4}-\d{2}-\d{2}$/.test(date);
  refuseUnless(isDate, 'field-wrong', `${path} is a date such as 2026-11-23, not ${date}.`, path);
  return ['32A', `${date.slice(2).replaceAll('-', '')}${currency}${amount}`];
}

/** A customer: the account on its own line where there is one, then name and address. */
function customerOf(fields: Loose, name: string, what: string): string {
  const account = optionalText(fields, `${name}_account`);
  const text = neededText(fields, name, what);
  return account === undefined ? text : `/${account}\n${text}`;
}

function customerTransfer(fields: Loose, reference: string, making: Making): readonly FieldValue[] {
  const remittance = optionalText(fields, 'remittance_info');
  const settled = amountField(fields, making);
  const ordering = customerOf(fields, 'ordering_customer', 'name and address of who pays');
  const beneficiary = customerOf(fields, 'beneficiary_customer', 'name and address of who is paid');
  return [
    ['20', reference],
    ['23B', 'CRED'],
    settled,
    // Between most countries the instructed amount is mandatory (C2, D49), and it is never wrong.
    ['33B', String(settled[1]).slice(6)],
    ['50K', ordering],
    ['59', beneficiary],
    ...(remittance === undefined ? [] : [['70', remittance] as const]),
    ['71A', optionalText(fields, 'charges') ?? 'SHA'],
  ];
}

function bankTransfer(fields: Loose, reference: string, making: Making): readonly FieldValue[] {
  const ordering = optionalText(fields, 'ordering_institution');
  return [
    ['20', reference],
    ['21', neededText(fields, 'related_reference', 'the reference of what is paid for')],
    amountField(fields, making),
    ...(ordering === undefined ? [] : [['52A', ordering] as const]),
    ['58A', neededText(fields, 'beneficiary_institution', 'the BIC of the bank that is paid')],
  ];
}

/** The plan of the FIN message. Refuses with the path of the field that is missing or wrong. */
export function finOf(from: Loose, making: Making): { type: string; plan: MessagePlan } {
  const type = neededText(from, 'message_type', '103 or 202').replace(/^MT/, '');
  const fields = looseObject(from.values.fields, 'fields');
  const reference = optionalText(from, 'reference') ?? making.identification().slice(0, 16);
  const sender = terminalOf(from, 'sender');
  const receiver = terminalOf(from, 'receiver');
  return {
    type: `MT${type}`,
    plan: {
      basic: {
        ...{ application: 'F', service: '01', terminal: sender },
        ...{ session: '0000', sequence: '000000' },
      },
      application: {
        ...{ direction: 'I', type, priority: 'N' },
        terminal: `${receiver.slice(0, 8)}X${receiver.slice(9)}`,
      },
      user: [],
      fields: fieldsOf(type, fields, { reference, making }),
    },
  };
}

function fieldsOf(
  type: string,
  fields: Loose,
  { reference, making }: { readonly reference: string; readonly making: Making },
): readonly FieldValue[] {
  if (type === '103') return customerTransfer(fields, reference, making);
  if (type === '202') return bankTransfer(fields, reference, making);
  throw new Refusal(
    'type-unknown',
    `MT${type} is not built from these names: write its fields by their tags.`,
    'message_type',
  );
}
