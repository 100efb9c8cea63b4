// Reads a risk policy from what is typed in plain units, and says in words what would change.
import type { RiskPolicy } from '#contract/risk.ts';

export type TypedPolicy = Readonly<Record<keyof RiskPolicy, string>>;

interface Row {
  readonly field: Exclude<keyof RiskPolicy, 'mode' | 'from'>;
  readonly label: string;
  /** Percent stands as basis points in the policy. */
  readonly unit: '%' | 'units' | 'of 1,000' | 'ms' | 'days';
}

/** The numbers of a policy in the order they are read. */
export const policyRows: readonly Row[] = [
  { field: 'askBasisPoints', label: 'Ask from', unit: '%' },
  { field: 'holdBasisPoints', label: 'Hold from', unit: '%' },
  { field: 'alwaysHoldBasisPoints', label: 'Always hold from', unit: '%' },
  { field: 'questionCost', label: 'Questions cost', unit: 'units' },
  { field: 'reviewCost', label: 'A review costs', unit: 'units' },
  { field: 'lossBasisPoints', label: 'Lost of it', unit: '%' },
  { field: 'holdsPerThousand', label: 'Held at most', unit: 'of 1,000' },
  { field: 'deadlineMs', label: 'Rules alone after', unit: 'ms' },
  { field: 'quietDays', label: 'Honest if quiet', unit: 'days' },
  { field: 'shadowDays', label: 'In the shadow for', unit: 'days' },
];

const isPercent = ({ unit }: Row): boolean => unit === '%';

export const policyModes = [
  { value: 'live', label: 'live: decisions count' },
  { value: 'shadow', label: 'shadow: only written down' },
  { value: 'off', label: 'off: no model is asked' },
] as const;

function textOf(row: Row, policy: RiskPolicy): string {
  const value = policy[row.field];
  return String(isPercent(row) ? value / 100 : value);
}

/** The policy as it is typed; it begins on the given business date. */
export function typedPolicy(policy: RiskPolicy, from: string): TypedPolicy {
  const numbers = policyRows.map((row) => [row.field, textOf(row, policy)] as const);
  return { mode: policy.mode, from, ...Object.fromEntries(numbers) } as TypedPolicy;
}

export type ReadPolicy =
  | { readonly policy: RiskPolicy }
  | { readonly field: keyof RiskPolicy; readonly message: string };

/** The policy behind what is typed, or the first field that is no number. */
export function readPolicy(typed: TypedPolicy): ReadPolicy {
  const numbers: [string, number][] = [];
  for (const row of policyRows) {
    const text = typed[row.field].trim();
    const pattern = isPercent(row) ? /^\d{1,3}([.,]\d{1,2})?$/ : /^\d{1,6}$/;
    if (!pattern.test(text)) {
      const wanted = isPercent(row) ? 'a percentage such as 5 or 2.5' : 'a whole number';
      return { field: row.field, message: `“${text}” is not ${wanted}.` };
    }
    const value = Number(text.replace(',', '.'));
    numbers.push([row.field, isPercent(row) ? Math.round(value * 100) : value]);
  }
  const { mode, from } = typed;
  return { policy: { mode, from, ...Object.fromEntries(numbers) } as RiskPolicy };
}

/** What another policy changes, each as "Hold from 20 % to 30 %". */
export function policyChanges(from: RiskPolicy, to: RiskPolicy): string[] {
  const mode = from.mode === to.mode ? [] : [`${from.mode} becomes ${to.mode}`];
  const rows = policyRows.filter(({ field }) => from[field] !== to[field]);
  const said = rows.map((row) => {
    const unit = row.unit === 'units' ? '' : ` ${row.unit}`;
    return `${row.label.toLowerCase()} ${textOf(row, to)}${unit} instead of ${textOf(row, from)}`;
  });
  return [...mode, ...said, `from ${to.from}`];
}
