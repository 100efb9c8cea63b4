// Gathers what one model is made of, and scores a binned row with each of its members.
import type { Basis } from './basis.ts';
import { type Calibration, calibrated } from './calibrate.ts';
import type { Encoder } from './encode.ts';
import { noveltyOf } from './isolation.ts';
import { type Linear, linearMargin } from './logistic.ts';
import type { ModelCard } from './model.ts';
import { type Network, networkMargin } from './network.ts';
import { sumOfTrees, type Trees } from './tree.ts';

interface Shared {
  /** Tells two members of a kind apart, such as `deep`. */
  readonly name: string;
  /** Share of this member's log odds in the whole. */
  readonly weight: number;
  /** From the member's own score to a probability. */
  readonly calibration: Calibration;
}

export interface BoostedMember extends Shared {
  readonly kind: 'gradient-boosting';
  readonly trees: Trees;
  readonly base: number;
}
export interface ForestMember extends Shared {
  readonly kind: 'random-forest';
  readonly trees: Trees;
}
export interface IsolationMember extends Shared {
  readonly kind: 'isolation-forest';
  readonly trees: Trees;
  /** Mean path length of an ordinary row. */
  readonly normal: number;
}
export interface LogisticMember extends Shared {
  readonly kind: 'logistic';
  readonly linear: Linear;
  /** Mean of each feature's points over the training rows, from which contributions count. */
  readonly means: Float64Array;
}
export interface NeuralMember extends Shared {
  readonly kind: 'neural';
  readonly basis: Basis;
  readonly network: Network;
}
export type Member = BoostedMember | ForestMember | IsolationMember | LogisticMember | NeuralMember;

/** Everything a model file holds. */
export interface ModelData {
  readonly card: ModelCard;
  readonly encoder: Encoder;
  readonly members: readonly Member[];
  /** From the members' weighted log odds to the probability. */
  readonly calibration: Calibration;
  /** Mean size of each column's contribution over a sample of the training rows. */
  readonly importance: Float64Array;
}

const edge = 1e-7;

/** Log odds of a share, which is held away from 0 and 1. */
export function logOdds(share: number): number {
  const held = share < edge ? edge : share > 1 - edge ? 1 - edge : share;
  return Math.log(held / (1 - held));
}

/** Shares of a forest are held to what its number of trees can tell. */
export function forestScore(sum: number, trees: number): number {
  return Math.log((sum + 0.05) / (trees - sum + 0.05));
}

/** The member's own score of a binned row, before calibration; higher is riskier. */
export function memberScore(member: Member, bins: Uint16Array): number {
  switch (member.kind) {
    case 'gradient-boosting':
      return member.base + sumOfTrees(member.trees, bins);
    case 'random-forest':
      return forestScore(sumOfTrees(member.trees, bins), member.trees.roots.length);
    case 'isolation-forest': {
      const mean = sumOfTrees(member.trees, bins) / member.trees.roots.length;
      return logOdds(noveltyOf(mean, member.normal));
    }
    case 'logistic':
      return linearMargin(member.linear, bins);
    case 'neural':
      return networkMargin(member.network, member.basis, bins);
  }
}

/** The model's probability for a binned row. */
export function modelScore(data: ModelData, bins: Uint16Array): number {
  const { members, calibration, card } = data;
  const [only] = members;
  if (only && card.kind !== 'ensemble')
    return calibrated(only.calibration, memberScore(only, bins));
  let sum = 0;
  for (const member of members) {
    sum += member.weight * logOdds(calibrated(member.calibration, memberScore(member, bins)));
  }
  return calibrated(calibration, sum);
}
