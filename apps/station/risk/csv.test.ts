// Attacks the reader of tables: quotes, gaps, gzip, crooked lines, columns of every kind.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { readTable, takeLabels } from './csv.ts';

const table = (text: string) => readTable(Buffer.from(text));
const column = (text: string, name: string) =>
  table(text).columns.find((each) => each.name === name)!;

test('numbers, categories and times are told apart, gaps kept', () => {
  const text =
    'n,c,t\n1.5,a,2018-04-01 00:00:31\n-2e3,"b, c",2018-04-01T01:00:00\n,?,\nNA,a,2018-04-02\n';
  const [n, c, t] = table(text).columns;
  assert.deepEqual(
    [...(n as { values: Float64Array }).values],
    [1.5, -2000, Number.NaN, Number.NaN],
  );
  assert.deepEqual(c, {
    ...{ kind: 'categorical', name: 'c', levels: ['a', 'b, c'] },
    codes: Int32Array.of(0, 1, -1, 0),
  });
  assert.equal(t!.kind, 'time');
  assert.equal((t as { values: Float64Array }).values[0], Date.UTC(2018, 3, 1, 0, 0, 31) / 1000);
});

test('gzip, byte order mark, CRLF and a missing last line end are read the same', () => {
  const plain = table('a,b\n1,x\n2,y\n');
  for (const text of ['a,b\r\n1,x\r\n2,y\r\n', '\ufeffa,b\n1,x\n2,y', 'a,b\n1,x\n2,y\n\n']) {
    assert.deepEqual(table(text), plain, JSON.stringify(text));
  }
  assert.deepEqual(readTable(gzipSync('a,b\n1,x\n2,y\n')), plain);
});

test('hexadecimal text is no number', () => {
  assert.equal(column('a\n0x10\n0x20\n', 'a').kind, 'categorical');
});

test('what is no table is refused with its line', () => {
  const cases: [string, RegExp][] = [
    ['', /empty/],
    ['a,b\n', /no rows/],
    ['a,b\n1\n', /Line 2/],
    ['a,b\n1,2,3\n', /Line 2/],
    ['a,a\n1,2\n', /Two columns are called a/],
    ['a\n"1\n', /never closed/],
  ];
  for (const [text, sentence] of cases) assert.throws(() => table(text), sentence, text);
  const cutOff = gzipSync('a\n1\n').subarray(0, 15);
  assert.throws(() => readTable(cutOff), { reason: 'bad-table' });
});

test('every finite number comes back as it was written', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 1 }),
      (list) => {
        const read = column(`a\n${list.map(String).join('\n')}\n`, 'a') as { values: Float64Array };
        assert.deepEqual(
          [...read.values],
          list.map((value) => (value === 0 ? read.values[list.indexOf(value)] : value)),
        );
      },
    ),
    { numRuns: 200 },
  );
});

test('labels: words and numbers are understood, the rest is undecided', () => {
  const { labels, table: rest } = takeLabels(table('x,y\n1,yes\n2,no\n3,maybe\n4,\n'), 'y');
  assert.deepEqual([...labels.outcome], [1, 0, Number.NaN, Number.NaN]);
  assert.deepEqual(
    rest.columns.map(({ name }) => name),
    ['x'],
  );
  const numbers = takeLabels(table('x,y\n1,1\n2,0\n3,2\n'), 'y').labels.outcome;
  assert.deepEqual([...numbers], [1, 0, Number.NaN]);
  assert.throws(() => takeLabels(table('x,y\n1,1\n'), 'z'), { reason: 'no-label' });
  assert.throws(() => takeLabels(table('x,y\n1,1\n2,1\n'), 'y'), { reason: 'one-class' });
});
