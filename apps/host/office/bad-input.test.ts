// Says every wrong thing to head office in a working branch's name: refused whole, named, raised, and the branch works on.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { canonicalText } from '#station/bank/canonical.ts';
import type { OfficeBundle } from '#station/office/client/bundle.ts';
import type { OfficeLine, PushBytes } from '#station/office/client/calls.ts';
import { pack, packedBytesMost } from '#station/office/client/pack.ts';
import { linkTo } from '#station/office/protocol/chain.ts';
import type { Link, Position } from '#station/office/protocol/values.ts';
import { openTestBranch, type TestBranch, until } from './branch.fixture.ts';
import {
  noPostgres,
  openLine,
  openTestOffice,
  pushBytes,
  type TestOffice,
  testDevice,
} from './office.fixture.ts';

const skip = noPostgres;
const thief = testDevice('thief');
const dayMs = 86_400_000;
let office: TestOffice;
let branch: TestBranch;
let bundle: OfficeBundle;
/** A second connection with the branch's own credentials: what a thief of its folder would have. */
let line: OfficeLine;

before(
  async () => {
    if (skip) return;
    office = await openTestOffice({ serves: true });
    bundle = await office.enrol({ branch: 'BAD', name: 'Bad input' });
    branch = await openTestBranch({ code: 'BAD', bundle });
    line = await openLine(bundle);
  },
  { timeout: 120_000 },
);
after(
  async () => {
    await line?.close();
    await branch?.close();
    await office?.remove();
  },
  { timeout: 60_000 },
);

interface Known {
  readonly seq: string;
  readonly hash: string;
  readonly stopped: string;
}

async function known(): Promise<Known> {
  const { rows } = await office.query<Known>(
    `SELECT received_seq AS seq, encode(received_hash, 'hex') AS hash, stopped FROM office.device WHERE branch = 'BAD'`,
  );
  return rows[0] as Known;
}

async function raised(kind: string): Promise<number> {
  const { rows } = await office.query(
    `SELECT 1 FROM office.exception WHERE branch = 'BAD' AND kind = $1 AND state = 'open' AND owner = 'security'`,
    [kind],
  );
  return rows.length;
}

const head = async (): Promise<Position> => {
  const { seq, hash } = await known();
  return { seq: Number(seq), hash };
};

const event = (before: Position, data: object, type = 'x.happened'): Link =>
  linkTo(before, canonicalText({ data, type } as never));

/** The branch goes on: money is posted, and all of it is delivered unless the device is stopped. */
async function worksOn(): Promise<void> {
  const posted = await branch.ben()('posting.post', {
    draft: {
      ...{ task: 'cash.deposit', account: branch.account, amountMinor: '5000', currency: 'EUR' },
      denominations: { 5000: 1 },
      conductor: { kind: 'customer', customer: branch.customer },
    },
  });
  assert.equal(posted.state, 'posted');
  assert.deepEqual(branch.mistakes, []);
}

const delivered = () =>
  until(
    () => branch.ben()('office.state', {}),
    ({ state, behind }) => state === 'online' && behind === 0,
    40_000,
  );

type Made = (before: Position) => PushBytes | Promise<PushBytes>;
const push = (before: Position, events: readonly Link[], sentAt = Date.now()): PushBytes =>
  pushBytes(thief, { before, events, sentAt });

const wrong: Readonly<Record<string, Made>> = {
  'event-tampered': (before) => {
    const { hash, seq } = event(before, { note: 'as it was' });
    return push(before, [{ seq, hash, body: '{"data":{"note":"as it is"},"type":"x.happened"}' }]);
  },
  gap: (before) => {
    const far = { seq: before.seq + 5, hash: 'a'.repeat(64) };
    return push(far, [event(far, {})]);
  },
  'push-too-large': (before) => {
    const one = event(before, {});
    return push(
      before,
      Array.from({ length: 1001 }, () => one),
    );
  },
  'clock-off': (before) => push(before, [event(before, {})], Date.now() - 365 * dayMs),
  'event-not-canonical': (before) => push(before, [linkTo(before, 'no json at all')]),
  'journal-unlawful': (before) => {
    const legs = [{ debit: 1, credit: 1, amountMinor: '5', currency: 'EUR' }];
    return push(before, [event(before, { journal: { kind: 'x', legs } }, 'journal.posted')]);
  },
};

test('each wrong push is refused whole, named and raised once, and the branch works on', {
  skip,
  timeout: 180_000,
}, async () => {
  for (const [kind, make] of Object.entries(wrong)) {
    await delivered();
    const before = await head();
    const sent = await make(before);
    for (let each = 0; each < 2; each++) {
      const reply = await line.push(sent);
      assert.equal(reply.kind === 'refused' ? reply.reason : reply.kind, kind);
    }
    assert.deepEqual(await head(), before, `nothing of ${kind} was taken`);
    assert.equal(await raised(kind), 1, `${kind} is raised, once`);
    await worksOn();
  }
  await delivered();
  assert.equal((await office.query('SELECT * FROM office.wrong_balances()')).rows.length, 0);
});

test('a clock a year ahead is refused as one a year behind is', {
  skip,
  timeout: 60_000,
}, async () => {
  await delivered();
  const before = await head();
  const reply = await line.push(push(before, [event(before, {})], Date.now() + 365 * dayMs));
  assert.equal(reply.kind === 'refused' && reply.reason, 'clock-off');
  assert.deepEqual(await head(), before);
});

test('a packed push means what the plain one means, and one that cannot be opened is refused and raised', {
  skip,
  timeout: 60_000,
}, async () => {
  await delivered();
  const before = await head();
  const long = event(before, { note: 'x'.repeat(4_000) });
  const bent = { ...long, body: long.body.replace('xx', 'xy') };
  const sent = push(before, [bent]);
  const packed = await pack(sent.bodies);
  assert.ok(packed && packed.length < 1_000);
  const refusal = async (bytes: Buffer): Promise<string> => {
    const reply = await line.push({ ...sent, packed: bytes });
    assert.deepEqual(await head(), before);
    return reply.kind === 'refused' ? reply.reason : reply.kind;
  };
  assert.equal(await refusal(packed), 'event-tampered');
  const count = await raised('event-tampered');
  const spoiled = Buffer.from(packed);
  spoiled[packed.length - 30] = (spoiled[packed.length - 30] ?? 0) ^ 1;
  assert.equal(await refusal(spoiled), 'event-tampered');
  assert.equal(await refusal(Buffer.from('no packet')), 'event-tampered');
  assert.ok((await raised('event-tampered')) > count, 'what cannot be opened is raised too');
  assert.equal(await refusal(Buffer.alloc(packedBytesMost + 1)), 'push-too-large');
  const bomb = await pack('0'.repeat(8 * 1024 * 1024));
  assert.ok(bomb, 'eight megabytes of one letter pack small');
  assert.equal(await refusal(bomb), 'push-too-large');
  await worksOn();
});

test('another device under this name, a fork and a wrong signature: raised, stopped, and the branch works on', {
  skip,
  timeout: 120_000,
}, async () => {
  await delivered();
  await assert.rejects(line.open(thief.publicKey, { head: 0, down: 0 }), {
    reason: 'device-foreign',
  });
  assert.equal(await raised('device-foreign'), 1, 'a replayed device is raised');
  const { rows } = await office.query<{ hash: string }>(
    `SELECT encode(e.hash, 'hex') AS hash FROM office.event e JOIN office.device d ON d.id = e.device
     WHERE d.branch = 'BAD' AND e.seq = 4`,
  );
  const fourth = { seq: 4, hash: rows[0]?.hash ?? '' };
  const before = await head();
  const reply = await line.push(push(fourth, [event(fourth, { other: 'history' })]));
  assert.equal(reply.kind === 'refused' && reply.reason, 'log-forked');
  assert.equal(await raised('log-forked'), 1);
  assert.deepEqual(await head(), before);
  await worksOn();
  await until(
    () => branch.ben()('office.state', {}),
    ({ state, why }) => state === 'stopped' && why.includes('Event 5'),
  );
  await worksOn();
  await office.query(`SELECT office.resume_device('BAD', 'looked at both logs')`);
  await branch.restart();
  await delivered();
  // Who has the folder but not the device's key: head office takes no more after it, from anybody.
  const end = await head();
  await line.push(push(end, [event(end, {})]));
  await until(known, ({ stopped }) => stopped.includes('not signed'));
  assert.equal(await raised('signature-wrong'), 1);
  await branch.restart();
  await worksOn();
});

test('no function of head office belongs to everybody', { skip, timeout: 30_000 }, async () => {
  const { rows } = await office.query(
    `SELECT p.proname FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
     WHERE n.nspname = 'office' AND has_function_privilege('public', p.oid, 'EXECUTE')`,
  );
  assert.deepEqual(rows, []);
});
