// Proves that what is built is what was meant: the bytes of xmlbuilder2, the verdict of the
// schema, the values again.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { create } from 'xmlbuilder2';
import { messageDefinition } from '../definition/definitions.ts';
import { transferValues } from './build.fixture.ts';
import { buildMessage } from './build.ts';
import { listSamples, officialSchema, officialVerdict, skipReason } from './official.fixture.ts';
import { readMessage } from './read.ts';
import { type Value, type Values, valuesOf } from './values.ts';

const pain = messageDefinition('pain.001.001.09');

type Node = ReturnType<typeof create>;

function append(node: Node, tag: string, value: Value): void {
  if (Array.isArray(value)) for (const each of value) append(node, tag, each);
  else if (typeof value === 'string') {
    const child = node.ele(tag);
    if (value !== '') child.txt(value);
  } else if ('value' in value && typeof value.value === 'string') {
    const { value: text, ...attributes } = value as Record<string, string>;
    node.ele(tag, attributes).txt(text ?? '');
  } else {
    const child = node.ele(tag);
    for (const [inner, each] of Object.entries(value)) append(child, inner, each as Value);
  }
}

function otherXml(namespace: string, root: string, values: Values): string {
  const node = create({ version: '1.0', encoding: 'UTF-8' }).ele(namespace, root);
  for (const [tag, value] of Object.entries(values)) append(node, tag, value);
  return node.end();
}

test('a built transfer is valid, and byte for byte what xmlbuilder2 writes', () => {
  const values = transferValues(3);
  const built = buildMessage(pain, values);
  assert.deepEqual(built.errors, []);
  assert.equal(built.xml, otherXml(pain.namespace, 'Document', values));
  assert.deepEqual(readMessage(built.xml).errors, []);
});

test('any text is escaped as xmlbuilder2 escapes it, and is read back as it was', () => {
  const text = fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }).filter(
    // biome-ignore lint/suspicious/noControlCharactersInRegex: characters XML does not know
    (each) => !/[\u0000-\u0008\u000B-\u001F\uFFFE\uFFFF]/.test(each) && each.trim() !== '',
  );
  fc.assert(
    fc.property(text, (name) => {
      const values = transferValues(1, name);
      const { xml } = buildMessage(pain, values);
      assert.equal(xml, otherXml(pain.namespace, 'Document', values));
      const reading = readMessage(xml, { keepTree: true });
      const root = reading.parts[0]?.tree;
      assert.ok(root, reading.errors[0]?.message);
      assert.deepEqual(valuesOf(pain, root), values);
    }),
    { numRuns: 200 },
  );
});

test('children in any order are written in the order of the definition', () => {
  const values = transferValues(1);
  const { GrpHdr, PmtInf } = values.CstmrCdtTrfInitn as Values;
  const turned: Values = { CstmrCdtTrfInitn: { PmtInf: PmtInf as Value, GrpHdr: GrpHdr as Value } };
  assert.equal(buildMessage(pain, turned).xml, buildMessage(pain, values).xml);
});

test('what is missing, unknown, too much or wrong is listed with its path', () => {
  const values = structuredClone(transferValues(2)) as unknown as {
    CstmrCdtTrfInitn: { GrpHdr: Record<string, Value>; PmtInf: Record<string, Value>[] };
  };
  const { GrpHdr, PmtInf } = values.CstmrCdtTrfInitn;
  delete GrpHdr.MsgId;
  GrpHdr.Nonsense = 'x';
  const transfers = (PmtInf[0] as Record<string, Value>).CdtTrfTxInf as Record<string, Value>[];
  (transfers[1] as Record<string, Value>).Amt = { InstdAmt: { Ccy: 'eur', value: '1,5' } };
  const { errors } = buildMessage(pain, values as unknown as Values);
  const found = errors.map(({ path, code }) => `${path} ${code}`);
  assert.deepEqual(found, [
    '/Document/CstmrCdtTrfInitn/GrpHdr/Nonsense unknown-element',
    '/Document/CstmrCdtTrfInitn/GrpHdr missing-element',
    '/Document/CstmrCdtTrfInitn/PmtInf[1]/CdtTrfTxInf[2]/Amt/InstdAmt not-a-number',
    '/Document/CstmrCdtTrfInitn/PmtInf[1]/CdtTrfTxInf[2]/Amt/InstdAmt pattern',
  ]);
});

test('every valid sample is rebuilt from its values, and still valid', { skip: skipReason }, () => {
  let rebuilt = 0;
  for (const { file, name } of listSamples()) {
    if (name.startsWith('mutated/')) continue;
    for (const part of readMessage(readFileSync(file), { keepTree: true }).parts) {
      const { definition, tree, valid } = part;
      if (!definition || !tree || !valid || !officialSchema(part.id)) continue;
      const values = valuesOf(definition, tree);
      if (JSON.stringify(values).includes('"SplmtryData"') || tree.children.at(-1)?.tag === 'Sgntr')
        continue;
      const built = buildMessage(definition, values);
      assert.deepEqual(built.errors, [], name);
      assert.equal(officialVerdict(part.id, built.xml).message, '', name);
      rebuilt += 1;
    }
  }
  assert.ok(rebuilt > 300, `only ${rebuilt} rebuilt`);
});

test('null, numbers and lists where elements belong are told, wherever they stand', () => {
  for (const odd of [null, 7, true, 'x', [], [null]] as unknown as Values[]) {
    const places = [odd, { CstmrCdtTrfInitn: odd }, { CstmrCdtTrfInitn: { GrpHdr: odd } }];
    for (const values of places) {
      assert.ok(
        buildMessage(messageDefinition('pain.001.001.09'), values as Values).errors.length > 0,
      );
    }
  }
});
