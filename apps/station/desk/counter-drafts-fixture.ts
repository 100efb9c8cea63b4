// Writes the drafts the counter's tests post, as a screen would send them.
import type { Served } from './counter-fixture.ts';

export function deposit(
  { customer, account }: Served,
  amountMinor: bigint,
  denominations: Readonly<Record<string, number>>,
) {
  const conductor = { kind: 'customer', customer };
  return {
    ...{ task: 'cash.deposit', account, amountMinor: String(amountMinor), currency: 'EUR' },
    ...{ denominations, conductor },
  };
}

export function withdrawal(
  { customer, account }: Served,
  amountMinor: bigint,
  denominations?: Readonly<Record<string, number>>,
) {
  const conductor = { kind: 'customer', customer };
  return {
    ...{ task: 'cash.withdrawal', account, amountMinor: String(amountMinor), currency: 'EUR' },
    ...(denominations ? { denominations } : {}),
    conductor,
  };
}

export function transfer(from: Served, to: Served, amountMinor: bigint) {
  return {
    ...{ task: 'transfer', from: from.account, to: to.account, currency: 'EUR' },
    amountMinor: String(amountMinor),
    conductor: { kind: 'customer', customer: from.customer },
  };
}
