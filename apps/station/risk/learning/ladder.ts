// Says how far the branch's own evidence carries: from rules alone to boosted trees, one step at a time.
import type { ModelKind } from '../model.ts';

export interface Step {
  readonly step: number;
  readonly name: string;
  /** What a challenger of this step is made of; null where nothing can be learned yet. */
  readonly kind: ModelKind | null;
  readonly sentence: string;
}

/** Postings a novelty model needs, and confirmed frauds the next steps need (research: 12 and 88 to 177). */
export const noveltyAttempts = 2_000;
export const logisticFrauds = 10;
export const boostingFrauds = 100;

/** The step the branch's own history has reached. */
export function ladderStep(attempts: number, frauds: number): Step {
  if (frauds >= boostingFrauds) {
    return {
      ...{ step: 3, name: 'boosted trees', kind: 'gradient-boosting' },
      sentence: `${frauds} confirmed frauds: boosted trees can be learned.`,
    };
  }
  if (frauds >= logisticFrauds) {
    return {
      ...{ step: 2, name: 'logistic regression', kind: 'logistic' },
      sentence: `${frauds} confirmed frauds: a logistic regression can be learned; boosted trees need ${boostingFrauds}.`,
    };
  }
  if (attempts >= noveltyAttempts) {
    return {
      ...{ step: 1, name: 'novelty', kind: 'isolation-forest' },
      sentence: `No learned model yet: ${frauds} confirmed frauds, ${logisticFrauds} are needed. What is unlike everything seen can be asked about, never held.`,
    };
  }
  return {
    ...{ step: 0, name: 'rules alone', kind: null },
    sentence: `No learned model yet: ${attempts} postings seen, ${noveltyAttempts} are needed for novelty and ${logisticFrauds} confirmed frauds for a model.`,
  };
}
