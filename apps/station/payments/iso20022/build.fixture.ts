// A customer's transfers as plain values, for tests and benches: as many as asked for, every one
// different.
import type { Values } from './values.ts';

const debtor = {
  Nm: 'Muster & Söhne GmbH',
  PstlAdr: { StrtNm: 'Hauptstraße', BldgNb: '1', PstCd: '60311', TwnNm: 'Frankfurt', Ctry: 'DE' },
};

function transfer(index: number, creditor: string): Values {
  return {
    PmtId: { InstrId: `I-${index}`, EndToEndId: `E2E-${index}` },
    Amt: { InstdAmt: { Ccy: 'EUR', value: `${100 + index}.50` } },
    CdtrAgt: { FinInstnId: { BICFI: 'BNPAFRPP' } },
    Cdtr: { Nm: creditor, PstlAdr: { TwnNm: 'Paris', Ctry: 'FR' } },
    CdtrAcct: { Id: { IBAN: 'FR1420041010050500013M02606' } },
    RmtInf: { Ustrd: [`Invoice ${index} <2026>`] },
  };
}

/** The values of a pain.001.001.09 with `count` transfers. */
export function transferValues(count: number, creditor = 'Dupont & fils'): Values {
  const transfers = Array.from({ length: count }, (_, index) => transfer(index + 1, creditor));
  return {
    CstmrCdtTrfInitn: {
      GrpHdr: {
        MsgId: 'M-20261121-1',
        CreDtTm: '2026-11-21T10:00:00Z',
        NbOfTxs: String(count),
        InitgPty: { Nm: debtor.Nm },
      },
      PmtInf: [
        {
          PmtInfId: 'P-1',
          PmtMtd: 'TRF',
          ReqdExctnDt: { Dt: '2026-11-23' },
          Dbtr: debtor,
          DbtrAcct: { Id: { IBAN: 'DE89370400440532013000' } },
          DbtrAgt: { FinInstnId: { BICFI: 'COBADEFFXXX' } },
          CdtTrfTxInf: transfers,
        },
      ],
    },
  };
}
