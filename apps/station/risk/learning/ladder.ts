// Says how far the branch's own evidence carries: from rules alone to boosted trees, one step at a time.
import type { ModelKind } from '../model.ts';

export interface Step {
  readonly step: number;
  readonly name: string;
  /** What a challenger of this step may be made of, simplest first; empty where nothing can be learned yet. */
  readonly kinds: readonly ModelKind[];
  readonly sentence: string;
}

/**
 * Postings a novelty model needs, and confirmed frauds the next steps need. Measured on the handbook's table: with
 * 12 frauds a logistic regression carries, between 42 and 177 boosted trees draw level with it; on four demonstration
 * branches boosted trees did better from 33 on. So from 25 on both are tried, forward in time inside the teaching
 * time (choose.ts), and the simpler one stays unless the other is better.
 */
export const noveltyAttempts = 2_000;
export const logisticFrauds = 10;
export const boostingFrauds = 25;

/** The step the branch's own history has reached. */
export function ladderStep(attempts: number, frauds: number): Step {
  if (frauds >= boostingFrauds) {
    return {
      ...{ step: 3, name: 'boosted trees', kinds: ['logistic', 'gradient-boosting'] },
      sentence: `${frauds} confirmed frauds: boosted trees may be learned where they beat a logistic regression.`,
    };
  }
  if (frauds >= logisticFrauds) {
    return {
      ...{ step: 2, name: 'logistic regression', kinds: ['logistic'] },
      sentence: `${frauds} confirmed frauds: a logistic regression can be learned; boosted trees need ${boostingFrauds}.`,
    };
  }
  if (attempts >= noveltyAttempts) {
    return {
      ...{ step: 1, name: 'novelty', kinds: [] },
      sentence: `No learned model yet: ${frauds} confirmed frauds, ${logisticFrauds} are needed. What is unlike everything seen can be asked about, never held.`,
    };
  }
  return {
    ...{ step: 0, name: 'rules alone', kinds: [] },
    sentence: `No learned model yet: ${attempts} postings seen, ${noveltyAttempts} are needed for novelty and ${logisticFrauds} confirmed frauds for a model.`,
  };
}
