// Prints what a 100 MB statement costs in time and memory when it is read and judged as it arrives.
import { createMessageReader } from '#station/payments/iso20022/read.ts';
import { machine } from './lib/payments-rounds.ts';

const megabytes = Number(process.argv[2] ?? 100);

const head =
  '<?xml version="1.0" encoding="UTF-8"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08">' +
  '<BkToCstmrStmt><GrpHdr><MsgId>M-1</MsgId><CreDtTm>2026-11-21T10:00:00Z</CreDtTm></GrpHdr><Stmt><Id>S-1</Id>' +
  '<Acct><Id><IBAN>DE89370400440532013000</IBAN></Id></Acct><Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp>' +
  '<Amt Ccy="EUR">1.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-11-21</Dt></Dt></Bal>';
const tail = '</Stmt></BkToCstmrStmt></Document>';

function entry(index: number): string {
  return (
    `<Ntry><NtryRef>${index}</NtryRef><Amt Ccy="EUR">${index % 9973}.25</Amt><CdtDbtInd>DBIT</CdtDbtInd>` +
    '<Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2026-11-21</Dt></BookgDt><ValDt><Dt>2026-11-21</Dt></ValDt>' +
    '<BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>ICDT</Cd><SubFmlyCd>ESCT</SubFmlyCd></Fmly></Domn></BkTxCd>' +
    `<NtryDtls><TxDtls><Refs><EndToEndId>E2E-${index}</EndToEndId></Refs><Amt Ccy="EUR">${index % 9973}.25</Amt>` +
    '<CdtDbtInd>DBIT</CdtDbtInd><RltdPties><Cdtr><Pty><Nm>Dupont &amp; fils</Nm></Pty></Cdtr></RltdPties>' +
    `<RmtInf><Ustrd>Invoice ${index}, thank you</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>\n`
  );
}

/** Made while it is read, in pieces of 64 KiB as a file would come. */
function* pieces(): Generator<Buffer> {
  yield Buffer.from(head);
  let length = 0;
  let index = 0;
  while (length < megabytes * 1_000_000) {
    let text = '';
    while (text.length < 65_536) {
      index += 1;
      text += entry(index);
    }
    const piece = Buffer.from(text);
    length += piece.length;
    yield piece;
  }
  yield Buffer.from(tail);
}

const before = process.memoryUsage().rss;
let peak = before;
let length = 0;
let readMs = 0;
const reader = createMessageReader();
for (const piece of pieces()) {
  const start = performance.now();
  reader.write(piece);
  readMs += performance.now() - start;
  length += piece.length;
  peak = Math.max(peak, process.memoryUsage().rss);
}
const { errors, parts } = reader.end();
if (errors.length > 0 || !parts[0]?.valid) throw new Error(errors[0]?.message ?? 'not valid');
const mib = (bytes: number): string => (bytes / 2 ** 20).toFixed(1);
process.stdout.write(
  `${machine()}\ncamt.053 of ${(length / 1e6).toFixed(0)} MB, read and judged in pieces of 64 KiB: ` +
    `${(readMs / 1000).toFixed(2)} s, ${(length / 1e3 / readMs).toFixed(1)} MB/s\n` +
    `memory of the process: ${mib(before)} MiB before, ${mib(peak)} MiB at most, ${mib(peak - before)} MiB more\n`,
);
