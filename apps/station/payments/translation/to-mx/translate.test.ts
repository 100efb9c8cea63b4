// Holds the translation to MX to the recorded CBPR+ pairs, and both ways together to no silent
// loss.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { checkMessage } from '../../iso20022/index.ts';
import { messageOf } from '../../mt/network-rules.fixture.ts';
import { translateToMt } from '../to-mt/translate.ts';
import { treeOf } from '../tree.fixture.ts';
import type { MxNode } from '../tree.ts';
import { writeTree } from '../write.ts';
import { translateToMx } from './translate.ts';

const shared = process.env.QENEX_SHARED ?? join(import.meta.dirname, '../../../../../../shared');
const folder = join(shared, 'data/payments');
const skip = existsSync(folder) ? false : 'the folder of payment samples is not on this machine';
const createdAt = '2026-11-21T09:00:00+00:00';

/** Normalised: leaves by path in their order, text trimmed, empty ones and prefixes left out. */
function leaves({ tag, text, attributes, children }: MxNode, path = ''): string[] {
  if (children.length > 0) return children.flatMap((each) => leaves(each, `${path}${tag}/`));
  const currency = attributes.Ccy ? `[${attributes.Ccy}]` : '';
  return text.trim() === '' ? [] : [`${path}${tag}${currency}=${text.trim()}`];
}

/** Recorded pairs we do not follow, and why. */
const apart: Readonly<Record<string, string>> = {
  'mt2mx_c_108_1_1_c_108_1_1_camt108_A_B_111.xml': 'writes the line numbers of 59 into the name',
  'mt2mx_pn_01_1_1_pn_01_1_1_pain001_A_B_111.xml': 'is no valid pain.001; MT101 is not covered',
};

const pairs = skip
  ? []
  : readFileSync(join(folder, 'samples-mt/mx-mt-pairs.csv'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => line.trim().split(','));

test('every recorded pair comes out element by element', { skip }, () => {
  let count = 0;
  for (const [direction, mx = '', mt = ''] of pairs) {
    if (direction !== 'mt2mx' || apart[mx.split('/').at(-1) ?? '']) continue;
    const { envelope } = translateToMx(readFileSync(join(folder, mt), 'latin1'), createdAt);
    const recorded = treeOf(readFileSync(join(folder, mx), 'utf8'));
    assert.deepEqual(leaves(envelope), leaves(recorded), mx);
    count++;
  }
  assert.equal(count, 34);
});

test('MX to MT to MX keeps every transfer field the report does not list', { skip }, () => {
  let count = 0;
  for (const [direction, mx = ''] of pairs) {
    if (direction !== 'mx2mt') continue;
    const envelope = treeOf(readFileSync(join(folder, mx), 'utf8'));
    const there = translateToMt(envelope, 'O');
    if (!/^(103|202|202\.COV)$/.test(there.type)) continue;
    const back = leaves(translateToMx(there.text, createdAt).envelope).join('\n');
    const listed = there.losses.map(({ before }) => before);
    for (const leaf of leaves(envelope)) {
      const value = leaf.slice(leaf.indexOf('=') + 1);
      const isTransfer = /\/(Dbtr|Cdtr|DbtrAcct|CdtrAcct|PmtId|IntrBkSttlmAmt|InstdAmt)[[/=]/;
      if (!isTransfer.test(leaf) || /AppHdr/.test(leaf)) continue;
      const kept = back.includes(value) || listed.some((before) => before.includes(value));
      assert(kept, `${mx}: ${leaf} is lost silently`);
    }
    count++;
  }
  assert(count >= 15);
});

test('a message going in is dated by the caller, and what has no place is named', () => {
  const text = messageOf('103', '26T:K90 ; 72:/ACC/CALL FIRST⏎//AT NOON⏎/INS/BARCGB22');
  const { envelope, losses } = translateToMx(text, createdAt);
  const all = leaves(envelope);
  assert(all.includes(`Envelope/AppHdr/CreDt=${createdAt}`));
  assert(all.some((leaf) => leaf.endsWith('/PrvsInstgAgt1/FinInstnId/BICFI=BARCGB22')));
  assert.deepEqual(
    losses.map(({ from, before }) => [from, before]),
    [
      ['26T', 'K90'],
      ['72', '/ACC/CALL FIRSTAT NOON'],
    ],
  );
});

test('text that is no message, and a type without counterpart, are refused in words', () => {
  assert.throws(() => translateToMx('hello', createdAt), { reason: 'no-header' });
  const text = messageOf('103', '70:X').replace('I103', 'I999');
  assert.throws(() => translateToMx(text, createdAt), { reason: 'no-counterpart' });
});

test('a transfer between banks that names no ordering bank was ordered by its sender', () => {
  const { envelope, losses, name } = translateToMx(messageOf('202', '20:REF2'), createdAt);
  assert.deepEqual(checkMessage(writeTree(envelope, name)).errors, [], 'the schema wants a debtor');
  const sender = leaves(envelope)
    .find((leaf) => leaf.includes('AppHdr/Fr/'))
    ?.split('=')[1];
  const debtor = leaves(envelope).filter((leaf) => leaf.includes('/Dbtr/'));
  assert.deepEqual(
    debtor.map((leaf) => leaf.split('=')[1]),
    [sender],
  );
  assert.ok(losses.some(({ code, after }) => code === 'filled' && after === sender));
  const named = leaves(translateToMx(messageOf('202', '52A:BARCGB22'), createdAt).envelope);
  assert.ok(named.some((leaf) => leaf.endsWith('/Dbtr/FinInstnId/BICFI=BARCGB22')));
});
