// Holds the translation to MT to the recorded CBPR+ pairs, and its report to every loss.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { treeOf } from '../tree.fixture.ts';
import { createSource, createTarget, type MxNode } from '../tree.ts';
import { translateToMt } from './translate.ts';

const shared = process.env.QENEX_SHARED ?? join(import.meta.dirname, '../../../../../../shared');
const folder = join(shared, 'data/payments');
const skip = existsSync(folder) ? false : 'the folder of payment samples is not on this machine';

test('every recorded pair comes out byte for byte', { skip }, () => {
  const pairs = readFileSync(join(folder, 'samples-mt/mx-mt-pairs.csv'), 'utf8').trim().split('\n');
  let count = 0;
  for (const pair of pairs.slice(1)) {
    const [direction, mx = '', mt = ''] = pair.trim().split(',');
    if (direction !== 'mx2mt') continue;
    const { text } = translateToMt(treeOf(readFileSync(join(folder, mx), 'utf8')), 'O');
    assert.equal(text, readFileSync(join(folder, mt), 'latin1'), mx);
    count++;
  }
  assert.equal(count, 51);
});

function transfer(change: (put: ReturnType<typeof createTarget>['put']) => void): MxNode {
  const { root, put } = createTarget('Envelope');
  put('AppHdr/Fr/FIId/FinInstnId/BICFI', 'CHASGB2L');
  put('AppHdr/To/FIId/FinInstnId/BICFI', 'CHASUS33');
  put('AppHdr/MsgDefIdr', 'pacs.008.001.08');
  put('AppHdr/CreDt', '2026-11-21T01:30:00+02:00');
  const at = 'Document/FIToFICstmrCdtTrf/CdtTrfTxInf';
  put(`${at}/PmtId/InstrId`, 'REF1');
  put(`${at}/PmtId/EndToEndId`, 'NOTPROVIDED');
  put(`${at}/IntrBkSttlmAmt`, '12.50', { currency: 'EUR' });
  put(`${at}/IntrBkSttlmDt`, '2026-11-21');
  put(`${at}/ChrgBr`, 'SHAR');
  put(`${at}/Dbtr/Nm`, 'Äcme & Söhne');
  put(`${at}/Cdtr/Nm`, `${'A very long name '.repeat(5)}`);
  put(`${at}/Cdtr/PstlAdr/Ctry`, 'US');
  change((path, text, options) => put(`${at}/${path}`, text, options));
  return root;
}

test('what is replaced, cut and left out is each named once with before and after', () => {
  const { text, losses } = translateToMt(
    transfer((put) => put('Purp/Cd', 'SALA')),
    'I',
  );
  assert(text.includes(':50K:Acme + Sohne\r\n'), text);
  const found = losses.map(({ code, before, after }) => [code, before, after]);
  assert.deepEqual(found, [
    ['T0000R', 'Äcme & Söhne', 'Acme + Sohne'],
    ['T0000T', 'A very long name '.repeat(5), `${'A very long name '.repeat(5).slice(0, 65)}+`],
    ['dropped', 'SALA', ''],
  ]);
  for (const { message, before } of losses) assert(message.includes(before) && before);
});

test('the creation time is told in UTC, over midnight too', () => {
  const { text } = translateToMt(
    transfer(() => undefined),
    'O',
  );
  assert(text.includes('{2:O1032330261120CHASGB2LXXXX00000000002611202330N}'), text);
});

test('what has no counterpart is refused in words', () => {
  const { root, put } = createTarget('Envelope');
  put('AppHdr/MsgDefIdr', 'admi.004.001.02');
  assert.throws(() => translateToMt(root, 'O'), { reason: 'no-document' });
  put('Document/SysEvtNtfctn', '');
  assert.throws(() => translateToMt(root, 'O'), { reason: 'no-counterpart' });
});

test('a source names what was not read', () => {
  const { root, put } = createTarget('A');
  put('B/C', 'one');
  put('B/D', 'two');
  const source = createSource(root);
  assert.equal(source.text('B/C'), 'one');
  assert.deepEqual(source.unread(), [{ path: 'A/B/D', text: 'two' }]);
});
