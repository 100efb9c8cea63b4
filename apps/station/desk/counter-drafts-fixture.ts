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

export const vaultBegins = [
  {
    currency: 'EUR',
    denominations: { 10000: 500, 5000: 400, 2000: 500, 1000: 500, 500: 400, 100: 400 },
  },
  { currency: 'USD', denominations: { 10000: 100, 2000: 100, 100: 100 } },
  { currency: 'JPY', denominations: { 10000: 100, 1000: 100 } },
];

export const nothing = (...currencies: readonly string[]) =>
  currencies.map((currency) => ({ currency, denominations: {} }));

/** 12,500.00 EUR of notes for a till. */
export const float = { 10000: 60, 5000: 60, 2000: 100, 1000: 100, 500: 80, 100: 100 };
export const floatMinor = 1_250_000n;
