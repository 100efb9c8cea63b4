// What head office sends down to all takes effect at a branch: once, whole, as events of its log, or not at all and said so.
import assert from 'node:assert/strict';
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { openTestBranch, type TestBranch, until } from './branch.fixture.ts';
import { noPostgres, openTestOffice, type TestOffice } from './office.fixture.ts';
import { createOrders } from './orders.ts';
import { createOwner } from './owner.ts';
import { openSigner } from './service.ts';

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
  { timeout: 1_800_000 },
);
after(
  async () => {
    await branch?.close();
    await office?.remove();
  },
  { timeout: 1_800_000 },
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
  timeout: 1_800_000,
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
  timeout: 1_800_000,
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
  timeout: 1_800_000,
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

/** What who can write head office's database can do: append to what the branch is sent. */
async function slip(item: object): Promise<void> {
  await office.query(`SELECT office.hand_down(id, $1) FROM office.device WHERE branch = 'O01'`, [
    JSON.stringify(item),
  ]);
}

const reference = (more: object) => ({
  ...{ kind: 'reference', name: 'policy', version: 900, value: { approvalMinutes: 1 } },
  ...{ branch: 'all', signature: 'ab'.repeat(64), ...more },
});

/** An order as head office's key signed it, out of its table. */
async function given(name: string, version: number): Promise<Record<string, unknown>> {
  const { rows } = await office.query<Record<string, unknown>>(
    `SELECT name, version, value, signature FROM office.reference WHERE name = $1 AND version = $2`,
    [name, version],
  );
  assert.ok(rows[0]);
  return rows[0];
}

const refusedRows = async () => (await orders()).filter(({ outcome }) => outcome === 'refused');

test('who writes the database and has no key changes nothing: unsigned, forged, bent, foreign and replayed orders', {
  skip,
  timeout: 1_800_000,
}, async () => {
  await office.enrol({ branch: 'O02', name: 'The other one' });
  const older = await office.orders.publish('policy', { approvalMinutes: 31 });
  const newest = await office.orders.publish('policy', { approvalMinutes: 32 });
  await settled('policy', newest);
  const foreign = await office.orders.instruct('O02', 'policy', { approvalMinutes: 2 });
  const thief = createOrders(office, openSigner(mkdtempSync(join(office.folder, 'thief-'))));
  const before = await branch.sam()('policy.get', {});
  const known = (await refusedRows()).length;
  await slip(reference({ signature: '' }));
  await slip(reference({ signature: undefined }));
  await slip(reference({}));
  const last = await given('policy', newest);
  await slip(reference({ ...last, version: newest + 1 }));
  await slip(reference({ ...last, version: newest + 1, value: { approvalMinutes: 3 } }));
  await slip(reference({ ...last, name: 'stand-in', version: newest + 1 }));
  await slip(reference({ ...(await given(`policy/O02`, foreign)), name: 'policy', branch: 'O02' }));
  await slip(reference({ ...(await given(`policy/O02`, foreign)), name: 'policy', branch: 'O01' }));
  await slip(reference({ ...(await given('policy', older)) }));
  await slip(reference({ ...last }));
  await slip({ kind: 'written-off', allowance: '1', signature: 'ab'.repeat(64) });
  await slip({ kind: 'decision', exception: '1', action: 'pay', note: 'at once', signature: '' });
  await slip({ kind: 'reference' });
  await slip([]);
  // Through head office's own functions, but with another key.
  await thief.publish('staff', [
    { user: 'eve', name: 'Eve', roles: ['administrator'], state: 'active' },
  ]);
  const rows = await until(refusedRows, (found) => found.length >= known + 14);
  const said = rows.map(({ message }) => message).join(' ');
  assert.match(said, /does not carry head office's signature/);
  assert.match(said, /is for branch O02/);
  assert.match(said, /is not newer than version/);
  assert.deepEqual(await branch.sam()('policy.get', {}), before, 'nothing has changed');
  const { staff } = await branch.sam()('staff.list', {});
  assert.equal(
    staff.some(({ user }) => user === 'eve'),
    false,
  );
  const { rows: raised } = await until(
    () =>
      office.query(
        `SELECT seq FROM office.exception WHERE branch = 'O01' AND kind = 'order-refused'`,
      ),
    (found) => found.rows.length >= known + 14,
  );
  assert.ok(raised.length >= known + 14, 'head office hears of each');
  // Whatever number the forger used, the next true order counts, and the line never stood still.
  const later = await office.orders.publish('policy', { approvalMinutes: 33 });
  assert.equal((await settledAs('policy', later)).outcome, 'applied');
  const own = await office.orders.instruct('O01', 'policy', { approvalMinutes: 34 });
  assert.equal((await settledAs('policy', own)).outcome, 'applied', 'to one after to all');
  const { policy } = (await branch.sam()('policy.get', {})) as {
    policy: { approvalMinutes: number };
  };
  assert.equal(policy.approvalMinutes, 34);
  assert.equal((await branch.sam()('office.state', {})).state, 'online');
  assert.deepEqual(branch.mistakes, []);
});

/** The order of this very version, as it was taken. */
async function settledAs(name: string, version: number) {
  const found = await until(orders, (all) =>
    all.some(
      (each) => each.name === name && each.version === version && each.outcome !== 'refused',
    ),
  );
  const order = found.find((each) => each.name === name && each.version === version);
  assert.ok(order);
  return order;
}

test('two people who order at the same moment are numbered one after the other, and a value that cannot be signed is refused', {
  skip,
  timeout: 1_800_000,
}, async () => {
  const hands = [1, 2, 3].map(() => createOwner(office.cluster));
  const versions = await Promise.all(
    hands.map((hand, each) => createOrders(hand, office.signer).publish('list-of-three', { each })),
  );
  for (const hand of hands) await hand.close();
  assert.deepEqual([...versions].sort(), [1, 2, 3]);
  await assert.rejects(office.orders.publish('rates', { EURUSD: 1.08 }), {
    reason: 'order-value-wrong',
  });
  await assert.rejects(office.orders.publish('No Name', {}), /order-name-wrong/);
  await assert.rejects(office.orders.instruct('X99', 'policy', {}), /branch-unknown/);
  await assert.rejects(office.orders.settle('999999', 'nothing', 'because'), {
    reason: 'exception-unknown',
  });
  await assert.rejects(office.orders.writeOff('7x', 'because'), { reason: 'allowance-unknown' });
});

test('a branch enrolled later takes what was signed for all, and nothing that was for another', {
  skip,
  timeout: 1_800_000,
}, async () => {
  const key = 'UPDATE office.office_key SET public_key = $1';
  await office.query(key, [Buffer.alloc(32, 7)]);
  const bundle = await office.enrol({ branch: 'O03', name: 'Later' });
  assert.equal(bundle.officeKey, office.signer.publicKey.toString('hex'), 'no key of the database');
  await office.query(key, [office.signer.publicKey]);
  const later = await openTestBranch({ code: 'O03', bundle });
  try {
    const rows = await until(
      async () => (await later.sam()('office.state', {})).orders,
      (all) =>
        all.some(({ name }) => name === 'policy') && all.some(({ name }) => name === 'staff'),
    );
    const policy = rows.find(({ name }) => name === 'policy');
    assert.equal(policy?.outcome, 'applied', 'the newest for all, not the one for O01');
    const { policy: now } = (await later.sam()('policy.get', {})) as {
      policy: { approvalMinutes: number };
    };
    assert.equal(now.approvalMinutes, 33);
    assert.equal(
      rows.find(({ name }) => name === 'staff')?.outcome,
      'refused',
      'eve is not let in here either',
    );
  } finally {
    await later.close();
  }
});

test('a date head office has ended is not opened again, and lists nobody acts on are kept and shown', {
  skip,
  timeout: 1_800_000,
}, async () => {
  const { date } = await branch.sam()('day.state', {});
  const later = `${Number(date?.slice(0, 4)) + 1}-01-04`;
  await publish('day-end', { date: later });
  await publish('branch-hours', { monday: '9 to 16' });
  assert.equal((await settled('day-end', 1)).outcome, 'applied');
  assert.equal((await settled('branch-hours', 1)).outcome, 'kept');
  const state = await branch.sam()('day.state', {});
  assert.ok(state.nextDate > later, `${state.nextDate} is offered`);
  assert.deepEqual(branch.mistakes, []);
});
