// Proves the gate: hostile frames answered or ignored, keys that answer once for ever, mistakes kept inside.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import fc from 'fast-check';
import type { ReplyFrame } from '#contract/wire.ts';
import { Refusal } from '../bank/refusal.ts';
import type { Person } from './desk.ts';
import { createDispatcher } from './dispatch.ts';
import { established, type TestDesk } from './session-fixture.ts';

const opened: TestDesk[] = [];
after(() => {
  for (const desk of opened) desk.close();
});

const quiet = {
  changed: () => undefined,
  toRoles: () => undefined,
  toPerson: () => undefined,
  toWindow: () => undefined,
};
const ada: Person = { id: 1, user: 'ada', name: 'Ada', roles: ['administrator'], customer: null };
const eve: Person = { ...ada, id: 2, user: 'eve', name: 'Eve' };
const tess: Person = { ...ada, id: 3, user: 'tess', name: 'Tess', roles: ['teller'] };
const people: readonly (Person | null)[] = [null, ada, eve, tess];

/** A gate over a real log, with one keyed command whose handler the test decides. */
async function gate(record: () => { type: string; data: object; result: unknown }) {
  const desk = await established();
  opened.push(desk);
  const reports: unknown[] = [];
  const dispatcher = createDispatcher({
    handlers: {
      'staff.endSessions': { record: () => ({ ...record(), topics: [] }) },
      'log.head': () => {
        throw new Error('secret path /var/branch');
      },
    },
    log: desk.ledger,
    announcer: quiet,
    personOf: (window) => people[window] ?? null,
    seal: (text) => text,
    report: (_where, error) => void reports.push(error),
  });
  const ask = (window: number, frame: object) => dispatcher.handle({ id: 1, ...frame }, window);
  return { desk, dispatcher, reports, ask };
}

const key = '00000000-0000-4000-8000-000000000001';
const input = { staff: 7, reason: 'gone home' };
const ending = { name: 'staff.endSessions', input, key };
const done = () => ({ type: 'sessions.ended', data: { staff: 7 }, result: { staff: 7 } });

function faultOf(reply: ReplyFrame | null) {
  assert.ok(reply && !reply.ok, 'a fault was expected');
  return reply.fault;
}

test('a frame without a usable id is not answered; one with an id always is', async () => {
  const { dispatcher } = await gate(done);
  for (const frame of [null, 1, 'x', [], {}, { id: 'a' }, { id: 1.5 }, { id: Number.NaN }]) {
    assert.equal(await dispatcher.handle(frame, 1), null);
  }
  await fc.assert(
    fc.asyncProperty(fc.object({ maxDepth: 4 }), fc.integer(), async (frame, id) => {
      const reply = await dispatcher.handle({ ...frame, id }, 1);
      assert.ok(reply && !reply.ok && reply.id === id);
      assert.notEqual(reply.fault.code, 'internal');
    }),
    { numRuns: 300 },
  );
});

test('names every object has are no operations', async () => {
  const { ask } = await gate(done);
  for (const name of ['constructor', '__proto__', 'toString', 'hasOwnProperty', '', 7, null]) {
    assert.equal(faultOf(await ask(1, { name, input: {} })).code, 'unknown');
  }
});

test('input nested beyond measure is refused before anybody walks it', async () => {
  const { ask } = await gate(done);
  let deep: unknown = 1;
  for (let level = 0; level < 100_000; level++) deep = [deep];
  assert.equal(faultOf(await ask(1, { ...ending, input: deep })).reason, 'too-deep');
});

test('a keyed command without a key, or with a bad one, is told what is missing', async () => {
  const { ask } = await gate(done);
  for (const bad of [undefined, '', 'x', 7, key.toUpperCase().replace('8', 'G')]) {
    const fault = faultOf(await ask(1, { ...ending, key: bad }));
    assert.deepEqual([fault.code, fault.field], ['bad-input', 'key']);
  }
});

test('one key, one outcome: repeated it answers the same, and is done once', async () => {
  const { desk, ask } = await gate(done);
  const before = desk.ledger.head().seq;
  const first = await ask(1, ending);
  const replies = await Promise.all(Array.from({ length: 100 }, () => ask(1, ending)));
  for (const reply of [first, ...replies]) {
    assert.deepEqual(reply, { id: 1, ok: true, output: { staff: 7 } });
  }
  assert.equal(desk.ledger.head().seq, before + 1);
});

test('the same key for other content, or by somebody else, is refused and nothing is done', async () => {
  const { desk, ask } = await gate(done);
  await ask(1, ending);
  const head = desk.ledger.head().seq;
  const other = { ...ending, input: { ...input, staff: 8 } };
  assert.equal(faultOf(await ask(1, other)).reason, 'key-reused');
  assert.equal(faultOf(await ask(2, ending)).reason, 'key-reused');
  assert.equal(desk.ledger.head().seq, head);
});

test('a refusal is remembered: the key never turns into a success later', async () => {
  let isOpen = false;
  const { desk, ask } = await gate(() => {
    if (!isOpen) throw new Refusal('not-now', 'The branch is closed.', 'staff');
    return done();
  });
  const first = faultOf(await ask(1, ending));
  isOpen = true;
  const second = faultOf(await ask(1, ending));
  assert.deepEqual(second, first);
  assert.equal(second.field, 'staff');
  assert.equal(desk.events('command.refused').length, 1);
  const anew = { ...ending, key: key.replace(/1$/, '2') };
  assert.equal((await ask(1, anew))?.ok, true);
});

test('what goes wrong inside is reported, not told', async () => {
  const { ask, reports } = await gate(done);
  const fault = faultOf(await ask(1, { name: 'log.head', input: {} }));
  assert.equal(fault.code, 'internal');
  assert.ok(!fault.message.includes('/var/branch'));
  assert.equal(reports.length, 1);
});

test('a denial stands in the log once a minute, however often it is asked', async () => {
  const { desk, ask } = await gate(done);
  for (let time = 0; time < 50; time++) {
    assert.equal(faultOf(await ask(3, ending)).reason, 'role-missing');
  }
  assert.equal(desk.events('access.denied').length, 1);
  desk.clock.pass(60_000);
  await ask(3, ending);
  assert.equal(desk.events('access.denied').length, 2);
  assert.equal(faultOf(await ask(0, ending)).reason, 'not-signed-in');
  assert.equal(desk.events('access.denied').length, 2);
});
