// The first rules that ask for a second pair of eyes: each a pure function with its figures in a
// sentence.

import { formatMoney } from '#contract/money.ts';
import type { LimitedTask } from '#contract/policy.ts';
import { addDays, daysBetween } from './calendar.ts';
import type { AccountFacts, CashItem, Facts } from './facts.ts';
import type { Flag } from './flag.ts';
import { roleLimitFor } from './limits.ts';
import { amountFor, rowFor } from './policy.ts';
import { type Conversion, conversionNote, type PolicyInForce, toBase } from './rates.ts';
import { structuring } from './structuring.ts';

/** One person whose cash is added up, with the earlier items of the rules' window. */
export interface PersonActivity {
  readonly name: string;
  readonly items: readonly CashItem[];
}

/** What a rule looks at: one item of a draft with everything around it. */
export interface Subject {
  readonly task: LimitedTask;
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly date: string;
  readonly policy: PolicyInForce;
  readonly roles: readonly string[];
  /** Direction of cash across the counter; null when none moves. */
  readonly cash: 'in' | 'out' | null;
  /** Account the money leaves, and account it reaches, where they are customers'. */
  readonly from: AccountFacts | null;
  readonly to: AccountFacts | null;
  readonly persons: readonly PersonActivity[];
  readonly risk: Facts['risk'];
}

export interface Rule {
  readonly id: string;
  readonly version: number;
  readonly needs: Flag['needs'];
  /** The sentence with the figures seen, or null when the rule has nothing to say. */
  check(subject: Subject): string | null;
}

const nouns = { in: 'cash in', out: 'cash out' } as const;

/** Which rate made the limit that is spoken of; "" where the policy names it itself. */
function noteOf({ policy, date }: Subject, by: Conversion | undefined): string {
  return conversionNote(by, { date, oldDays: policy.rates.oldDays });
}

/** Why there is no limit to go by. */
function noRate({ currency }: Subject): string {
  return `: the policy sets none for ${currency}, and no rate is known to make one by`;
}

export const overRoleLimit: Rule = {
  id: 'over-role-limit',
  version: 2,
  needs: 'approval',
  check(subject) {
    const limit = roleLimitFor(subject.policy, subject);
    if (subject.amountMinor <= limit.softMinor) return null;
    const amount = formatMoney(subject.amountMinor, subject.currency);
    const most = formatMoney(limit.softMinor, subject.currency);
    const missing = limit.isSet ? '' : noRate(subject);
    return `${amount} is over the ${limit.role} limit of ${most}${noteOf(subject, limit.by)}${missing}`;
  },
};

/** Cash of the person on this business date in the item's direction, without the item itself. */
export function cashOnDate(person: PersonActivity, subject: Subject): bigint {
  return person.items
    .filter((item) => item.date === subject.date && isSameKind(item, subject))
    .reduce((sum, item) => sum + item.amountMinor, 0n);
}

function isSameKind(item: CashItem, subject: Subject): boolean {
  return item.direction === subject.cash && item.currency === subject.currency;
}

/** Cash in and cash out are added up apart and never netted (31 CFR 1010.313). */
export const overThreshold: Rule = {
  id: 'over-reporting-threshold',
  version: 2,
  needs: 'approval',
  check(subject) {
    const { policy, currency, cash, amountMinor } = subject;
    if (cash === null || policy.reportingThresholds.length === 0) return null;
    const row = rowFor(policy.reportingThresholds, currency);
    if (!row) {
      const amount = formatMoney(amountMinor, currency);
      return `${amount} ${nouns[cash]} cannot be held to a reporting threshold${noRate(subject)}`;
    }
    const limit = `${formatMoney(row.amountMinor, currency)}${noteOf(subject, row.by)}`;
    if (amountMinor > row.amountMinor) {
      const amount = formatMoney(amountMinor, currency);
      return `${amount} ${nouns[cash]} is over the reporting threshold of ${limit}`;
    }
    const sums = subject.persons.map((person) => ({
      name: person.name,
      sum: cashOnDate(person, subject) + amountMinor,
    }));
    const over = largest(sums.filter(({ sum }) => sum > row.amountMinor));
    if (!over) return overInBase(subject);
    const sum = formatMoney(over.sum, currency);
    return (
      `${nouns[cash]} of ${over.name} on ${subject.date} adds up to ${sum}, ` +
      `over the reporting threshold of ${limit}`
    );
  },
};

interface Sum {
  readonly name: string;
  readonly sum: bigint;
}

function largest(sums: readonly Sum[]): Sum | null {
  let most: Sum | null = null;
  for (const each of sums) if (!most || each.sum > most.sum) most = each;
  return most;
}

/** Cash of one person in several currencies, each by its rate, against the base's threshold. */
function overInBase(subject: Subject): string | null {
  const { policy, cash, date } = subject;
  const { byRates: rates } = policy;
  const row = rates && rowFor(policy.reportingThresholds, rates.base);
  if (!rates || !row || cash === null) return null;
  const over = largest(
    subject.persons.flatMap((person) => {
      const sum = cashInBase(person, subject);
      return sum === null || sum <= row.amountMinor ? [] : [{ name: person.name, sum }];
    }),
  );
  if (!over) return null;
  const sum = formatMoney(over.sum, rates.base);
  return (
    `${nouns[cash]} of ${over.name} on ${date} in all currencies is worth ${sum} by the rates of ` +
    `${rates.date}, version ${rates.version}${oldNote(subject, rates.date)}, over the reporting ` +
    `threshold of ${formatMoney(row.amountMinor, rates.base)}`
  );
}

/** Null where all of it is in one currency, whose own threshold was looked at already. */
function cashInBase(person: PersonActivity, subject: Subject): bigint | null {
  const { byRates: rates } = subject.policy;
  const items = person.items.filter(
    (item) => item.date === subject.date && item.direction === subject.cash,
  );
  if (!rates || items.every(({ currency }) => currency === subject.currency)) return null;
  // What has no rate was flagged by itself when it was posted.
  return [...items, subject].reduce(
    (sum, { amountMinor, currency }) => sum + (toBase(rates, amountMinor, currency) ?? 0n),
    0n,
  );
}

function oldNote({ policy, date }: Subject, ratesDate: string): string {
  const age = daysBetween(ratesDate, date);
  return age > policy.rates.oldDays ? `, ${age} days old` : '';
}

function isDormant(account: AccountFacts, subject: Subject): boolean {
  const last = account.lastMovementOn ?? account.openedOn;
  return (
    account.state === 'dormant' || daysBetween(last, subject.date) >= subject.policy.dormantDays
  );
}

export const dormantWaking: Rule = {
  id: 'dormant-waking',
  version: 1,
  needs: 'approval',
  check(subject) {
    const account = [subject.from, subject.to].find((one) => one && isDormant(one, subject));
    if (!account) return null;
    const since = account.lastMovementOn
      ? `without a movement since ${account.lastMovementOn}`
      : `never used since it was opened on ${account.openedOn}`;
    return `dormant account ${account.number} wakes: ${since}`;
  },
};

export const manyWithdrawals: Rule = {
  id: 'many-withdrawals',
  version: 1,
  needs: 'approval',
  check(subject) {
    if (subject.cash !== 'out' || !subject.from) return null;
    const { count, days } = subject.policy.manyWithdrawals;
    const first = addDays(subject.date, 1 - days);
    const account = subject.from.number;
    const journals = new Map<number, CashItem>();
    for (const item of subject.persons.flatMap((person) => person.items)) {
      const counts = item.direction === 'out' && item.account === account && item.date >= first;
      // Joint owners share their items: each journal is counted once.
      if (counts) journals.set(item.journal, item);
    }
    if (journals.size + 1 < count) return null;
    const sum = [...journals.values()].reduce((total, item) => total + item.amountMinor, 0n);
    const total = formatMoney(sum + subject.amountMinor, subject.currency);
    const span = days === 1 ? '1 day' : `${days} days`;
    return (
      `many withdrawals: ${journals.size + 1} from account ${account} within ` +
      `${span}, ${total} in all`
    );
  },
};

export const youngAccount: Rule = {
  id: 'young-account',
  version: 1,
  needs: 'approval',
  check(subject) {
    if (!subject.from) return null;
    const { days, floors } = subject.policy.youngAccount;
    const age = daysBetween(subject.from.openedOn, subject.date);
    if (age >= days || subject.amountMinor < (amountFor(floors, subject.currency) ?? 0n))
      return null;
    const old = age === 1 ? '1 day' : `${age} days`;
    return (
      `account ${subject.from.number} is ${old} old, opened on ` +
      `${subject.from.openedOn}: younger than ${days} days`
    );
  },
};

export const riskModel: Rule = {
  id: 'risk-model',
  version: 1,
  needs: 'approval',
  check({ risk, policy }) {
    if (!risk) return null;
    const isOver = risk.probability * 10_000 >= policy.riskBasisPoints;
    if (risk.action === undefined ? !isOver : risk.action !== 'hold') return null;
    const percent = Math.round(risk.probability * 100);
    const reasons = risk.reasons.length > 0 ? `: ${risk.reasons.join('; ')}` : '';
    return `the model ${risk.model} gives ${percent} % risk${reasons}`;
  },
};

/** The rules, in the order their reasons are read out. */
export const rules: readonly Rule[] = Object.freeze([
  structuring,
  overThreshold,
  overRoleLimit,
  dormantWaking,
  manyWithdrawals,
  youngAccount,
  riskModel,
]);

/** What the rules say of one item. */
export function flagsOf(subject: Subject): Flag[] {
  const flags: Flag[] = [];
  for (const rule of rules) {
    const message = rule.check(subject);
    if (message !== null) {
      flags.push({ rule: rule.id, version: rule.version, needs: rule.needs, message });
    }
  }
  return flags;
}

/** The earliest business date whose cash items the rules look at. */
export function activityFrom(date: string, policy: PolicyInForce): string {
  return addDays(date, 1 - Math.max(policy.structuring.days, policy.manyWithdrawals.days, 1));
}
