// The floor for building: a pain.001 as one would write it by hand with template strings and an
// escape function.
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

function escapeAll(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function transferXml(each: Transfer): string {
  const { PmtId, Amt, CdtrAgt, Cdtr, CdtrAcct, RmtInf } = each;
  return (
    `<CdtTrfTxInf><PmtId><InstrId>${escapeAll(PmtId.InstrId)}</InstrId>` +
    `<EndToEndId>${escapeAll(PmtId.EndToEndId)}</EndToEndId></PmtId>` +
    `<Amt><InstdAmt Ccy="${escapeAll(Amt.InstdAmt.Ccy)}">${escapeAll(Amt.InstdAmt.value)}</InstdAmt></Amt>` +
    `<CdtrAgt><FinInstnId><BICFI>${escapeAll(CdtrAgt.FinInstnId.BICFI)}</BICFI></FinInstnId></CdtrAgt>` +
    `<Cdtr><Nm>${escapeAll(Cdtr.Nm)}</Nm><PstlAdr><TwnNm>${escapeAll(Cdtr.PstlAdr.TwnNm)}</TwnNm>` +
    `<Ctry>${escapeAll(Cdtr.PstlAdr.Ctry)}</Ctry></PstlAdr></Cdtr>` +
    `<CdtrAcct><Id><IBAN>${escapeAll(CdtrAcct.Id.IBAN)}</IBAN></Id></CdtrAcct>` +
    `<RmtInf><Ustrd>${escapeAll(RmtInf.Ustrd[0] as string)}</Ustrd></RmtInf></CdtTrfTxInf>`
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
    `<GrpHdr><MsgId>${escapeAll(header.MsgId)}</MsgId><CreDtTm>${escapeAll(header.CreDtTm)}</CreDtTm>` +
    `<NbOfTxs>${escapeAll(header.NbOfTxs)}</NbOfTxs><InitgPty><Nm>${escapeAll(header.InitgPty.Nm)}</Nm>` +
    `</InitgPty></GrpHdr><PmtInf><PmtInfId>${escapeAll(payment.PmtInfId)}</PmtInfId>` +
    `<PmtMtd>${escapeAll(payment.PmtMtd)}</PmtMtd><ReqdExctnDt><Dt>${escapeAll(payment.ReqdExctnDt.Dt)}</Dt>` +
    `</ReqdExctnDt><Dbtr><Nm>${escapeAll(debtor.Nm)}</Nm><PstlAdr><StrtNm>${escapeAll(address.StrtNm)}</StrtNm>` +
    `<BldgNb>${escapeAll(address.BldgNb)}</BldgNb><PstCd>${escapeAll(address.PstCd)}</PstCd>` +
    `<TwnNm>${escapeAll(address.TwnNm)}</TwnNm><Ctry>${escapeAll(address.Ctry)}</Ctry></PstlAdr></Dbtr>` +
    `<DbtrAcct><Id><IBAN>${escapeAll(payment.DbtrAcct.Id.IBAN)}</IBAN></Id></DbtrAcct>` +
    `<DbtrAgt><FinInstnId><BICFI>${escapeAll(payment.DbtrAgt.FinInstnId.BICFI)}</BICFI></FinInstnId>` +
    `</DbtrAgt>${transfers}</PmtInf></CstmrCdtTrfInitn></Document>`
  );
}
