// Says a decision's reasons in sentences with the numbers, the strongest first.
import type { RiskModel } from './model.ts';
import type { ColumnSpec, Row } from './table.ts';

export interface Reason {
  readonly column: string;
  readonly value: string;
  /** What the value adds to the explained member's score. */
  readonly contribution: number;
  /** Share of all that speaks this way, from 0 to 1. */
  readonly share: number;
}

/** A value as people write it. */
export function valueInWords({ kind, levels }: ColumnSpec, value: number): string {
  if (Number.isNaN(value)) return 'not known';
  if (kind === 'time') return new Date(value * 1000).toISOString().slice(0, 16).replace('T', ' ');
  if (kind === 'categorical') return levels[value] ?? 'never seen before';
  return String(Number.isInteger(value) ? value : Number(value.toPrecision(6)));
}

/** The values that raise the risk (or, with `lowers`, lower it), strongest first. */
export function reasonsOf(
  model: RiskModel,
  row: Row,
  { count = 3, lowers = false }: { readonly count?: number; readonly lowers?: boolean } = {},
): readonly Reason[] {
  const { contributions } = model.explain(row);
  const sign = lowers ? -1 : 1;
  const speaking = model.columns
    .map((spec, at) => ({
      column: spec.name,
      value: valueInWords(spec, row[at] as number),
      contribution: contributions[at] as number,
    }))
    .filter(({ contribution }) => contribution * sign > 0);
  const all = speaking.reduce((sum, { contribution }) => sum + contribution, 0);
  return speaking
    .toSorted((one, other) => sign * (other.contribution - one.contribution))
    .slice(0, count)
    .map((reason) => ({ ...reason, share: reason.contribution / all }));
}

const percent = (share: number): string => `${Math.round(share * 100)} %`;

/** Three reasons for the risk and one against it, each a sentence with its number. */
export function inWords(model: RiskModel, row: Row): readonly string[] {
  const raising = reasonsOf(model, row).map(
    ({ column, value, share }) =>
      `${column} is ${value}: ${percent(share)} of what speaks for a risk.`,
  );
  const lowering = reasonsOf(model, row, { count: 1, lowers: true }).map(
    ({ column, value, share }) =>
      `${column} is ${value}: ${percent(share)} of what speaks against it.`,
  );
  return [...raising, ...lowering];
}
