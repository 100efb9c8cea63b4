// Writes a decision down so that it can be made again to the same bits: exact bytes, no rounded fraction.
import type { RiskAnswers } from '#contract/risk.ts';
import type { Attempt, ScoredTask } from '../features/attempt.ts';
import type { RiskAction, RiskBand } from './decide.ts';
import type { Ordinary } from './ordinary.ts';
import { vectorText } from './record-vector.ts';

export { vectorOf, vectorText } from './record-vector.ts';

/** One item that was scored. Amounts and fractions are text: a log holds whole numbers only. */
export interface ScoredItem {
  readonly task: ScoredTask;
  readonly account: number;
  readonly other: number;
  readonly amountMinor: string;
  readonly teller: number;
  readonly isOtherAtDesk: boolean;
  /** The vector's float32 bytes, little-endian, hexadecimal. */
  readonly features: string;
  /** Shortest decimal that reads back to the same double; '' where no model answered. */
  readonly probability: string;
  /** The challenger's score, for shadow days; '' where there is none. */
  readonly challenger: string;
}

export interface RiskRecord {
  readonly version: 1;
  readonly state: 'scored' | 'rules-alone';
  /** Why the rules decided alone: `no-model`, `risk-deadline`, `risk-worker-dead`, `warming`, `off`. */
  readonly why: string;
  /** Event up to which the features knew the log, and the moment they were reckoned as of. */
  readonly position: number;
  readonly asOf: number;
  readonly featureVersion: string;
  readonly items: readonly ScoredItem[];
  /** SHA-256 of the champion's, the challenger's and the policy's canonical bytes. */
  readonly model: string;
  readonly challengerModel: string;
  readonly policy: string;
  readonly mayHold: boolean;
  readonly heldRecently: number;
  readonly decidedRecently: number;
  readonly action: RiskAction;
  readonly would: RiskAction;
  readonly band: RiskBand;
  readonly because: string;
  readonly reasons: readonly string[];
  readonly answers: RiskAnswers | null;
  /** What would have made it ordinary; absent where nothing was tried. */
  readonly ordinary?: readonly Ordinary[];
  /** From the question to the decision, in microseconds. */
  readonly latencyUs: number;
}

export function itemOf(
  attempt: Attempt,
  vector: Float32Array,
  scores: { readonly probability: number | null; readonly challenger: number | null },
): ScoredItem {
  const { task, account, other, teller, isOtherAtDesk } = attempt;
  const text = (value: number | null) => (value === null ? '' : String(value));
  return {
    ...{ task, account, other, teller, isOtherAtDesk },
    amountMinor: String(attempt.amountMinor),
    features: vectorText(vector),
    probability: text(scores.probability),
    challenger: text(scores.challenger),
  };
}

/** The attempt an item stands for, as of the record's moment. */
export function attemptOf(item: ScoredItem, asOf: number): Attempt {
  const { task, account, other, amountMinor, teller, isOtherAtDesk } = item;
  return {
    ...{ at: asOf, task, account, other, teller, isOtherAtDesk },
    amountMinor: Number(amountMinor),
  };
}

/** The item with the highest probability: the one the decision rests on. */
export function leadingItem(record: RiskRecord): ScoredItem | null {
  let lead: ScoredItem | null = null;
  for (const item of record.items) {
    if (lead === null || Number(item.probability) > Number(lead.probability)) lead = item;
  }
  return lead;
}
