// The market profile of high-value payment systems: what HVPS+ asks of the payments a central bank
// settles one by one.
import type { Check, Rule } from '../rules/rule.ts';
import type { Profile, Variant } from './profile.ts';

const source = 'HVPS+ guidelines 2025';

function rule(id: string, text: string, fix: string, check: Check): Rule {
  return { id: `hvps:${id}`, source, text, fix, check };
}

function settled(root: string): readonly Rule[] {
  const tx = `${root}/CdtTrfTxInf`;
  const pairs = [['/AppHdr/BizMsgIdr', `${root}/GrpHdr/MsgId`]] as const;
  return [
    rule('ONE', 'A message settles one payment.', 'Send one message a payment.', {
      kind: 'at-most',
      at: root,
      path: 'CdtTrfTxInf',
      count: 1,
    }),
    rule('METHOD', 'Settlement is through the clearing system.', 'Write CLRG.', {
      kind: 'codes',
      path: `${root}/GrpHdr/SttlmInf/SttlmMtd`,
      codes: ['CLRG'],
      allowed: true,
    }),
    rule('UETR', 'Every payment carries its UETR.', 'Add PmtId/UETR.', {
      kind: 'requires-unless',
      at: tx,
      unless: 'PmtId/UETR',
      needs: ['PmtId/UETR'],
    }),
    rule('UETR-FORM', 'The UETR is a right one.', 'Correct the UETR.', {
      kind: 'identifier',
      of: 'uetr',
      path: `${tx}/PmtId/UETR`,
    }),
    rule('AGENTS', 'Both participants are named by BIC.', 'Add InstgAgt and InstdAgt.', {
      kind: 'requires-unless',
      at: tx,
      unless: '#never',
      needs: ['InstgAgt/FinInstnId/BICFI', 'InstdAgt/FinInstnId/BICFI'],
    }),
    rule('HEADER', 'The header names the message.', 'Copy MsgId to BizMsgIdr.', {
      kind: 'same-value',
      pairs,
    }),
    rule('BIC', 'Every BIC is a right one.', 'Correct the BIC.', {
      kind: 'identifier',
      of: 'bic',
      tag: 'BICFI',
    }),
    rule(
      'ADDRESS',
      'Postal addresses are structured, or hybrid with at most two lines of 70 characters.',
      'Put town and country in their own elements; keep at most two address lines.',
      { kind: 'address-form', lines: 2, length: 70 },
    ),
  ];
}

const transfers = settled('/Document/FIToFICstmrCdtTrf');
const institutions = settled('/Document/FICdtTrf');

const variants: readonly Variant[] = [
  { name: 'pacs.008', messageId: 'pacs.008.001.08', service: null, rules: () => transfers },
  { name: 'pacs.009', messageId: 'pacs.009.001.08', service: null, rules: () => institutions },
];

export const hvpsProfiles: readonly Profile[] = Object.freeze([
  {
    id: 'hvps-plus',
    name: 'High-value payment systems (HVPS+)',
    layer: 'market',
    release: '2025',
    from: '2025-11-22',
    until: null,
    variants,
  },
]);
