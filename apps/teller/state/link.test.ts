// The link must survive the station's going and coming, with every listener still in place.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FaultError } from '#contract/client.ts';
import { createLink } from './link.ts';
import { createPipeDouble, settled } from './pipe-double.ts';

function build() {
  const doubles: ReturnType<typeof createPipeDouble>[] = [];
  const waits: { delayMs: number; callback: () => void }[] = [];
  let answering = true;
  const link = createLink({
    open: () => {
      if (!answering) return Promise.reject(new Error('no answer'));
      const double = createPipeDouble();
      doubles.push(double);
      return Promise.resolve(double.pipe);
    },
    later: (delayMs, callback) => void waits.push({ delayMs, callback }),
  });
  const wake = async () => {
    waits.shift()?.callback();
    await settled();
  };
  return { link, doubles, waits, wake, setAnswering: (value: boolean) => (answering = value) };
}

test('it is connecting, then online, and an answer reaches the asker', async () => {
  const { link, doubles } = build();
  assert.equal(link.state(), 'connecting');
  await settled();
  assert.equal(link.state(), 'online');
  const answer = link.ask('day.state', {});
  doubles[0]!.reply(1, { journals: 3 });
  assert.deepEqual(await answer, { journals: 3 });
});

test('a lost connection fails what was asked, and is taken up again with growing waits', async () => {
  const { link, doubles, waits, wake, setAnswering } = build();
  await settled();
  const answer = link.ask('day.state', {});
  setAnswering(false);
  doubles[0]!.drop();
  await assert.rejects(
    answer,
    (error) => error instanceof FaultError && error.fault.code === 'lost',
  );
  assert.equal(link.state(), 'stopped');
  const seen: number[] = [];
  for (let turn = 0; turn < 6; turn += 1) {
    seen.push(waits[0]!.delayMs);
    await wake();
  }
  assert.deepEqual(seen, [200, 400, 800, 1600, 3000, 3000]);
  setAnswering(true);
  let isOnline = false;
  void link.online().then(() => (isOnline = true));
  await wake();
  assert.equal(isOnline, true);
});

test('a listener hears the pushes of every connection, until it stops', async () => {
  const { link, doubles, wake } = build();
  const heard: unknown[] = [];
  const stop = link.on('changed', (payload) => heard.push(payload.topics));
  await settled();
  doubles[0]!.push('changed', { topics: ['till'] });
  doubles[0]!.drop();
  await wake();
  doubles[1]!.push('changed', { topics: ['day'] });
  stop();
  doubles[1]!.push('changed', { topics: ['log'] });
  assert.deepEqual(heard, [['till'], ['day']]);
});

test('while it is stopped a question is answered at once with lost', async () => {
  const { link, doubles } = build();
  await settled();
  doubles[0]!.drop();
  await assert.rejects(link.ask('day.state', {}), { message: /kept/ });
});
