// Says what a risk model is to everyone outside this room: train, score, explain, file.
import type { ColumnSpec, Row, Table } from './table.ts';

export const modelKinds = [
  'isolation-forest',
  'random-forest',
  'gradient-boosting',
  'logistic',
  'neural',
  'ensemble',
] as const;
export type ModelKind = (typeof modelKinds)[number];

/** What is known of the rows a model learns from. */
export interface Labels {
  /** 1 fraud or bad, 0 legitimate or good, NaN undecided: such a row teaches novelty only. */
  readonly outcome: Float64Array;
  /** How much a row counts; 1 where left out. A row with weight 0 does not count. */
  readonly weight?: Float64Array;
  /**
   * When each row happened; later rows judge what earlier ones taught. Left out: rows in any order.
   */
  readonly time?: Float64Array;
}

export interface TrainOptions {
  /** The same table, labels, options and seed give the same model to the bit. */
  readonly seed?: number;
  /** Number of trees where the kind has trees. */
  readonly trees?: number;
  readonly leaves?: number;
  readonly learningRate?: number;
  /**
   * Per column name: 1 = a higher value may only raise the risk, -1 = only lower it. Boosting only.
   */
  readonly monotone?: Readonly<Record<string, 1 | -1>>;
  /** Called between steps with what is done of 1; a throw from it cancels. */
  readonly onProgress?: (done: number) => void;
}

/** What one decision rests on. The contributions and the base add up to the margin to 1e-9. */
export interface Explanation {
  /** The member that is explained: of an ensemble, the boosted trees. */
  readonly of: ModelKind;
  /** What the member says of an average case. */
  readonly base: number;
  /** Per column of the model: what this value adds to (or takes from) the margin. */
  readonly contributions: Float64Array;
  /** The member's own score: log odds for boosting and logistic, a share for forests. */
  readonly margin: number;
}

/** Where a model comes from; part of its file and its hash. Holds no time of day and no name. */
export interface ModelCard {
  readonly kind: ModelKind;
  readonly rows: number;
  readonly positives: number;
  readonly seed: number;
  /** Columns that were left out by themselves, with why. */
  readonly dropped: readonly { readonly name: string; readonly why: string }[];
  /** Members of an ensemble with the weight each has earned on rows it had not seen. */
  readonly members: readonly {
    readonly kind: ModelKind;
    readonly name: string;
    readonly weight: number;
    readonly averagePrecision: number;
  }[];
}

export interface RiskModel {
  readonly card: ModelCard;
  /** What a row must hold, in this order. */
  readonly columns: readonly ColumnSpec[];
  /** SHA-256 of the model file without its signature, in hex. */
  readonly hash: string;
  /** Probability from 0 to 1 that the case is fraud or bad; for an isolation forest the novelty. */
  score(row: Row): number;
  /** Scores of all rows of a table with the model's columns. */
  scoreTable(table: Table): Float64Array;
  /** Exact contributions (TreeSHAP); refuses `not-explainable` for a neural model alone. */
  explain(row: Row): Explanation;
  /**
   * Mean size of each column's contribution over the training sample; largest is most important.
   */
  readonly importance: Float64Array;
  /** The file: data only, versioned, hashed; unsigned (see file.ts). */
  bytes(): Uint8Array;
}
