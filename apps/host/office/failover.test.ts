// Head office's primary dies: the synchronous standby goes on with nothing lost, and the old one is refused.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { OfficeBundle } from '#station/office/client/bundle.ts';
import { linkTo } from '#station/office/protocol/chain.ts';
import { openTestBranch, type TestBranch, until } from './branch.fixture.ts';
import {
  freePort,
  noPostgres,
  openLine,
  openTestOffice,
  pushBytes,
  type TestOffice,
  testDevice,
} from './office.fixture.ts';

let office: TestOffice | undefined;
let branch: TestBranch | undefined;
let stopReplica: () => void = () => undefined;
after(
  async () => {
    await branch?.close();
    try {
      stopReplica();
    } finally {
      await office?.remove();
    }
  },
  { timeout: 1_800_000 },
);

test('the standby goes on where the primary died, and an older primary is refused', {
  skip: noPostgres,
  timeout: 1_800_000,
}, async () => {
  office = await openTestOffice();
  const port = await freePort();
  const replica = await office.cluster.startReplica(port, true);
  stopReplica = () => replica.stop('immediate');
  const addresses = [office.cluster.port, port].map((each) => ({ host: '127.0.0.1', port: each }));
  const bundle = await office.enrol({ branch: 'F01', name: 'Failover', addresses });
  const other = await office.enrol({ branch: 'F02', name: 'Other', addresses: addresses.slice(1) });
  const own = await openTestBranch({ code: 'F01', bundle });
  branch = own;
  const state = () => own.ben()('office.state', {});
  const whole = () => until(state, (each) => each.state === 'online' && each.behind === 0);
  const before = await whole();
  office.cluster.stop('immediate');
  await until(state, (each) => each.state === 'offline');
  replica.promote();
  await own.ben()('posting.post', {
    draft: {
      ...{ task: 'cash.deposit', account: own.account, amountMinor: '5000', currency: 'EUR' },
      denominations: { 5000: 1 },
      conductor: { kind: 'customer', customer: own.customer },
    },
  });
  const later = await whole();
  assert.ok(
    later.received.seq > before.received.seq,
    'nothing acknowledged was lost, and it goes on',
  );
  assert.equal(later.received.hash, later.head.hash);
  if (office.verifier !== 'none') await refusesForeignSignature(other);
  replica.stop('immediate');
  stopReplica = () => undefined;
  office.cluster.start();
  // Left as it is it would acknowledge nothing without its standby; the worst case is that it may.
  await office.query(`ALTER SYSTEM SET synchronous_standby_names = ''`);
  await office.query('SELECT pg_reload_conf()');
  const refused = await until(state, ({ why }) => why.includes('older primary'));
  assert.notEqual(refused.state, 'online');
  assert.deepEqual(own.mistakes, []);
});

/** What took over checks signatures before it takes a push, as the one before it did. */
async function refusesForeignSignature(bundle: OfficeBundle): Promise<void> {
  const device = testDevice('F02');
  const line = await openLine(bundle);
  try {
    const { received } = await line.open(device.publicKey, { head: 0, down: 0 });
    const events = [linkTo(received, '{"data":{},"type":"x.happened"}')];
    const push = { before: received, events, sentAt: Date.now() };
    assert.equal((await line.push(pushBytes(device, push))).kind, 'accepted');
    const next = { seq: 1, hash: events[0]?.hash ?? '' };
    const more = {
      ...push,
      before: next,
      events: [linkTo(next, '{"data":{},"type":"x.happened"}')],
    };
    const reply = await line.push(pushBytes(testDevice('thief'), more));
    assert.equal(reply.kind === 'refused' && reply.reason, 'signature-wrong');
  } finally {
    await line.close();
  }
}
