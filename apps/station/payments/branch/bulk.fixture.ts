// Customers' files of transfers for tests and benches: as many as asked for, every one different.
import { buildMessage, messageDefinition } from '../iso20022/index.ts';
import { orderType } from './transfer.ts';
import { amountValue, decimalOf } from './write.ts';

export interface BulkOrderPlan {
  readonly iban: string;
  readonly count: number;
  /** Number of a transfer with a mistyped IBAN. */
  readonly bad?: number;
  /** What the header says, where it is to be wrong. */
  readonly sum?: string;
  readonly number?: string;
  /** Day it is to be paid on, ISO 8601; the day of the tests unless told. */
  readonly on?: string;
}

let files = 0;

/** A pain.001 with `count` transfers of 1.01, 1.02 ... 1.50 EUR by turns. */
export function bulkOrder({ iban, count, bad, sum, number, on }: BulkOrderPlan): string {
  files += 1;
  const amounts = Array.from({ length: count }, (_, index) => BigInt(101 + (index % 50)));
  const transfers = amounts.map((amountMinor, index) => ({
    PmtId: { EndToEndId: `E-${index + 1}` },
    Amt: { InstdAmt: amountValue(amountMinor, 'EUR') },
    Cdtr: { Nm: `Payee ${index + 1}` },
    CdtrAcct: {
      Id: { IBAN: index + 1 === bad ? 'DE88370400440532013000' : 'DE89370400440532013000' },
    },
    RmtInf: { Ustrd: [`Wages ${index + 1}`] },
  }));
  const total = decimalOf(
    amounts.reduce((all, each) => all + each, 0n),
    'EUR',
  );
  const { xml } = buildMessage(messageDefinition(orderType), {
    CstmrCdtTrfInitn: {
      GrpHdr: {
        MsgId: `BULK-${process.pid}-${files}`,
        CreDtTm: '2026-11-20T08:00:00+00:00',
        NbOfTxs: number ?? String(count),
        CtrlSum: sum ?? total,
        InitgPty: { Nm: 'Harbour Bakery' },
      },
      PmtInf: [
        {
          ...{ PmtInfId: 'P1', PmtMtd: 'TRF', ReqdExctnDt: { Dt: on ?? '2026-11-20' } },
          ...{ Dbtr: { Nm: 'Harbour Bakery' }, DbtrAcct: { Id: { IBAN: iban } } },
          ...{ DbtrAgt: { FinInstnId: { BICFI: 'QNEXDEFFXXX' } }, CdtTrfTxInf: transfers },
        },
      ],
    },
  });
  return xml;
}
