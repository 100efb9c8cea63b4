// The CBPR+ market profile: which messages its guidelines cover, in which release, from when.
import type { Rule } from '../rules/rule.ts';
import { pacs004Rules } from './cbpr-pacs-004.ts';
import { pacs008Rules } from './cbpr-pacs-008.ts';
import { pacs009Rules } from './cbpr-pacs-009.ts';
import { pain001Rules } from './cbpr-pain-001.ts';
import { reportRules } from './cbpr-reports.ts';
import { once, type Profile, type Variant } from './profile.ts';

const messages: Readonly<Record<string, readonly [messageId: string, service: string | null]>> = {
  'pacs.008': ['pacs.008.001.08', null],
  'pacs.008_stp': ['pacs.008.001.08', 'swift.cbprplus.stp'],
  'pacs.009': ['pacs.009.001.08', null],
  'pacs.009_cov': ['pacs.009.001.08', 'swift.cbprplus.cov'],
  'pacs.009_adv': ['pacs.009.001.08', 'swift.cbprplus.adv'],
  'pacs.002': ['pacs.002.001.10', null],
  'pacs.004': ['pacs.004.001.09', null],
  'pain.001': ['pain.001.001.09', null],
  'camt.052': ['camt.052.001.08', null],
  'camt.054': ['camt.054.001.08', null],
};

const rules: Readonly<Record<string, Readonly<Record<2025 | 2026, () => readonly Rule[]>>>> = {
  ...pacs008Rules,
  ...pacs009Rules,
  ...pacs004Rules,
  ...reportRules,
  ...pain001Rules,
};

function variantsOf(year: 2025 | 2026): readonly Variant[] {
  return Object.entries(messages).map(([name, [messageId, service]]) => {
    const made = rules[name]?.[year] ?? (() => []);
    return Object.freeze({ name, messageId, service, rules: once(made) });
  });
}

/** CBPR+ in its two releases. SR2026 is in force with the standards release of November 2026. */
export const cbprProfiles: readonly Profile[] = Object.freeze([
  {
    id: 'cbpr-plus',
    name: 'CBPR+ cross-border payments',
    layer: 'market',
    release: 'SR2025',
    from: '2025-11-22',
    until: '2026-11-13',
    variants: variantsOf(2025),
  },
  {
    id: 'cbpr-plus',
    name: 'CBPR+ cross-border payments',
    layer: 'market',
    release: 'SR2026',
    from: '2026-11-14',
    until: null,
    variants: variantsOf(2026),
  },
]);
