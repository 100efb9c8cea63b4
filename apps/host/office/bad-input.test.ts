// Says every wrong thing to head office in a working branch's name: refused whole, named, raised, and the branch works on.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { canonicalText } from '#station/bank/canonical.ts';
import { publicKeyBytes } from '#station/ledger/checkpoint.ts';
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
  type TestDevice,
  type TestOffice,
  testDevice,
  withoutVerifier,
} from './office.fixture.ts';

const skip = noPostgres;
const thief = testDevice('thief');
const dayMs = 86_400_000;
let office: TestOffice;
let branch: TestBranch;
let bundle: OfficeBundle;
/** A second connection with the branch's own credentials: what a thief of its folder would have. */
let line: OfficeLine;
/** The branch's device, as who has its disk and keychain could speak for it. */
let own: TestDevice;

before(
  async () => {
    if (skip) return;
    office = await openTestOffice({ serves: true });
    bundle = await office.enrol({ branch: 'BAD', name: 'Bad input' });
    branch = await openTestBranch({ code: 'BAD', bundle });
    const key = branch.deviceKey();
    own = { key, publicKey: publicKeyBytes(key).toString('hex') };
    line = await openLine(bundle);
    await informed();
  },
  { timeout: 1_800_000 },
);
after(
  async () => {
    await line?.close();
    await branch?.close();
    await office?.remove();
  },
  { timeout: 1_800_000 },
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
  );

/** All leaves to sign in are given and taken: from here on the log grows by our own doing alone. */
async function informed(): Promise<void> {
  const sql = `SELECT (SELECT count(*) FROM office.sign_in_grants_due())::integer AS due, down_seq::integer AS sent,
    down_behind::integer AS behind FROM office.branch_line WHERE branch = 'BAD'`;
  type Line = { readonly due: number; readonly sent: number; readonly behind: number };
  await until(
    async () => (await office.query<Line>(sql)).rows[0],
    (row) => row !== undefined && row.due === 0 && row.sent > 0 && row.behind === 0,
  );
  await delivered();
}

type Made = (before: Position) => PushBytes | Promise<PushBytes>;
/** As the branch's own device would say it: a copied disk, or a mistake of ours. */
const push = (before: Position, events: readonly Link[], sentAt = Date.now()): PushBytes =>
  pushBytes(own, { before, events, sentAt });

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
  timeout: 1_800_000,
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
  timeout: 1_800_000,
}, async () => {
  await delivered();
  const before = await head();
  const reply = await line.push(push(before, [event(before, {})], Date.now() + 365 * dayMs));
  assert.equal(reply.kind === 'refused' && reply.reason, 'clock-off');
  assert.deepEqual(await head(), before);
});

test('a packed push means what the plain one means, and one that cannot be opened is refused and raised', {
  skip,
  timeout: 1_800_000,
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

test('another device under this name, and a fork by our own: raised, stopped, and the branch works on', {
  skip,
  timeout: 1_800_000,
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
});

/** Everything a push could have changed, as one text: rows, numbers and balances of this device. */
async function books(): Promise<string> {
  const { rows } = await office.query<{ text: string }>(
    `SELECT jsonb_build_object('device', to_jsonb(d) - 'stopped' - 'seen_at' - 'head_seq',
       'events', (SELECT jsonb_agg(e.* ORDER BY e.seq) FROM office.event e WHERE e.device = d.id),
       'checkpoints', (SELECT jsonb_agg(c.* ORDER BY c.seq) FROM office.checkpoint c WHERE c.device = d.id),
       'balances', (SELECT jsonb_agg(b.* ORDER BY b.account) FROM office.balance b WHERE b.device = d.id),
       'cash', (SELECT jsonb_agg(c.* ORDER BY c.seq, c.item) FROM office.cash c WHERE c.device = d.id))::text AS text
     FROM office.device d WHERE branch = 'BAD'`,
  );
  return rows[0]?.text ?? '';
}

const quiet = async (): Promise<string> => {
  await delivered();
  return books();
};

/** Wrong in each way a signature can be: by another key, over other words, bent, cut short. */
const misSigned = (before: Position): readonly PushBytes[] => {
  const said = [event(before, { note: 'x'.repeat(3_000) })];
  const right = push(before, said);
  const bent = Buffer.from(right.signature);
  bent[3] = (bent[3] ?? 0) ^ 4;
  return [
    pushBytes(thief, { before, events: said, sentAt: Date.now() }),
    { ...right, signedAt: right.signedAt + 1 },
    { ...right, signature: bent },
    { ...right, signature: right.signature.subarray(0, 63) },
    { ...right, signature: Buffer.alloc(0) },
    { ...right, signature: push(before, [event(before, {})]).signature },
  ];
};

test('a wrong signature is refused before anything is taken, plain and packed; raised once, and the branch is heard on', {
  skip,
  timeout: 1_800_000,
}, async (context) => {
  if (office.verifier === 'none') return context.skip('this cluster cannot check signatures');
  let tried = 0;
  for (const isPacked of [false, true]) {
    const before = await quiet();
    for (const sent of misSigned(await head())) {
      const packed = isPacked ? await pack(sent.bodies) : null;
      assert.equal(packed !== null, isPacked);
      const reply = await line.push({ ...sent, packed });
      assert.equal(reply.kind === 'refused' && reply.reason, 'signature-wrong');
      assert.equal(await books(), before, 'not a row was written');
      assert.equal((await known()).stopped, '', 'who has no key stops nobody');
      tried += 1;
    }
    assert.equal(await raised('signature-wrong'), 1, 'security is told once, not at each try');
    // Nobody lets the branch in again: it was never shut out.
    await worksOn();
    await delivered();
  }
  assert.equal(tried, 12);
  const { rows } = await office.query<{ seq: string; verified: string }>(
    `SELECT received_seq AS seq, verified_seq AS verified FROM office.device WHERE branch = 'BAD'`,
  );
  assert.equal(rows[0]?.verified, rows[0]?.seq, 'what was taken is verified as it is taken');
});

test('where the cluster cannot check signatures, the device is stopped within a second after', {
  skip,
  timeout: 1_800_000,
}, async () => {
  await delivered();
  await withoutVerifier(office, async () => {
    // Who has the folder but not the device's key: head office takes no more after it, from anybody.
    const end = await head();
    const reply = await line.push(
      pushBytes(thief, { before: end, events: [event(end, {})], sentAt: Date.now() }),
    );
    assert.equal(reply.kind, 'accepted');
    await until(known, ({ stopped }) => stopped.includes('not signed'));
  });
  assert.ok((await raised('signature-wrong')) > 0);
  await branch.restart();
  await worksOn();
});

test('no function of head office belongs to everybody', { skip, timeout: 1_800_000 }, async () => {
  const { rows } = await office.query(
    `SELECT p.proname FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
     WHERE n.nspname = 'office' AND has_function_privilege('public', p.oid, 'EXECUTE')`,
  );
  assert.deepEqual(rows, []);
});
