// Holds the short way a push may go to the long one: whatever is sent, both answer alike and book alike.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import type { OfficeLine, PushBytes } from '#station/office/client/calls.ts';
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
/** Two branches with the same log: of one every push is only judged, as where nothing can sift. */
const codes = ['SHORT', 'LONG'] as const;
const lines: OfficeLine[] = [];
const log: Link[] = [];
let office: TestOffice;

before(
  async () => {
    if (skip) return;
    office = await openTestOffice();
    for (const code of codes) {
      const line = await openLine(await office.enrol({ branch: code, name: code }));
      await line.open(testDevice(code).publicKey, { head: 0, down: 0 });
      lines.push(line);
    }
    await office.query('GRANT EXECUTE ON FUNCTION office.judge_events TO office_workstation');
  },
  { timeout: 90_000 },
);
after(
  async () => {
    for (const line of lines) await line.close();
    await office?.remove();
  },
  { timeout: 60_000 },
);

const leg = '{"amountMinor":"500","credit":2,"currency":"EUR","debit":1}';
const item = '{"amountMinor":"500","currency":"EUR","direction":"in","persons":["customer:7"]}';
const event = (data: string, date = '2026-11-20'): string => `{"data":${data},"date":"${date}"}`;
const journal = (...legs: string[]): string => event(`{"journal":{"legs":[${legs.join()}]}}`);
const cash = (...items: string[]): string => event(`{"activity":[${items.join()}]}`);
const account = (id: string): string =>
  `{"class":"liability","currency":"EUR","customer":7,"id":${id},"name":"N","number":"${id}","product":"p"}`;

/** What most events are: these go the short way. */
const usual: readonly string[] = [
  journal(leg),
  journal(leg, leg.replace('2', '3'), leg.replace('"debit":1', '"debit":4')),
  journal(leg.replace('"500"', '"99999999999999999"')),
  cash(item),
  cash(item.replace('customer:7', 'document:Zoë 李 {}()'), item.replace(/\[.*\]/, '[]')),
  cash(item.replace('["', '["customer:8","'), item.replace('"in"', '"out"')),
  event('{}'),
  event('{"journal":null,"activity":[]}'),
  event('{"note":"says \\"so\\"\\n"}'),
  event('{"dateOpened":"2026-11-20"}'),
];

/** What few or none are. Some of it head office takes. */
const odd: readonly string[] = [
  ...['', ' ', '[]', '{}', '5', 'null', '"text"', '{"data":[]}', '{"data":["office"]}'],
  ...[` ${journal(leg)}`, `${journal(leg)} `, `${journal(leg)},`, `\uFEFF${journal(leg)}`],
  ...['{"data":NaN}', '{"data":{"x":Infinity}}', event('{"x":1e999999}'), event('{"x":1.50}')],
  event(`{"x":${'9'.repeat(5000)}}`),
  event(`{"x":${'['.repeat(3000)}${']'.repeat(3000)}}`),
  ...['\\u0041', '\\u0000', '\\ud800', '\\ud83d\\ude00', '\\x', '\t'].map((text) =>
    event(`{"x":"${text}"}`),
  ),
  event('{"\\u006fffice":{"kind":"abandoned","reservation":"r"}}'),
  ...['true', 'null', '1.0', '-1', '"1"', '" 1 "', '9223372036854775808', '1e0', '[]', '01'].map(
    (debit) => journal(leg.replace('"debit":1', `"debit":${debit}`)),
  ),
  ...['500', '"0"', '"-5"', '"+5"', '" 5"', '"007"', '"5.0"', '"٥"', '"99999999999999999999"'].map(
    (amount) => journal(leg.replace('"500"', amount)),
  ),
  ...['"eur"', '"EURO"', '"EU\\n"', '"ÉUR"', 'null', '5', '["EUR"]'].flatMap((currency) => [
    journal(leg.replace('"EUR"', currency)),
    cash(item.replace('"EUR"', currency)),
  ]),
  journal(leg.replace('"credit":2', '"credit":1')),
  journal(leg, leg.replace('EUR', 'USD')),
  journal(leg.replace('EUR', 'USD')),
  // What it would add up to no longer fits.
  ...[1, 2].map(() => journal(leg.replace('500', '9223372036854775807'))),
  ...['5', '{}', 'null', '{"legs":null}', '{"legs":{}}', '{"legs":[5]}', '{"legs":[[]]}'].map(
    (value) => event(`{"journal":${value}}`),
  ),
  ...['5', '{}', 'null', '[5]', '[null]', '[{}]', `[{"persons":null}]`].map((value) =>
    event(`{"activity":${value}}`),
  ),
  ...['"p"', 'null', '[5]', '[null]', '["a\\"b"]', '["a\\\\b"]', '["a\\nb"]', '["a\u00A0b"]'].map(
    (persons) => cash(item.replace(/\[.*\]/, persons)),
  ),
  ...['"0"', '5', '"x"', '"-1"'].map((amount) => cash(item.replace('"500"', amount))),
  ...['"sideways"', 'null', '["in"]'].map((direction) => cash(item.replace('"in"', direction))),
  ...['null', 'true', '5', '["2026-11-20"]', '"{,}\\"x"'].map((date) =>
    cash(item).replace('"2026-11-20"', date),
  ),
  cash(item).replace(',"date":"2026-11-20"', ''),
  event(`{"activity":[${item}]}`, '2026-11-21'),
  `{"data":{"journal":{"legs":[${leg}]}},"data":{}}`,
  event(`{"journal":{"legs":[${leg}]},"journal":{"legs":[${leg},${leg}]}}`),
  event(`{"accounts":[${account('70')}]}`),
  event(`{"accounts":[${account('null')}]}`),
  event('{"office":{"kind":"nobody knows"}}'),
  event('{"office":null}'),
];

interface Answer {
  readonly kind: string;
  readonly reason: string | null;
  readonly received_seq: string;
  readonly fresh: number;
  readonly down_seq: string | null;
}

/** Sends the same events in both branches' names; those that were taken make the log longer. */
async function send(
  texts: readonly string[],
  again = 0,
  bend = (push: PushBytes): PushBytes => push,
): Promise<Answer> {
  const at = log.at(-1 - again) ?? nowhere;
  const events = again === 0 ? [] : log.slice(-again);
  for (const text of texts) events.push(linkTo(events.at(-1) ?? at, text));
  const answers: Answer[] = [];
  for (const [index, line] of lines.entries()) {
    const name = index === 0 ? 'accept_events' : 'judge_events';
    const sentAt = Date.now();
    const device = testDevice(codes[index] ?? '');
    const push = bend(pushBytes(device, { before: at, events, sentAt }));
    const [answer] = await line.read<Answer>(
      `SELECT kind, reason, received_seq, fresh, down_seq FROM office.${name}($1, $2, $3, $4, $5, $6, $7)`,
      [
        ...[at.seq, Buffer.from(at.hash, 'hex'), push.hashes, push.bodies],
        ...[sentAt, push.signedAt, push.signature],
      ],
    );
    answers.push(answer as Answer);
  }
  assert.deepEqual(answers[0], answers[1], JSON.stringify(texts));
  if (answers[0]?.kind === 'accepted') log.push(...events.slice(again));
  return answers[0] as Answer;
}

/** Whether these go the short way after what was accepted. */
async function sifted(texts: readonly string[]): Promise<boolean> {
  const at = log.at(-1) ?? nowhere;
  const events: Link[] = [];
  for (const text of texts) events.push(linkTo(events.at(-1) ?? at, text));
  const device = testDevice('SHORT');
  const push = pushBytes(device, { before: at, events, sentAt: 5 });
  const { rows } = await office.query<{ is: boolean }>(
    `SELECT accounts IS NOT NULL AS is FROM office.sift_push(
       decode('${device.publicKey}', 'hex'), ${at.seq}, decode('${at.hash}', 'hex'),
       decode('${push.hashes.toString('hex')}', 'hex'),
       convert_from(decode('${Buffer.from(push.bodies).toString('hex')}', 'hex'), 'UTF8'),
       5, decode('${push.signature.toString('hex')}', 'hex'))`,
  );
  return rows[0]?.is === true;
}

/** Everything head office keeps of a branch. */
async function books(code: string): Promise<unknown> {
  const of = `device = (SELECT id FROM office.device WHERE branch = '${code}')`;
  const { rows } = await office.query(`SELECT
    (SELECT json_agg(to_jsonb(b) - 'device' ORDER BY account) FROM office.balance b WHERE ${of}) AS balances,
    (SELECT json_agg(to_jsonb(c) - 'device' ORDER BY seq, item, person) FROM office.cash c WHERE ${of}) AS cash,
    (SELECT json_agg(to_jsonb(e) - 'device' ORDER BY seq) FROM office.event e WHERE ${of}) AS events,
    (SELECT json_agg(first_seq ORDER BY first_seq) FROM office.push WHERE ${of}) AS pushes,
    (SELECT json_agg(to_jsonb(a) - 'device' ORDER BY id) FROM office.account a WHERE ${of}) AS accounts,
    (SELECT json_agg(kind ORDER BY id) FROM office.exception WHERE branch = '${code}') AS exceptions,
    (SELECT ARRAY[received_seq, head_seq]::text || received_hash || business_date || day_state || stopped
     FROM office.device WHERE branch = '${code}') AS device`);
  return rows[0];
}

const booksAreEqual = async () => assert.deepEqual(await books('SHORT'), await books('LONG'));

test('usual pushes go the short way and are booked as the judge books them', {
  skip,
  timeout: 120_000,
}, async () => {
  const { rows: there } = await office.query(
    `SELECT 1 FROM pg_available_extensions WHERE name = 'plpython3u'`,
  );
  const canSift = there.length > 0;
  assert.equal(office.verifier === 'python', canSift);
  assert.equal(await sifted(usual), canSift);
  assert.equal((await send(usual)).kind, 'accepted');
  for (const text of usual) {
    assert.equal(await sifted([text]), canSift, text);
    assert.equal((await send([text, text])).kind, 'accepted');
  }
  assert.equal((await send([journal(leg)], 5)).fresh, 1, 'five were known');
  const { rows } = await office.query<{ verified: boolean }>(
    `SELECT verified_seq = received_seq AS verified FROM office.device WHERE branch = 'SHORT'`,
  );
  assert.equal(rows[0]?.verified, office.verifier !== 'none');
  await booksAreEqual();
});

test('odd events are answered and booked alike, alone and among usual ones', {
  skip,
  timeout: 120_000,
}, async () => {
  const taken: string[] = [];
  for (const text of odd) {
    if ((await send([text])).kind === 'accepted') taken.push(text);
    await send([journal(leg), text, cash(item)]);
  }
  assert.ok(taken.length > 10 && taken.length < odd.length / 2, `${taken.length} were taken`);
  await booksAreEqual();
});

test('events changed at any place are answered and booked alike', {
  skip,
  timeout: 300_000,
}, async () => {
  const marks = [...'{}[]":,\\0 5Eé', 'null', '\\u0031', '"EUR"', '1e1', '{"legs":[]}'];
  const bent = fc
    .tuple(fc.constantFrom(...usual), fc.nat(99), fc.nat(3), fc.constantFrom('', ...marks))
    .map(([text, where, gone, mark]) => {
      const at = Math.floor((text.length * where) / 100);
      return text.slice(0, at) + mark + text.slice(at + gone);
    });
  const texts = fc.array(fc.oneof(fc.constantFrom(...usual), bent), { minLength: 1, maxLength: 3 });
  await fc.assert(
    fc.asyncProperty(texts, async (each) => void (await send(each))),
    { numRuns: 150 },
  );
  await booksAreEqual();
});

const flip = (bytes: Buffer, at: number): Buffer => {
  const bent = Buffer.from(bytes);
  bent[at] = (bent[at] ?? 0) ^ 1;
  return bent;
};

test('a text without its hash and a head its device did not sign are refused alike', {
  skip,
  timeout: 120_000,
}, async () => {
  const texts = [journal(leg), cash(item), journal(leg)];
  const bends: readonly ((push: PushBytes) => PushBytes)[] = [
    (push) => ({ ...push, bodies: push.bodies.replace('500', '900') }),
    (push) => ({ ...push, hashes: flip(push.hashes, 40) }),
    (push) => ({ ...push, hashes: push.hashes.subarray(0, 95) }),
    (push) => ({ ...push, hashes: push.hashes.subarray(0, 64) }),
  ];
  for (const bend of bends) assert.equal((await send(texts, 0, bend)).reason, 'event-tampered');
  const forged = await send(texts, 0, (push) => ({ ...push, signature: flip(push.signature, 5) }));
  if (office.verifier !== 'none') assert.equal(forged.reason, 'signature-wrong');
  await booksAreEqual();
});
