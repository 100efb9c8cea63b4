// Attacks the reader: cut short, in other encodings, with entities, too deep, too large, mixed.
// Each gets a place and words.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { SaxesParser } from 'saxes';
import { messageDefinition } from '../definition/definitions.ts';
import { transferValues } from './build.fixture.ts';
import { buildMessage } from './build.ts';
import { createMessageReader, readMessage } from './read.ts';

const { xml } = buildMessage(messageDefinition('pain.001.001.09'), transferValues(2));
const document = 'Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"';

function firstCode(message: Uint8Array | string): string | undefined {
  const [first] = readMessage(message).errors;
  if (first) {
    assert.ok(first.line >= 1 && first.column >= 1, `${first.code} has no place`);
    assert.ok(first.message.length > 10 && first.fix.length > 10, `${first.code} has no words`);
  }
  return first?.code;
}

const bomb = `<!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><${document}>&b;</Document>`;
const attacks: readonly (readonly [string, Uint8Array | string, string])[] = [
  ['nothing', '', 'truncated'],
  ['blanks', '  \n', 'truncated'],
  ['UTF-16 with a mark', Buffer.from(`\uFEFF${xml}`, 'utf16le'), 'wrong-encoding'],
  ['UTF-16 without one', Buffer.from(xml, 'utf16le'), 'wrong-encoding'],
  ['Latin-1 unsaid', Buffer.from(xml, 'latin1'), 'wrong-encoding'],
  ['Latin-1 said', xml.replace('UTF-8', 'ISO-8859-1'), 'wrong-encoding'],
  ['a bomb of entities', bomb, 'document-type-refused'],
  [
    'a file read through an entity',
    `<!DOCTYPE d SYSTEM "file:///etc/passwd">${xml}`,
    'document-type-refused',
  ],
  ['an entity nobody declared', xml.replace('Dupont', '&xxe;'), 'entity-refused'],
  ['a wrong namespace', xml.replace('pain.001.001.09', 'pain.001.001.9'), 'unknown-message'],
  ['no namespace', xml.replace(/ xmlns="[^"]*"/, ''), 'wrong-namespace'],
  [
    'a version mixed in',
    xml.replace('<PmtInf>', '<PmtInf xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.03">'),
    'wrong-namespace',
  ],
  ['a control character', xml.replace('Dupont', 'Du\u0001pont'), 'malformed'],
  [
    'half a character',
    Buffer.from(xml).subarray(0, Buffer.from(xml).indexOf(0xc3) + 1),
    'truncated',
  ],
  ['an attribute twice', '<a b="1" b="2"/>', 'malformed'],
  ['an unbound prefix', '<x:Document/>', 'unbound-prefix'],
  ['two roots', `${xml}<a/>`, 'malformed'],
  ['text after the root', `${xml} stray`, 'malformed'],
  ['nesting without end', '<a>'.repeat(2000), 'too-deep'],
  [
    'attributes without end',
    `<a ${Array.from({ length: 100 }, (_, n) => `b${n}="1"`).join(' ')}/>`,
    'too-many-attributes',
  ],
  ['a text without end', `<a>${'x'.repeat(1 << 21)}`, 'too-large'],
  ['no message', '<html><body/></html>', 'no-message'],
  ['a message inside CDATA', '<m><![CDATA[<Document/>]]></m>', 'no-message'],
];

for (const [name, message, code] of attacks) {
  test(`${name} is answered with ${code}`, () => assert.equal(firstCode(message), code));
}

test('a byte order mark of UTF-8 is no fault', () => {
  assert.equal(firstCode(Buffer.from(`\uFEFF${xml}`)), undefined);
  assert.equal(firstCode(`\uFEFF${xml}`), undefined);
});

test('cut anywhere, a message is never valid and never crashes', () => {
  const bytes = Buffer.from(xml);
  for (let end = 0; end < bytes.length; end += 7) {
    assert.ok(readMessage(bytes.subarray(0, end)).errors.length > 0, `cut at ${end}`);
  }
});

test('in whatever pieces it arrives, the verdict and the place are the same', () => {
  const broken = Buffer.from(xml.replace('<Ctry>FR</Ctry>', '<Ctry>Frankreich</Ctry>'));
  const whole = readMessage(broken).errors.map(({ path, code }) => `${path} ${code}`);
  assert.equal(whole.length, 1);
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 300 }), (size) => {
      const reader = createMessageReader();
      for (let at = 0; at < broken.length; at += size) reader.write(broken.subarray(at, at + size));
      const found = reader.end().errors.map(({ path, code }) => `${path} ${code}`);
      assert.deepEqual(found, whole);
    }),
    { numRuns: 60 },
  );
});

/** Whether saxes, a parser that others use, takes the text as well-formed with namespaces. */
function saxesTakes(text: string): boolean {
  const parser = new SaxesParser({ xmlns: true });
  let isWellFormed = true;
  parser.on('error', () => {
    isWellFormed = false;
  });
  try {
    parser.write(text).close();
  } catch {
    return false;
  }
  return isWellFormed;
}

const formCodes = new Set(['malformed', 'truncated', 'unbound-prefix', 'entity-refused']);
const scraps = [
  '<',
  '>',
  '/',
  '&',
  ';',
  '"',
  "'",
  '=',
  ' ',
  '<!--',
  '-->',
  ']]>',
  '<![CDATA[',
  '<?x ',
  '?>',
  'x:',
  '&amp;',
  '&#10;',
  '&#0;',
  '\r\n',
  '</Cdtr>',
  '<a>',
  '\u00e9',
];

test('broken at random, a message is well-formed to us exactly when it is to another parser', () => {
  const edit = fc.record({
    // After the declaration: what encodings are taken is our own decision.
    at: fc.integer({ min: xml.indexOf('<Document'), max: xml.length - 1 }),
    drop: fc.integer({ min: 0, max: 4 }),
    put: fc.constantFrom('', ...scraps),
  });
  fc.assert(
    fc.property(edit, ({ at, drop, put }) => {
      const text = xml.slice(0, at) + put + xml.slice(at + drop);
      const { errors } = readMessage(text);
      const isOurs = !errors.some(({ code }) => formCodes.has(code));
      assert.equal(isOurs, saxesTakes(text), `${put} at ${at}: ${errors[0]?.message}`);
    }),
    { numRuns: 1500 },
  );
});

test('what stands before a control character is told in whatever pieces it arrives', () => {
  const broken = Buffer.from(xml.replace('<Ctry>FR</Ctry>', '<Ctry>F</Ctry>\u0001'));
  const codes = [1, 7, 300, broken.length].map((size) => {
    const reader = createMessageReader();
    for (let at = 0; at < broken.length; at += size) reader.write(broken.subarray(at, at + size));
    return reader.end().errors.map(({ code }) => code);
  });
  for (const found of codes) assert.deepEqual(found, ['pattern', 'malformed']);
});

test('a long token in small pieces is looked at again only when it has doubled', () => {
  const pieces = 20_000;
  const reader = createMessageReader();
  reader.write('<a b="');
  for (let piece = 0; piece < pieces; piece++) reader.write('x'.repeat(40));
  // Looked at with every piece, this would be eight billion characters.
  assert.equal(reader.end().errors[0]?.code, 'truncated');
});

test('encodings and cuts are told alike a byte at a time', () => {
  const cut = Buffer.from(xml).subarray(0, Buffer.from(xml).indexOf(0xc3) + 1);
  const wrong = Buffer.from(xml.replace('<Ctry>FR</Ctry>', '<Ctry>F</Ctry>'));
  const files = [
    ...[Buffer.from(xml, 'utf16le'), Buffer.from(xml, 'utf16le').swap16(), Buffer.from('<'), cut],
    Buffer.concat([wrong.subarray(0, wrong.indexOf('<PmtInf>')), Buffer.from([0xc3])]),
    Buffer.concat([wrong, Buffer.from([0xc3])]),
  ];
  for (const file of files) {
    const reader = createMessageReader();
    for (const byte of file) reader.write(Uint8Array.of(byte));
    const found = reader.end().errors.map(({ path, code }) => `${path} ${code}`);
    assert.deepEqual(
      found,
      readMessage(file).errors.map(({ path, code }) => `${path} ${code}`),
    );
  }
});
