// The EPC rules of the SEPA credit transfer and the instant one: between customer and bank, and
// between banks.
import type { Rule } from '../rules/rule.ts';
import * as say from './sepa-book.ts';

const initiation = '/Document/CstmrCdtTrfInitn';
const order = `${initiation}/PmtInf`;
const transfer = `${order}/CdtTrfTxInf`;
const interbank = '/Document/FIToFICstmrCdtTrf';
const tx = `${interbank}/CdtTrfTxInf`;

function orderRules(scheme: say.Scheme): readonly Rule[] {
  const isInstant = scheme.name === 'inst';
  return [
    ...say.euro(scheme, `${transfer}/Amt/InstdAmt`),
    say.unused(scheme, 'EQUIVALENT', `${transfer}/Amt/EqvtAmt`),
    say.fixed(scheme, 'METHOD', `${order}/PmtMtd`, 'TRF'),
    say.fixed(scheme, 'CHARGES', `${order}/ChrgBr`, 'SLEV'),
    say.fixed(scheme, 'CHARGES', `${transfer}/ChrgBr`, 'SLEV'),
    say.fixed(scheme, 'SERVICE', `${order}/PmtTpInf/SvcLvl/Cd`, 'SEPA'),
    ...(isInstant
      ? [
          say.needed(scheme, 'INSTANT', order, ['PmtTpInf/LclInstrm/Cd']),
          say.fixed(scheme, 'INSTANT-CODE', `${order}/PmtTpInf/LclInstrm/Cd`, 'INST'),
        ]
      : []),
    say.needed(scheme, 'DEBTOR', order, ['Dbtr/Nm', 'DbtrAcct/Id/IBAN']),
    say.needed(scheme, 'CREDITOR', transfer, ['Cdtr/Nm', 'CdtrAcct/Id/IBAN']),
    say.needed(scheme, 'END-TO-END', transfer, ['PmtId/EndToEndId']),
    ...say.names(scheme, [
      `${order}/Dbtr`,
      `${order}/UltmtDbtr`,
      `${transfer}/Cdtr`,
      `${transfer}/UltmtCdtr`,
    ]),
    ...say.references(scheme, [
      `${initiation}/GrpHdr/MsgId`,
      `${order}/PmtInfId`,
      `${transfer}/PmtId/InstrId`,
      `${transfer}/PmtId/EndToEndId`,
    ]),
    ...say.details(scheme, transfer),
    ...say.totals(scheme, initiation, { transaction: 'CdtTrfTxInf', amount: 'Amt/InstdAmt' }),
    ...say.everywhere(scheme),
    say.basicCharacters(scheme),
  ];
}

function interbankRules(scheme: say.Scheme): readonly Rule[] {
  const isInstant = scheme.name === 'inst';
  return [
    ...say.euro(scheme, `${tx}/IntrBkSttlmAmt`),
    say.fixed(scheme, 'CHARGES', `${tx}/ChrgBr`, 'SLEV'),
    say.fixed(scheme, 'SERVICE', `${tx}/PmtTpInf/SvcLvl/Cd`, 'SEPA'),
    ...(isInstant
      ? [
          say.needed(scheme, 'INSTANT', tx, ['PmtTpInf/LclInstrm/Cd', 'AccptncDtTm']),
          say.fixed(scheme, 'INSTANT-CODE', `${tx}/PmtTpInf/LclInstrm/Cd`, 'INST'),
        ]
      : []),
    say.needed(scheme, 'REFERENCES', tx, ['PmtId/EndToEndId', 'PmtId/TxId']),
    say.needed(scheme, 'DEBTOR', tx, ['Dbtr/Nm', 'DbtrAcct/Id/IBAN', 'DbtrAgt/FinInstnId/BICFI']),
    say.needed(scheme, 'CREDITOR', tx, ['Cdtr/Nm', 'CdtrAcct/Id/IBAN', 'CdtrAgt/FinInstnId/BICFI']),
    ...say.names(scheme, [`${tx}/Dbtr`, `${tx}/UltmtDbtr`, `${tx}/Cdtr`, `${tx}/UltmtCdtr`]),
    ...say.references(scheme, [
      `${tx}/PmtId/InstrId`,
      `${tx}/PmtId/EndToEndId`,
      `${tx}/PmtId/TxId`,
    ]),
    ...say.details(scheme, tx),
    say.rule(
      scheme,
      'COUNT',
      ['The number of transactions is counted rightly.', 'Count them again.'],
      { kind: 'count', at: interbank, total: 'GrpHdr/NbOfTxs', parts: 'CdtTrfTxInf' },
    ),
    say.rule(
      scheme,
      'SUM',
      ['The total settled is the sum of the amounts.', 'Add the amounts again.'],
      {
        kind: 'sum',
        at: interbank,
        total: 'GrpHdr/TtlIntrBkSttlmAmt',
        parts: 'CdtTrfTxInf/IntrBkSttlmAmt',
        sameCurrency: true,
      },
    ),
    ...say.everywhere(scheme),
    say.basicCharacters(scheme),
  ];
}

/**
 * The reasons a bank may give for a return of a transfer (EPC SCT inter-bank guidelines,
 * pacs.004).
 */
const returnReasons =
  'AC01 AC03 AC04 AC06 AC14 AG01 AG02 AM05 AM09 BE04 BE05 CNOR DNOR ERIN FF01 FOCR MD07 MS02 MS03 RC01 RC04 RC07 RR01 RR02 RR03 RR04 TM01';
/** Why a bank or its customer may ask for a transfer back (EPC recall, camt.056). */
const recallReasons = 'DUPL TECH FRAD CUST AC03 AM09';
/** Why a recall is refused (EPC negative answer, camt.029). */
const refusalReasons = 'NOOR ARDT CUST AC04 LEGL NOAS AM04';

function reason(
  scheme: say.Scheme,
  id: string,
  path: string,
  [what, codes]: readonly [string, string],
): Rule {
  const list = codes.split(' ');
  const words = [`The scheme knows these reasons for ${what}.`, `Write one of ${list.join(', ')}.`];
  const check = { kind: 'codes', path, codes: list, allowed: true } as const;
  return say.rule(scheme, id, words as [string, string], check);
}

function returnRules(scheme: say.Scheme): readonly Rule[] {
  const at = '/Document/PmtRtr/TxInf';
  return [
    ...say.euro(scheme, `${at}/RtrdIntrBkSttlmAmt`),
    say.needed(scheme, 'ORIGINAL', at, ['OrgnlEndToEndId', 'OrgnlTxId', 'RtrRsnInf/Rsn']),
    reason(scheme, 'RETURN', `${at}/RtrRsnInf/Rsn/Cd`, ['a return', returnReasons]),
    ...say.everywhere(scheme),
  ];
}

function recallRules(scheme: say.Scheme): readonly Rule[] {
  const at = '/Document/FIToFIPmtCxlReq/Undrlyg/TxInf';
  const path = `${at}/CxlRsnInf/Rsn`;
  return [
    say.needed(scheme, 'ORIGINAL', at, ['OrgnlEndToEndId', 'OrgnlTxId', 'CxlRsnInf/Rsn']),
    reason(scheme, 'RECALL', `${path}/Cd`, ['a recall', recallReasons]),
    reason(scheme, 'RECALL', `${path}/Prtry`, ['a recall', 'FRAD TECH AC03 AM09 CUST']),
    ...say.everywhere(scheme),
  ];
}

function answerRules(scheme: say.Scheme): readonly Rule[] {
  const at = '/Document/RsltnOfInvstgtn/CxlDtls/TxInfAndSts';
  const path = `${at}/CxlStsRsnInf/Rsn`;
  return [
    say.fixed(scheme, 'REFUSED', '/Document/RsltnOfInvstgtn/Sts/Conf', 'RJCR'),
    reason(scheme, 'REFUSAL', `${path}/Cd`, ['refusing a recall', refusalReasons]),
    reason(scheme, 'REFUSAL', `${path}/Prtry`, ['refusing a recall', refusalReasons]),
    ...say.everywhere(scheme),
  ];
}

/** The messages of the two transfer schemes and their rules. */
export function transferRules(scheme: say.Scheme): Readonly<Record<string, () => readonly Rule[]>> {
  return {
    'pain.001.001.09': () => orderRules(scheme),
    'pacs.008.001.08': () => interbankRules(scheme),
    'pacs.004.001.09': () => returnRules(scheme),
    'camt.056.001.08': () => recallRules(scheme),
    'camt.029.001.09': () => answerRules(scheme),
  };
}
