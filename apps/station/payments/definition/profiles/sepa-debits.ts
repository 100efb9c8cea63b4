// The EPC rules of the SEPA direct debits, Core and B2B: mandates, sequences, lead times, returns.
import type { Rule } from '../rules/rule.ts';
import * as say from './sepa-book.ts';

const initiation = '/Document/CstmrDrctDbtInitn';
const order = `${initiation}/PmtInf`;
const debit = `${order}/DrctDbtTxInf`;
const mandate = `${debit}/DrctDbtTx/MndtRltdInf`;
const creditorIds = [`${order}/CdtrSchmeId`, `${debit}/DrctDbtTx/CdtrSchmeId`];

function mandateRules(scheme: say.Scheme): readonly Rule[] {
  const amended = ['OrgnlMndtId', 'OrgnlCdtrSchmeId', 'OrgnlDbtrAcct', 'OrgnlDbtrAgt', 'OrgnlDbtr'];
  return [
    say.needed(scheme, 'MANDATE', debit, [
      'DrctDbtTx/MndtRltdInf/MndtId',
      'DrctDbtTx/MndtRltdInf/DtOfSgntr',
    ]),
    say.rule(
      scheme,
      'AMENDMENT',
      [
        'A mandate that was amended says what it was before.',
        'Add AmdmntInfDtls with the original values, or set AmdmntInd to false.',
      ],
      {
        kind: 'when-value',
        at: mandate,
        path: 'AmdmntInd',
        values: ['true', '1'],
        needsAny: amended.map((tag) => `AmdmntInfDtls/${tag}`),
      },
    ),
    say.rule(
      scheme,
      'NO-AMENDMENT',
      ['Only an amended mandate says what it was before.', 'Set AmdmntInd to true.'],
      {
        kind: 'when-value',
        at: mandate,
        path: 'AmdmntInd',
        values: ['false', '0'],
        forbids: ['AmdmntInfDtls'],
      },
    ),
    ...say.references(scheme, [`${mandate}/MndtId`]),
  ];
}

function schemeRules(scheme: say.Scheme): readonly Rule[] {
  const code = scheme.name === 'b2b' ? 'B2B' : 'CORE';
  return [
    say.fixed(scheme, 'METHOD', `${order}/PmtMtd`, 'DD'),
    say.fixed(scheme, 'CHARGES', `${order}/ChrgBr`, 'SLEV'),
    say.fixed(scheme, 'SERVICE', `${order}/PmtTpInf/SvcLvl/Cd`, 'SEPA'),
    say.needed(scheme, 'TYPE', order, [
      'PmtTpInf/SvcLvl/Cd',
      'PmtTpInf/LclInstrm/Cd',
      'PmtTpInf/SeqTp',
    ]),
    say.fixed(scheme, 'INSTRUMENT', `${order}/PmtTpInf/LclInstrm/Cd`, code),
    say.rule(
      scheme,
      'SEQUENCE',
      ['The sequence is first, recurring, final or one-off.', 'Write FRST, RCUR, FNAL or OOFF.'],
      {
        kind: 'codes',
        path: `${order}/PmtTpInf/SeqTp`,
        codes: ['FRST', 'RCUR', 'FNAL', 'OOFF'],
        allowed: true,
      },
    ),
    say.rule(
      scheme,
      'LEAD-TIME',
      [
        'A collection reaches the bank one T2 business day or more, at most 14 days, before its date.',
        'Choose a later date of collection, or send the file later.',
      ],
      {
        kind: 'lead-time',
        at: order,
        date: 'ReqdColltnDt',
        from: `${initiation}/GrpHdr/CreDtTm`,
        days: 1,
        most: 14,
      },
    ),
  ];
}

function creditorRules(scheme: say.Scheme): readonly Rule[] {
  return [
    say.needed(scheme, 'CREDITOR', order, ['Cdtr/Nm', 'CdtrAcct/Id/IBAN']),
    say.needed(scheme, 'DEBTOR', debit, ['Dbtr/Nm', 'DbtrAcct/Id/IBAN']),
    say.rule(
      scheme,
      'CREDITOR-ID-ONCE',
      [
        'The creditor identifier stands once: for the whole payment or for each debit.',
        'Keep CdtrSchmeId in one of the two places.',
      ],
      {
        kind: 'exclusive',
        at: order,
        paths: ['CdtrSchmeId', 'DrctDbtTxInf/DrctDbtTx/CdtrSchmeId'],
      },
    ),
    say.rule(
      scheme,
      'CREDITOR-ID-NEEDED',
      ['The creditor is identified.', 'Add the creditor identifier in CdtrSchmeId.'],
      { kind: 'any-of', at: order, paths: ['CdtrSchmeId', 'DrctDbtTxInf/DrctDbtTx/CdtrSchmeId'] },
    ),
    ...creditorIds.flatMap((path) => [
      say.rule(
        scheme,
        'CREDITOR-ID',
        ['The creditor identifier is a right one.', 'Correct the identifier.'],
        { kind: 'identifier', of: 'creditor-identifier', path: `${path}/Id/PrvtId/Othr/Id` },
      ),
      say.fixed(scheme, 'CREDITOR-SCHEME', `${path}/Id/PrvtId/Othr/SchmeNm/Prtry`, 'SEPA'),
    ]),
  ];
}

function collectionRules(scheme: say.Scheme): readonly Rule[] {
  return [
    ...say.euro(scheme, `${debit}/InstdAmt`),
    ...schemeRules(scheme),
    ...mandateRules(scheme),
    ...creditorRules(scheme),
    ...say.names(scheme, [`${order}/Cdtr`, `${debit}/Dbtr`, `${debit}/UltmtDbtr`]),
    ...say.references(scheme, [
      `${initiation}/GrpHdr/MsgId`,
      `${order}/PmtInfId`,
      `${debit}/PmtId/InstrId`,
      `${debit}/PmtId/EndToEndId`,
    ]),
    ...say.details(scheme, debit),
    ...say.totals(scheme, initiation, { transaction: 'DrctDbtTxInf', amount: 'InstdAmt' }),
    ...say.everywhere(scheme),
    say.basicCharacters(scheme),
  ];
}

/** Core gives the debtor a refund (MD06); a B2B debtor has none. */
const rejectReasons =
  'AC01 AC04 AC06 AC13 AG01 AG02 AM04 AM05 BE05 CNOR DNOR FF01 FF05 MD01 MD02 MD07 MS02 MS03 RC01 RR01 RR02 RR03 RR04 SL01 TM01';

function statusRules(scheme: say.Scheme): readonly Rule[] {
  const at = '/Document/CstmrPmtStsRpt/OrgnlPmtInfAndSts';
  const codes = [...rejectReasons.split(' '), ...(scheme.name === 'core' ? ['MD06'] : [])];
  return [
    say.rule(
      scheme,
      'REJECT',
      ['The scheme knows these reasons.', `Write one of ${codes.join(', ')}.`],
      { kind: 'codes', path: `${at}/TxInfAndSts/StsRsnInf/Rsn/Cd`, codes, allowed: true },
    ),
    ...say.everywhere(scheme),
  ];
}

function returnRules(scheme: say.Scheme): readonly Rule[] {
  const at = '/Document/PmtRtr/TxInf';
  const codes = [...rejectReasons.split(' '), ...(scheme.name === 'core' ? ['MD06'] : [])];
  return [
    ...say.euro(scheme, `${at}/RtrdIntrBkSttlmAmt`),
    say.needed(scheme, 'ORIGINAL', at, ['OrgnlEndToEndId', 'OrgnlTxId', 'RtrRsnInf/Rsn']),
    say.rule(
      scheme,
      'RETURN',
      [
        'The scheme knows these reasons for a return or refund.',
        `Write one of ${codes.join(', ')}.`,
      ],
      { kind: 'codes', path: `${at}/RtrRsnInf/Rsn/Cd`, codes, allowed: true },
    ),
    ...say.everywhere(scheme),
  ];
}

/** The messages of the two direct-debit schemes and their rules. */
export function debitRules(scheme: say.Scheme): Readonly<Record<string, () => readonly Rule[]>> {
  return {
    'pain.008.001.08': () => collectionRules(scheme),
    'pain.002.001.10': () => statusRules(scheme),
    'pacs.004.001.09': () => returnRules(scheme),
  };
}
