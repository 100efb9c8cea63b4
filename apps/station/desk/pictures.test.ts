// Proves that a customer's picture is kept for who serves them, erased when it must be, and never in the log.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { jpegOf, pngOf } from '#station/bank/picture.fixture.ts';
import { at, customerWith, servingCounter } from './counter-fixture.ts';

const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');

test('photo and signature are shown to who serves, replaced, and erased by a supervisor', async () => {
  const desk = await servingCounter();
  const { customer } = await customerWith(desk, 'Marta', { empty: true });
  const photo = { customer, kind: 'photo', base64: base64(jpegOf(30, 40)) };
  const signature = { customer, kind: 'signature', base64: base64(pngOf(50, 20)) };
  await desk.ask(at.ana, 'picture.set', photo);
  await desk.ask(at.ana, 'picture.set', signature);
  const newer = { ...photo, base64: base64(jpegOf(31, 41)) };
  await desk.ask(at.ana, 'picture.set', newer);
  const { pictures } = await desk.ask(at.ben, 'picture.list', { customer });
  assert.deepEqual(
    pictures.map((each) => [each.kind, each.media, each.base64, each.by]),
    [
      ['photo', 'image/jpeg', newer.base64, desk.staff.byUser('ana')?.name],
      ['signature', 'image/png', signature.base64, desk.staff.byUser('ana')?.name],
    ],
  );
  const log = JSON.stringify(desk.ledger.events(1, desk.ledger.head().seq));
  assert.ok(!log.includes(newer.base64.slice(0, 24)), 'the log holds a digest, not the face');

  const gone = { customer, kind: 'photo', reason: 'asked for by the customer' };
  assert.equal((await desk.fault(at.ana, 'picture.remove', gone)).reason, 'role-missing');
  const { entry } = await desk.ask(at.sam, 'picture.remove', gone);
  const { type, actor, data } = desk.ledger.event(entry) ?? {};
  assert.deepEqual([type, actor], ['picture.removed', String(desk.staff.byUser('sam')?.id)]);
  const digest = createHash('sha256').update(jpegOf(31, 41)).digest('hex');
  assert.deepEqual([data?.digest, data?.reason], [digest, gone.reason], 'which one went, and why');
  const left = await desk.ask(at.ben, 'picture.list', { customer });
  assert.deepEqual(
    left.pictures.map((each) => each.kind),
    ['signature'],
  );
  assert.equal(desk.secrets.get(`customer/${customer}/photo`), null, 'the bytes are gone');
  assert.equal((await desk.fault(at.sam, 'picture.remove', gone)).reason, 'picture-unknown');
  desk.close();
});

test('what is no picture, nobody’s, or not the one the log speaks of is not shown', async () => {
  const desk = await servingCounter();
  const { customer } = await customerWith(desk, 'Marta', { empty: true });
  const set = async (input: object) =>
    (await desk.fault(at.ana, 'picture.set', { customer, kind: 'photo', ...input })).reason;
  assert.equal(await set({ base64: base64(Buffer.from('<svg/>')) }), 'picture-unknown');
  assert.equal(await set({ base64: base64(new Uint8Array(70_000)) }), 'bad-input');
  assert.equal(await set({ base64: '…' }), 'bad-input');
  assert.equal(await set({ base64: base64(pngOf(2000, 1)) }), 'picture-too-large');
  assert.equal(await set({ customer: 999, base64: base64(pngOf(1, 1)) }), 'customer-unknown');
  await desk.ask(at.ana, 'picture.set', { customer, kind: 'photo', base64: base64(pngOf(9, 9)) });
  desk.secrets.set(`customer/${customer}/photo`, pngOf(8, 8));
  const { pictures } = await desk.ask(at.ana, 'picture.list', { customer });
  assert.deepEqual(pictures, [], 'swapped beside the log');
  desk.close();
});
