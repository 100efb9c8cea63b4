// Turns the predecessor's ISO 20022 and SEPA payments into the values of a customer's order (pain.001).
import { Refusal, refuseUnless } from '#station/bank/refusal.ts';
import { decimalOf } from '../branch/write.ts';
import { checkIban } from '../identifier/index.ts';
import type { Values } from '../iso20022/index.ts';
import { amountOf, currencyOf, type Loose, neededText, optionalText, pathTo } from './read.ts';

/** What is not in the predecessor's words and must come from outside. */
export interface Making {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** A new identification, 30 letters and digits at most. */
  readonly identification: () => string;
}

export interface Order {
  readonly type: string;
  readonly values: Values;
  /** Paths that no schema asks for but every market does; the message cannot be sent without them. */
  readonly missing: readonly string[];
}

interface Scheme {
  readonly serviceLevel?: string;
  readonly instrument?: string;
  readonly currency?: string;
}

interface Transfer {
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly debtor: Values;
  readonly debtorAccount: string;
  readonly transaction: Values;
}

const schemes: Readonly<Record<string, Scheme>> = {
  SCT: { serviceLevel: 'SEPA', currency: 'EUR' },
  SCT_INST: { serviceLevel: 'SEPA', instrument: 'INST', currency: 'EUR' },
};

/** The scheme of a SEPA payment by the predecessor's name; refuses what is none. */
export function schemeOf(from: Loose): Scheme {
  const name = neededText(from, 'type', 'SCT or SCT_INST');
  const scheme = Object.hasOwn(schemes, name) ? schemes[name] : undefined;
  if (scheme) return scheme;
  const why =
    name === 'SDD'
      ? 'A direct debit needs its mandate (identification, date of signature, sequence) and the creditor identifier: build pain.008.001.08 from its own values.'
      : `${name} is no scheme: write SCT or SCT_INST.`;
  throw new Refusal('scheme-unknown', why, pathTo(from, 'type'));
}

function ibanOf(from: Loose, name: string): string {
  const text = neededText(from, name, 'an IBAN').replaceAll(' ', '').toUpperCase();
  const path = pathTo(from, name);
  const checked = checkIban(text);
  if (!checked.ok) {
    throw new Refusal('iban-wrong', `${path}: ${checked.errors[0]?.message ?? text}`, path);
  }
  return text;
}

function agentOf(from: Loose, name: string): Values {
  const bic = optionalText(from, name);
  // EPC guidelines: a payer who does not know the bank says so by this word.
  const unknown = { Othr: { Id: 'NOTPROVIDED' } };
  return { FinInstnId: bic === undefined ? unknown : { BICFI: bic } };
}

function partyOf(from: Loose, name: string): Values {
  const text = optionalText(from, name);
  return text === undefined ? {} : { Nm: text };
}

function transferOf(from: Loose, scheme: Scheme, making: Making): Transfer {
  const currency = currencyOf(from, scheme.currency);
  const amountMinor = amountOf(from, currency);
  const remittance = optionalText(from, 'remittance_info');
  const endToEnd = optionalText(from, 'end_to_end_id') ?? making.identification();
  return {
    ...{ amountMinor, currency, debtor: partyOf(from, 'debtor_name') },
    debtorAccount: ibanOf(from, 'debtor_iban'),
    transaction: {
      PmtId: { EndToEndId: endToEnd },
      Amt: { InstdAmt: { Ccy: currency, value: decimalOf(amountMinor, currency) } },
      CdtrAgt: agentOf(from, 'creditor_bic'),
      Cdtr: partyOf(from, 'creditor_name'),
      CdtrAcct: { Id: { IBAN: ibanOf(from, 'creditor_iban') } },
      ...(remittance === undefined ? {} : { RmtInf: { Ustrd: [remittance] } }),
    },
  };
}

function informationOf(from: Loose, scheme: Scheme, making: Making) {
  const transfer = transferOf(from, scheme, making);
  const { serviceLevel, instrument } = scheme;
  const type = {
    ...(serviceLevel === undefined ? {} : { SvcLvl: [{ Cd: serviceLevel }] }),
    ...(instrument === undefined ? {} : { LclInstrm: { Cd: instrument } }),
  };
  const today = new Date(making.at).toISOString().slice(0, 10);
  const values: Values = {
    PmtInfId: making.identification(),
    PmtMtd: 'TRF',
    ...(serviceLevel === undefined ? {} : { PmtTpInf: type }),
    ReqdExctnDt: { Dt: optionalText(from, 'execution_date') ?? today },
    Dbtr: transfer.debtor,
    DbtrAcct: { Id: { IBAN: transfer.debtorAccount } },
    DbtrAgt: agentOf(from, 'debtor_bic'),
    ...(serviceLevel === undefined ? {} : { ChrgBr: 'SLEV' }),
    CdtTrfTxInf: [transfer.transaction],
  };
  const missing = ['debtor_name', 'creditor_name'].filter(
    (name) => optionalText(from, name) === undefined,
  );
  return { transfer, values, missing: missing.map((name) => pathTo(from, name)) };
}

const paymentsMax = 10_000;

/** A customer's order of one or more transfers. Refuses with the path of what is missing or wrong. */
export function orderOf(payments: readonly Loose[], scheme: Scheme, making: Making): Order {
  const count = payments.length;
  const fits = count > 0 && count <= paymentsMax;
  const sentence = `payment_info holds 1 to ${paymentsMax} payments, not ${count}.`;
  refuseUnless(fits, 'field-missing', sentence, 'payment_info');
  const all = payments.map((from) => informationOf(from, scheme, making));
  const [first] = all;
  const header = {
    MsgId: making.identification(),
    CreDtTm: new Date(making.at).toISOString().replace(/\.\d{3}Z$/, 'Z'),
    NbOfTxs: String(count),
    ...controlSum(all.map(({ transfer }) => transfer)),
    InitgPty: first?.transfer.debtor ?? {},
  };
  return {
    type: 'pain.001.001.09',
    values: { CstmrCdtTrfInitn: { GrpHdr: header, PmtInf: all.map(({ values }) => values) } },
    missing: all.flatMap(({ missing }) => missing),
  };
}

/** The sum of the amounts; left out where they are of several currencies, which have none. */
function controlSum(transfers: readonly Transfer[]): Values {
  const currency = transfers[0]?.currency ?? 'EUR';
  if (transfers.some((transfer) => transfer.currency !== currency)) return {};
  const sum = transfers.reduce((total, { amountMinor }) => total + amountMinor, 0n);
  return { CtrlSum: decimalOf(sum, currency) };
}
