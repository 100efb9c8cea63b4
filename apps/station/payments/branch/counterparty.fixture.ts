// The other bank of the tests: answers our messages with the real ones a clearing or a bank would send.
import { buildMessage, messageDefinition, type Values } from '../iso20022/index.ts';
import { amountValue, dateTimeOf } from './write.ts';

/** What the other bank knows of a payment: what it was sent. */
export interface Seen {
  readonly messageId: string;
  readonly transactionId: string;
  readonly uetr: string;
  readonly endToEndId: string;
  readonly amountMinor: bigint;
  readonly currency: string;
}

const at = Date.UTC(2026, 10, 20, 10, 0);
const clearing = { FinInstnId: { BICFI: 'EBAPFRPAXXX' } };
const bank = { FinInstnId: { BICFI: 'QNEXDEFFXXX' } };

let numbers = 0;
/** A number no message before had. */
export function freshNumber(prefix = 'C'): string {
  numbers += 1;
  return `${prefix}${process.pid}-${numbers}`;
}

function written(type: string, values: Values): string {
  const { xml, errors } = buildMessage(messageDefinition(type), values);
  if (errors.length > 0) throw new Error(`${type}: ${JSON.stringify(errors)}`);
  return xml;
}

const original = ({ endToEndId, transactionId, uetr }: Seen): Values => ({
  ...{ OrgnlEndToEndId: endToEndId, OrgnlTxId: transactionId, OrgnlUETR: uetr },
});

const group = ({ messageId }: Seen): Values => ({
  OrgnlGrpInf: { OrgnlMsgId: messageId, OrgnlMsgNmId: 'pacs.008.001.08' },
});

export interface Said {
  readonly reason?: string;
  readonly number?: string;
}

/** pacs.002 about one payment. */
export function statusReport(seen: Seen, status: string, { reason, number }: Said = {}): string {
  return written('pacs.002.001.10', {
    FIToFIPmtStsRpt: {
      GrpHdr: {
        MsgId: number ?? freshNumber(),
        CreDtTm: dateTimeOf(at),
        ...{ InstgAgt: clearing, InstdAgt: bank },
      },
      TxInfAndSts: [
        {
          ...group(seen),
          ...original(seen),
          TxSts: status,
          ...(reason ? { StsRsnInf: [{ Rsn: { Cd: reason } }] } : {}),
        },
      ],
    },
  });
}

/** pacs.002 about a whole message. */
export function groupStatus(messageId: string, status: string): string {
  return written('pacs.002.001.10', {
    FIToFIPmtStsRpt: {
      GrpHdr: { MsgId: freshNumber(), CreDtTm: dateTimeOf(at), InstgAgt: clearing, InstdAgt: bank },
      OrgnlGrpInfAndSts: [
        { OrgnlMsgId: messageId, OrgnlMsgNmId: 'pacs.008.001.08', GrpSts: status },
      ],
    },
  });
}

/** pacs.004: the payment, or less of it, comes back. */
export function paymentReturn(seen: Seen, reason: string, amountMinor = seen.amountMinor): string {
  const amount = amountValue(amountMinor, seen.currency);
  return written('pacs.004.001.09', {
    PmtRtr: {
      GrpHdr: {
        MsgId: freshNumber(),
        CreDtTm: dateTimeOf(at),
        NbOfTxs: '1',
        SttlmInf: { SttlmMtd: 'CLRG' },
        ...{ InstgAgt: clearing, InstdAgt: bank },
      },
      TxInf: [
        {
          RtrId: freshNumber('R'),
          ...group(seen),
          ...original(seen),
          RtrdIntrBkSttlmAmt: amount,
          RtrRsnInf: [{ Rsn: { Cd: reason } }],
        },
      ],
    },
  });
}

const assignment = (): Values => ({
  Assgnmt: {
    Id: freshNumber(),
    ...{ Assgnr: { Agt: clearing }, Assgne: { Agt: bank }, CreDtTm: dateTimeOf(at) },
  },
});

/** camt.029: the answer to our recall. */
export function recallAnswer(seen: Seen, status: string, reason: string): string {
  return written('camt.029.001.09', {
    RsltnOfInvstgtn: {
      ...assignment(),
      Sts: { Conf: status },
      CxlDtls: [
        {
          TxInfAndSts: [
            {
              ...group(seen),
              ...original(seen),
              TxCxlSts: status,
              CxlStsRsnInf: [{ Rsn: { Cd: reason } }],
            },
          ],
        },
      ],
    },
  });
}

/** camt.056: the other bank asks for a payment back that came in here. */
export function recallRequest(seen: Seen, reason: string): string {
  return written('camt.056.001.08', {
    FIToFIPmtCxlReq: {
      ...assignment(),
      Undrlyg: [
        { TxInf: [{ ...group(seen), ...original(seen), CxlRsnInf: [{ Rsn: { Cd: reason } }] }] },
      ],
    },
  });
}

/** camt.054: an entry on the settlement account. */
export function notification(seen: Seen, side: 'CRDT' | 'DBIT', status = 'BOOK'): string {
  const amount = amountValue(seen.amountMinor, seen.currency);
  return written('camt.054.001.08', {
    BkToCstmrDbtCdtNtfctn: {
      GrpHdr: { MsgId: freshNumber(), CreDtTm: dateTimeOf(at) },
      Ntfctn: [
        {
          Id: freshNumber('N'),
          Acct: { Id: { Othr: { Id: 'SETTLEMENT' } } },
          Ntry: [
            {
              ...{ Amt: amount, CdtDbtInd: side, Sts: { Cd: status } },
              BkTxCd: { Prtry: { Cd: 'NTRF' } },
              NtryDtls: [
                {
                  TxDtls: [
                    {
                      Refs: { EndToEndId: seen.endToEndId, UETR: seen.uetr },
                      Amt: amount,
                      CdtDbtInd: side,
                    },
                  ],
                },
              ],
            },
          ],
        },
      ],
    },
  });
}

/** pacs.008: a payment comes in for an IBAN. */
export function incomingTransfer(
  given: Partial<Seen> & { readonly iban: string; readonly name?: string; readonly text?: string },
): string {
  const { amountMinor = 12_345n, currency = 'EUR', messageId = freshNumber() } = given;
  const id = given.uetr ?? crypto.randomUUID();
  return written('pacs.008.001.08', {
    FIToFICstmrCdtTrf: {
      GrpHdr: {
        MsgId: messageId,
        CreDtTm: dateTimeOf(at),
        NbOfTxs: '1',
        IntrBkSttlmDt: '2026-11-20',
        SttlmInf: { SttlmMtd: 'CLRG' },
        ...{ InstgAgt: clearing, InstdAgt: bank },
      },
      CdtTrfTxInf: [
        {
          PmtId: {
            EndToEndId: given.endToEndId ?? 'NOTPROVIDED',
            TxId: given.transactionId ?? id.replaceAll('-', ''),
            UETR: id,
          },
          IntrBkSttlmAmt: amountValue(amountMinor, currency),
          ChrgBr: 'SLEV',
          Dbtr: { Nm: 'Erika Beispiel' },
          DbtrAcct: { Id: { IBAN: 'DE89370400440532013000' } },
          DbtrAgt: { FinInstnId: { BICFI: 'COBADEFFXXX' } },
          CdtrAgt: bank,
          Cdtr: { Nm: given.name ?? 'Marta Example' },
          CdtrAcct: { Id: { IBAN: given.iban } },
          RmtInf: { Ustrd: [given.text ?? 'Rent November'] },
        },
      ],
    },
  });
}
