// Judges any identifier by the name of its kind, for the command line and for lists of mixed
// identifiers.
import { Refusal } from '#station/bank/refusal.ts';
import { checkBic } from './bic.ts';
import { checkCountry, checkCurrency } from './code.ts';
import { checkCreditorIdentifier } from './creditor-identifier.ts';
import type { Finding } from './finding.ts';
import { checkIban } from './iban/check.ts';
import { checkLei } from './lei.ts';
import { checkReference } from './reference.ts';
import { checkUetr } from './uetr.ts';

export type IdentifierKind =
  | 'iban'
  | 'bic'
  | 'lei'
  | 'creditor-identifier'
  | 'reference'
  | 'uetr'
  | 'currency'
  | 'country';

export interface IdentifierVerdict {
  readonly kind: IdentifierKind;
  readonly value: string;
  /** Whether the identifier's own standard has nothing against it. */
  readonly valid: boolean;
  /** Whether nothing at all stops it: valid, and no country's binding rule broken. */
  readonly ok: boolean;
  readonly errors: readonly Finding[];
  readonly warnings: readonly Finding[];
  /** What the identifier is made of, where it is right: country, bank code and the like. */
  readonly parts: Readonly<Record<string, unknown>>;
}

type Check = (
  value: string,
  date: string,
) =>
  | { readonly ok: true; readonly warnings: readonly Finding[] }
  | {
      readonly ok: false;
      readonly errors: readonly Finding[];
      readonly warnings: readonly Finding[];
    };

const checks: Readonly<Record<IdentifierKind, Check>> = {
  iban: checkIban,
  bic: checkBic,
  lei: checkLei,
  'creditor-identifier': checkCreditorIdentifier,
  reference: checkReference,
  uetr: checkUetr,
  currency: checkCurrency,
  country: checkCountry,
};

/** The kinds there are, in the order a usage line names them. */
export const identifierKinds = Object.freeze(Object.keys(checks) as IdentifierKind[]);

/** Other names people have for the kinds. */
const names: ReadonlyMap<string, IdentifierKind> = new Map(
  Object.entries({
    'creditor-id': 'creditor-identifier',
    ci: 'creditor-identifier',
    rf: 'reference',
    'iso11649-rf': 'reference',
    iso11649: 'reference',
    swift: 'bic',
    ccy: 'currency',
  } as const),
);

/** The kind a name means; refuses `unknown-kind`. */
export function kindOf(name: string): IdentifierKind {
  const lower = name.toLowerCase();
  const kind = identifierKinds.find((one) => one === lower) ?? names.get(lower);
  if (kind) return kind;
  const list = identifierKinds.join(', ');
  throw new Refusal(
    'unknown-kind',
    `There is no identifier "${name}": write one of ${list}.`,
    'kind',
  );
}

const outer = new Set(['ok', 'valid', 'errors', 'warnings']);

/**
 * Judges an identifier. Takes the name of its kind, the value as a message carries it, and the
 * calendar date (ISO 8601) on which a currency or country must stand. Refuses `unknown-kind`.
 */
export function checkIdentifier(name: string, value: string, date: string): IdentifierVerdict {
  const kind = kindOf(name);
  const answer = checks[kind](value, date);
  const valid = 'valid' in answer ? answer.valid === true : answer.ok;
  const { ok, warnings } = answer;
  const errors = answer.ok ? [] : answer.errors;
  const parts = answer.ok
    ? Object.fromEntries(Object.entries(answer).filter(([name]) => !outer.has(name)))
    : {};
  return { kind, value, valid, ok, errors, warnings, parts };
}
