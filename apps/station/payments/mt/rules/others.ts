// The network rules of the bank transfers, advices, statements, queries and cancellations.
import type { Condition, Rule } from '../rule.ts';

/** MT202 and MT205: C1; in a cover payment C2 for the underlying transfer. */
export const bankTransferRules: readonly Rule[] = [
  {
    id: 'C1',
    code: 'C81',
    when: ['has', '56a'],
    must: ['has', '57a'],
    at: '56a',
    text: 'There is an intermediary (56) but no account with institution (57).',
    fix: 'Add field 57, or leave out 56.',
  },
];

/** The covered customer transfer, sequence B of MT202 COV and MT205 COV. */
export const coverRules: readonly Rule[] = [
  {
    id: 'C2',
    code: 'C68',
    when: ['has', '56a@B'],
    must: ['has', '57a@B'],
    at: '56a@B',
    text: 'The covered transfer has an intermediary (56) but no account with institution (57).',
    fix: 'Add field 57 to the covered transfer, or leave out 56.',
  },
];

/** MT910 and MT210: exactly one of ordering customer and ordering institution. */
export const orderingPartyRules: readonly Rule[] = [
  {
    id: 'C1',
    code: 'C06',
    must: [
      'any',
      ['all', ['has', '50a'], ['lacks', '52a']],
      ['all', ['lacks', '50a'], ['has', '52a']],
    ],
    at: '52a',
    text: 'Either the ordering customer (50) or the ordering institution (52) is given, not both.',
    fix: 'Give exactly one of fields 50 and 52.',
  },
];

/** MTn92: a narrative or a copy of the original. */
export const cancellationRules: readonly Rule[] = [
  {
    id: 'C1',
    code: 'C25',
    must: ['any', ['has', '79'], ['has', 'copy']],
    at: '11S',
    text: 'A cancellation carries a narrative (79) or a copy of fields of the original message.',
    fix: 'Add field 79 with the reason, or copy the mandatory fields of the original.',
  },
];

const sameCurrency = (...paths: readonly [string, ...string[]]): Condition => [
  'sameStart',
  ...paths,
];

const placement = (...before: string[]): Rule => ({
  id: 'C1',
  code: 'C24',
  must: ['follows', '86', '61', ...before],
  at: '86',
  text: 'Field 86 explains the statement line (61) before it, or at the end the whole statement.',
  fix: 'Put field 86 after its field 61, or after the last balance.',
});

/** MT940: placement of 86, one currency. */
export const customerStatementRules: readonly Rule[] = [
  placement('62F', '62M', '64', '65'),
  {
    id: 'C2',
    code: 'C27',
    must: sameCurrency('60a.currency', '62a.currency', '64.currency', '65.currency'),
    at: '62a',
    text: 'All balances of a statement are in one currency.',
    fix: 'Give the currency of the opening balance.',
  },
];

/** MT942: one currency, signs of the floor limits, placement of 86. */
export const interimReportRules: readonly Rule[] = [
  {
    id: 'C1',
    code: 'C27',
    must: sameCurrency('34F.currency', '90D.currency', '90C.currency'),
    at: '34F',
    text: 'Floor limits and sums are in one currency.',
    fix: 'Give the currency of the first floor limit.',
  },
  {
    id: 'C2',
    code: 'C23',
    when: ['atMost', '34F', 1],
    must: ['not', ['filled', '34F.mark']],
    at: '34F',
    text: 'A single floor limit (34F) holds for debits and credits and has no D or C.',
    fix: 'Leave out the mark, or give a second floor limit.',
  },
  {
    id: 'C2',
    code: 'C23',
    when: ['atLeast', '34F', 2],
    must: ['all', ['is', '34F.mark', 'D'], ['known', '34F.mark'], ['some', '34F.mark', 'C']],
    at: '34F',
    text: 'Of two floor limits (34F) the first is marked D, the second C.',
    fix: 'Write D in the first, C in the second.',
  },
  { ...placement('90D', '90C', '13D'), id: 'C3' },
];

/** MT950: one currency. */
export const statementRules: readonly Rule[] = [
  {
    id: 'C1',
    code: 'C27',
    must: sameCurrency('60a.currency', '62a.currency', '64.currency'),
    at: '62a',
    text: 'All balances of a statement are in one currency.',
    fix: 'Give the currency of the opening balance.',
  },
];
