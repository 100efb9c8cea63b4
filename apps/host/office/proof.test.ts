// Writes head office's database behind everybody's back, and sees what the branches' signatures find of it.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { canonicalText } from '#station/bank/canonical.ts';
import { linkTo } from '#station/office/protocol/chain.ts';
import { type Link, nowhere } from '#station/office/protocol/values.ts';
import {
  noPostgres,
  openLine,
  openTestOffice,
  pushBytes,
  type TestOffice,
  testDevice,
} from './office.fixture.ts';
import { proveLogs } from './proof.ts';

const skip = noPostgres;
let office: TestOffice;
before(
  async () => {
    if (!skip) office = await openTestOffice();
  },
  { timeout: 1_800_000 },
);
after(async () => office?.remove(), { timeout: 1_800_000 });

const account = { branch: 'P1', number: '10000012' };

const visit = (amountMinor: string) => ({
  data: {
    office: {
      ...{ kind: 'visit', account, side: 'credit', amountMinor, currency: 'EUR' },
      ...{ reservation: '', spent: [], openMinor: '0' },
    },
  },
  type: 'journal.posted',
});

const booked = (seq: number, amountMinor: string, branch = 'P2') => ({
  data: {
    journal: {
      kind: 'office.visit',
      legs: [{ debit: 9, credit: 40, amountMinor, currency: 'EUR' }],
    },
    office: { kind: 'booked', account, branch, seq, shortMinor: '0' },
  },
  type: 'visit.booked',
});

/** A branch that says these events, each in a push of its own. */
async function branchThatSays(code: string) {
  const device = testDevice(code);
  const line = await openLine(await office.enrol({ branch: code, name: code }));
  await line.open(device.publicKey, { head: 0, down: 0 });
  let at: Link = { ...nowhere, body: '' };
  return {
    close: () => line.close(),
    async say(...events: readonly object[]) {
      for (const each of events) {
        const link = linkTo(at, canonicalText(each as never));
        const push = { before: at, events: [link], sentAt: Date.now() };
        assert.equal((await line.push(pushBytes(device, push))).kind, 'accepted');
        at = link;
      }
    },
  };
}

const wrong = async () => (await proveLogs(office.query)).wrong.join(' ');

/** Does something to the tables as who owns the machine could, and undoes it. */
async function tampered(sql: string): Promise<string> {
  await office.query('BEGIN');
  try {
    await office.query('ALTER TABLE office.push DISABLE TRIGGER ALL');
    await office.query(sql);
    return await wrong();
  } finally {
    await office.query('ROLLBACK');
  }
}

test('what the branches signed proves the books, and finds whatever was written past them', {
  skip,
  timeout: 1_800_000,
}, async () => {
  const home = await branchThatSays('P1');
  const away = await branchThatSays('P2');
  try {
    assert.deepEqual(await proveLogs(office.query), { logs: 2, events: 0, visits: 0, wrong: [] });
    await away.say({ data: {}, type: 'x' }, visit('500'), visit('700'));
    await home.say({ data: {}, type: 'x' }, booked(2, '500'), booked(3, '700'));
    assert.deepEqual(await proveLogs(office.query), { logs: 2, events: 6, visits: 2, wrong: [] });
    const of = (code: string) => `(SELECT id FROM office.device WHERE branch = '${code}')`;
    const late = `device = ${of('P2')} AND last_seq = 3`;
    const say = (what: string) => tampered(`UPDATE office.push SET ${what} WHERE ${late}`);
    assert.match(await say(`bodies = replace(bodies, '700', '701')`), /Event 3 of branch P2/);
    assert.match(
      await say(`signature = set_byte(signature, 5, 77)`),
      /P2 up to event 3 is not signed/,
    );
    assert.match(
      await tampered(`DELETE FROM office.push WHERE ${late}`),
      /claims event 3 of branch P2/,
    );
    const key = `UPDATE office.device SET public_key = decode(repeat('07', 32), 'hex') WHERE branch = 'P1'`;
    assert.match(await tampered(key), /P1 up to event 3 is not signed/);
    assert.equal(await wrong(), '', 'and all of it was undone');
    // A visit that was made up at head office: the keeping branch has booked it in good faith.
    await home.say(booked(9, '90000'));
    assert.match(
      await wrong(),
      /booked visit 9 of branch P2 \(event 4\), which that branch's log does not hold/,
    );
    await home.say(booked(2, '500'));
    assert.match(await wrong(), /visit 2 of branch P2 \(event 5\) a second time/);
    await away.say(visit('100'));
    await home.say(booked(4, '100000'));
    assert.match(await wrong(), /as 100000 on P1\/10000012; that branch's log says 100 on/);
    await home.say(booked(1, '5', 'P9'));
    assert.match(await wrong(), /visit 1 of branch P9/);
  } finally {
    await home.close();
    await away.close();
  }
});
