// Wants to lose or double money with an older copy of head office: haste, repetition and ill will, at its database's own functions.
import assert from 'node:assert/strict';
import { sign } from 'node:crypto';
import { after, before, test } from 'node:test';
import type { OfficeLine } from '#station/office/client/calls.ts';
import { linkHash, linkTo } from '#station/office/protocol/chain.ts';
import { declarationNote, type LostLink } from '#station/office/protocol/rejoin.ts';
import { type Link, nowhere, type Position } from '#station/office/protocol/values.ts';
import {
  noPostgres,
  openLine,
  openTestOffice,
  pushBytes,
  type TestOffice,
  testDevice,
} from './office.fixture.ts';
import { beginRecovery, letIn } from './rejoin.ts';

const skip = noPostgres;
const timeout = 1_800_000;
const account = { branch: 'HOME', number: '10' };
const codes = ['HOME', 'AWAY', 'THIRD'] as const;
type Code = (typeof codes)[number];

/** A branch without its station: its device, its line and where its log ends. */
interface Spoken {
  readonly code: Code;
  readonly line: OfficeLine;
  at: Position;
}

let office: TestOffice;
let spoken: ReadonlyMap<Code, Spoken>;
let copies = 0;

before(
  async () => {
    if (skip) return;
    office = await openTestOffice();
    const made = new Map<Code, Spoken>();
    for (const code of codes) {
      const line = await openLine(await office.enrol({ branch: code, name: code }));
      await line.open(testDevice(code).publicKey, { head: 0, down: 0 });
      made.set(code, { code, line, at: nowhere });
    }
    spoken = made;
    await say('HOME', {
      ...{ kind: 'shared', account, amountMinor: '9000', answersMinor: '0', currency: 'EUR' },
    });
  },
  { timeout },
);
after(
  async () => {
    for (const { line } of spoken?.values() ?? []) await line.close().catch(() => undefined);
    await office?.remove();
  },
  { timeout },
);

const of = (code: Code): Spoken => {
  const found = spoken.get(code);
  assert.ok(found, `no branch ${code} speaks here`);
  return found;
};

/** One event with this part, delivered; what head office answers. */
async function say(code: Code, office: object): Promise<string> {
  const branch = of(code);
  const event: Link = linkTo(branch.at, JSON.stringify({ data: { office }, date: '2026-11-20' }));
  const push = { before: branch.at, events: [event], sentAt: Date.now() };
  const reply = await branch.line.push(pushBytes(testDevice(code), push));
  assert.equal(reply.kind, 'accepted', JSON.stringify(reply));
  branch.at = { seq: event.seq, hash: event.hash };
  return reply.kind;
}

/** A new copy; its lines were cut and are opened again. Returns its name. */
async function putBack(): Promise<string> {
  copies += 1;
  const copy = copies.toString(16).padStart(32, '0');
  // What `beginRecovery` does, without cutting lines that these branches would not open again by themselves.
  await office.query('SELECT office.begin_recovery($1, $2)', [copy, 'put back by hand']);
  return copy;
}

const hear = (code: Code, copy: string) => say(code, { kind: 'recovered', copy });

const visit = (seq: number, amountMinor: string, more: object = {}) => ({
  ...{ kind: 'visit', account, side: 'debit', amountMinor, coveredMinor: amountMinor },
  ...{ currency: 'EUR', branch: 'AWAY', seq, ...more },
});
const paid = (amountMinor: string) => ({
  ...{ kind: 'visit', account, side: 'debit', amountMinor, currency: 'EUR' },
  ...{ reservation: '', spent: [], openMinor: amountMinor },
});

/** The branch's newest item here, and a list that goes on from it with these texts. */
async function declare(code: Code, bodies: readonly (string | object)[], items?: unknown) {
  const { rows } = await office.query<{ seq: string; hash: string }>(
    `SELECT w.seq, encode(w.hash, 'hex') AS hash FROM office.down w JOIN office.device d ON d.id = w.device
     WHERE d.branch = $1 ORDER BY w.seq DESC LIMIT 1`,
    [code],
  );
  const [row] = rows;
  const back = row ? { seq: Number(row.seq), hash: row.hash } : nowhere;
  const list: LostLink[] = [];
  let from: Position = back;
  for (const each of bodies) {
    const body = typeof each === 'string' ? each : JSON.stringify(each);
    from = { seq: from.seq + 1, hash: linkHash(from.hash, body) };
    list.push({ ...from, body });
  }
  const device = testDevice(code);
  const parting = { branch: code, device: device.publicKey, back, from };
  const signature = sign(null, declarationNote(parting), device.key).toString('hex');
  const declared = { ...parting, items: (items ?? list) as never, signature, reason: 'the test' };
  await of(code).line.declare(declared);
  return declared;
}

const admit = (branch: Code) => letIn(office, office.signer, { branch, note: 'the test says so' });

async function pool() {
  const { rows } = await office.query(
    `SELECT shared, free, wanted, may_lack FROM office.pool WHERE branch = 'HOME' AND number = '10'`,
  );
  return rows[0];
}
const free = async (): Promise<string> => String((await pool())?.free);
async function raised(kind: string): Promise<readonly string[]> {
  const { rows } = await office.query<{ message: string }>(
    `SELECT message FROM office.exception WHERE kind = $1 ORDER BY id`,
    [kind],
  );
  return rows.map(({ message }) => message);
}

test('a branch is believed in what is said of its own accounts, and of nobody else’s money', {
  skip,
  timeout,
}, async () => {
  const before = await pool();
  const copy = await putBack();
  await declare('AWAY', [
    visit(1, '5000'),
    { kind: 'share-returned', account, amountMinor: '4000', currency: 'EUR' },
    { kind: 'share-wanted', account, amountMinor: '4000', currency: 'EUR' },
    { ...visit(1, '5000'), account: { branch: 'AWAY', number: '1' }, coveredMinor: '-5000' },
    { ...visit(1, '5000'), account: { branch: 'AWAY', number: '1' }, coveredMinor: '5001' },
    { kind: 'visit' },
    { kind: 'allowance' },
    ...['{', 'null', '[]', '5', '{"kind":5}'],
  ]);
  const { doubts } = await admit('AWAY');
  assert.equal(doubts.length, 12);
  assert.match(doubts[0] ?? '', /A visit of HOME\/10 is another branch's\. Branch AWAY says it/);
  const many = (await raised('lost-item')).length;
  await admit('AWAY');
  assert.equal((await raised('lost-item')).length, many, 'said again it raises nothing again');
  for (const code of codes) await hear(code, copy);
  assert.deepEqual(await pool(), before);
});

test('a declaration of another form is refused in words, and its branch is let in by a right one', {
  skip,
  timeout,
}, async () => {
  const copy = await putBack();
  const strange = [
    5,
    {},
    [null],
    [5],
    [{ seq: 1, hash: 'zz', body: '{}' }],
    [{ seq: '1', hash: 'a'.repeat(64), body: {} }],
  ];
  for (const [index, items] of strange.entries()) {
    // Another end each time: what was said is only replaced by something else.
    await declare('AWAY', [{ kind: 'nothing', index }], items);
    await assert.rejects(admit('AWAY'), { reason: 'items-broken' });
  }
  const right = await declare('AWAY', []);
  await of('AWAY').line.declare({ ...right, back: { seq: 1, hash: 'no place' } });
  await assert.rejects(admit('AWAY'), { reason: 'items-broken' });
  await declare('AWAY', []);
  await admit('AWAY');
  for (const code of codes) await hear(code, copy);
});

test('named a copy once more in the middle, head office keeps what let-in branches are known to have had', {
  skip,
  timeout,
}, async () => {
  await putBack();
  const seq = of('AWAY').at.seq + 1;
  await declare('HOME', [visit(seq, '300')]);
  await admit('HOME');
  const again = await putBack();
  const handed = async () =>
    (await office.query(`SELECT 1 FROM office.down WHERE body LIKE '%"visit"%'`)).rows.length;
  const before = await handed();
  await say('AWAY', paid('300'));
  assert.equal(await handed(), before, 'its keeping branch was told it already');
  for (const code of codes) await hear(code, again);
  assert.equal(await free(), '8700');
  const lost = await raised('lost-item');
  assert.ok(!lost.some((each) => /in no log/.test(each)), lost.join('\n'));
});

test('another visit under the same number is not the one that was told: it is handed down, the other raised', {
  skip,
  timeout,
}, async () => {
  const copy = await putBack();
  const seq = of('AWAY').at.seq + 1;
  await declare('HOME', [visit(seq, '999')]);
  await admit('HOME');
  await say('AWAY', paid('200'));
  for (const code of codes) await hear(code, copy);
  assert.ok(
    (await raised('lost-item')).some((each) => each.includes(`visit ${seq} of branch AWAY`)),
  );
});

test('heard out in the same moment, two last branches end the recovery once, and what is left over is raised', {
  skip,
  timeout,
}, async () => {
  const copy = await putBack();
  await declare('HOME', [visit(9_000, '100')]);
  await admit('HOME');
  await hear('HOME', copy);
  const count = (await raised('lost-item')).length;
  // AWAY's word is held open in a transaction of its own until THIRD's is on its way.
  const holder = await office.cluster.administer();
  try {
    await holder.query('BEGIN');
    await holder.query(
      `SELECT office.apply_recovered(d, jsonb_build_object('copy', $1::text)) FROM office.device d WHERE branch = 'AWAY'`,
      [copy],
    );
    const third = hear('THIRD', copy);
    await waitsForLock();
    await holder.query('COMMIT');
    await third;
  } finally {
    await holder.end();
  }
  assert.equal((await raised('lost-item')).length, count + 1);
  assert.equal((await pool())?.may_lack, false);
});

test('a visit that comes while its keeping branch is let in is covered once and handed down to nobody twice', {
  skip,
  timeout,
}, async () => {
  const copy = await putBack();
  const before = BigInt(await free());
  const seq = of('AWAY').at.seq + 1;
  const { from, items } = await declare('HOME', [visit(seq, '50')]);
  const holder = await office.cluster.administer();
  try {
    await holder.query('BEGIN');
    await holder.query(`SELECT office.admit_branch('HOME', $1, $2, '{}', 'word', 'the test')`, [
      ...[from.hash, JSON.stringify(items)],
    ]);
    const paying = say('AWAY', paid('50'));
    await waitsForLock(seq);
    await holder.query('COMMIT');
    await paying;
  } finally {
    await holder.end();
  }
  for (const code of codes) await hear(code, copy);
  assert.equal(BigInt(await free()), before - 50n);
  assert.ok(!(await raised('lost-item')).some((each) => each.includes(`visit ${seq} of`)));
});

test('what a branch gone on without delivers late is taken, and no more can be lent for it', {
  skip,
  timeout,
}, async () => {
  const copy = await putBack();
  const seq = of('AWAY').at.seq + 1;
  await declare('HOME', [visit(seq, '70')]);
  await admit('HOME');
  const before = BigInt(await free());
  await office.query('SELECT office.go_on_without($1, $2)', ['AWAY', 'nobody knows when']);
  for (const code of ['HOME', 'THIRD'] as const) await hear(code, copy);
  assert.equal(BigInt(await free()), before - 70n, 'its keeping branch has booked it');
  assert.ok((await raised('lost-item')).some((each) => each.includes(`visit ${seq} of`)));
  await say('AWAY', paid('70'));
  assert.equal(BigInt(await free()), before - 140n, 'until a person has settled it');
});

/** Until somebody waits for a lock, or has come to the end without one. */
async function waitsForLock(seq = Number.MAX_SAFE_INTEGER): Promise<void> {
  for (;;) {
    const { rows } = await office.query<{ waits: boolean; is_done: boolean }>(
      `SELECT EXISTS (SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock') AS waits,
       NOT EXISTS (SELECT 1 FROM office.recovering r JOIN office.device d ON d.id = r.device
         WHERE d.branch = 'THIRD') OR EXISTS (SELECT 1 FROM office.device
         WHERE branch = 'AWAY' AND received_seq >= $1) AS is_done`,
      [seq],
    );
    if (rows[0]?.waits || rows[0]?.is_done) return;
  }
}

test('who is waited for no longer is not let in behind it, and nothing is lent to a copy’s branches before', {
  skip,
  timeout,
}, async () => {
  const copy = await putBack();
  const asked = { key: 'k'.repeat(32), account, amountMinor: 1n, currency: 'EUR' };
  const reply = await of('AWAY').line.reserve(asked);
  assert.equal(reply.kind === 'declined' && reply.reason, 'office-recovering');
  const { from } = await declare('THIRD', []);
  await office.query('SELECT office.go_on_without($1, $2)', ['THIRD', 'its house burnt down']);
  await assert.rejects(admit('THIRD'), { reason: 'recovery-missing' });
  const late = office.query(`SELECT office.admit_branch('THIRD', $1, '[]', '{}', 'x', 'late')`, [
    from.hash,
  ]);
  await assert.rejects(late, /not-waited-for/);
  for (const code of ['HOME', 'AWAY'] as const) await hear(code, copy);
  const waiting = await beginRecovery(office, 'f'.repeat(32), 'once more');
  assert.deepEqual(waiting, ['AWAY', 'HOME', 'THIRD']);
});

test('a branch may say what it had and ask for its own word; all else of it belongs to people at head office', {
  skip,
  timeout,
}, async () => {
  const { rows } = await office.query<{ name: string; who: string }>(
    `SELECT p.proname AS name, coalesce(string_agg(r.rolname, ' ' ORDER BY r.rolname), '') AS who
     FROM pg_proc p LEFT JOIN pg_roles r ON r.rolname IN ('office_workstation', 'office_reader', 'office_clerk')
       AND has_function_privilege(r.oid, p.oid, 'EXECUTE')
     WHERE p.pronamespace = 'office'::regnamespace AND p.proname = ANY($1) GROUP BY p.oid, p.proname ORDER BY 1`,
    [
      [
        ...['recovery_question', 'common_item', 'declare_items', 'own_admission', 'is_declared'],
        ...['begin_recovery', 'admit_branch', 'go_on_without', 'take_lost_item', 'end_recovery'],
        ...['apply_recovered', 'take_lost_allowance', 'reserve_when_whole', 'spread_orders'],
      ],
    ],
  );
  const may = Object.fromEntries(rows.map(({ name, who }) => [name, who]));
  const own = 'office_workstation';
  assert.deepEqual(may, {
    ...{ admit_branch: 'office_clerk', apply_recovered: '', begin_recovery: 'office_clerk' },
    ...{ common_item: own, declare_items: own, end_recovery: '', go_on_without: 'office_clerk' },
    ...{ is_declared: own, own_admission: own, recovery_question: own, reserve_when_whole: '' },
    ...{ spread_orders: '', take_lost_allowance: '', take_lost_item: '' },
  });
});
