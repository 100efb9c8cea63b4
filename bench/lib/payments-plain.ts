// The floor for building: a pain.001 as one would write it by hand with template strings and an escape function.
import type { Values } from '#station/payments/iso20022/values.ts';

interface Transfer {
  readonly PmtId: { readonly InstrId: string; readonly EndToEndId: string };
  readonly Amt: { readonly InstdAmt: { readonly Ccy: string; readonly value: string } };
  readonly CdtrAgt: { readonly FinInstnId: { readonly BICFI: string } };
  readonly Cdtr: {
    readonly Nm: string;
    readonly PstlAdr: { readonly TwnNm: string; readonly Ctry: string };
  };
  readonly CdtrAcct: { readonly Id: { readonly IBAN: string } };
  readonly RmtInf: { readonly Ustrd: readonly string[] };
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function transferXml(each: Transfer): string {
  const { PmtId, Amt, CdtrAgt, Cdtr, CdtrAcct, RmtInf } = each;
  return (
    `<CdtTrfTxInf><PmtId><InstrId>${escape(PmtId.InstrId)}</InstrId>` +
    `<EndToEndId>${escape(PmtId.EndToEndId)}</EndToEndId></PmtId>` +
    `<Amt><InstdAmt Ccy="${escape(Amt.InstdAmt.Ccy)}">${escape(Amt.InstdAmt.value)}</InstdAmt></Amt>` +
    `<CdtrAgt><FinInstnId><BICFI>${escape(CdtrAgt.FinInstnId.BICFI)}</BICFI></FinInstnId></CdtrAgt>` +
    `<Cdtr><Nm>${escape(Cdtr.Nm)}</Nm><PstlAdr><TwnNm>${escape(Cdtr.PstlAdr.TwnNm)}</TwnNm>` +
    `<Ctry>${escape(Cdtr.PstlAdr.Ctry)}</Ctry></PstlAdr></Cdtr>` +
    `<CdtrAcct><Id><IBAN>${escape(CdtrAcct.Id.IBAN)}</IBAN></Id></CdtrAcct>` +
    `<RmtInf><Ustrd>${escape(RmtInf.Ustrd[0] as string)}</Ustrd></RmtInf></CdtTrfTxInf>`
  );
}

/** The message of `transferValues`, and of nothing else: that is what makes it a floor. */
export function plainPain(values: Values): string {
  // biome-ignore lint/suspicious/noExplicitAny: the floor knows its one shape
  const { GrpHdr: header, PmtInf } = values.CstmrCdtTrfInitn as any;
  const [payment] = PmtInf;
  const { Dbtr: debtor } = payment;
  const address = debtor.PstlAdr;
  const transfers = (payment.CdtTrfTxInf as readonly Transfer[]).map(transferXml).join('');
  return (
    '<?xml version="1.0" encoding="UTF-8"?>' +
    '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"><CstmrCdtTrfInitn>' +
    `<GrpHdr><MsgId>${escape(header.MsgId)}</MsgId><CreDtTm>${escape(header.CreDtTm)}</CreDtTm>` +
    `<NbOfTxs>${escape(header.NbOfTxs)}</NbOfTxs><InitgPty><Nm>${escape(header.InitgPty.Nm)}</Nm>` +
    `</InitgPty></GrpHdr><PmtInf><PmtInfId>${escape(payment.PmtInfId)}</PmtInfId>` +
    `<PmtMtd>${escape(payment.PmtMtd)}</PmtMtd><ReqdExctnDt><Dt>${escape(payment.ReqdExctnDt.Dt)}</Dt>` +
    `</ReqdExctnDt><Dbtr><Nm>${escape(debtor.Nm)}</Nm><PstlAdr><StrtNm>${escape(address.StrtNm)}</StrtNm>` +
    `<BldgNb>${escape(address.BldgNb)}</BldgNb><PstCd>${escape(address.PstCd)}</PstCd>` +
    `<TwnNm>${escape(address.TwnNm)}</TwnNm><Ctry>${escape(address.Ctry)}</Ctry></PstlAdr></Dbtr>` +
    `<DbtrAcct><Id><IBAN>${escape(payment.DbtrAcct.Id.IBAN)}</IBAN></Id></DbtrAcct>` +
    `<DbtrAgt><FinInstnId><BICFI>${escape(payment.DbtrAgt.FinInstnId.BICFI)}</BICFI></FinInstnId>` +
    `</DbtrAgt>${transfers}</PmtInf></CstmrCdtTrfInitn></Document>`
  );
}
