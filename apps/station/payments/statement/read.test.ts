// Reads statements of both worlds: the same movements come out, and what is unsound is refused.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { Refusal } from '#station/bank/refusal.ts';
import { readBankStatements } from './read.ts';

const today = '2026-11-21';
const read = (text: string) => readBankStatements(Buffer.from(text), today);

const fin = [
  ':20:S-1',
  ':25:DE89370400440532013000',
  ':28C:7/1',
  ':60F:C261119EUR1000,00',
  ':61:2611201120D12,50NTRFE2E-1//BANK-1',
  ':86:EREF+E2E-1 RENT',
  ':61:261120C7,NTRFNONREF',
  ':62F:C261120EUR994,50',
  '-',
].join('\r\n');

const bal = (code: string, amount: string, date: string) =>
  `<Bal><Tp><CdOrPrtry><Cd>${code}</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">${amount}</Amt>` +
  `<CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>${date}</Dt></Dt></Bal>`;
const entry = (amount: string, side: string, status: string, inner: string) =>
  `<Ntry><Amt Ccy="EUR">${amount}</Amt><CdtDbtInd>${side}</CdtDbtInd><Sts><Cd>${status}</Cd></Sts>` +
  '<BookgDt><Dt>2026-11-20</Dt></BookgDt><ValDt><Dt>2026-11-20</Dt></ValDt>' +
  `<BkTxCd><Prtry><Cd>X</Cd></Prtry></BkTxCd>${inner}</Ntry>`;
const details =
  '<NtryDtls><TxDtls><Refs><EndToEndId>E2E-1</EndToEndId></Refs>' +
  '<RmtInf><Ustrd>RENT</Ustrd></RmtInf></TxDtls></NtryDtls>';
const camt =
  '<?xml version="1.0"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08">' +
  '<BkToCstmrStmt><GrpHdr><MsgId>M</MsgId><CreDtTm>2026-11-20T20:00:00Z</CreDtTm></GrpHdr>' +
  '<Stmt><Id>S-1</Id><Acct><Id><IBAN>DE89370400440532013000</IBAN></Id></Acct>' +
  `${bal('OPBD', '1000.00', '2026-11-19')}${bal('CLBD', '994.50', '2026-11-20')}` +
  `${entry('12.50', 'DBIT', 'BOOK', details)}${entry('7.00', 'CRDT', 'BOOK', '')}` +
  `${entry('99.00', 'CRDT', 'PDNG', '')}</Stmt></BkToCstmrStmt></Document>`;

test('both worlds give the same movements, signed as they change what we have there', () => {
  for (const text of [fin, camt]) {
    const [statement, ...others] = read(text);
    assert.ok(statement && others.length === 0);
    assert.deepEqual(
      [statement.account, statement.currency, statement.openingMinor, statement.closingMinor],
      ['DE89370400440532013000', 'EUR', 100_000n, 99_450n],
    );
    const [rent, coming] = statement.entries;
    assert.deepEqual([rent?.amountMinor, coming?.amountMinor], [-1250n, 700n]);
    assert.ok(rent?.references.includes('E2E-1'));
    assert.deepEqual(coming?.references, []);
    assert.match(rent?.text ?? '', /RENT/);
  }
});

test('a statement that lost an entry does not add up, and says by how much', () => {
  const cases = [fin.replace(/:61:261120C7.*\r\n/, ''), camt.replace('7.00', '8.00')];
  const amounts = cases.map((text) => {
    try {
      read(text);
    } catch (error) {
      assert(error instanceof Refusal && error.reason === 'statement-unbalanced');
      return /is (-?[\d.]+) EUR off/.exec(error.message)?.[1];
    }
    return null;
  });
  assert.deepEqual(amounts, ['7.00', '-1.00']);
});

test('no file makes it fail but by a refusal', () => {
  const change = fc.tuple(fc.constantFrom(fin, camt), fc.nat(1200), fc.string({ maxLength: 4 }));
  fc.assert(
    fc.property(change, ([text, place, inserted]) => {
      try {
        read(text.slice(0, place) + inserted + text.slice(place + 1));
      } catch (error) {
        assert(error instanceof Refusal, String(error));
      }
    }),
    { numRuns: 300 },
  );
});

const shared = join(
  process.env.QENEX_SHARED ?? '../shared',
  'data/payments/samples-mt/mt940-mt942',
);

test('banks’ own files are read, or refused with a reason', (context) => {
  if (!existsSync(shared)) return context.skip('the samples are not here');
  let statements = 0;
  for (const name of readdirSync(shared, { recursive: true, encoding: 'utf8' })) {
    if (!/\.(sta|txt|fin|940|942|mt)/i.test(name)) continue;
    try {
      statements += readBankStatements(readFileSync(join(shared, name)), today).length;
    } catch (error) {
      assert(error instanceof Refusal, `${name}: ${error}`);
    }
  }
  assert.ok(statements > 0);
});
