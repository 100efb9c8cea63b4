// The SEPA market profiles: the four schemes under the 2025 rulebooks, and the high-value rules
// beside them.
import type { Rule } from '../rules/rule.ts';
import { once, type Profile, type Variant } from './profile.ts';
import type { Scheme } from './sepa-book.ts';
import { debitRules } from './sepa-debits.ts';
import { transferRules } from './sepa-transfers.ts';

/**
 * What the rules of October 2025 do not yet forbid: addresses in lines alone, until 15 November
 * 2026.
 */
const laterRules: ReadonlySet<string> = new Set(['address-form', 'address-repeats']);

function variantsOf(
  rules: Readonly<Record<string, () => readonly Rule[]>>,
  isLater: boolean,
): readonly Variant[] {
  return Object.entries(rules).map(([messageId, make]) => {
    const inForce = (): readonly Rule[] =>
      make().filter(({ check }) => isLater || !laterRules.has(check.kind));
    return Object.freeze({
      name: messageId.slice(0, 8),
      messageId,
      service: null,
      rules: once(inForce),
    });
  });
}

const schemes: readonly (readonly [Scheme, name: string])[] = [
  [{ name: 'sct', source: 'EPC SCT rulebook 2025' }, 'SEPA credit transfer'],
  [{ name: 'inst', source: 'EPC SCT Inst rulebook 2025' }, 'SEPA instant credit transfer'],
  [{ name: 'core', source: 'EPC SDD Core rulebook 2025' }, 'SEPA direct debit Core'],
  [{ name: 'b2b', source: 'EPC SDD B2B rulebook 2025' }, 'SEPA direct debit B2B'],
];

function profilesOf([scheme, name]: readonly [Scheme, string]): readonly Profile[] {
  const isDebit = scheme.name === 'core' || scheme.name === 'b2b';
  const rules = isDebit ? debitRules(scheme) : transferRules(scheme);
  const id = `sepa-${scheme.name}`;
  const both = { id, name, layer: 'market' } as const;
  return [
    {
      ...both,
      release: '2025 v1.0',
      from: '2025-10-05',
      until: '2026-11-14',
      variants: variantsOf(rules, false),
    },
    {
      ...both,
      release: '2025 v1.1',
      from: '2026-11-15',
      until: null,
      variants: variantsOf(rules, true),
    },
  ];
}

/** The four schemes, before and after unstructured addresses were forbidden. */
export const sepaProfiles: readonly Profile[] = Object.freeze(schemes.flatMap(profilesOf));
