// The policy a new branch starts with, and the way between a policy's wire form and the rules'
// form.
import { type LimitedTask, type Policy, type PolicyInput, policy } from '#contract/policy.ts';
import { addBusinessDays } from './calendar.ts';
import { Refusal } from './refusal.ts';

/** Currency, one unit of "ten thousand" in minor units: about the same money in each. */
const tenThousand: readonly (readonly [currency: string, minor: bigint])[] = [
  ['EUR', 1_000_000n],
  ['USD', 1_000_000n],
  ['GBP', 1_000_000n],
  ['CHF', 1_000_000n],
  ['CAD', 1_500_000n],
  ['JPY', 1_500_000n],
  ['KWD', 3_000_000n],
  ['SEK', 10_000_000n],
  ['NOK', 10_000_000n],
  ['DKK', 7_500_000n],
  ['PLN', 4_500_000n],
  ['CZK', 25_000_000n],
];

const cashTasks = ['cash.deposit', 'cash.withdrawal', 'cash.exchange', 'journal.reversal'] as const;

function defaultRoleLimits(): PolicyInput['roleLimits'] {
  return tenThousand.flatMap(([currency, unit]) => {
    const row = (role: 'teller' | 'supervisor', task: LimitedTask, softMinor: bigint) => ({
      role,
      task,
      currency,
      softMinor: String(softMinor),
      hardMinor: null,
    });
    return [
      ...cashTasks.map((task) => row('teller', task, unit)),
      row('teller', 'transfer', unit * 5n),
      row('teller', 'payment.outgoing', unit * 5n),
      row('teller', 'payment.bulk', unit * 5n),
      ...cashTasks.map((task) => row('supervisor', task, unit * 5n)),
      row('supervisor', 'transfer', unit * 25n),
      row('supervisor', 'payment.outgoing', unit * 25n),
      row('supervisor', 'payment.bulk', unit * 25n),
    ];
  });
}

function defaultTillLimits(): PolicyInput['tillLimits'] {
  return tenThousand.flatMap(([currency, unit]) => [
    { kind: 'till', currency, softMinor: String(unit * 5n), hardMinor: String(unit * 20n) },
    { kind: 'vault', currency, softMinor: String(unit * 100n), hardMinor: null },
  ]);
}

/**
 * The policy of a new branch: reporting above 10,000.00 (31 CFR 1010.311; Directive (EU) 2015/849
 * article 11 for occasional transactions), no fees, because a price is the bank's to set, and no
 * value-date delay.
 */
export const defaultPolicyInput: PolicyInput = Object.freeze({
  roleLimits: defaultRoleLimits(),
  tillLimits: defaultTillLimits(),
  fees: [],
  reportingThresholds: tenThousand.map(([currency, unit]) => ({
    currency,
    amountMinor: String(unit),
  })),
  structuring: { days: 7, lowerBasisPoints: 7_000, items: 2 },
  manyWithdrawals: { count: 4, days: 2 },
  youngAccount: { days: 30, floors: [] },
  dormantDays: 365,
  riskBasisPoints: 5_000,
  differenceTolerances: [],
  approvalMinutes: 60,
  frozenAcceptsCredits: false,
  rates: { oldDays: 7, moveBasisPoints: 1_000 },
  screening: { leastScore: 800, oldDays: 7 },
  valueDays: [],
  calendar: { weekend: [6, 7], holidays: [] },
});

/**
 * Reads a policy from its wire form; refuses one that is not whole, naming the first thing wrong.
 */
export function readPolicy(input: unknown): Policy {
  const parsed = policy.safeParse(input);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const field = issue?.path.join('.') ?? '';
  throw new Refusal('policy-invalid', `The policy's ${field} ${issue?.message}.`, field);
}

/** Writes a policy in its wire form: amounts as strings, everything else as it is. */
export function writePolicy(rules: Policy): PolicyInput {
  const text = JSON.stringify(rules, (_key, value: unknown) =>
    typeof value === 'bigint' ? value.toString() : value,
  );
  return JSON.parse(text) as PolicyInput;
}

export const defaultPolicy: Policy = readPolicy(defaultPolicyInput);

/** The row of a per-currency list, or undefined where the currency has none. */
export function rowFor<R extends { readonly currency: string }>(
  rows: readonly R[],
  currency: string,
): R | undefined {
  return rows.find((row) => row.currency === currency);
}

/** The amount of a per-currency list, or undefined where the currency has no row. */
export function amountFor(
  rows: readonly { readonly currency: string; readonly amountMinor: bigint }[],
  currency: string,
): bigint | undefined {
  return rowFor(rows, currency)?.amountMinor;
}

/**
 * The value date of a task posted on a business date: the same day unless the policy says later.
 */
export function valueDate(task: LimitedTask, date: string, rules: Policy): string {
  const days = rules.valueDays.find((row) => row.task === task)?.days ?? 0;
  return days === 0 ? date : addBusinessDays(date, days, rules.calendar);
}
