// A screen may never show an answer the station has called stale, nor lose one it can still show.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { connect } from '#contract/client.ts';
import { createPipeDouble, settled } from './pipe-double.ts';
import { createQueries } from './queries.ts';

function build() {
  const double = createPipeDouble();
  return { double, queries: createQueries(connect(double.pipe)) };
}

test('a question is asked once however many read it', async () => {
  const { double, queries } = build();
  queries.read('day.state', {});
  queries.watch('day.state', {}, () => undefined);
  queries.read('account.get', { number: '1' });
  assert.deepEqual(
    double.asked.map((frame) => frame.name),
    ['day.state', 'account.get'],
  );
  double.reply(1, { journals: 1 });
  await settled();
  assert.deepEqual(queries.read('day.state', {}).data, { journals: 1 });
  assert.equal(queries.read('account.get', { number: '1' }).pending, true);
});

test('a stale answer is asked again while heard, forgotten while not, kept when it does not depend', async () => {
  const { double, queries } = build();
  let calls = 0;
  queries.watch('day.state', {}, () => (calls += 1));
  queries.read('till.list', {});
  queries.read('policy.get', {});
  for (const id of [1, 2, 3]) double.reply(id, { id });
  await settled();
  queries.invalidate(['day', 'till']);
  assert.deepEqual(
    queries.read('day.state', {}).data,
    { id: 1 },
    'shown until the new one is there',
  );
  assert.equal(queries.read('day.state', {}).pending, true);
  assert.equal(queries.read('till.list', {}).data, undefined);
  assert.deepEqual(queries.read('policy.get', {}).data, { id: 3 });
  assert.ok(calls >= 2);
});

test('an answer overtaken by a newer asking is dropped', async () => {
  const { double, queries } = build();
  queries.watch('day.state', {}, () => undefined);
  queries.invalidate(['day']);
  double.reply(2, { journals: 2 });
  double.reply(1, { journals: 1 });
  await settled();
  assert.deepEqual(queries.read('day.state', {}).data, { journals: 2 });
});

test('a fault keeps the older answer beside it', async () => {
  const { double, queries } = build();
  queries.watch('day.state', {}, () => undefined);
  double.reply(1, { journals: 1 });
  await settled();
  queries.invalidate(['day']);
  double.refuse(2, 'forbidden', 'session-locked');
  await settled();
  const answer = queries.read('day.state', {});
  assert.deepEqual(answer.data, { journals: 1 });
  assert.equal(answer.fault?.reason, 'session-locked');
});

test('answers nobody listens to are bounded, those heard are kept', async () => {
  const { double, queries } = build();
  queries.watch('day.state', {}, () => undefined);
  double.reply(1, { journals: 7 });
  await settled();
  for (let count = 0; count < 500; count += 1) {
    queries.read('account.get', { number: `${count}` });
  }
  assert.deepEqual(queries.read('day.state', {}).data, { journals: 7 });
  const before = double.asked.length;
  queries.read('account.get', { number: '499' });
  assert.equal(double.asked.length, before, 'the newest is still known');
  queries.read('account.get', { number: '0' });
  assert.equal(double.asked.length, before + 1, 'the oldest is not');
});
