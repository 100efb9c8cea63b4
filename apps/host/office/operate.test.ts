// An operator's day against a real cluster: how it stands, what is open, a copy that is whole, and a fail-over.
import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { acts, sentenceOf, type Told } from './acts.ts';
import { certificateEnds } from './authority.ts';
import { openTestBranch, type TestBranch, until } from './branch.fixture.ts';
import { freePort, noPostgres, openTestOffice, type TestOffice } from './office.fixture.ts';
import { type Office, openOffice } from './office.ts';
import { endingOf, tableLines } from './operate.ts';
import { takeOver } from './take-over.ts';

const folder = mkdtempSync(join(tmpdir(), 'teller-operate-'));
// PostgreSQL's own user must reach the copy in it.
chmodSync(folder, 0o711);
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
      rmSync(folder, { recursive: true, force: true });
    }
  },
  { timeout: 1_800_000 },
);

const options = { hours: '24', 'reads-all': false } as const;
const run = async (
  at: Office,
  name: string,
  words: readonly string[],
  out?: string,
): Promise<Told> => {
  const act = acts[name];
  assert.ok(act, name);
  return act({ office: at, words, options: { ...options, out }, now: Date.now() });
};
const textOf = ({ lines }: Told): string => lines.join('\n');

const state = (own: TestBranch) => own.ben()('office.state', {});
const whole = (own: TestBranch) =>
  until(
    () => state(own),
    (each) => each.state === 'online' && each.behind === 0,
  );
const deposit = (own: TestBranch) =>
  own.ben()('posting.post', {
    draft: {
      ...{ task: 'cash.deposit', account: own.account, amountMinor: '5000', currency: 'EUR' },
      denominations: { 5000: 1 },
      conductor: { kind: 'customer', customer: own.customer },
    },
  });

test('what stands open is shown with the command that ends it, and that command ends it', {
  skip: noPostgres,
  timeout: 1_800_000,
}, async () => {
  office = await openTestOffice({ serves: true });
  assert.match(textOf(await run(office, 'status', [])), /No branch is enrolled yet/);
  const out = join(folder, 'office.json');
  await run(office, 'enrol', ['P01', 'Pier'], out);
  assert.equal(statSync(out).mode & 0o777, 0o600);
  assert.equal(existsSync(join(office.folder, 'authority', 'new.key')), false, 'no second key');
  branch = await openTestBranch({
    code: 'P01',
    bundle: await office.enrol({ branch: 'P01', name: 'Pier' }),
  });
  const { received } = await whole(branch);
  const [, seq] =
    textOf(await run(office, 'status', [])).match(/^P01 +Pier +(\d+) +\d+ +[0-9a-f]{12} +0 /m) ??
    [];
  assert.ok(Number(seq) >= received.seq, `${seq} of ${received.seq}`);
  assert.match(textOf(await run(office, 'exceptions', [])), /No exception is open/);
  await office.query(
    `SELECT office.alarm(d, 'log-forked', 'two of them') FROM office.device d WHERE branch = 'P01'`,
  );
  await office.query(`UPDATE office.device SET stopped = 'two of them' WHERE branch = 'P01'`);
  const open = textOf(await run(office, 'exceptions', []));
  const [, id = ''] = open.match(/^(\d+) {2}P01 {2}log-forked: two of them$/m) ?? [];
  assert.match(open, new RegExp(`ends by: settle ${id} "ACTION" "NOTE", then resume P01 "NOTE"`));
  assert.match(textOf(await run(office, 'status', [])), /Branch P01 is stopped: two of them/);
  await run(office, 'settle', [id, 'compared', 'the twin is gone']);
  await assert.rejects(run(office, 'resume', ['P01', 'x']), { reason: 'note-missing' });
  await run(office, 'resume', ['P01', 'compared']);
  await assert.rejects(run(office, 'resume', ['P99', 'compared']), { reason: 'branch-unknown' });
  assert.match(textOf(await run(office, 'exceptions', [])), /No exception is open/);
});

test('a copy is a head office with all it needs, and is proven where it lies', {
  skip: noPostgres,
  timeout: 1_800_000,
}, async () => {
  assert.ok(office && branch);
  const copy = join(folder, 'copy');
  const at = (await whole(branch)).received;
  await run(office, 'backup', [], copy);
  await assert.rejects(run(office, 'backup', [], copy), { reason: 'backup-exists' });
  assert.equal(statSync(join(copy, 'authority')).mode & 0o777, 0o700);
  assert.equal(statSync(join(copy, 'signing.key')).mode & 0o777, 0o600);
  const made = await openOffice({ folder: copy, port: await freePort(), serves: false });
  try {
    assert.match(textOf(await run(made, 'prove', [])), /Every balance is what/);
    const { rows } = await made.query<{ seq: string }>(
      'SELECT received_seq AS seq FROM office.device',
    );
    assert.ok(Number(rows[0]?.seq) >= at.seq);
    assert.deepEqual(made.signer.publicKey, office.signer.publicKey);
    await made.query('UPDATE office.balance SET posted = posted + 1 WHERE account = 1');
    assert.equal((await run(made, 'prove', [])).isWrong, true, 'a wrong balance is found');
  } finally {
    await made.close();
  }
});

test('the standby takes the primary’s place at its address: no branch needs another file', {
  skip: noPostgres,
  timeout: 1_800_000,
}, async () => {
  assert.ok(office && branch);
  const own = branch;
  await assert.rejects(takeOver(office.folder, office.cluster.port, Date.now()), {
    reason: 'standby-missing',
  });
  const replica = await office.cluster.startReplica(await freePort(), true);
  stopReplica = () => replica.stop('immediate');
  const at: Office = office;
  await until(
    async () => textOf(await run(at, 'status', [])),
    (text) => /Standby standby: streaming, sync, \d+ bytes/.test(text),
  );
  await deposit(own);
  const before = await whole(own);
  office.cluster.stop('immediate');
  await until(
    () => state(own),
    (each) => each.state === 'offline',
  );
  await deposit(own);
  const offline = await state(own);
  assert.ok(
    offline.behind > 0,
    `${JSON.stringify([before.received.seq, offline.head.seq, offline.state, offline.behind])}`,
  );
  const { kept } = await takeOver(office.folder, office.cluster.port, Date.now());
  assert.ok(existsSync(join(kept, 'PG_VERSION')), 'the old primary is kept');
  const later = await whole(own);
  assert.ok(
    later.received.seq > before.received.seq,
    JSON.stringify(
      [before, offline, later].map(({ received, head, state: word, behind }) => [
        received.seq,
        head.seq,
        word,
        behind,
      ]),
    ),
  );
  assert.equal(later.received.hash, later.head.hash);
  assert.match(textOf(await run(office, 'status', [])), /Timeline 2, .*\nNo standby follows/);
  assert.match(textOf(await run(office, 'prove', [])), /Every balance is what/);
  assert.deepEqual(own.mistakes, []);
});

test('words of the database are said as a person’s, and tables stand in columns', () => {
  assert.match(sentenceOf(new Error('allowance-ended')), /no such open allowance/);
  assert.equal(sentenceOf(new Error('something else')), 'something else');
  assert.deepEqual(
    tableLines([
      ['a', 'name'],
      ['long', ''],
    ]),
    ['a     name', 'long'],
  );
  const row = { id: '7', branch: '002', owner: 'branch-supervisor', is_stopped: false } as const;
  assert.match(endingOf(row), /supervisor at branch 002/);
  const index = [
    'R\t270101000000Z\t261101000000Z\t1000\tunknown\t/CN=branch_002',
    'V\t271224101112Z\t\t1001\tunknown\t/CN=branch_002',
    'V\t270601000000Z\t\t1002\tunknown\t/CN=branch_002',
  ].join('\n');
  assert.deepEqual(
    [...certificateEnds(index)],
    [['branch_002', Date.UTC(2027, 11, 24, 10, 11, 12)]],
  );
});
