// Makes the values of the messages about a payment: asked back, enquired after, refused, sent back.
import type { Value, Values } from '../iso20022/index.ts';
import type { Original, Party, Sending } from './model.ts';
import { agent, amountValue, dateTimeOf } from './write.ts';

export const recallType = 'camt.056.001.08';
export const enquiryType = 'pacs.028.001.03';
export const refusalType = 'camt.029.001.09';
export const returnType = 'pacs.004.001.09';

function assignment({ messageId, bic, channel, at }: Sending): Values {
  return {
    Id: messageId,
    Assgnr: { Agt: agent(bic) },
    Assgne: { Agt: agent(channel.counterparty) },
    CreDtTm: dateTimeOf(at),
  };
}

const originalGroup = ({ messageId, messageType }: Original): Values => ({
  OrgnlMsgId: messageId,
  OrgnlMsgNmId: messageType,
});

const originalIds = ({ ids }: Original): Values => ({
  OrgnlEndToEndId: ids.endToEndId,
  OrgnlTxId: ids.transactionId,
  OrgnlUETR: ids.uetr,
});

export interface Why {
  readonly code: string;
  /** Words beside the code; '' for none. */
  readonly text: string;
  readonly orderedBy: string;
}

/** camt.056: asks for a payment back. SEPA writes its own recall reasons as proprietary codes. */
export function recallValues(original: Original, why: Why, sending: Sending): Values {
  const isScheme = sending.channel.id !== 'cbpr-plus' && ['TECH', 'FRAD'].includes(why.code);
  return {
    FIToFIPmtCxlReq: {
      Assgnmt: assignment(sending),
      CtrlData: { NbOfTxs: '1' },
      Undrlyg: [
        {
          TxInf: [
            {
              CxlId: sending.messageId,
              OrgnlGrpInf: originalGroup(original),
              ...originalIds(original),
              OrgnlIntrBkSttlmAmt: amountValue(original.amountMinor, original.currency),
              OrgnlIntrBkSttlmDt: original.settlementDate,
              CxlRsnInf: [
                {
                  Orgtr: { Nm: why.orderedBy },
                  Rsn: isScheme ? { Prtry: why.code } : { Cd: why.code },
                  ...(why.text === '' ? {} : { AddtlInf: [why.text] }),
                },
              ],
            },
          ],
        },
      ],
    },
  };
}

/** pacs.028: asks what became of a payment. */
export function enquiryValues(original: Original, sending: Sending): Values {
  const { bic, channel, messageId, at } = sending;
  return {
    FIToFIPmtStsReq: {
      GrpHdr: {
        MsgId: messageId,
        CreDtTm: dateTimeOf(at),
        InstgAgt: agent(bic),
        InstdAgt: agent(channel.counterparty),
      },
      TxInf: [
        {
          StsReqId: messageId,
          OrgnlGrpInf: originalGroup(original),
          ...originalIds(original),
        },
      ],
    },
  };
}

/** camt.029: refuses to give a payment back that was credited here. */
export function refusalValues(original: Original, why: Why, sending: Sending): Values {
  const reason = { Orgtr: { Nm: why.orderedBy }, Rsn: { Cd: why.code } };
  return answerValues(original, sending, { confirms: 'RJCR', CxlStsRsnInf: [reason] });
}

/** camt.029: agrees to give it back; the money comes with a pacs.004 of its own. */
export function agreementValues(original: Original, sending: Sending): Values {
  return answerValues(original, sending, { confirms: 'CNCL' });
}

function answerValues(
  original: Original,
  sending: Sending,
  { confirms, ...reasons }: { readonly confirms: 'RJCR' | 'CNCL'; readonly CxlStsRsnInf?: Value },
): Values {
  return {
    RsltnOfInvstgtn: {
      Assgnmt: assignment(sending),
      Sts: { Conf: confirms },
      CxlDtls: [
        {
          TxInfAndSts: [
            {
              CxlStsId: sending.messageId,
              OrgnlGrpInf: originalGroup(original),
              ...originalIds(original),
              TxCxlSts: confirms === 'CNCL' ? 'ACCR' : confirms,
              ...reasons,
            },
          ],
        },
      ],
    },
  };
}

/** pacs.004: sends money back that came in and cannot be credited. */
export function returnValues(
  original: Original & { readonly debtor: Party; readonly creditor: Party },
  why: Why,
  sending: Sending,
): Values {
  const amount = amountValue(original.amountMinor, original.currency);
  const { bic, channel, messageId, at, settlementDate } = sending;
  return {
    PmtRtr: {
      GrpHdr: {
        MsgId: messageId,
        CreDtTm: dateTimeOf(at),
        NbOfTxs: '1',
        TtlRtrdIntrBkSttlmAmt: amount,
        IntrBkSttlmDt: settlementDate,
        SttlmInf: { SttlmMtd: channel.id === 'cbpr-plus' ? 'INDA' : 'CLRG' },
        InstgAgt: agent(bic),
        InstdAgt: agent(channel.counterparty),
      },
      TxInf: [
        {
          RtrId: messageId,
          OrgnlGrpInf: originalGroup(original),
          ...originalIds(original),
          OrgnlIntrBkSttlmAmt: amount,
          RtrdIntrBkSttlmAmt: amount,
          RtrRsnInf: [{ Orgtr: { Nm: why.orderedBy }, Rsn: { Cd: why.code } }],
          OrgnlTxRef: {
            IntrBkSttlmDt: original.settlementDate,
            Dbtr: { Pty: { Nm: original.debtor.name } },
            DbtrAcct: { Id: { IBAN: original.debtor.iban } },
            DbtrAgt: agent(original.debtor.bic),
            Cdtr: { Pty: { Nm: original.creditor.name } },
            CdtrAcct: { Id: { IBAN: original.creditor.iban } },
          },
        },
      ],
    },
  };
}
