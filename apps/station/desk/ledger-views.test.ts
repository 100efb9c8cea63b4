// Attacks the views of the books and the long work: what may be seen, what is found, what can be stopped.
import assert from 'node:assert/strict';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { Refusal } from '#station/bank/refusal.ts';
import { at, customerWith, deposit, nothing, servingCounter } from './counter-fixture.ts';
import { createRunners } from './ledger-views-runners.ts';
import { createTasks, type TaskKind, type TaskRunner } from './ledger-views-tasks.ts';
import { addPerson, signIn, type TestDesk } from './session-fixture.ts';

test('the trial balance is zero in each currency, and its rows add up to it', async () => {
  const desk = await servingCounter();
  await customerWith(desk, 'Marta');
  const { totals, rows } = await desk.ask(at.otto, 'ledger.trialBalance');
  assert.deepEqual(totals, { EUR: '0', JPY: '0', USD: '0' });
  const sum = rows.reduce((all, row) => all + BigInt(row.debitMinor) - BigInt(row.creditMinor), 0n);
  assert.equal(sum, 0n);
  assert.ok(rows.some((row) => row.debitMinor === '1750000' && row.number === 'TILL2EUR'));
  desk.close();
});

test('who counts a till sees no books until the count is in, whatever else they are', async () => {
  const desk = await servingCounter();
  await addPerson(desk as unknown as TestDesk, 'tina', ['teller', 'auditor']);
  await signIn(desk as unknown as TestDesk, at.nobody, 'tina');
  const { till } = await desk.ask(at.ada, 'till.add', { name: 'Till 4', currencies: ['EUR'] });
  await desk.ask(at.nobody, 'till.open', { till, counts: nothing('EUR') });
  await desk.ask(at.nobody, 'ledger.trialBalance');
  await desk.ask(at.nobody, 'till.beginCount', { till });
  for (const name of ['ledger.trialBalance', 'log.list'] as const) {
    assert.equal((await desk.fault(at.nobody, name)).reason, 'count-is-blind', name);
  }
  await desk.ask(at.otto, 'ledger.trialBalance');
  desk.close();
});

test('the log is listed backwards by type, page by page, without a gap', async () => {
  const desk = await servingCounter();
  const head = await desk.ask(at.otto, 'log.head');
  assert.equal(head.seq, desk.ledger.head().seq);
  const seen: number[] = [];
  let before: number | undefined;
  for (;;) {
    const page = await desk.ask(at.otto, 'log.list', { count: 7, ...(before ? { before } : {}) });
    seen.push(...page.events.map((event) => event.seq));
    before = page.events.at(-1)?.seq;
    if (!page.more) break;
  }
  assert.deepEqual(
    seen,
    Array.from({ length: head.seq }, (_, index) => head.seq - index),
  );
  const { events } = await desk.ask(at.otto, 'log.list', { type: 'till.' });
  assert.ok(events.length > 0 && events.every((event) => event.type.startsWith('till.')));
  assert.equal(events[0]?.hash, desk.ledger.hashOf(events[0]?.seq ?? 0));
  desk.close();
});

test('after a lost connection a key tells its own person what it did, and nobody else', async () => {
  const desk = await servingCounter();
  const marta = await customerWith(desk, 'Marta', { empty: true });
  const key = 'aaaaaaaa-0000-4000-8000-00000000000a';
  const draft = deposit(marta, 10_000n, { 10000: 1 });
  const posted = await desk.ask(at.ana, 'posting.post', { draft }, key);
  const found = await desk.ask(at.ana, 'outcome.find', { key });
  assert.deepEqual(found.state === 'recorded' && found.result, posted);
  assert.deepEqual(await desk.ask(at.ben, 'outcome.find', { key }), { state: 'unknown' });
  const bad = 'aaaaaaaa-0000-4000-8000-00000000000b';
  await desk.fault(at.ana, 'posting.post', { draft: { ...draft, amountMinor: '0' } }, bad);
  const refused = await desk.ask(at.ana, 'outcome.find', { key: bad });
  assert.ok(refused.state === 'refused' && refused.reason !== '');
  const unused = 'aaaaaaaa-0000-4000-8000-00000000000c';
  assert.deepEqual(await desk.ask(at.ana, 'outcome.find', { key: unused }), { state: 'unknown' });
  desk.close();
});

function tasksWith(runners: Partial<Record<TaskKind, TaskRunner>>) {
  const said: { window: number; state: string; message: string; done: number }[] = [];
  const ended = Promise.withResolvers<void>();
  const never: TaskRunner = (_progress, signal) =>
    new Promise((_resolve, reject) =>
      signal.addEventListener('abort', () => reject(new Error('stopped')), { once: true }),
    );
  const tasks = createTasks({
    announcer: {
      toWindow(window, _event, payload) {
        const { state, message, done } = payload as unknown as (typeof said)[number];
        said.push({ window, state, message, done });
        if (state !== 'running') ended.resolve();
      },
    },
    runners: { 'log.verify': never, 'ledger.audit': never, 'ledger.rebuild': never, ...runners },
    report: () => undefined,
    monotonic: () => said.length * 1_000,
  });
  return { tasks, said, ended: ended.promise };
}

test('long work says how far it is to the window that began it, and can be stopped', async () => {
  const person = { id: 1, user: 'otto', name: 'Otto', roles: [], customer: null };
  const { tasks, said, ended } = tasksWith({});
  const start = tasks.handlers['task.start'];
  const { task } = await start({ kind: 'log.verify' }, { window: 7, person });
  assert.throws(() => start({ kind: 'log.verify' }, { window: 8, person }), /running already/);
  assert.throws(() => tasks.handlers['task.cancel']({ task: 99 }, { window: 7, person }), /99/);
  await tasks.handlers['task.cancel']({ task }, { window: 7, person });
  await ended;
  assert.deepEqual(
    said.map(({ window, state }) => [window, state]),
    [[7, 'cancelled']],
  );
  await tasks.close();
});

test('a page without its seal is said as damage by every proof, never as a mistake of ours', async () => {
  const desk = await servingCounter();
  await customerWith(desk, 'Marta');
  const file = join(desk.folder, 'branch.db');
  desk.close(true);
  const bytes = readFileSync(file);
  for (let at = 8 * 4096; at < bytes.length; at += 4096)
    bytes.writeUInt8((bytes[at + 700] ?? 0) ^ 255, at + 700);
  writeFileSync(file, bytes);
  const projectionsModule = new URL('./counter-store-fixture.ts', import.meta.url);
  const runners = createRunners({ file, key: new Uint8Array(32).fill(1), projectionsModule });
  const signal = new AbortController().signal;
  for (const kind of ['log.verify', 'ledger.audit', 'ledger.rebuild'] as const) {
    const found = await runners[kind](() => undefined, signal).catch((error: unknown) => error);
    assert.ok(found instanceof Refusal, `${kind}: ${JSON.stringify(found)} ${String(found)}`);
    assert.equal(found.reason, 'database-damaged');
  }
  rmSync(desk.folder, { recursive: true, force: true });
});

test('the real proofs hold over a served branch: chain, books and rebuild', async () => {
  const desk = await servingCounter();
  await customerWith(desk, 'Marta');
  const file = join(desk.folder, 'branch.db');
  const projectionsModule = new URL('./counter-store-fixture.ts', import.meta.url);
  const runners = createRunners({ file, key: new Uint8Array(32).fill(1), projectionsModule });
  const signal = new AbortController().signal;
  for (const kind of ['log.verify', 'ledger.audit', 'ledger.rebuild'] as const) {
    let progress = 0;
    const found = await runners[kind]((done) => {
      progress = done;
    }, signal);
    assert.ok(found.ok, `${kind}: ${found.message}`);
    assert.ok(progress > 0, `${kind} says how far it is`);
  }
  desk.close();
});
