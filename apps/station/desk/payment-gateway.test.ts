// Attacks the way between log and gateway: cut between any two steps, a carrier that fails, a closed day.
import assert from 'node:assert/strict';
import { readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { createBankStatementReads } from '#station/ledger/projections/bank-statement.ts';
import { statusReport } from '#station/payments/branch/counterparty.fixture.ts';
import { type Disk, realDisk } from '#station/payments/branch/folder.ts';
import { at, openCounter } from './counter-fixture.ts';
import { customerWith, payingCounter, payment, seen } from './payment.fixture.ts';

/** A disk on which the step of this number, and every later one, fails. */
function failingDisk(): Disk & { failFrom(step: number): void } {
  let step = 0;
  let from = Number.POSITIVE_INFINITY;
  const count = () => {
    step += 1;
    if (step > from) throw new Error('the machine is off');
  };
  return {
    failFrom(more) {
      from = step + more;
    },
    async write(path, text) {
      count();
      await realDisk.write(path, text);
    },
    async rename(one, other) {
      count();
      await realDisk.rename(one, other);
    },
    async remove(path) {
      count();
      await realDisk.remove(path);
    },
    async settle(folder) {
      count();
      await realDisk.settle(folder);
    },
    exists: realDisk.exists,
  };
}

function carriedAway(root: string, taken: string[]): void {
  for (const name of readdirSync(join(root, 'out'))) {
    taken.push(name);
    rmSync(join(root, 'out', name));
  }
}

test('killed after any step of sending, the message goes out exactly once', async () => {
  for (let steps = 0; steps <= 9; steps += 1) {
    const disk = failingDisk();
    const branch = await payingCounter({ disk });
    const marta = await customerWith(branch.desk, 'Marta');
    await branch.gateway.round();
    await branch.desk.ask(at.ana, 'posting.post', { draft: payment(marta) });
    disk.failFrom(steps);
    await branch.gateway.round().catch(() => undefined);
    const taken: string[] = [];
    carriedAway(branch.root, taken);
    // The process is gone: the branch is opened again from its log, over the same folders.
    branch.desk.close(true);
    const desk = openCounter({ folder: branch.desk.folder, clock: branch.desk.clock });
    branch.desk.clock.pass(60_000);
    const again = await payingCounter({ desk, root: branch.root });
    await again.gateway.round();
    await again.gateway.round();
    carriedAway(branch.root, taken);
    assert.equal(taken.length, 1, `after ${steps} steps`);
    const rows = desk.counter.payments.page({ scope: 'all', text: '', before: 1e15, count: 9 });
    assert.deepEqual(
      rows.map(({ state }) => state),
      ['sent'],
    );
    assert.equal(desk.ledger.accountByNumber('OUTWARDEUR')?.postedMinor, -60_000n);
    again.close();
  }
});

test('a message the gateway never takes is a dead letter, and a supervisor sends it again', async () => {
  const disk = failingDisk();
  const branch = await payingCounter({ disk });
  const { desk, gateway } = branch;
  const marta = await customerWith(desk, 'Marta');
  await gateway.round();
  await desk.ask(at.ana, 'posting.post', { draft: payment(marta) });
  disk.failFrom(0);
  for (let attempt = 0; attempt < 8; attempt += 1) {
    desk.clock.pass(1_000 * 2 ** attempt);
    await gateway.round();
  }
  assert.equal(desk.reports.length, 8);
  desk.reports.length = 0;
  const [dead] = (await desk.ask(at.ana, 'payment.list', { scope: 'attention' })).payments;
  assert.equal(dead?.state, 'failed');
  const given = { payment: dead?.payment ?? 0, reason: 'the folder is back' };
  assert.equal((await desk.fault(at.ana, 'payment.replay', given)).code, 'forbidden');
  for (const window of Object.values(at)) await desk.send(window, 'session.touch', {});
  await desk.ask(at.sam, 'payment.replay', given);
  disk.failFrom(1_000);
  await gateway.round();
  assert.equal((await branch.card(given.payment)).state, 'sent');
  assert.equal(branch.list('out').length, 1);
  branch.close();
});

test('recorded but not put away before a crash, a file does nothing twice', async () => {
  const branch = await payingCounter();
  const marta = await customerWith(branch.desk, 'Marta');
  const paid = await branch.pay(marta);
  const name = await branch.receive(statusReport(seen(paid), 'ACSC'));
  renameSync(join(branch.root, 'archive', name), join(branch.root, 'in', name));
  const head = branch.desk.ledger.head().seq;
  await branch.gateway.round();
  assert.equal(branch.desk.ledger.head().seq, head);
  assert.deepEqual(branch.list('in'), []);
  branch.close();
});

test('while no business day is open, what comes in waits untouched', async () => {
  const branch = await payingCounter();
  const { desk, gateway, root } = branch;
  await gateway.round();
  const { ledger } = desk;
  const moment = ledger.moment;
  const closed = {
    ...desk.counter,
    ledger: { ...ledger, moment: () => ({ ...moment(), date: null }) },
  };
  const { createPaymentGateway } = await import('./payment-gateway.ts');
  const { createFolderTransport } = await import('#station/payments/branch/folder.ts');
  const night = createPaymentGateway({
    ...{ counter: closed, transport: () => createFolderTransport(root) },
    statements: createBankStatementReads(desk.database),
  });
  writeFileSync(join(root, 'in', 'early.xml'), 'anything');
  await night.round();
  assert.deepEqual(branch.list('in'), ['early.xml']);
  await gateway.round();
  assert.deepEqual(branch.list('in'), []);
  branch.close();
});

test('a carrier that is not there is told of once, and tried again later', async () => {
  const branch = await payingCounter();
  const { desk } = branch;
  const { createPaymentGateway } = await import('./payment-gateway.ts');
  let tries = 0;
  const gone = createPaymentGateway({
    counter: desk.counter,
    statements: createBankStatementReads(desk.database),
    transport: () => {
      tries += 1;
      return Promise.reject(new Error('no such folder'));
    },
  });
  gone.start();
  while (tries < 3) {
    await new Promise((resolve) => setImmediate(resolve));
    desk.clock.pass(10_000);
  }
  await gone.close();
  assert.equal(desk.reports.length, 1);
  branch.close();
});
