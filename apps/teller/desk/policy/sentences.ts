// Says the policy's rules as sentences, so that nobody has to read numbers without their meaning.
import { formatMoney } from '#contract/money.ts';
import type { PolicyInput } from '#contract/policy.ts';
import { counted, formatDate, plain } from '../../parts/words.ts';

const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

type PerCurrency = readonly { readonly currency: string; readonly amountMinor: string }[];

function amounts(rows: PerCurrency): string {
  return rows.map(({ currency, amountMinor }) => formatMoney(amountMinor, currency)).join(', ');
}

function percent(basisPoints: number): string {
  return `${basisPoints / 100} %`;
}

/** The policy with the rows of one currency only: nobody reads twelve of them at once. */
export function policyIn(policy: PolicyInput, currency: string): PolicyInput {
  const ours = <R extends { readonly currency: string }>(rows: readonly R[]): R[] =>
    rows.filter((row) => row.currency === currency);
  return {
    ...policy,
    roleLimits: ours(policy.roleLimits),
    tillLimits: ours(policy.tillLimits),
    fees: ours(policy.fees),
    reportingThresholds: ours(policy.reportingThresholds),
    youngAccount: { ...policy.youngAccount, floors: ours(policy.youngAccount.floors) },
    differenceTolerances: ours(policy.differenceTolerances),
  };
}

const taskNames: Readonly<Record<string, string>> = {
  'journal.reversal': 'reversal',
  'payment.outgoing': 'payment',
  'payment.bulk': 'file of payments',
};

/** A task of the wire as a person calls it: `payment.bulk` is a file of payments, `cash.deposit` a cash deposit. */
export function taskWords(task: string): string {
  return taskNames[task] ?? plain(task);
}

/** One sentence for each rule that looks at a posting or at a day, in the order they are asked. */
export function ruleSentences(policy: PolicyInput): string[] {
  const { structuring, manyWithdrawals, youngAccount, calendar } = policy;
  const closed = calendar.weekend.map((day) => weekdays[day - 1]).join(' and ');
  const holidays = [...calendar.holidays].sort().slice(0, 3).map(formatDate).join('; ');
  return [
    `Cash in, or cash out, of one person on one day is reported above ${amounts(policy.reportingThresholds)}.`,
    `It looks split when ${counted(structuring.items, 'cash item')} or more of at least ${percent(structuring.lowerBasisPoints)} of that threshold pass it together within ${counted(structuring.days, 'day')}.`,
    `The ${ordinal(manyWithdrawals.count)} withdrawal from one account within ${counted(manyWithdrawals.days, 'business day')} is looked at.`,
    `Money out of an account younger than ${counted(youngAccount.days, 'day')} is looked at${youngAccount.floors.length === 0 ? '' : `, from ${amounts(youngAccount.floors)} up`}.`,
    `An account without a movement for ${counted(policy.dormantDays, 'day')} is dormant.`,
    `A risk model’s probability of ${percent(policy.riskBasisPoints)} or more needs a second person.`,
    policy.differenceTolerances.length === 0
      ? 'Any difference at a till’s opening or close needs a supervisor.'
      : `A difference at a till’s opening or close needs a supervisor above ${amounts(policy.differenceTolerances)}.`,
    `An approval stays good for ${counted(policy.approvalMinutes, 'minute')}.`,
    `Rates of head office older than ${counted(policy.rates?.oldDays ?? 7, 'day')} are said to be old wherever they are used; one that moves more than ${percent(policy.rates?.moveBasisPoints ?? 1_000)} in a day needs a second person at head office.`,
    policy.frozenAcceptsCredits
      ? 'Money may come into a frozen account.'
      : 'No money may come into a frozen account.',
    `The branch is closed on ${closed || 'no day of the week'}${holidays === '' ? '' : `, and on holidays: ${holidays}${calendar.holidays.length > 3 ? ' …' : ''}`}.`,
  ];
}

/** 1st, 2nd, 3rd, 4th, 11th ... */
export function ordinal(count: number): string {
  const ending = ['th', 'st', 'nd', 'rd'][Math.floor(count / 10) % 10 === 1 ? 0 : count % 10];
  return `${count}${ending ?? 'th'}`;
}
