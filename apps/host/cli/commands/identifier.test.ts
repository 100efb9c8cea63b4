// Uses the identifier commands as a script would: values, lists on standard input, exit codes.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { runCommand } from '../run.ts';
import { itemsOf } from './identifier.ts';

const main = join(import.meta.dirname, '../main.ts');

function qenex(args: readonly string[], input = '') {
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args], {
    encoding: 'utf8',
    input,
    maxBuffer: 16 * 1024 * 1024,
    timeout: 1_800_000,
  });
  const lines = stdout.trim().split('\n').filter(Boolean);
  return { code: status, lines, stderr };
}

/** The same program in this process, where nothing comes by standard input. */
async function inProcess(...args: string[]) {
  let said = '';
  const code = await runCommand(args, {
    out: (text) => {
      said += text;
    },
    err: () => undefined,
  });
  return { code, lines: said.trim().split('\n') };
}

const german = 'DE89370400440532013000';

test('values come back a JSON line each, and the exit code says whether all hold', () => {
  const { code, lines } = qenex(['identifier', 'check', 'iban', german, 'DE88370400440532013000']);
  assert.equal(code, 1);
  const [right, wrong] = lines.map((line) => JSON.parse(line));
  assert.deepEqual(
    [right.kind, right.value, right.valid, right.ok, right.bankCode, right.country],
    ['iban', german, true, true, '37040044', 'DE'],
  );
  assert.deepEqual(
    [wrong.valid, wrong.errors[0].code, wrong.errors[0].expected],
    [false, 'check-digits', '89'],
  );
});

test('a list on standard input is read by lines, each of the kind asked or naming its own', () => {
  const list = `${german}\r\n\n{"value":"${german} "}\n{"kind":"bic","value":"DEUTDEFF"}`;
  const { code, lines } = qenex(['identifier', 'check', 'iban', '-'], list);
  assert.equal(code, 1);
  const found = lines.map((line) => JSON.parse(line));
  assert.deepEqual(
    found.map(({ kind, ok }) => [kind, ok]),
    [
      ['iban', true],
      ['iban', false],
      ['bic', true],
    ],
  );
  assert.equal(
    qenex(['identifier', 'check', '-', '--json'], '{"kind":"lei","value":"HWUPKR0MPOU8FGXBT394"}')
      .code,
    0,
  );
});

test('a list longer than a pipe holds is read to its end', () => {
  const { lines } = qenex(['identifier', 'check', 'iban', '-'], `${german}\n`.repeat(5000));
  assert.equal(lines.length, 5000);
});

test('what is asked wrongly is refused before anything is judged', async () => {
  const input = (text: string) => () => itemsOf([text], async () => '');
  await assert.rejects(input('isbn'), { reason: 'unknown-kind' });
  await assert.rejects(input('iban'), { reason: 'bad-usage' });
  for (const [args, list] of [
    [['identifier', 'check', '-'], german],
    [['identifier', 'check', 'iban', '-'], '{"value":1}'],
    [['identifier', 'check', 'iban', '-'], '{'],
    [['identifier', 'check', 'isbn', '1'], ''],
    [['identifier', 'repair', 'iban'], ''],
  ] as const) {
    const { code, lines, stderr } = qenex(args, list);
    assert.deepEqual([code, lines], [2, []], args.join(' '));
    assert.match(stderr, /\w/);
  }
});

test('a mistyped IBAN comes back with proposals, in groups a person can read aloud', async () => {
  const typed = ['identifier', 'repair', 'iban', 'DE89', '3704', '0044', '0532', '0310', '00'];
  const { code, lines } = await inProcess(...typed);
  assert.equal(code, 0);
  assert.ok(
    lines.some((line) => line.startsWith('DE89 3704 0044 0532 0130 00')),
    lines.join('\n'),
  );
  const json = JSON.parse((await inProcess(...typed, '--json')).lines[0] ?? '');
  assert.ok(json.candidates.some((one: { iban: string }) => one.iban === german));
});
