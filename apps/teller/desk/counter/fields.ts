// Says which field of the form a refusal is about; the form and the draft name some things differently.
import type { Fault } from '#contract/wire.ts';
import type { ItemForm, Missing } from './form.ts';

type Refused = { readonly message: string; readonly field?: string | null | undefined };

const formFields: Readonly<Record<string, keyof ItemForm>> = {
  account: 'account',
  from: 'account',
  to: 'to',
  amountMinor: 'amount',
  currency: 'currency',
  denominations: 'pieces',
  change: 'pieces',
  feeFrom: 'feeFrom',
  conductor: 'conductor',
  narrative: 'narrative',
};

/** Field of the form for a dotted field of the draft, below the given prefix (`items.1.`, `replacement.`). */
export function formFieldOf(
  field: string | null | undefined,
  path = '',
): keyof ItemForm | undefined {
  const whole = field?.replace(/^draft\./, '');
  if (!whole?.startsWith(path)) return undefined;
  return formFields[whole.slice(path.length).split('.')[0] ?? ''];
}

export interface Wrong {
  readonly missing: readonly Missing[];
  readonly refusals: readonly Refused[];
  readonly fault: Fault | undefined;
  readonly path?: string;
}

/** The sentence for a field: what is missing goes before what the bank says, and that before the last answer. */
export function errorFor(wrong: Wrong, field: keyof ItemForm): string | undefined {
  const missing = wrong.missing.find((each) => each.field === field);
  if (missing) return missing.message;
  const said = [...wrong.refusals, ...(wrong.fault ? [wrong.fault] : [])];
  return said.find((each) => formFieldOf(each.field, wrong.path) === field)?.message;
}

/** Refusals that belong to no field of this form. */
export function generalRefusals(wrong: Wrong): readonly Refused[] {
  const said = [...wrong.refusals, ...(wrong.fault ? [wrong.fault] : [])];
  return said.filter((each) => formFieldOf(each.field, wrong.path) === undefined);
}
