// Puts what a model found into sentences with the numbers, one for each family of features.
import { featureNames, features } from '../features/catalogue.ts';

/** What a sentence may speak of. */
export interface ReasonFacts {
  readonly vector: Float32Array;
  /** Amount in whole units, and the currency's code. */
  readonly amount: number;
  readonly currency: string;
}

type Say = (value: number, facts: ReasonFacts) => string | null;

const place = new Map(featureNames.map((name, index) => [name, index]));

/** Value of a feature by name. */
export function featureIn(vector: Float32Array, name: string): number {
  return vector[place.get(name) ?? -1] ?? Number.NaN;
}

const grouped = (value: number, digits = 0): string =>
  value.toFixed(digits).replace(/\B(?=(\d{3})+(?!\d))/g, ',');
const money = (value: number, { currency }: ReasonFacts) => `${grouped(value, 2)} ${currency}`;
const times = (count: number, noun: string) =>
  `${grouped(count)} ${noun}${Math.round(count) === 1 ? '' : 's'}`;
const days = (log: number) => Math.round(Math.expm1(log));

const whatOf = ({ vector }: ReasonFacts): string => {
  if (featureIn(vector, 'isCashIn') === 1) return 'deposit';
  return featureIn(vector, 'isCashOut') === 1 ? 'withdrawal' : 'transfer';
};

/** "is 14 times" where it is much more; nothing where it is ordinary. */
function usual(value: number, facts: ReasonFacts, span: string): string | null {
  if (!(value >= 1.5)) return null;
  const ratio = value >= 10 ? grouped(value) : value.toFixed(1);
  const mean = money(facts.amount / value, facts);
  return `${money(facts.amount, facts)} is ${ratio} times this account's usual ${whatOf(facts)} (${span} mean ${mean})`;
}

function age(log: number, who: string): string | null {
  const old = days(log);
  return old <= 180 ? `${who} was opened ${times(old, 'day')} ago` : null;
}

/** The sentences, by feature; a feature without one, or with nothing unusual to say, is passed over. */
const say: Readonly<Record<string, Say>> = {
  amountLog: (_value, facts) => `the amount is ${money(facts.amount, facts)}`,
  isRound: (value, facts) => (value === 1 ? `${money(facts.amount, facts)} is a round sum` : null),
  amountToMean30: (value, facts) => usual(value, facts, '30-day'),
  amountToMean90: (value, facts) => usual(value, facts, '90-day'),
  amountToMax90: (value, facts) =>
    value > 1
      ? `it is more than the largest ${whatOf(facts)} of the last 90 days (${money(facts.amount / value, facts)})`
      : null,
  amountToBalance: (value, facts) =>
    value >= 0.3
      ? `it takes ${grouped(value * 100)} % of ${money(facts.amount / value, facts)}`
      : null,
  leftShare: (value) =>
    value < 0.4 ? `it leaves ${grouped(Math.max(0, value) * 100)} % on the account` : null,
  thresholdShare: (value) =>
    value >= 0.8 && value <= 1
      ? `it is ${grouped(value * 100)} % of the reporting threshold`
      : null,
  nearThreshold3: (value) =>
    value > 0 ? `${times(value, 'time')} just under the reporting threshold within 3 days` : null,
  nearThreshold7: (value) =>
    value > 0 ? `${times(value, 'time')} just under the reporting threshold within 7 days` : null,
  outCount1h: (value) => (value > 0 ? `${times(value, 'payment')} out within the last hour` : null),
  outCount1: (value) => (value > 1 ? `${times(value, 'payment')} out within a day` : null),
  outCount7: (value) => (value > 3 ? `${times(value, 'payment')} out within a week` : null),
  inCount1: (value) => (value > 1 ? `${times(value, 'payment')} in within a day` : null),
  inCount7: (value) => (value > 3 ? `${times(value, 'payment')} in within a week` : null),
  outSum1Log: (value, facts) =>
    value > 0 ? `${money(Math.expm1(value), facts)} left within a day` : null,
  outSum7Log: (value, facts) =>
    value > 0 ? `${money(Math.expm1(value), facts)} left within a week` : null,
  inSum1Log: (value, facts) =>
    value > 0 ? `${money(Math.expm1(value), facts)} came within a day` : null,
  inSum7Log: (value, facts) =>
    value > 0 ? `${money(Math.expm1(value), facts)} came within a week` : null,
  countVelocity: (value) =>
    value >= 3 ? `the account moves ${value.toFixed(1)} times as often as usual` : null,
  spendVelocity: (value) =>
    value >= 3 ? `money leaves ${value.toFixed(1)} times as fast as usual` : null,
  passThrough2: (value) =>
    value >= 0.7 && value <= 1.5
      ? `${grouped(value * 100)} % of what came within two days goes on`
      : null,
  gapHoursLog: (value) => {
    const gap = days(value) / 24;
    return gap >= 30 ? `the account was quiet for ${times(gap, 'day')}` : null;
  },
  movements90Log: (value) =>
    days(value) <= 3 ? `only ${times(days(value), 'movement')} in 90 days` : null,
  isNewPayee: (value) => (value === 1 ? 'first payment to this account' : null),
  pairCount90: (value) => (value === 0 ? 'nothing was paid to this account in 90 days' : null),
  reverseCount90: (value) =>
    value > 0 ? `the payee has paid back ${times(value, 'time')} in 90 days` : null,
  newPayees7: (value) => (value > 0 ? `${times(value, 'new payee')} within a week` : null),
  fanOut7: (value) => (value > 2 ? `money went to ${times(value, 'account')} within a week` : null),
  fanIn7: (value) =>
    value > 2 ? `money came from ${times(value, 'account')} within a week` : null,
  payeeAgeDaysLog: (value) => age(value, "the payee's account"),
  payeeFanIn7: (value) =>
    value > 2 ? `${times(value, 'account')} paid this payee within a week` : null,
  payeeInCount7: (value) =>
    value > 2 ? `the payee got ${times(value, 'payment')} within a week` : null,
  isTellerNew: (value) =>
    value === 1 ? 'this teller has not served the account in 90 days' : null,
  tellerRefusals1: (value) =>
    value > 0 ? `${times(value, 'attempt')} of this teller refused today` : null,
  isOtherAtDesk: (value) =>
    value === 1 ? 'somebody else than the holder stands at the desk' : null,
  accountAgeDaysLog: (value) => age(value, 'the account'),
  changedDaysLog: (value) =>
    days(value) <= 30 ? `details were changed ${times(days(value), 'day')} ago` : null,
  declined30: (value) => (value > 0 ? `${times(value, 'request')} declined in 30 days` : null),
  withdrawn7: (value) => (value > 0 ? `${times(value, 'request')} taken back within a week` : null),
  reversed30: (value) => (value > 0 ? `${times(value, 'posting')} reversed in 30 days` : null),
  fraudLabels: (value) => (value > 0 ? `${times(value, 'confirmed fraud')} on this account` : null),
  payeeFraudLabels: (value) =>
    value > 0 ? `${times(value, 'confirmed fraud')} on the payee's account` : null,
};

/** What each feature adds to the score, by name. */
export type Contributions = ReadonlyMap<string, number>;

/**
 * The strongest reasons, one a family and feature side, largest first; at most `most`. Only what raises the
 * score and has something to say is said.
 */
export function reasonsOf(contributions: Contributions, facts: ReasonFacts, most = 3): string[] {
  const familyOf = new Map(features.map(({ name, family }) => [name, family]));
  const taken = new Map<string, number>();
  const found: string[] = [];
  const raising = [...contributions].filter(([, adds]) => adds > 0);
  for (const [name] of raising.sort(([, one], [, other]) => other - one)) {
    const family = familyOf.get(name) ?? name;
    const value = featureIn(facts.vector, name);
    const sentence = Number.isNaN(value) ? null : (say[name]?.(value, facts) ?? null);
    if (sentence === null || found.includes(sentence) || (taken.get(family) ?? 0) >= 2) continue;
    taken.set(family, (taken.get(family) ?? 0) + 1);
    found.push(sentence);
    if (found.length === most) break;
  }
  return found;
}
