// Finds what would make a case normal: the fewest values to change, each to one that others have.
import type { RiskModel } from './model.ts';
import { valueInWords } from './reasons.ts';
import { type Column, type ColumnSpec, numbersOf, type Row, type Table } from './table.ts';

export interface Change {
  readonly column: string;
  readonly from: string;
  readonly to: string;
  /** Probability after this change and those before it. */
  readonly probability: number;
}

export interface CounterfactualPlan {
  /** Probability at which the case counts as normal. */
  readonly below: number;
  /** Columns that may change, with the values each may take; see `usualValues`. */
  readonly values: Readonly<Record<string, readonly number[]>>;
  /** No more changes than this make a use of it. */
  readonly changesMax?: number;
}

const quantiles = [0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95];
const levelsMax = 12;

/**
 * The values a case may be changed to: per column the quantiles of the given ordinary cases, or
 * their
 * commonest categories. Columns nobody can change (age, say) are left out by the caller.
 */
export function usualValues(table: Table): Record<string, readonly number[]> {
  return Object.fromEntries(table.columns.map((column) => [column.name, valuesOf(column)]));
}

function valuesOf(column: Column): readonly number[] {
  const known = numbersOf(column).filter((value) => !Number.isNaN(value));
  if (column.kind === 'categorical') {
    const counts = new Map<number, number>();
    for (const code of known) counts.set(code, (counts.get(code) ?? 0) + 1);
    const ranked = [...counts].toSorted(([one, n], [other, m]) => m - n || one - other);
    return ranked.slice(0, levelsMax).map(([code]) => code);
  }
  const sorted = known.sort();
  const picked = quantiles.map((share) => sorted[Math.floor(share * (sorted.length - 1))]);
  return [...new Set(picked.filter((value) => value !== undefined))];
}

interface Best {
  readonly at: number;
  readonly value: number;
  readonly probability: number;
}

/** The one change that lowers the probability most; of equals, the nearer value. */
function bestChange(model: RiskModel, row: Row, plan: CounterfactualPlan, changed: Set<number>) {
  let best: Best | null = null;
  for (const [at, { name }] of model.columns.entries()) {
    if (changed.has(at)) continue;
    const own = row[at] as number;
    const near = (plan.values[name] ?? []).toSorted(
      (one, other) => Math.abs(one - own) - Math.abs(other - own) || one - other,
    );
    for (const value of near) {
      const other = Float64Array.from(row);
      other[at] = value;
      const probability = model.score(other);
      if (probability < (best?.probability ?? Number.POSITIVE_INFINITY)) {
        best = { at, value, probability };
      }
    }
  }
  return best;
}

/** Of the values that still keep the case below the border, the one nearest to what it was. */
function nearest(model: RiskModel, row: Row, best: Best, plan: CounterfactualPlan): Best {
  const own = row[best.at] as number;
  const spec = model.columns[best.at] as ColumnSpec;
  if (spec.kind === 'categorical' || Number.isNaN(own)) return best;
  let [from, to] = [own, best.value];
  const probabilityAt = (value: number): number => {
    const other = Float64Array.from(row);
    other[best.at] = value;
    return model.score(other);
  };
  for (let turn = 0; turn < 24; turn++) {
    const middle = from + (to - from) / 2;
    if (probabilityAt(middle) < plan.below) to = middle;
    else from = middle;
  }
  const value = Number(to.toPrecision(6));
  const probability = probabilityAt(value);
  return probability < plan.below ? { at: best.at, value, probability } : best;
}

/**
 * Changes value by value, each time the one that helps most, until the case is normal. Gives the
 * changes, or null when so few cannot do it. The last change goes no further than it must.
 */
export function whatWouldBeNormal(
  model: RiskModel,
  row: Row,
  plan: CounterfactualPlan,
): readonly Change[] | null {
  const current = Float64Array.from(row);
  const changed = new Set<number>();
  const changes: Change[] = [];
  let probability = model.score(current);
  if (probability < plan.below) return [];
  for (let turn = 0; turn < (plan.changesMax ?? 3); turn++) {
    const found = bestChange(model, current, plan, changed);
    if (!found || found.probability >= probability) return null;
    const isLast = found.probability < plan.below;
    const best = isLast ? nearest(model, current, found, plan) : found;
    const spec = model.columns[best.at] as ColumnSpec;
    changes.push({
      column: spec.name,
      from: valueInWords(spec, current[best.at] as number),
      to: valueInWords(spec, best.value),
      probability: best.probability,
    });
    current[best.at] = best.value;
    changed.add(best.at);
    probability = best.probability;
    if (isLast) return changes;
  }
  return null;
}

/** The changes as one sentence. */
export function changesInWords(changes: readonly Change[] | null): string {
  if (changes === null) return 'No few changes would make this case normal.';
  if (changes.length === 0) return 'The case is normal as it is.';
  const parts = changes.map(({ column, from, to }) => `${column} were ${to} instead of ${from}`);
  const chance = ((changes.at(-1) as Change).probability * 100).toFixed(1);
  return `It would be normal (${chance} %) if ${parts.join(' and ')}.`;
}
