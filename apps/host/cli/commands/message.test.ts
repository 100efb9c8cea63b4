// Proves the message commands on files of their own: judged, made, told and translated there and back.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { bulkOrder } from '#station/payments/branch/bulk.fixture.ts';
import { checkMessage } from '#station/payments/iso20022/index.ts';
import type { Context } from '../command.ts';
import { messageBuild, messageCheck, messageExplain, messageTranslate } from './message.ts';

const folder = mkdtempSync(join(tmpdir(), 'qenex-message-'));
after(() => rmSync(folder, { recursive: true, force: true }));

function fileWith(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

const asked = (values: readonly string[], options: Record<string, string> = {}) =>
  ({ folder, values, options }) as unknown as Context;

/** A transfer between two invented banks. */
const fin = [
  '{1:F01AAAADEFFAXXX0000000000}{2:I202BBBBFRPPXXXXN}',
  '{3:{121:5d158c79-6bb4-4c2c-a5b0-6f2b8a3f0b11}}{4:',
  '\r\n:20:REF1\r\n:21:OTHER1\r\n:32A:261120EUR1000,50\r\n:52A:AAAADEFF\r\n:58A:CCCCITMM\r\n-}',
].join('');

test('a FIN file and what is no message are judged, one line each', async () => {
  const good = fileWith('good.fin', fin);
  const bad = fileWith('bad.fin', fin.replace('EUR1000,50', 'EUR1000.50'));
  const none = fileWith('none.xml', '<!DOCTYPE a><a/>');
  const { ok, lines = [] } = await messageCheck.run(asked([good, bad, none]));
  assert.equal(ok, false);
  assert.deepEqual(
    lines.map(({ valid }) => valid),
    [true, false, false],
  );
  assert.equal(lines[0]?.type, 'MT202');
  for (const { errors } of lines.slice(1)) assert.ok((errors as unknown[]).length > 0);
});

test('a translation is valid, says what it lost, and comes back as it was', async () => {
  const there = await messageTranslate.run(asked([fileWith('t.fin', fin)], { to: 'mx' }));
  assert.ok(Array.isArray(there.json.losses));
  const xml = fileWith('t.xml', there.text);
  const { lines = [] } = await messageCheck.run(asked([xml]));
  assert.deepEqual([lines[0]?.type, lines[0]?.valid], ['pacs.009.001.08', true]);
  const told = await messageExplain.run(asked([xml]));
  assert.match(told.text, /1,?000\.50/);
  const back = await messageTranslate.run(asked([xml], { to: 'mt' }));
  for (const field of [':20:REF1', ':21:OTHER1', ':32A:261120EUR1000,5', ':58A:CCCCITMM']) {
    assert.ok(back.text.includes(field), field);
  }
});

test('a message that lacks what its schema wants is built with every lack named', async () => {
  const values = fileWith('v.json', '{"CstmrCdtTrfInitn":{}}');
  const { ok, json } = await messageBuild.run(asked([values], { type: 'pain.001.001.09' }));
  assert.equal(ok, false);
  assert.ok((json.errors as unknown[]).length > 0);
});

test('a FIN message is built from its fields, and from the words of the program before', async () => {
  const fields = [
    ...[
      ['20', 'REF1'],
      ['21', 'OTHER1'],
      ['32A', '261120EUR1000,50'],
    ],
    ...[
      ['52A', 'AAAADEFF'],
      ['58A', 'CCCCITMM'],
    ],
  ];
  const plan = { sender: 'AAAADEFF', receiver: 'BBBBFRPP', fields };
  const file = fileWith('plan.json', JSON.stringify(plan));
  const built = await messageBuild.run(asked([file], { type: 'MT202' }));
  assert.deepEqual([built.ok, built.json.errors], [true, []]);
  const none = fileWith('none.json', JSON.stringify({ ...plan, fields: 1 }));
  const refusal = { reason: 'field-missing', field: 'fields' };
  await assert.rejects(messageBuild.run(asked([none], { type: 'MT202' })), refusal);
  const old = {
    ...{ type: 'SCT', amount: 1000.5, debtor_name: 'A', creditor_name: 'B' },
    ...{ debtor_iban: 'DE89370400440532013000', creditor_iban: 'FR1420041010050500013M02606' },
  };
  const adapted = await messageBuild.run(asked([fileWith('old.json', JSON.stringify(old))]));
  assert.deepEqual([adapted.ok, adapted.json.type], [true, 'pain.001.001.09']);
});

test('what was asked wrongly is said, and no file is touched', async () => {
  const good = fileWith('good.fin', fin);
  const wrong: [typeof messageCheck, Context][] = [
    [messageCheck, asked([join(folder, 'nowhere')])],
    [messageTranslate, asked([good])],
    [messageBuild, asked([good], { type: 'pain.001.001.09' })],
    [messageBuild, asked([good], { type: 'pain.999' })],
  ];
  for (const [command, context] of wrong) {
    await assert.rejects(command.run(context), { reason: 'bad-usage' });
  }
  assert.equal(readFileSync(good, 'utf8'), fin);
});

test('a file too long to keep is judged as it is read, with the verdict and place of one that is kept', async () => {
  const xml = bulkOrder({ iban: 'DE89370400440532013000', count: 6_000 });
  const broken = xml.replace('<Nm>Payee 3999</Nm>', '<Nom>Payee 3999</Nom>');
  assert.ok(xml.length > 1024 * 1024);
  const files = [fileWith('long.xml', xml), fileWith('broken.xml', broken)];
  const { lines = [] } = await messageCheck.run(asked(files));
  assert.deepEqual(lines[0], {
    ...{ file: files[0], type: 'pain.001.001.09', valid: true, errors: [] },
  });
  const { errors } = checkMessage(broken);
  assert.deepEqual([lines[1]?.valid, lines[1]?.errors], [false, errors]);
  const fields = ':20:A\n'.repeat(200_000);
  const [long] =
    (await messageCheck.run(asked([fileWith('long.fin', `${fin}${fields}`)]))).lines ?? [];
  assert.deepEqual([long?.valid, ((long?.errors ?? []) as unknown[]).length > 0], [false, true]);
});
