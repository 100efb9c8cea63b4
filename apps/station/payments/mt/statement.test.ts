// Reads bank statements in the forms banks send, and holds the sums in minor units.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { decodeStatement, readStatements } from './statement.ts';

const shared = process.env.QENEX_SHARED ?? join(import.meta.dirname, '../../../../../shared');
const folder = join(shared, 'data/payments/samples-mt/mt940-mt942');
const skip = existsSync(folder) ? false : 'the folder of bank statements is not on this machine';

const text = `\u0001
:20:STARTUMS
:25:12345678/1020304050
:28C:27/1
:60F:C251231EUR100,
:61:2512310102DR15,5NTRFNONREF//BANK1
DETAILS OF IT
:86:820?00UMBUCHUNG
?20PURPOSE
:61:260102RC3,NMSCREF
:61:260102XX
:62F:C260102EUR81,50
:86:ALL IS WELL
-\u0003
:20:SECOND
:25:99
-`;

test('a statement without envelope is read whole, its bad line named', () => {
  const { statements, problems } = readStatements(text.replaceAll('\n', '\r\n'));
  assert.equal(statements.length, 2);
  const [first] = statements;
  assert.deepEqual(first?.opening, { date: '2025-12-31', currency: 'EUR', amountMinor: 10000n });
  const [debit, taken] = first?.entries ?? [];
  assert.equal(debit?.amountMinor, -1550n);
  assert.deepEqual([debit?.valueDate, debit?.bookingDate], ['2025-12-31', '2026-01-02']);
  assert.deepEqual(
    [debit?.kind, debit?.customerReference, debit?.bankReference, debit?.details],
    ['NTRF', 'NONREF', 'BANK1', 'DETAILS OF IT'],
  );
  assert.equal(debit?.information, '820?00UMBUCHUNG\n?20PURPOSE');
  assert.deepEqual([taken?.amountMinor, taken?.reversal], [-300n, true]);
  assert.equal(first?.information, 'ALL IS WELL');
  assert.equal(first?.differenceMinor, 0n);
  assert.deepEqual(
    problems.map(({ line, field }) => [line, field]),
    [[11, '61']],
  );
});

test('yen have no decimals, dinars three', () => {
  const one = (line: string) => readStatements(`:20:A\n:60F:C260101${line}`).statements[0]?.opening;
  assert.equal(one('JPY1500,')?.amountMinor, 1500n);
  assert.equal(one('KWD1,5')?.amountMinor, 1500n);
  assert.equal(one('JPY15,5'), null);
});

test('bytes that are not UTF-8 are read as Windows-1252', () => {
  assert.equal(decodeStatement(Uint8Array.of(0xc4, 0x42)), 'ÄB');
  assert.equal(decodeStatement(new TextEncoder().encode('ÄB')), 'ÄB');
});

test('every movement of the statements in the wild is read', { skip }, () => {
  const files = readdirSync(folder);
  assert(files.length >= 27);
  let entries = 0;
  let balanced = 0;
  for (const file of files) {
    const content = decodeStatement(readFileSync(join(folder, file)));
    const { statements, problems } = readStatements(content);
    const read = statements.reduce((sum, statement) => sum + statement.entries.length, 0);
    assert.equal(read, content.match(/^:61:/gm)?.length ?? 0, file);
    const nothing = /invalid_statement|empty_non_swift/.test(file);
    assert.deepEqual(
      problems.map(({ code }) => code),
      nothing ? ['no-statement'] : [],
      file,
    );
    entries += read;
    balanced += statements.filter(({ differenceMinor }) => differenceMinor === 0n).length;
  }
  assert.equal(entries, 182);
  assert(balanced >= 40, `${balanced} statements add up`);
});
