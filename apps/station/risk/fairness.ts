// Tells whether a model treats groups alike, and that what it must not know does not move it.
import { areaUnderRoc } from './metrics.ts';
import type { RiskModel } from './model.ts';
import { type CategoricalColumn, rowAt, type Table } from './table.ts';

/**
 * Words that name what no decision may rest on; EU Charter Article 21 and the bank's own policy.
 */
const forbiddenWords = [
  ...[
    'sex',
    'gender',
    'nationality',
    'nacionality',
    'citizenship',
    'ethnic\\w*',
    'race',
    'religion',
  ],
  ...['first_?name', 'last_?name', 'surname', 'full_?name', 'name_?of', 'birth_?place'],
  ...['place_?of_?birth', '(state|city)_of_birth', 'marriage', 'marital\\w*', 'foreign_worker'],
];
const forbidden = new RegExp(`(^|[^a-z])(${forbiddenWords.join('|')})([^a-z]|$)`, 'i');

/** Names of the columns that must not reach a model that decides about people. */
export const forbiddenColumns = (names: readonly string[]): readonly string[] =>
  names.filter((name) => forbidden.test(name));

/** How one group fares at a threshold. */
export interface GroupReport {
  readonly group: string;
  readonly rows: number;
  readonly positives: number;
  /** Share of the group that is flagged. */
  readonly flagged: number;
  /** Share of its positives that is flagged. */
  readonly recall: number;
  /** Share of its negatives that is flagged. */
  readonly falseAlarms: number;
  /** Mean probability less the share that came true: above 0 the group is judged too harshly. */
  readonly bias: number;
  readonly auroc: number;
}

export interface FairnessReport {
  readonly groups: readonly GroupReport[];
  /** Lowest share of a group not flagged divided by the highest; below 0.8 wants a reason. */
  readonly passRatio: number;
  /** Largest difference between groups in false alarms. */
  readonly falseAlarmGap: number;
}

export interface FairnessQuestion {
  readonly probabilities: Float64Array;
  readonly outcome: Float64Array;
  /** What divides people into groups; the model need not know it. */
  readonly group: CategoricalColumn;
  /** Probability from which a case is flagged. */
  readonly threshold: number;
  /** Smaller groups are left out: their shares would be chance. */
  readonly rowsMin?: number;
}

function reportOf(question: FairnessQuestion, code: number): GroupReport {
  const { probabilities, outcome, group, threshold } = question;
  const own = [...group.codes.keys()].filter((at) => group.codes[at] === code);
  const [said, came] = [probabilities, outcome].map((list) =>
    Float64Array.from(own, (at) => list[at] as number),
  ) as [Float64Array, Float64Array];
  let [positives, flagged, found, sum] = [0, 0, 0, 0];
  for (let at = 0; at < said.length; at++) {
    const isFlagged = (said[at] as number) >= threshold;
    positives += came[at] as number;
    flagged += isFlagged ? 1 : 0;
    found += isFlagged ? (came[at] as number) : 0;
    sum += said[at] as number;
  }
  const rows = said.length;
  return {
    ...{ group: group.levels[code] as string, rows, positives, flagged: flagged / rows },
    ...{ recall: found / positives, falseAlarms: (flagged - found) / (rows - positives) },
    ...{ bias: (sum - positives) / rows, auroc: areaUnderRoc(said, came) },
  };
}

/** Compares the groups of one column at one threshold. */
export function fairnessOf(question: FairnessQuestion): FairnessReport {
  const { group, rowsMin = 50 } = question;
  const groups = group.levels
    .map((_level, code) => reportOf(question, code))
    .filter(({ rows }) => rows >= rowsMin);
  const passes = groups.map(({ flagged }) => 1 - flagged);
  const alarms = groups.map(({ falseAlarms }) => falseAlarms);
  return {
    groups,
    passRatio: groups.length === 0 ? 1 : Math.min(...passes) / Math.max(...passes),
    falseAlarmGap: groups.length === 0 ? 0 : Math.max(...alarms) - Math.min(...alarms),
  };
}

/**
 * The counterfactual test: every row is scored again with each other value of the column; gives the
 * largest change of probability. 0 means the column does not move the model at all; a column the
 * model
 * does not have cannot.
 */
export function movedBy(model: RiskModel, table: Table, name: string): number {
  const at = model.columns.findIndex((column) => column.name === name);
  const spec = model.columns[at];
  if (!spec) return 0;
  const own = table.columns.findIndex((column) => column.name === name);
  const values =
    spec.kind === 'categorical'
      ? spec.levels.map((_level, code) => code)
      : [...new Set(table.columns[own]?.kind === 'numeric' ? table.columns[own].values : [])];
  let largest = 0;
  for (let row = 0; row < table.rowCount; row++) {
    const known = rowAt(table, row);
    const before = model.score(known);
    for (const value of values.slice(0, 20)) {
      known[at] = value;
      largest = Math.max(largest, Math.abs(model.score(known) - before));
    }
  }
  return largest;
}
