// Prints what statements of 100 and 200 MB cost in processor time and peak memory to be read and judged.
import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { machine } from './lib/payments-rounds.ts';

const given = process.argv.slice(2).map(Number);
const sizes = given.length > 0 ? given : [100, 200];

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

/** Writes a statement of so many megabytes, a piece at a time. */
function writeStatement(file: string, megabytes: number): number {
  const out = openSync(file, 'w');
  let length = writeSync(out, head);
  for (let index = 0; length < megabytes * 1_000_000; ) {
    let text = '';
    while (text.length < 500_000) {
      index += 1;
      text += entry(index);
    }
    length += writeSync(out, text);
  }
  length += writeSync(out, tail);
  closeSync(out);
  return length;
}

const main = join(import.meta.dirname, '../apps/host/cli/main.ts');
const onExit =
  'process.on("exit",()=>{const{maxRSS,userCPUTime,systemCPUTime}=process.resourceUsage();' +
  'process.stderr.write(JSON.stringify({maxRSS,cpu:userCPUTime+systemCPUTime}))})';

/** The whole command on a file, in a process of its own: its peak memory and processor time. */
function check(file: string): { readonly peakMib: number; readonly cpuMs: number } {
  const args = ['--import', `data:text/javascript,${encodeURIComponent(onExit)}`, main];
  const { stdout, stderr } = spawnSync(process.execPath, [...args, 'message', 'check', file], {
    encoding: 'utf8',
  });
  const [line = ''] = stdout.split('\n');
  if (JSON.parse(line).valid !== true) throw new Error(line);
  const { maxRSS, cpu } = JSON.parse(stderr) as { maxRSS: number; cpu: number };
  return { peakMib: maxRSS / 1024, cpuMs: cpu / 1000 };
}

const folder = mkdtempSync(join(tmpdir(), 'qenex-stream-'));
try {
  console.log(machine());
  console.log('qenex message check on a camt.053, the whole command in a process of its own');
  let first: ReturnType<typeof check> | null = null;
  for (const megabytes of [0, ...sizes]) {
    const file = join(folder, 'statement.xml');
    const length = writeStatement(file, megabytes);
    const found = check(file);
    first ??= found;
    const more = found.peakMib - first.peakMib;
    const speed = length / 1e6 / ((found.cpuMs - first.cpuMs) / 1000);
    const name = `${(length / 1e6).toFixed(1)} MB`.padStart(9);
    const memory = `${found.peakMib.toFixed(0)} MiB at most, ${more.toFixed(1)} more than the first`;
    const work = found === first ? '' : `, ${speed.toFixed(0)} MB a CPU second`;
    console.log(`${name}: ${(found.cpuMs / 1000).toFixed(2)} s CPU${work}; ${memory}`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
