// Money must move once: whatever happens to the connection, the teller learns what became of it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FaultError } from '#contract/client.ts';
import { createLink } from './link.ts';
import { createPipeDouble, settled } from './pipe-double.ts';
import { createSubmissions } from './submissions.ts';

async function build() {
  const doubles: ReturnType<typeof createPipeDouble>[] = [];
  const waits: (() => void)[] = [];
  const link = createLink({
    open: () => {
      const double = createPipeDouble();
      doubles.push(double);
      return Promise.resolve(double.pipe);
    },
    later: (_delayMs, callback) => void waits.push(callback),
  });
  const keys = ['key-1', 'key-2', 'key-3'].values();
  const kept: string[] = [];
  const keep = {
    sent: (name: string, _input: unknown, key: string) => void kept.push(`${name} ${key}`),
    known: (key: string) => void kept.push(`known ${key}`),
  };
  const submissions = createSubmissions({
    keep,
    link,
    makeKey: () => keys.next().value ?? 'no key left',
  });
  await settled();
  const restart = async () => {
    doubles.at(-1)!.drop();
    await settled();
    waits.shift()?.();
    await settled();
    return doubles.at(-1)!;
  };
  return { submissions, doubles, restart, kept };
}

const pause = { till: 2 } as const;

test('an answer that comes is the end of it, and the next one has its own key', async () => {
  const { submissions, doubles } = await build();
  const first = submissions.send('till.pause', pause);
  doubles[0]!.reply(1, { till: 2 });
  assert.deepEqual(await first, { till: 2 });
  void submissions.send('till.pause', pause);
  assert.deepEqual(
    doubles[0]!.asked.map((frame) => frame.key),
    ['key-1', 'key-2'],
  );
});

test('what is sent is kept until its outcome is known, and no longer', async () => {
  const { submissions, doubles, kept } = await build();
  const posted = submissions.send('till.pause', pause);
  assert.deepEqual(kept, ['till.pause key-1']);
  doubles[0]!.reply(1, { till: 2 });
  await posted;
  const refused = submissions.send('till.pause', pause);
  doubles[0]!.refuse(2, 'refused', 'till-not-open');
  await assert.rejects(refused);
  const unknown = submissions.send('till.pause', pause);
  doubles[0]!.refuse(3, 'internal', 'internal');
  await assert.rejects(unknown);
  assert.deepEqual(kept, [
    'till.pause key-1',
    'known key-1',
    'till.pause key-2',
    'known key-2',
    'till.pause key-3',
  ]);
});

test('lost on the way, recorded: the recorded answer comes back and nothing is sent twice', async () => {
  const { submissions, restart } = await build();
  const unsure: boolean[] = [];
  const sending = submissions.send('till.pause', pause, (value) => unsure.push(value));
  const second = await restart();
  assert.deepEqual(second.asked[0], { id: 1, name: 'outcome.find', input: { key: 'key-1' } });
  second.reply(1, { state: 'recorded', seq: 9, result: { till: 2 } });
  assert.deepEqual(await sending, { till: 2 });
  assert.deepEqual(
    second.asked.map((frame) => frame.name),
    ['outcome.find'],
  );
  assert.deepEqual(unsure, [true, false]);
});

test('lost on the way, never recorded: it is sent again under the same key', async () => {
  const { submissions, restart } = await build();
  const sending = submissions.send('till.pause', pause);
  const second = await restart();
  second.reply(1, { state: 'unknown' });
  await settled();
  assert.deepEqual(second.asked[1], { id: 2, name: 'till.pause', input: pause, key: 'key-1' });
  second.reply(2, { till: 2 });
  assert.deepEqual(await sending, { till: 2 });
});

test('lost again and again: it goes on asking', async () => {
  const { submissions, restart } = await build();
  const sending = submissions.send('till.pause', pause);
  await restart();
  await restart();
  const last = await restart();
  last.reply(1, { state: 'recorded', seq: 9, result: { till: 2 } });
  assert.deepEqual(await sending, { till: 2 });
});

test('refused for certain: the next try is a new one', async () => {
  const { submissions, doubles } = await build();
  const sending = submissions.send('till.pause', pause);
  doubles[0]!.refuse(1, 'refused', 'till-not-open');
  await assert.rejects(sending, { message: /till-not-open/ });
  void submissions.send('till.pause', pause);
  assert.equal(doubles[0]!.asked[1]!.key, 'key-2');
});

test('our own mistake leaves it open: the same content keeps its key', async () => {
  const { submissions, doubles } = await build();
  const sending = submissions.send('till.pause', pause);
  doubles[0]!.refuse(1, 'internal', 'internal');
  await assert.rejects(sending);
  void submissions.send('till.pause', pause);
  void submissions.send('till.pause', { till: 3 });
  assert.deepEqual(
    doubles[0]!.asked.map((frame) => frame.key),
    ['key-1', 'key-1', 'key-2'],
  );
});

test('signed out by the restart: it says so and keeps the key', async () => {
  const { submissions, restart } = await build();
  const sending = submissions.send('till.pause', pause);
  const second = await restart();
  second.refuse(1, 'forbidden', 'signed-out');
  await assert.rejects(sending, { message: /not done twice/ });
  void submissions.send('till.pause', pause);
  assert.equal(second.asked[1]!.key, 'key-1');
});

test('nothing is sent while the workstation is stopped', async () => {
  const { submissions, doubles } = await build();
  doubles[0]!.drop();
  await assert.rejects(
    submissions.send('till.pause', pause),
    (error) => error instanceof FaultError && error.fault.reason === 'workstation-stopped',
  );
});
