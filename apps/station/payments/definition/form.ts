// Draws a form from a definition and a profile: which fields, of what kind, how long, which codes,
// and what helps.
import { Refusal } from '#station/bank/refusal.ts';
import { type FieldHint, formView, hints } from './form-views.ts';
import { describePattern, labelOf } from './label.ts';
import { meaningOf } from './meanings.ts';
import type { BranchType, LeafType, MessageDefinition, Particle } from './model.ts';
import type { Profile } from './profiles/profile.ts';

/** How a field is typed and shown. */
export type FieldKind =
  | 'text'
  | 'amount'
  | 'date'
  | 'date-time'
  | 'choice'
  | 'yes-no'
  | 'iban'
  | 'bic'
  | 'country'
  | 'currency';

export interface FormField {
  /** Path of the value below the root element, such as `CstmrCdtTrfInitn/PmtInf/Dbtr/Nm`. */
  readonly path: string;
  readonly label: string;
  readonly help: string;
  readonly kind: FieldKind;
  readonly isRequired: boolean;
  readonly maxLength: number | null;
  /** For a choice: the codes with their meanings. */
  readonly options: readonly { readonly code: string; readonly label: string }[];
  /** The value the profile fixes; the field is then shown, not typed. */
  readonly fixed: string | null;
}

const kindsByType: readonly (readonly [RegExp, FieldKind])[] = [
  [/^IBAN/, 'iban'],
  [/BIC/, 'bic'],
  [/^CountryCode$/, 'country'],
  [/^Active.*CurrencyCode$/, 'currency'],
];

function kindOf(type: LeafType): FieldKind {
  if (type.attribute) return 'amount';
  const known = kindsByType.find(([expression]) => expression.test(type.name));
  if (known) return known[1];
  const { base } = type.facets;
  if (base === 'date') return 'date';
  if (base === 'dateTime') return 'date-time';
  if (base === 'boolean') return 'yes-no';
  return base === 'code' ? 'choice' : 'text';
}

/** The particles along a path; refuses one the definition does not have. */
function particlesAlong(definition: MessageDefinition, path: string): readonly Particle[] {
  const along: Particle[] = [];
  let branch: BranchType | null = definition.type;
  for (const tag of path.split('/')) {
    const particle: Particle | undefined = branch?.byTag.get(tag);
    if (!particle) {
      const message = `${definition.id} has no element ${path}: ${tag} is not part of it.`;
      throw new Refusal('unknown-path', message, path);
    }
    along.push(particle);
    const { type }: Particle = particle;
    branch = type.kind === 'sequence' || type.kind === 'choice' ? type : null;
  }
  return along;
}

function fixedBy(
  profile: Profile | null,
  definition: MessageDefinition,
  path: string,
): string | null {
  const rules = profile?.variants.find(({ messageId }) => messageId === definition.id)?.rules();
  for (const { check } of rules ?? []) {
    const isFixed = check.kind === 'codes' && check.allowed && check.codes.length === 1;
    if (isFixed && check.path === `/Document/${path}`) return check.codes[0] ?? null;
  }
  return null;
}

function isNeededBy(profile: Profile | null, definition: MessageDefinition, path: string): boolean {
  const rules = profile?.variants.find(({ messageId }) => messageId === definition.id)?.rules();
  return (rules ?? []).some(
    ({ check }) =>
      check.kind === 'requires-unless' &&
      check.unless === '#never' &&
      check.needs.some((need) => `/Document/${path}` === `${check.at}/${need}`),
  );
}

function helpOf(type: LeafType): string {
  const { facets } = type;
  if (type.attribute) return `At most ${facets.fractionDigits} decimals, with its currency.`;
  if (facets.pattern !== undefined) return `Write ${describePattern(facets.pattern)}.`;
  if (facets.maxLength !== undefined) return `At most ${facets.maxLength} characters.`;
  return '';
}

function fieldAt(definition: MessageDefinition, profile: Profile | null, path: string): FormField {
  const along = particlesAlong(definition, path);
  const { type } = along.at(-1) as Particle;
  if (type.kind !== 'leaf') {
    throw new Refusal('not-a-value', `${path} holds elements, not a value.`, path);
  }
  const hint: FieldHint | undefined = hints[path.split('/').slice(-3).join('/')];
  const codes = type.facets.codes ?? [];
  const isAlways = along.every(({ min }) => min > 0);
  return Object.freeze({
    path,
    label: hint?.label ?? labelFor(along),
    help: hint?.help ?? helpOf(type),
    kind: kindOf(type),
    isRequired: isAlways || isNeededBy(profile, definition, path) || (hint?.isRequired ?? false),
    maxLength: type.facets.maxLength ?? null,
    options: codes.map((code) => ({ code, label: meaningOf(code) ?? code })),
    fixed: fixedBy(profile, definition, path),
  });
}

/** "Debtor: name" rather than "Name": the nearest tag that says whose it is stands before it. */
function labelFor(along: readonly Particle[]): string {
  const last = (along.at(-1) as Particle).tag;
  const silent = new Set(['Id', 'Othr', 'FinInstnId', 'PstlAdr', 'Amt', 'PmtId', 'RmtInf', 'Dt']);
  const owner = along.slice(0, -1).findLast(({ tag }) => !silent.has(tag));
  const label = labelOf(last);
  const isShort = along.length < 3 || !owner || /TxInf$|PmtInf$|GrpHdr$/.test(owner.tag);
  return isShort
    ? label
    : `${labelOf(owner.tag)}: ${label.charAt(0).toLowerCase()}${label.slice(1)}`;
}

function* requiredPaths(branch: BranchType, before: string): Generator<string> {
  for (const { tag, min, type } of branch.particles) {
    if (min === 0 || branch.kind === 'choice') continue;
    const path = before === '' ? tag : `${before}/${tag}`;
    if (type.kind === 'leaf') yield path;
    else if (type.kind !== 'wild') yield* requiredPaths(type, path);
  }
}

/**
 * The fields of a message under a profile, in the order a teller fills them: those of its form
 * view, or every value
 * that is always needed where it has none. Nothing here is written for one message: a new one is
 * data.
 */
export function formOf(
  definition: MessageDefinition,
  profile: Profile | null = null,
): readonly FormField[] {
  const paths = formView(profile?.id ?? null, definition.id) ?? [
    ...requiredPaths(definition.type, ''),
  ];
  return paths.map((path) => fieldAt(definition, profile, path));
}
