// Names every feature the fraud models see, with its unit, its window and the fraud it speaks of.

export interface Feature {
  readonly name: string;
  /** Family by which reasons are put together: several features of one family say one thing. */
  readonly family: 'amount' | 'velocity' | 'payee' | 'time' | 'staff' | 'standing' | 'memory';
  readonly unit: 'ratio' | 'count' | 'log' | 'flag' | 'hours' | 'days' | 'class';
  /** How far back it looks; `now` where it looks at the attempt alone. */
  readonly window: string;
  /** The typologies it serves, in the words of the monitoring rules. */
  readonly serves: string;
}

type Row = readonly [Feature['name'], Feature['unit'], string, string];

const amount: readonly Row[] = [
  ['amountLog', 'log', 'now', 'all'],
  ['isRound', 'flag', 'now', 'structuring, coercion'],
  ['isCashIn', 'flag', 'now', 'all'],
  ['isCashOut', 'flag', 'now', 'all'],
  ['isTransfer', 'flag', 'now', 'all'],
  ['amountToMean30', 'ratio', '30 d', 'coercion, drain'],
  ['amountToMean90', 'ratio', '90 d', 'coercion, drain'],
  ['amountToMax90', 'ratio', '90 d', 'coercion, drain'],
  ['amountToBalance', 'ratio', 'now', 'drain, dormant'],
  ['leftShare', 'ratio', 'now', 'drain, dormant'],
  ['thresholdShare', 'ratio', 'now', 'structuring'],
  ['nearThreshold3', 'count', '3 d', 'structuring'],
  ['nearThreshold7', 'count', '7 d', 'structuring'],
];

const velocity: readonly Row[] = [
  ['outCount1h', 'count', '1 h', 'drain'],
  ['outCount1', 'count', '1 d', 'drain'],
  ['outCount7', 'count', '7 d', 'mule, kiting'],
  ['outCount30', 'count', '30 d', 'all'],
  ['inCount1', 'count', '1 d', 'mule'],
  ['inCount7', 'count', '7 d', 'mule, structuring'],
  ['inCount30', 'count', '30 d', 'all'],
  ['outSum1Log', 'log', '1 d', 'drain'],
  ['outSum7Log', 'log', '7 d', 'drain, kiting'],
  ['inSum1Log', 'log', '1 d', 'mule'],
  ['inSum7Log', 'log', '7 d', 'mule, structuring'],
  ['countVelocity', 'ratio', '1 d / 30 d', 'mule, drain'],
  ['spendVelocity', 'ratio', '1 d / 30 d', 'drain, coercion'],
  ['passThrough2', 'ratio', '2 d', 'mule, kiting'],
  ['gapHoursLog', 'log', 'last movement', 'dormant'],
  ['movements90Log', 'log', '90 d', 'dormant'],
];

const payee: readonly Row[] = [
  ['isNewPayee', 'flag', 'ever', 'drain, mule'],
  ['pairCount90', 'count', '90 d', 'drain'],
  ['pairSum90Log', 'log', '90 d', 'drain'],
  ['reverseCount90', 'count', '90 d', 'kiting'],
  ['newPayees7', 'count', '7 d', 'drain'],
  ['fanOut7', 'count', '7 d', 'mule, kiting'],
  ['fanIn7', 'count', '7 d', 'mule'],
  ['payeeAgeDaysLog', 'log', 'since opened', 'mule'],
  ['payeeFanIn7', 'count', '7 d', 'mule'],
  ['payeeInCount7', 'count', '7 d', 'mule'],
  ['payeeGapHoursLog', 'log', 'last movement', 'mule, dormant'],
];

const time: readonly Row[] = [
  ['hour', 'hours', 'now', 'all'],
  ['weekday', 'class', 'now', 'all'],
];

const staff: readonly Row[] = [
  ['tellerReversalRate30', 'ratio', '30 d', 'insider'],
  ['tellerParkedRate30', 'ratio', '30 d', 'insider'],
  ['tellerRefusals1', 'count', '1 d', 'insider'],
  ['tellerAccountCount30', 'count', '30 d', 'insider'],
  ['isTellerNew', 'flag', '90 d', 'insider, drain'],
  ['isOtherAtDesk', 'flag', 'now', 'coercion, mule'],
];

const standing: readonly Row[] = [
  ['accountAgeDaysLog', 'log', 'since opened', 'mule'],
  ['customerDaysLog', 'log', 'since known', 'mule'],
  ['riskClass', 'class', 'now', 'all'],
  ['changedDaysLog', 'log', 'last change of details', 'take-over'],
  ['documentDaysLeft', 'days', 'now', 'take-over'],
];

const memory: readonly Row[] = [
  ['declined30', 'count', '30 d', 'all'],
  ['withdrawn7', 'count', '7 d', 'all'],
  ['reversed30', 'count', '30 d', 'kiting, insider'],
  ['fraudLabels', 'count', 'known so far', 'all'],
  ['payeeFraudLabels', 'count', 'known so far', 'mule, drain'],
  ['confirmed30', 'count', '30 d', 'all'],
];

const families = { amount, velocity, payee, time, staff, standing, memory } as const;

/** The features in the order in which they stand in a vector. Order and meaning are a version. */
export const features: readonly Feature[] = Object.freeze(
  Object.entries(families).flatMap(([family, rows]) =>
    rows.map(([name, unit, window, serves]) =>
      Object.freeze({ name, family: family as Feature['family'], unit, window, serves }),
    ),
  ),
);

/** Raised whenever a feature is added, dropped, moved or computed otherwise. */
export const featureVersion = 'fraud-features-2';

export const featureNames: readonly string[] = Object.freeze(features.map(({ name }) => name));
export const featureCount = features.length;
