// Tells the fraud stories that no model of ours may miss, as vectors drawn from the branch's ordinary day.
import { featureNames } from '../features/catalogue.ts';

export interface GoldenStory {
  readonly name: string;
  /** What the story sets; everything else is the branch's median. */
  readonly sets: Readonly<Record<string, number>>;
  /** True where a rule stops it whatever the models say. */
  readonly byRule: boolean;
}

const log = Math.log1p;
const transfer = { isTransfer: 1, isCashIn: 0, isCashOut: 0, thresholdShare: Number.NaN };
const unknownPayee = { isNewPayee: 1, pairCount90: 0, pairSum90Log: 0, reverseCount90: 0 };

/** Head office keeps this list; a branch cannot change it. */
export const goldenStories: readonly GoldenStory[] = Object.freeze([
  {
    name: 'savings emptied to a new payee within the hour',
    byRule: false,
    sets: {
      ...{ ...transfer, pairCount90: 1, pairSum90Log: log(4_000), isNewPayee: 0 },
      ...{ amountLog: log(3_500), amountToMean30: 6, amountToMean90: 8, amountToMax90: 0.9 },
      ...{ amountToBalance: 0.7, leftShare: 0.3, outCount1h: 1, outCount1: 2, newPayees7: 1 },
      ...{ outSum1Log: log(4_000), outSum7Log: log(4_000), spendVelocity: 40, countVelocity: 12 },
      ...{ fanOut7: 1, gapHoursLog: log(0.3), payeeGapHoursLog: log(0.3), passThrough2: 5 },
    },
  },
  {
    name: 'many strangers pay a young account',
    byRule: false,
    sets: {
      ...{ ...transfer, ...unknownPayee, amountLog: log(600), amountToMean30: 2.5 },
      ...{ amountToMean90: 2.3, spendVelocity: 12, passThrough2: 3.5, thresholdShare: Number.NaN },
      ...{ payeeAgeDaysLog: log(20), payeeFanIn7: 7, payeeInCount7: 8, payeeGapHoursLog: log(0.5) },
    },
  },
  {
    name: 'money goes round a ring of friends',
    byRule: false,
    sets: {
      ...{ ...transfer, isNewPayee: 0, pairCount90: 4, pairSum90Log: log(3_000) },
      ...{ amountLog: log(1_100), amountToMean30: 3, amountToMean90: 3.5, amountToMax90: 1.1 },
      ...{ inCount1: 1, inCount7: 5, outCount7: 5, inSum1Log: log(1_000), inSum7Log: log(4_200) },
      ...{ outSum7Log: log(3_300), passThrough2: 1.05, spendVelocity: 9, gapHoursLog: log(1.4) },
      ...{ fanOut7: 2, fanIn7: 2, newPayees7: 1, countVelocity: 4 },
    },
  },
  {
    name: 'deposits just under the threshold, day after day',
    byRule: true,
    sets: {
      ...{ isCashIn: 1, isTransfer: 0, isCashOut: 0, thresholdShare: 0.95, nearThreshold3: 2 },
      ...{ nearThreshold7: 3, amountLog: log(9_500), isRound: 1, amountToMean90: 6 },
    },
  },
  {
    name: 'a sleeping account wakes and is emptied',
    byRule: true,
    sets: {
      ...{ ...transfer, ...unknownPayee, amountToBalance: 0.95, leftShare: 0.05 },
      ...{ amountLog: log(6_000), gapHoursLog: log(24 * 400), movements90Log: 0, outCount30: 0 },
    },
  },
]);

/** Vectors of the stories, for the stories that the models must find themselves. */
export function goldenVectors(medians: Float32Array): { name: string; vector: Float32Array }[] {
  return goldenStories
    .filter(({ byRule }) => !byRule)
    .map(({ name, sets }) => {
      const vector = Float32Array.from(medians);
      for (const [feature, value] of Object.entries(sets)) {
        const place = featureNames.indexOf(feature);
        if (place < 0) throw new Error(`a golden story speaks of ${feature}, which is no feature`);
        vector[place] = value;
      }
      return { name, vector };
    });
}
