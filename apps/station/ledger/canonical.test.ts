// Proves that a value has one spelling, that writer and reader agree on it, and that no other
// passes.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { canonicalText, sha256Hex } from './canonical.ts';
import { readBody, scannedBytes } from './canonical-bytes.ts';

/** Written from RFC 8785 alone, to check the fast writer by. */
function reference(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(reference).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const keys = Object.keys(value).sort();
  return `{${keys
    .map((key) => `${JSON.stringify(key)}:${reference((value as Record<string, unknown>)[key])}`)
    .join(',')}}`;
}

const text = fc.string({ unit: 'grapheme', maxLength: 12 });
const integer = fc.maxSafeInteger().map((number) => number + 0 || 0);
const key = fc.oneof(text, fc.nat(2000).map(String), fc.constantFrom('__proto__x', 'ﬀ', '😀', ''));
const value = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    text,
    integer,
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(key, tie('value'), { maxKeys: 5, noNullPrototype: true }),
  ),
})).value;

const envelopeOf = (data: unknown, at = 1) => ({
  ...{ type: 'a.b', key: '', digest: '', date: '', actor: 'system' },
  ...{ data, at },
});

test('the fast writer writes what the plain one does, and reading it back changes nothing', () => {
  fc.assert(
    fc.property(value, (data) => {
      const written = canonicalText(data);
      assert.equal(written, reference(data));
      assert.equal(canonicalText(JSON.parse(written)), written);
    }),
    { numRuns: 1000 },
  );
});

const bodyFacts = (bytes: Buffer) => readBody(scannedBytes(bytes), 0, bytes.length);

test('however many keys an object has, they are written in order', () => {
  // Above U+FFFF the order of code units is not that of code points.
  const unit = fc.constantFrom('a', 'B', '0', '9', '\u00e9', '\ud7ff', '\uffff', '\u{10000}');
  const name = fc.string({ unit, maxLength: 4 });
  const keys = fc.uniqueArray(name, { minLength: 12, maxLength: 24 });
  fc.assert(
    fc.property(keys, (given) => {
      const text = canonicalText({ z: Object.fromEntries(given.map((key) => [key, 1])), a: 0 });
      const inOrder = [...given].sort().map((key) => `${JSON.stringify(key)}:1`);
      assert.equal(text, `{"a":0,"z":{${inOrder.join(',')}}}`);
    }),
    { seed: 22, numRuns: 40 },
  );
});

test('the reader accepts every canonical body and tells its time', () => {
  fc.assert(
    fc.property(value, fc.nat(), (data, at) => {
      const bytes = Buffer.from(canonicalText(envelopeOf(data, at)));
      assert.deepEqual(bodyFacts(bytes), { badAt: -1, at });
    }),
    { numRuns: 1000 },
  );
});

test('the reader refuses what the writer would have written otherwise', () => {
  fc.assert(
    fc.property(value, fc.nat(), fc.nat(255), (data, where, byte) => {
      const bytes = Buffer.from(canonicalText(envelopeOf(data)));
      bytes[where % bytes.length] = byte;
      const { badAt } = bodyFacts(bytes);
      const spelling = spellingOf(bytes);
      // Accepted exactly when the bytes are the one spelling of what they mean.
      assert.equal(badAt === -1, spelling?.equals(bytes) ?? false);
    }),
    { numRuns: 3000 },
  );
});

function spellingOf(bytes: Buffer): Buffer | null {
  try {
    const decoded = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    const event = JSON.parse(decoded);
    const members = Object.keys(event).sort().join();
    if (members !== 'actor,at,data,date,digest,key,type') return null;
    if (!Number.isSafeInteger(event.at) || event.at < 0) return null;
    return Buffer.from(canonicalText(event));
  } catch {
    return null;
  }
}

test('every byte at every place of a word of four is judged as the spelling says', () => {
  // Letters and digits: what one kind of neighbour would hide, the other shows.
  for (const around of ['abcdefghijkl', '0123456789AB', '!!!!!!!!!!!!', '~~~~~~~~~~~~']) {
    const good = Buffer.from(canonicalText(envelopeOf(around)));
    const from = good.indexOf(around);
    for (let place = from; place < from + 8; place++) {
      for (let byte = 0; byte < 256; byte++) {
        const bytes = Buffer.from(good);
        bytes[place] = byte;
        const expected = spellingOf(bytes)?.equals(bytes) ?? false;
        assert.equal(bodyFacts(bytes).badAt === -1, expected, `byte ${byte} at ${place - from}`);
      }
    }
  }
});

test('every beginning of a UTF-8 sequence, at the edges of each range, is judged as the decoder does', () => {
  const good = Buffer.from(canonicalText(envelopeOf('abcdefghijkl')));
  const from = good.indexOf('abcdefghijkl');
  const seconds = [0x41, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0];
  const tails = [0x41, 0x80, 0xbf];
  let accepted = 0;
  for (let first = 0x80; first < 0x100; first++) {
    for (const second of seconds) {
      for (const third of tails) {
        for (const fourth of tails) {
          const bytes = Buffer.from(good);
          bytes.set([first, second, third, fourth], from);
          const expected = spellingOf(bytes)?.equals(bytes) ?? false;
          const sequence = bytes.toString('hex', from, from + 4);
          assert.equal(bodyFacts(bytes).badAt === -1, expected, sequence);
          if (expected) accepted += 1;
        }
      }
    }
  }
  assert.ok(accepted > 100, `${accepted} of them are text`);
});

test('two keys pass in their order only, whatever they are made of', () => {
  const starts = ['', '\u0001', '\t', ' ', '!', '"', '#', 'A', '\\', ']', 'a', 'é', 'ﬀ', '😀'];
  const keys = starts.flatMap((start) =>
    ['', '\u0001', '!', '"', 'A', 'é'].map((end) => start + end),
  );
  const names = [...new Set([...keys, ...keys.map((key) => `A${key}`)])];
  const spelled = (one: string, other: string) =>
    canonicalText(envelopeOf('x')).replace(
      '"x"',
      () => `{${JSON.stringify(one)}:1,${JSON.stringify(other)}:2}`,
    );
  for (const one of names) {
    for (const other of names) {
      const isRight = bodyFacts(Buffer.from(spelled(one, other))).badAt === -1;
      assert.equal(isRight, one < other, JSON.stringify([one, other]));
    }
  }
});

test('spellings a lax reader lets pass', () => {
  const good = canonicalText(envelopeOf({ a: 'é\n', b: [1, -2, true] }));
  assert.equal(bodyFacts(Buffer.from(good)).badAt, -1);
  const spoiled = [
    good.replace('"a":', '"a": '),
    good.replace('\\n', '\\u000a'),
    good.replace('é', '\\u00e9'),
    good.replace('[1', '[01'),
    good.replace('-2', '-0'),
    good.replace('-2', '2.0'),
    good.replace('[1', '[9007199254740992'),
    good.replace('"a":"é\\n","b":[1,-2,true]', '"b":[1,-2,true],"a":"é\\n"'),
    good.replace('"a":', '"b":'),
    `${good} `,
    good.replace('"digest":"",', ''),
    good.replace('true', 'True'),
    good.replace('"actor"', '"Actor"'),
    ...['true', 'null', '"1"', '-1', '[1]', '1e3'].map((at) =>
      good.replace('"at":1', `"at":${at}`),
    ),
  ];
  for (const each of spoiled) {
    assert.notEqual(each, good, 'the example spoils something');
    assert.notEqual(bodyFacts(Buffer.from(each)).badAt, -1, each);
  }
  for (const number of ['0', '9007199254740991', '-9007199254740991', '10']) {
    assert.equal(bodyFacts(Buffer.from(good.replace('[1,', `[${number},`))).badAt, -1, number);
  }
  const overlong = Buffer.from(good.replace('é', 'ÀÀ'), 'latin1');
  assert.notEqual(bodyFacts(overlong).badAt, -1);
  assert.notEqual(bodyFacts(Buffer.alloc(0)).badAt, -1);
});

test('nesting ends somewhere, for lists and objects alike', () => {
  const [before, behind] = canonicalText(envelopeOf('x')).split('"x"');
  const nested = (open: string, close: string, depth: number) =>
    bodyFacts(Buffer.from(`${before}${open.repeat(depth)}1${close.repeat(depth)}${behind}`)).badAt;
  for (const [open, close] of [
    ['[', ']'],
    ['{"a":', '}'],
  ] as const) {
    assert.equal(nested(open, close, 150), -1);
    assert.notEqual(nested(open, close, 400), -1);
  }
});

test('what has no canonical form is our mistake', () => {
  const wrong = [undefined, 1.5, Number.NaN, -0, 2 ** 53, 1n, '\ud800', { a: undefined }];
  wrong.push(
    new Date(0) as never,
    new Map() as never,
    [() => 1] as never,
    { b: 1, a: 1.5 } as never,
  );
  wrong.push({ '\udc00': 1 } as never, Symbol('a') as never);
  for (const each of wrong) {
    assert.throws(() => canonicalText(each), { name: 'AssertionError' }, String(each));
    assert.throws(() => canonicalText({ a: [each] }), { name: 'AssertionError' });
  }
  assert.equal(canonicalText('\\ud83d'), '"\\\\ud83d"');
  const nested = { a: ['\\ud83d', { b: null, c: 1 }] };
  assert.equal(canonicalText(nested), '{"a":["\\\\ud83d",{"b":null,"c":1}]}');
  assert.throws(
    () => canonicalText({ a: [1, { b: new Date(0) }] }),
    /\$\.a\[1\]\.b is no plain object/,
  );
});

test('golden vectors: these bytes must never change', () => {
  const vectors: [unknown, string][] = [
    [{ b: 1, a: [null, true, 'x'] }, '{"a":[null,true,"x"],"b":1}'],
    [{ '20': 1, '100': 2, '9': 3 }, '{"100":2,"20":1,"9":3}'],
    [{ ﬀ: 1, '😀': 2, é: 3 }, '{"é":3,"😀":2,"ﬀ":1}'],
    ['\u2028"\\/\u0001\t', '"\u2028\\"\\\\/\\u0001\\t"'],
    [-9007199254740991, '-9007199254740991'],
  ];
  for (const [given, expected] of vectors) assert.equal(canonicalText(given), expected);
  const body = canonicalText(
    envelopeOf({
      journal: { kind: 'transfer', legs: [{ debit: 1, credit: 2, amountMinor: '5' }] },
    }),
  );
  assert.equal(
    sha256Hex(Buffer.concat([Buffer.alloc(32), Buffer.from(body)])),
    '921ba8bbdc68bc3ab340a091e2fcdb438f205d6847a8db9a86541b7486994a25',
    body,
  );
});
