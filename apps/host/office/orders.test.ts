// What head office sends down to all takes effect at a branch: once, whole, as events of its log, or not at all and said so.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openTestBranch, type TestBranch, until } from './branch.fixture.ts';
import { noPostgres, openTestOffice, type TestOffice } from './office.fixture.ts';

const skip = noPostgres;
let office: TestOffice;
let branch: TestBranch;

before(
  async () => {
    if (skip) return;
    office = await openTestOffice({ serves: true });
    // Sent before the branch was enrolled: it has it all the same.
    await office.orders.publish('stand-in', { floors: { EUR: '7000' }, times: 3 });
    branch = await openTestBranch({
      code: 'O01',
      bundle: await office.enrol({ branch: 'O01', name: 'Orders' }),
    });
  },
  { timeout: 120_000 },
);
after(
  async () => {
    await branch?.close();
    await office?.remove();
  },
  { timeout: 60_000 },
);

const orders = async () => (await branch.sam()('office.state', {})).orders;

async function settled(name: string, version: number) {
  const found = await until(orders, (all) =>
    all.some((each) => each.name === name && each.version >= version),
  );
  const order = found.find((each) => each.name === name);
  assert.ok(order);
  return order;
}

const publish = (name: string, value: unknown) => office.orders.publish(name, value);
const instruct = (name: string, value: unknown) => office.orders.instruct('O01', name, value);

test('limits come into force here, and those head office does not name stay', {
  skip,
  timeout: 60_000,
}, async () => {
  assert.equal((await settled('stand-in', 1)).outcome, 'applied');
  const before = (await branch.sam()('policy.get', {})).policy as Record<string, unknown>;
  const limit = {
    ...{ role: 'teller', task: 'cash.withdrawal', currency: 'EUR' },
    ...{ softMinor: '4000', hardMinor: '9000' },
  };
  await publish('policy', { roleLimits: [limit], approvalMinutes: 45 });
  assert.equal((await settled('policy', 1)).outcome, 'applied');
  const { policy } = (await branch.sam()('policy.get', {})) as {
    policy: Record<string, unknown>;
  };
  assert.deepEqual(policy, { ...before, roleLimits: [limit], approvalMinutes: 45 });
  const preview = await branch.ben()('posting.preview', {
    draft: {
      ...{ task: 'cash.withdrawal', account: branch.account, amountMinor: '5000' },
      ...{ currency: 'EUR', denominations: { 5000: 1 } },
      conductor: { kind: 'customer', customer: branch.customer },
    },
  });
  assert.notEqual(preview.outcome, 'post', 'above the new limit a second person is needed');
});

test('what cannot be applied changes nothing, is shown here, and head office hears why', {
  skip,
  timeout: 60_000,
}, async () => {
  const before = await branch.sam()('policy.get', {});
  await publish('policy', { approvalMinutes: 30, fees: [{ task: 'no such task' }] });
  const order = await settled('policy', 2);
  assert.deepEqual([order.outcome, order.message.length > 10], ['refused', true]);
  assert.deepEqual(await branch.sam()('policy.get', {}), before);
  const raised = () =>
    office.query(
      `SELECT message FROM office.exception WHERE branch = 'O01' AND kind = 'order-refused'`,
    );
  const { rows } = await until(raised, (found) => found.rows.length > 0);
  assert.equal(rows.length, 1);
  // The branch goes on, and the next version counts.
  await publish('policy', { approvalMinutes: 30 });
  assert.equal((await settled('policy', 3)).outcome, 'applied');
});

test('people are added, given other roles and locked; nobody loses the last administrator', {
  skip,
  timeout: 60_000,
}, async () => {
  const person = (user: string, roles: string[], state = 'active') => ({
    ...{ user, name: `${user} Berg`, roles, state },
  });
  await instruct('staff', [person('ada', ['administrator'], 'locked')]);
  assert.equal((await settled('staff', 1)).outcome, 'refused', 'ada is the last one');
  await instruct('staff', [
    ...[person('nora', ['teller', 'auditor']), person('rita', ['supervisor'])],
    person('ben', ['teller'], 'locked'),
  ]);
  assert.equal((await settled('staff', 2)).message, '3 changes.');
  const { rows } = await until(
    () =>
      office.query<{ username: string; roles: string[]; disabled: boolean }>(
        `SELECT username, roles, disabled FROM office.staff s JOIN office.device d ON d.id = s.device
         WHERE branch = 'O01' ORDER BY username`,
      ),
    (found) => found.rows.some(({ username, disabled }) => username === 'ben' && disabled),
  );
  const known = new Map(rows.map((row) => [row.username, row]));
  assert.deepEqual(known.get('nora')?.roles, ['auditor', 'teller']);
  assert.deepEqual(known.get('rita')?.roles, ['supervisor']);
  const window = branch.window();
  const credentials = { user: 'ben', password: 'ben counts everything twice' };
  await assert.rejects(window('session.open', credentials), /belong together|disabled|locked/);
  await assert.rejects(branch.ben()('office.state', {}), /sign in|signed/i, 'and ben is out');
  await instruct('staff', [person('ben', ['teller'])]);
  assert.equal((await settled('staff', 3)).message, '1 changes.');
  await window('session.open', credentials);
  // Said again, it changes nothing.
  await instruct('staff', [person('ben', ['teller'])]);
  assert.equal((await settled('staff', 4)).message, 'Everybody is as it says.');
});

test('a date head office has ended is not opened again, and lists nobody acts on are kept and shown', {
  skip,
  timeout: 60_000,
}, async () => {
  const { date } = await branch.sam()('day.state', {});
  const later = `${Number(date?.slice(0, 4)) + 1}-01-04`;
  await publish('day-end', { date: later });
  await publish('rates', { EURUSD: '1.0812' });
  assert.equal((await settled('day-end', 1)).outcome, 'applied');
  assert.equal((await settled('rates', 1)).outcome, 'kept');
  const state = await branch.sam()('day.state', {});
  assert.ok(state.nextDate > later, `${state.nextDate} is offered`);
  assert.deepEqual(branch.mistakes, []);
});
