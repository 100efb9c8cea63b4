// Makes the pain.002 that tells a customer what became of a file of transfers, of each where there is more to say.
import type { Values } from '../iso20022/index.ts';
import { agent, dateTimeOf, decimalOf } from './write.ts';

export const customerReportType = 'pain.002.001.10';

export interface ReportReason {
  /** Code of the ISO 20022 external status reasons. */
  readonly code: string;
  /** Words beside the code; '' for none. */
  readonly text: string;
}

export interface ReportedTransfer {
  /** The payment information it stood in; '' where the file was not read so far. */
  readonly group: string;
  readonly endToEndId: string;
  readonly status: 'ACSC' | 'RJCT';
  readonly reason: ReportReason | null;
}

export interface CustomerReport {
  /** The file's own number and message; `NOTPROVIDED` stands where it could not be read. */
  readonly original: { readonly messageId: string; readonly type: string };
  readonly count: number;
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly status: 'ACTC' | 'ACSP' | 'ACSC' | 'PART' | 'RJCT';
  readonly reasons: readonly ReportReason[];
  readonly transfers: readonly ReportedTransfer[];
}

export interface ReportSending {
  readonly messageId: string;
  /** ms since 1970. */
  readonly at: number;
  readonly bic: string;
}

const notProvided = 'NOTPROVIDED';
const idMax = 35;
const wordsMax = 105;

const idOf = (text: string): string => text.slice(0, idMax).trim() || notProvided;

/** Additional information as EPC's guidelines have it: pieces of 105 characters, two at most. */
function wordsOf(text: string): readonly string[] {
  const pieces = [text.slice(0, wordsMax), text.slice(wordsMax, 2 * wordsMax)];
  return pieces.map((piece) => piece.trim()).filter((piece) => piece !== '');
}

function reasonValues({ code, text }: ReportReason, bic: string): Values {
  const words = wordsOf(text);
  return {
    Orgtr: { Id: { OrgId: { AnyBIC: bic } } },
    Rsn: { Cd: code },
    ...(words.length > 0 ? { AddtlInf: [...words] } : {}),
  };
}

/** The transfers by the payment information they stood in, in the order they came. */
function grouped(transfers: readonly ReportedTransfer[]) {
  const groups = new Map<string, ReportedTransfer[]>();
  for (const transfer of transfers) {
    const key = idOf(transfer.group);
    groups.set(key, [...(groups.get(key) ?? []), transfer]);
  }
  return groups;
}

function transferValues({ endToEndId, status, reason }: ReportedTransfer, bic: string): Values {
  return {
    OrgnlEndToEndId: idOf(endToEndId),
    TxSts: status,
    ...(reason ? { StsRsnInf: [reasonValues(reason, bic)] } : {}),
  };
}

/** pain.002: how a customer's file stands, and how the transfers named in it ended. */
export function customerReportValues(report: CustomerReport, sending: ReportSending): Values {
  const { original, count, amountMinor, currency, status, reasons, transfers } = report;
  const { messageId, at, bic } = sending;
  const groups = [...grouped(transfers)].map(([group, own]) => ({
    OrgnlPmtInfId: group,
    TxInfAndSts: own.map((each) => transferValues(each, bic)),
  }));
  return {
    CstmrPmtStsRpt: {
      GrpHdr: { MsgId: messageId, CreDtTm: dateTimeOf(at), DbtrAgt: agent(bic) },
      OrgnlGrpInfAndSts: {
        OrgnlMsgId: idOf(original.messageId),
        OrgnlMsgNmId: idOf(original.type),
        ...(count > 0 ? { OrgnlNbOfTxs: String(count) } : {}),
        ...(amountMinor > 0n ? { OrgnlCtrlSum: decimalOf(amountMinor, currency) } : {}),
        GrpSts: status,
        ...(reasons.length > 0
          ? { StsRsnInf: reasons.map((each) => reasonValues(each, bic)) }
          : {}),
      },
      ...(groups.length > 0 ? { OrgnlPmtInfAndSts: groups } : {}),
    },
  };
}

/** Our reasons for refusing a transfer or a file -> codes of the ISO 20022 external status reasons. */
const codes: Readonly<Record<string, string>> = {
  ...{ account: 'AC02', iban: 'AC03', 'iban-wrong': 'AC03', amount: 'AM12', currency: 'AM03' },
  ...{ channel: 'AM03', 'channel-most': 'AM02', count: 'AM18', sum: 'AM10', 'too-many': 'AM18' },
  ...{ 'one-account': 'AC02', 'one-day': 'DT01', 'too-far': 'CH03', method: 'FF01' },
  ...{ 'bulk-repeated': 'AM05', 'address-needed': 'BE04' },
};

export interface Found {
  readonly item: number;
  readonly path: string;
  readonly code: string;
  readonly message: string;
}

/** The reason a customer is told for a problem found in a file. */
export function reasonOf({ path, code, message }: Found): ReportReason {
  if (path.startsWith('line ')) return { code: 'FF01', text: message };
  const byPath = path.endsWith('IBAN') ? 'AC03' : 'NARR';
  return { code: Object.hasOwn(codes, code) ? (codes[code] as string) : byPath, text: message };
}
