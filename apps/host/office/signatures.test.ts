// Holds the database's word on a signature to Node's: right ones, bent ones, and those made to part two programs.
import assert from 'node:assert/strict';
import { createHash, sign, verify } from 'node:crypto';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { checkpointNote, publicKeyOf } from '#station/ledger/checkpoint.ts';
import {
  noPostgres,
  openTestOffice,
  type TestOffice,
  testDevice,
  withoutVerifier,
} from './office.fixture.ts';
import { equipVerifier } from './verifier.ts';

interface Question {
  readonly publicKey: Buffer;
  readonly seq: number;
  readonly at: number;
  readonly hash: Buffer;
  readonly signature: Buffer;
}

let office: TestOffice;
before(
  async () => {
    if (!noPostgres) office = await openTestOffice();
  },
  { timeout: 1_800_000 },
);
after(async () => office?.remove(), { timeout: 1_800_000 });

/** What Node's own OpenSSL says of the note that station/ledger/checkpoint.ts makes. */
function nodeSays({ publicKey, seq, at, hash, signature }: Question): boolean {
  if (publicKey.length !== 32 || hash.length !== 32) return false;
  return verify(null, checkpointNote({ seq, hash }, at), publicKeyOf(publicKey), signature);
}

async function databaseSays(questions: readonly Question[]): Promise<(boolean | null)[]> {
  const { rows } = await office.query<{ answer: boolean | null }>(
    `SELECT office.signature_is_right(key, seq, at, hash, signature) AS answer
     FROM unnest($1::bytea[], $2::bigint[], $3::bigint[], $4::bytea[], $5::bytea[])
       WITH ORDINALITY AS q (key, seq, at, hash, signature, n) ORDER BY n`,
    [
      questions.map(({ publicKey }) => publicKey),
      questions.map(({ seq }) => seq),
      questions.map(({ at }) => at),
      questions.map(({ hash }) => hash),
      questions.map(({ signature }) => signature),
    ],
  );
  return rows.map(({ answer }) => answer);
}

function asked(name: string, seq: number, at: number): Question {
  const device = testDevice(name);
  const hash = createHash('sha256').update(`${name} ${seq}`).digest();
  const signature = sign(null, checkpointNote({ seq, hash }, at), device.key);
  return { publicKey: Buffer.from(device.publicKey, 'hex'), seq, at, hash, signature };
}

const flip = (bytes: Buffer, bit: number): Buffer => {
  const bent = Buffer.from(bytes);
  const at = (bit >> 3) % bytes.length;
  bent[at] = (bent[at] ?? 0) ^ (1 << (bit & 7));
  return bent;
};

/** One thing about a right question is made wrong, or nothing is. */
const bend: readonly ((right: Question, how: number) => Question)[] = [
  (right) => right,
  (right, how) => ({ ...right, signature: flip(right.signature, how) }),
  (right, how) => ({ ...right, hash: flip(right.hash, how) }),
  (right, how) => ({ ...right, publicKey: flip(right.publicKey, how) }),
  (right, how) => ({ ...right, seq: right.seq + 1 + (how % 3) }),
  (right, how) => ({ ...right, at: Math.max(0, right.at - 1 - (how % 1000)) }),
  (right, how) => ({ ...right, signature: right.signature.subarray(0, how % 64) }),
  (right, how) => ({
    ...right,
    signature: Buffer.concat([right.signature, Buffer.alloc(1 + (how % 9))]),
  }),
  (right, how) => ({ ...right, hash: Buffer.concat([right.hash, Buffer.alloc(how % 9)]) }),
  (right, how) => ({ ...right, publicKey: right.publicKey.subarray(0, 31 - (how % 31)) }),
  (right, how) => asked(`other ${how % 7}`, right.seq, right.at),
];

const whole = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER - 10 });
const question = fc
  .tuple(fc.nat(30), whole, whole, fc.nat(bend.length - 1), fc.nat(4095))
  .map(
    ([name, seq, at, kind, how]) =>
      (bend[kind] ?? bend[0])?.(asked(`${name}`, seq, at), how) as Question,
  );

const skip = noPostgres;

test('the database answers as Node does, whatever is bent', {
  skip,
  timeout: 1_800_000,
}, async (context) => {
  if (office.verifier === 'none') return context.skip('this cluster cannot check signatures');
  let right = 0;
  const property = fc.asyncProperty(
    fc.array(question, { minLength: 50, maxLength: 50 }),
    async (all) => {
      const due = all.map(nodeSays);
      assert.deepEqual(await databaseSays(all), due);
      right += due.filter(Boolean).length;
    },
  );
  await fc.assert(property, { numRuns: 30 });
  assert.ok(right > 100 && right < 1400, `${right} of 1,500 were right`);
});

/** The order of the group, little-endian: S + L says the same to who does not look. */
const order = 2n ** 252n + 27742317777372353535851937790883648493n;
const little = (value: bigint): Buffer =>
  Buffer.from(value.toString(16).padStart(64, '0'), 'hex').reverse();
const number = (bytes: Buffer): bigint =>
  BigInt(`0x${Buffer.from(bytes).reverse().toString('hex')}`);

/** Encodings of the eight points of small order, and of some that are not reduced. */
const smallOrder = [
  '0100000000000000000000000000000000000000000000000000000000000000',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  '0000000000000000000000000000000000000000000000000000000000000000',
  '0000000000000000000000000000000000000000000000000000000000000080',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa',
  '0100000000000000000000000000000000000000000000000000000000000080',
  'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff',
  'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff',
  'ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff',
].map((text) => Buffer.from(text, 'hex'));

test('vectors that part careless programs: a signature said another way, points of small order, nothing at all', {
  skip,
  timeout: 1_800_000,
}, async (context) => {
  if (office.verifier === 'none') return context.skip('this cluster cannot check signatures');
  const right = asked('malleable', 77, 1_700_000_000_000);
  const [point, scalar] = [right.signature.subarray(0, 32), right.signature.subarray(32)];
  const withScalar = (value: bigint): Question => ({
    ...right,
    signature: Buffer.concat([point, little(value)]),
  });
  const malleable = [1n, 2n, 8n]
    .map((times) => number(scalar) + times * order)
    .concat(order, order - 1n, 0n)
    .filter((value) => value < 2n ** 256n)
    .map(withScalar);
  for (const each of malleable) assert.equal(nodeSays(each), false);
  const small = smallOrder.flatMap((publicKey) =>
    smallOrder.flatMap((first) =>
      [0, 1, 2, 3].map((seq) => ({
        ...{ publicKey, seq, at: 5, hash: createHash('sha256').update(`${seq}`).digest() },
        signature: Buffer.concat([first, Buffer.alloc(32)]),
      })),
    ),
  );
  const empty = [
    { ...right, publicKey: Buffer.alloc(0) },
    { ...right, signature: Buffer.alloc(0) },
    { ...right, hash: Buffer.alloc(0) },
    { ...right, signature: Buffer.alloc(64) },
    { ...right, publicKey: Buffer.alloc(32) },
    { ...right, signature: Buffer.alloc(1 << 20, 1) },
  ];
  // Rightly signed, of something that is no head of a log.
  const hash = Buffer.alloc(31, 5);
  const note = checkpointNote({ seq: 77, hash }, 5);
  const signature = sign(null, note, testDevice('malleable').key);
  const short = { ...right, seq: 77, at: 5, hash, signature };
  const all = [right, short, ...malleable, ...small, ...empty];
  const due = all.map(nodeSays);
  assert.equal(due[0], true);
  assert.deepEqual(await databaseSays(all), due);
  const { rows } = await office.query<{ answer: boolean }>(
    `SELECT office.signature_is_right(k, s, a, h, g) AS answer FROM (VALUES
       (NULL::bytea, 1::bigint, 1::bigint, '\\x00'::bytea, '\\x00'::bytea), ('\\x00', NULL, 1, '\\x00', '\\x00'),
       ('\\x00', 1, NULL, '\\x00', '\\x00'), ('\\x00', 1, 1, NULL, '\\x00'), ('\\x00', 1, 1, '\\x00', NULL)) v (k, s, a, h, g)`,
  );
  assert.deepEqual(
    rows.map(({ answer }) => answer),
    [false, false, false, false, false],
    'nothing is not right, and not "cannot tell" either',
  );
});

test('a hundred devices in one session, a wrong one among them: what is kept between calls is bounded and not mixed up', {
  skip,
  timeout: 1_800_000,
}, async (context) => {
  if (office.verifier === 'none') return context.skip('this cluster cannot check signatures');
  const all = Array.from({ length: 300 }, (_, index) => {
    const right = asked(`device ${index % 150}`, index, index);
    if (index % 10 !== 9) return right;
    return { ...right, publicKey: Buffer.from(testDevice('another').publicKey, 'hex') };
  });
  assert.deepEqual(await databaseSays(all), all.map(nodeSays));
});

test('only our own functions ask it, it is looked at again at each start, and a cluster without it says so', {
  skip,
  timeout: 1_800_000,
}, async (context) => {
  const { rows } = await office.query<{ who: string }>(
    `SELECT r.rolname AS who FROM pg_roles r WHERE NOT r.rolsuper AND r.rolname LIKE 'office%'
       AND has_function_privilege(r.oid, 'office.signature_is_right(bytea, bigint, bigint, bytea, bytea)', 'EXECUTE')`,
  );
  assert.deepEqual(rows, []);
  const right = asked('again', 1, 1);
  await withoutVerifier(office, async () => assert.deepEqual(await databaseSays([right]), [null]));
  if (office.verifier === 'none') return context.skip('this cluster cannot check signatures');
  assert.deepEqual(await databaseSays([right]), [true], 'put back by the next start');
  // Somebody has put a function there that says yes to everything: the next start finds it out.
  const client = await office.cluster.administer();
  try {
    await client.query(
      `CREATE OR REPLACE FUNCTION office.signature_is_right(
         public_key bytea, seq bigint, at bigint, hash bytea, signature bytea) RETURNS boolean
       LANGUAGE sql AS 'SELECT true'`,
    );
    assert.equal(await equipVerifier(client), office.verifier);
    const bent = { ...right, signature: flip(right.signature, 9) };
    assert.deepEqual(await databaseSays([right, bent]), [true, false]);
  } finally {
    await client.end();
  }
});
