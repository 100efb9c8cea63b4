// Holds what head office keeps of a push to what was sent: each event once, cash by person, and nothing of a wrong one.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { canonicalText } from '#station/bank/canonical.ts';
import type { OfficeLine } from '#station/office/client/calls.ts';
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

const skip = noPostgres;
const device = testDevice('P01');
let office: TestOffice;
let line: OfficeLine;
const log: Link[] = [];

before(
  async () => {
    if (skip) return;
    office = await openTestOffice();
    line = await openLine(await office.enrol({ branch: 'P01', name: 'Pushes' }));
    await line.open(device.publicKey, { head: 0, down: 0 });
  },
  { timeout: 1_800_000 },
);
after(
  async () => {
    await line?.close();
    await office?.remove();
  },
  { timeout: 1_800_000 },
);

const date = '2026-11-20';
const leg = (debit: number, credit: number, currency = 'EUR') => {
  return { debit, credit, amountMinor: '500', currency };
};
const took = (...persons: string[]) => {
  return { persons, direction: 'in', currency: 'EUR', amountMinor: '500' };
};
const text = (data: object, on = date): string =>
  canonicalText({ data, date: on, type: 'journal.posted' } as never);
const posted = (activity: readonly object[], on = date): string =>
  text({ activity, journal: { legs: [leg(1, 2)] } }, on);

function chained(texts: readonly string[]): readonly Link[] {
  let at = log.at(-1) ?? nowhere;
  return texts.map((each) => {
    const link = linkTo(at, each);
    at = link;
    return link;
  });
}

/** Sends these after what was accepted, or so many events before that once more. */
async function send(texts: readonly string[], again = 0): Promise<string> {
  const events = [...log.slice(log.length - again), ...chained(texts)];
  const at = log[log.length - again - 1] ?? nowhere;
  const reply = await line.push(pushBytes(device, { before: at, events, sentAt: Date.now() }));
  if (reply.kind !== 'accepted') return reply.kind === 'refused' ? reply.reason : reply.kind;
  log.push(...events.slice(again));
  return `${reply.fresh} new`;
}

const stored = async (): Promise<readonly Link[]> =>
  (
    await office.query<{ seq: string; hash: string; body: string }>(
      `SELECT seq, encode(hash, 'hex') AS hash, body FROM office.event ORDER BY seq`,
    )
  ).rows.map(({ seq, hash, body }) => ({ seq: Number(seq), hash, body }));

const cash = async (on = date): Promise<readonly string[]> =>
  (
    await office.query<{ said: string }>(
      `SELECT concat_ws(' ', seq, item, person, direction, amount, currency) AS said
       FROM office.cash WHERE date = $1 ORDER BY seq, item, person`,
      [on],
    )
  ).rows.map(({ said }) => said);

test('each event is kept once, as it was sent, however the pushes overlap', {
  skip,
  timeout: 1_800_000,
}, async () => {
  assert.equal(await send(Array.from({ length: 90 }, (_, index) => text({ index }))), '90 new');
  assert.equal(await send([text({ note: 'ü' })], 3), '1 new', 'three were known');
  assert.equal(await send([], 91), '0 new', 'from the first event on');
  assert.equal(await send([text({}), text({ end: true })], 60), '2 new');
  assert.deepEqual(await stored(), log);
  const { rows } = await office.query('SELECT 1 FROM office.push');
  assert.equal(rows.length, 3, 'a push is one row');
});

test('another history is found at its first event, wherever the pushes began', {
  skip,
  timeout: 1_800_000,
}, async () => {
  const at = log[88] as Link;
  const other = linkTo(at, text({ other: 'history' }));
  const events = [other, linkTo(other, text({}))];
  const reply = await line.push(pushBytes(device, { before: at, events, sentAt: Date.now() }));
  assert.equal(
    reply.kind === 'refused' && reply.message,
    'Event 90 of branch P01 is not the one head office has.',
  );
  await office.query(`SELECT office.resume_device('P01', 'looked at both logs')`);
  assert.deepEqual(await stored(), log);
});

test('cash counts for each person until its posting is reversed', {
  skip,
  timeout: 1_800_000,
}, async () => {
  const first = log.length + 1;
  const two = posted([took('customer:7', 'document:X'), took('customer:8')]);
  const next = '2026-11-21';
  await send([two, posted([took('customer:9')]), posted([took('customer:7')], next), text({})]);
  const seventh = [`${first} 1 customer:7 in 500 EUR`, `${first} 1 document:X in 500 EUR`];
  const ninth = `${first + 1} 1 customer:9 in 500 EUR`;
  assert.deepEqual(await cash(), [...seventh, `${first} 2 customer:8 in 500 EUR`, ninth]);
  assert.deepEqual(await cash(next), [`${first + 2} 1 customer:7 in 500 EUR`]);
  await send([text({ forgets: { journal: first, date } })]);
  assert.deepEqual(await cash(), [ninth]);
  await send([text({ forgets: { journal: first + 2, date: next } })]);
  assert.deepEqual(await cash(next), []);
  const { rows } = await office.query('SELECT date FROM office.newest_cash_date');
  assert.deepEqual(rows, [{ date }], 'what is forgotten is no newest date');
});

const journal = (...legs: object[]) => text({ journal: { legs } });
const refused: readonly (readonly [string, string])[] = [
  ['event-not-canonical', posted([{ ...took('customer:7'), direction: 'sideways' }])],
  ['event-not-canonical', posted([{ ...took('customer:7'), amountMinor: '0' }])],
  ['event-not-canonical', posted([{ ...took('customer:7'), amountMinor: 'much' }])],
  ['event-not-canonical', posted([{ ...took('customer:7'), currency: null }])],
  ['event-not-canonical', posted([{ ...took(), persons: 'customer:7' }])],
  [
    'event-not-canonical',
    text({ activity: [took('customer:7')] }).replace(`"date":"${date}",`, ''),
  ],
  ['journal-unlawful', journal(leg(1, 2, 'EUR'), leg(1, 3, 'USD'))],
  ['journal-unlawful', journal(leg(20, 21, 'euro'))],
  ['journal-unlawful', journal({ ...leg(1, 2), amountMinor: '0' })],
];

test('a push with one wrong event is refused whole', { skip, timeout: 1_800_000 }, async () => {
  const [events, items] = [await stored(), await cash()];
  for (const [reason, wrong] of refused) {
    assert.equal(await send([posted([took('customer:1')]), wrong, text({})]), reason, wrong);
  }
  assert.deepEqual(await stored(), events);
  assert.deepEqual(await cash(), items);
  assert.equal((await office.query('SELECT * FROM office.wrong_balances()')).rows.length, 0);
});
