// Attacks the reader of blocks: cut off, mixed, nested, doubled, hostile text never throws.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readAcknowledgement } from './acknowledgement.ts';
import { joinBatch, splitBatch } from './batch.ts';
import { buildMessage, parseAmount, printAmount, printField } from './build.ts';
import { checkMessage } from './check.ts';
import { finLengthMax, readEnvelope, writeEnvelope } from './envelope.ts';
import { fieldDefinitions } from './fields.ts';
import { messageOf } from './network-rules.fixture.ts';
import { readStatements } from './statement.ts';

const good = messageOf('103', '70:INVOICE 4711');
const codes = (text: string) => checkMessage(text).problems.map(({ code }) => code);

test('a message that is right has no problem', () => assert.deepEqual(codes(good), []));

test('each attack is answered with a reason, block and line', () => {
  const attacks: readonly (readonly [string, string, string, number])[] = [
    ['', 'no-block', '', 1],
    ['hello', 'text-outside-blocks', '', 1],
    [good.slice(0, -2), 'block-unclosed', '4', 1],
    [good.slice(0, 40), 'block-unclosed', '2', 1],
    [good.replace(':23B:CRED\r\n', ':23B:CRED\n'), 'mixed-newlines', '', 3],
    [good.replace('ACME', 'ACMÉ'), 'charset', '4', 5],
    [good.replace('BERLIN', 'BER\u0000LIN'), 'charset', '4', 6],
    [good.replace('BERLIN', 'BER{LIN'), 'charset', '4', 6],
    [good.replace('{4:', '{1:F01COBADEFFAXXX0000000000}{4:'), 'block-twice', '1', 1],
    [good.replace('{4:', '{3:{{{{108:X}}}}}{4:'), 'tag-malformed', '3', 1],
    [good.replace(':20:REF1', 'REF1'), 'field-malformed', '4', 2],
    [good.replace('BERLIN', '-BERLIN'), 'line', '4', 6],
    [good.replace('COBADEFF', 'COBAD1FF'), 'T27', '1', 1],
    ['x'.repeat(finLengthMax + 1), 'too-long', '', 1],
  ];
  for (const [text, code, block, line] of attacks) {
    const { problems } = checkMessage(text);
    const hit = problems.find((problem) => problem.code === code);
    assert(hit, `${code} expected of ${text.slice(0, 60)}: ${codes(text)}`);
    assert.deepEqual([hit.block, hit.line], [block, line], code);
    assert(hit.message.length > 10);
  }
});

test('a fault is located at its line, field and component', () => {
  const { problems } = checkMessage(messageOf('103', '32A:261323USD10,555'));
  assert.deepEqual(
    problems.map(({ code, line, field, component }) => [code, line, field, component]),
    [
      ['T50', 4, '32A', 'date'],
      ['C03', 4, '32A', 'amount'],
    ],
  );
});

const pieces = fc.constantFrom(
  ...[
    '{1:',
    '{2:I103',
    '{4:\n',
    '-}',
    '}',
    '{',
    ':20:',
    ':61:',
    '\r\n',
    '\n',
    '\r',
    '$',
    '{5:{',
    'A',
  ],
);
const hostile = fc.array(fc.oneof(pieces, fc.string({ maxLength: 8 }))).map((all) => all.join(''));

test('no text makes a reader throw, and what is read right is written back', () => {
  fc.assert(
    fc.property(hostile, (text) => {
      checkMessage(text);
      readAcknowledgement(text);
      readStatements(text);
      splitBatch(text);
      const { envelope, problems } = readEnvelope(text);
      if (problems.length === 0) assert.equal(writeEnvelope(envelope), text);
    }),
    { numRuns: 500 },
  );
});

test('one changed character of a message never makes a reader throw', () => {
  const change = fc.tuple(fc.nat(good.length - 1), fc.string({ maxLength: 3 }));
  fc.assert(
    fc.property(change, ([at, text]) => {
      const changed = good.slice(0, at) + text + good.slice(at + 1);
      const { problems } = checkMessage(changed);
      for (const { message, line } of problems) assert(message && line >= 1);
    }),
    { numRuns: 500 },
  );
});

test('the work grows with the length of the text, not with its square', () => {
  // Counted in characters looked at would be better; a text this long in a square is minutes.
  const long = 4_000_000;
  readEnvelope('{'.repeat(long), long);
  readEnvelope('{1:'.repeat(long / 3), long);
  readEnvelope('{1:A}'.repeat(long / 5), long);
  readEnvelope(`{4:\n${':20:\n'.repeat(long / 5)}`, long);
  readEnvelope(`{3:${'{108:}'.repeat(long / 6)}`, long);
  readStatements(':61:'.repeat(long / 4));
  splitBatch('$ '.repeat(long / 2));
});

test('amounts go through FIN and back without a float', () => {
  const amount = fc.bigInt({ min: 0n, max: 10n ** 14n });
  fc.assert(
    fc.property(amount, fc.integer({ min: 0, max: 4 }), (minor, digits) =>
      assert.equal(parseAmount(printAmount(minor, digits), digits), minor),
    ),
    { numRuns: 200 },
  );
  assert.equal(printAmount(123450n, 2), '1234,5');
  assert.equal(printAmount(100n, 2), '1,');
  assert.equal(parseAmount('1,234', 2), null);
  assert.throws(() => printAmount(-1n, 2), { reason: 'amount-negative' });
});

test('fields are printed from components as they were read', () => {
  for (const [tag, value] of [
    ['32A', '261123EUR1234,5'],
    ['50F', '/DE89370400440532013000\n1/ACME GMBH\n3/DE/BERLIN'],
    ['50F', 'DRLC/BE/BRUSSELS/NB0949042\n1/DUPONT\n3/BE/BRUSSELS'],
    ['53B', '/C/1234'],
    ['53B', 'LONDON'],
    ['57D', '//FW021000089\nSOME BANK'],
    ['61', '2611201120RCR100,00NTRFREF1//BANKREF\nDETAILS'],
    ['59', 'JANE DOE\nNEW YORK'],
  ] as const) {
    const format = fieldDefinitions.get(tag)?.formats.find((each) => each.parse(value));
    const components = format?.parse(value);
    assert(components, `${tag} ${value}`);
    assert.equal(printField(tag, components), value);
  }
  assert.throws(() => printField('32A', { date: '261123', currency: 'EUR', amount: '1' }), {
    reason: 'field-format',
    field: '32A',
  });
});

test('the numbered lines of a party are held to their order and country', () => {
  const codeOf = (lines: string) => codes(messageOf('103', `50F:/1⏎${lines}`));
  assert.deepEqual(codeOf('1/A⏎2/B⏎3/DE/C'), []);
  assert.deepEqual(codeOf('1/A⏎3/DE/C⏎2/B'), ['T56']);
  assert.deepEqual(codeOf('2/B⏎3/DE/C'), ['T56']);
  assert.deepEqual(codeOf('1/A⏎BERLIN'), ['T56']);
  assert.deepEqual(codeOf('1/A⏎3/ZZ/C'), ['T73']);
});

test('a built message is the one that is read', () => {
  const { envelope, headers } = checkMessage(good);
  assert(headers.basic && headers.application);
  const fields = (envelope.blocks.at(-1)?.fields ?? []).map(({ tag, value }) => [tag, value]);
  const plan = { basic: headers.basic, application: headers.application, user: [] };
  const text = buildMessage({ ...plan, fields: fields as [string, string][] });
  assert.equal(text, good);
});

test('answers of Swift are read with code, line and the message answered', () => {
  const head = '{1:F21AAAAUSLAAXXX5195167828}';
  const yes = readAcknowledgement(`${head}{4:{177:1704260717}{451:0}}${good}`).acknowledgement;
  assert.deepEqual([yes?.accepted, yes?.time, yes?.original], [true, '1704260717', good]);
  const no = readAcknowledgement(`${head}{4:{177:1704260717}{451:1}{405:T27012}{108:REF}}`);
  const { accepted, errorCode, errorLine, reference } = no.acknowledgement ?? {};
  assert.deepEqual([accepted, errorCode, errorLine, reference], [false, 'T27', '012', 'REF']);
  assert.equal(readAcknowledgement(good).acknowledgement, null);
});

test('a batch is parted into its messages and put together again', () => {
  const items = splitBatch(`${good}$\r\n${good}\r\n$`);
  assert.deepEqual(
    items.map(({ text, line }) => [text === good, line]),
    [
      [true, 1],
      [true, 12],
    ],
  );
  assert.equal(splitBatch(joinBatch([good, good, good])).length, 3);
});
