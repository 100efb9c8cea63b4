// Gives the demonstration branch the prices a bank of its kind would have, from the day after its history on.
import type { PolicyInput } from '#contract/policy.ts';
import { defaultPolicyInput } from '../bank/policy.ts';

type Fee = PolicyInput['fees'][number];

/** Unit of about a hundred euros in each of the branch's currencies, in minor units. */
const hundred: Readonly<Record<string, bigint>> = {
  ...{ EUR: 10_000n, USD: 10_000n, JPY: 15_000n, KWD: 30_000n },
};

/** Counting large cash costs the bank: a tenth of a percent of a hundred hundreds and more, within bounds. */
function feesIn(currency: string, unit: bigint): readonly Fee[] {
  const counting = (task: Fee['task'], least: bigint, most: bigint): Fee => ({
    ...{ task, currency, fromMinor: String(unit * 100n), flatMinor: '0', basisPoints: 10 },
    ...{ minMinor: String(least), maxMinor: String(most) },
  });
  return [
    counting('cash.deposit', unit / 10n, unit),
    counting('cash.withdrawal', unit / 10n, unit),
    {
      ...{ task: 'transfer', currency, fromMinor: String(unit * 200n), basisPoints: 0 },
      ...{ flatMinor: String(unit / 20n), minMinor: '0', maxMinor: null },
    },
  ];
}

/** The policy every branch begins with, and fees for large amounts; small ones stay free. */
export const demonstrationPolicy: PolicyInput = Object.freeze({
  ...defaultPolicyInput,
  fees: Object.entries(hundred).flatMap(([currency, unit]) => feesIn(currency, unit)),
});
