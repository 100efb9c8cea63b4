// Makes the values of a customer's order (pain.001) and of the transfer between banks (pacs.008).
import type { Value, Values } from '../iso20022/index.ts';
import type { Party, Sending, Transfer } from './model.ts';
import { agent, amountValue, dateTimeOf, decimalOf } from './write.ts';

export const transferType = 'pacs.008.001.08';
export const orderType = 'pain.001.001.09';

const notProvided = 'NOTPROVIDED';

function party({ name, town, country }: Party): Values {
  const hasAddress = town !== '' && country !== '';
  return { Nm: name, ...(hasAddress ? { PstlAdr: { TwnNm: town, Ctry: country } } : {}) };
}

const account = ({ iban }: Party): Values => ({ Id: { IBAN: iban } });

function details(text: string): Values {
  return text === '' ? {} : { RmtInf: { Ustrd: [text] } };
}

/** Sets a value at a path of tags; parts that are there already are kept. */
export function withValue(values: Values, path: string, text: string): Values {
  const [tag = '', ...rest] = path.split('/');
  const inner = values[tag];
  const isBranch = typeof inner === 'object' && !Array.isArray(inner);
  const child: Value =
    rest.length === 0 ? text : withValue(isBranch ? (inner as Values) : {}, rest.join('/'), text);
  return { ...values, [tag]: child };
}

function withValues(values: Values, more: Readonly<Record<string, string>>): Values {
  return Object.entries(more)
    .filter(([, text]) => text !== '')
    .reduce((all, [path, text]) => withValue(all, path, text), values);
}

function paymentType({ channel }: Sending): Values {
  if (channel.id === 'cbpr-plus') return {};
  const instant = channel.id === 'sepa-inst' ? { LclInstrm: { Cd: 'INST' } } : {};
  return { PmtTpInf: { SvcLvl: [{ Cd: 'SEPA' }], ...instant } };
}

function transaction(transfer: Transfer, sending: Sending): Values {
  const { ids, amountMinor, currency, debtor, creditor } = transfer;
  const { channel, bic, settlementDate, at } = sending;
  const isSepa = channel.id !== 'cbpr-plus';
  const amount = amountValue(amountMinor, currency);
  const body: Values = {
    PmtId: {
      InstrId: ids.transactionId.slice(0, 16),
      EndToEndId: ids.endToEndId,
      ...(isSepa ? { TxId: ids.transactionId } : {}),
      UETR: ids.uetr,
    },
    ...paymentType(sending),
    IntrBkSttlmAmt: amount,
    ...(isSepa ? {} : { IntrBkSttlmDt: settlementDate }),
    ...(channel.id === 'sepa-inst' ? { AccptncDtTm: dateTimeOf(at) } : {}),
    ...(isSepa ? {} : { InstdAmt: amount }),
    ChrgBr: isSepa ? 'SLEV' : 'SHAR',
    ...(isSepa ? {} : { InstgAgt: agent(bic), InstdAgt: agent(channel.counterparty) }),
    Dbtr: party(debtor),
    DbtrAcct: account(debtor),
    DbtrAgt: agent(debtor.bic),
    CdtrAgt: agent(creditor.bic),
    Cdtr: party(creditor),
    CdtrAcct: account(creditor),
    ...details(transfer.text),
  };
  return withValues(body, transfer.values);
}

const sumOf = (transfers: readonly Transfer[]): bigint =>
  transfers.reduce((sum, { amountMinor }) => sum + amountMinor, 0n);

/** The values of a pacs.008 with one or many transfers of one currency. */
export function transferValues(transfers: readonly Transfer[], sending: Sending): Values {
  const { channel, bic, messageId, at, settlementDate } = sending;
  const isSepa = channel.id !== 'cbpr-plus';
  const currency = transfers[0]?.currency ?? '';
  return {
    FIToFICstmrCdtTrf: {
      GrpHdr: {
        MsgId: messageId,
        CreDtTm: dateTimeOf(at),
        NbOfTxs: String(transfers.length),
        ...(isSepa
          ? {
              TtlIntrBkSttlmAmt: amountValue(sumOf(transfers), currency),
              IntrBkSttlmDt: settlementDate,
            }
          : {}),
        SttlmInf: { SttlmMtd: isSepa ? 'CLRG' : 'INDA' },
        ...(isSepa ? { InstgAgt: agent(bic), InstdAgt: agent(channel.counterparty) } : {}),
      },
      CdtTrfTxInf: transfers.map((each) => transaction(each, sending)),
    },
  };
}

/** The values of the customer's own order, as it stands at the beginning of the life line. */
export function orderValues(transfer: Transfer, sending: Sending): Values {
  const { ids, amountMinor, currency, debtor, creditor } = transfer;
  const amount = decimalOf(amountMinor, currency);
  const order: Values = {
    PmtId: { EndToEndId: ids.endToEndId === '' ? notProvided : ids.endToEndId, UETR: ids.uetr },
    Amt: { InstdAmt: amountValue(amountMinor, currency) },
    CdtrAgt: agent(creditor.bic),
    Cdtr: party(creditor),
    CdtrAcct: account(creditor),
    ...details(transfer.text),
  };
  return {
    CstmrCdtTrfInitn: {
      GrpHdr: {
        MsgId: sending.messageId,
        CreDtTm: dateTimeOf(sending.at),
        NbOfTxs: '1',
        CtrlSum: amount,
        InitgPty: { Nm: debtor.name },
      },
      PmtInf: [
        {
          PmtInfId: sending.messageId,
          PmtMtd: 'TRF',
          NbOfTxs: '1',
          CtrlSum: amount,
          ...paymentType(sending),
          ReqdExctnDt: { Dt: sending.settlementDate },
          Dbtr: party(debtor),
          DbtrAcct: account(debtor),
          DbtrAgt: agent(debtor.bic),
          ChrgBr: sending.channel.id === 'cbpr-plus' ? 'SHAR' : 'SLEV',
          CdtTrfTxInf: [withValues(order, transfer.values)],
        },
      ],
    },
  };
}
