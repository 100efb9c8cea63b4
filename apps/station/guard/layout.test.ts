// Holds our layout, numbers and names of errors against the C header itself, by compiling against it.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { errnoOf, results } from './error.ts';
import * as guard from './guard.ts';
import { layout, requests } from './layout.ts';

const header = new URL('../../../kernel/include/uapi/qenex_banking.h', import.meta.url).pathname;
const compiler = spawnSync('gcc', ['--version']).error === undefined;
const skip = !existsSync(header)
  ? 'the C header is not here'
  : !compiler && 'there is no C compiler here';

/** Compiles one file of assertions; returns what the compiler says. */
function compile(assertions: readonly string[]): string {
  const source = ['#include <stddef.h>', `#include "${header}"`, ...assertions].join('\n');
  const made = spawnSync('gcc', ['-xc', '-fsyntax-only', '-'], { input: source, encoding: 'utf8' });
  return made.stderr;
}

const equal = (text: string, value: number | bigint): string =>
  `_Static_assert((${text}) == ${value}ULL, "${text} is not ${value}");`;

function assertions(): string[] {
  const lines: string[] = [];
  for (const [struct, fields] of Object.entries(layout)) {
    for (const [field, at] of Object.entries(fields)) {
      const what =
        field === 'bytes' ? `sizeof(struct ${struct})` : `offsetof(struct ${struct}, ${field})`;
      lines.push(equal(what, at));
    }
  }
  for (const [name, number] of Object.entries(requests)) lines.push(equal(name, number));
  for (const [name, number] of Object.entries(results)) {
    lines.push(equal(`QENEX_RESULT_${name}`, number));
  }
  const named = { ROLE: guard.roles, SEAL: guard.seals, KIND: guard.kinds };
  const more = { RECORD: guard.recordKinds, TRANSFER: guard.transferStates };
  for (const [prefix, table] of Object.entries({ ...named, ...more })) {
    for (const [name, number] of Object.entries(table)) {
      const upper = name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
      lines.push(equal(`QENEX_${prefix}_${upper}`, number));
    }
  }
  guard.guardStates.forEach((name, number) => {
    lines.push(equal(`QENEX_STATE_${name.toUpperCase()}`, number));
  });
  return [
    ...lines,
    equal('QENEX_ACCOUNT_DEBIT_LIMITED', guard.accountFlags.debitLimited),
    equal('QENEX_ACCOUNT_CREDIT_LIMITED', guard.accountFlags.creditLimited),
    equal('QENEX_ACCOUNT_FROZEN', guard.accountFlags.frozen),
    equal('QENEX_TRANSFER_OFFLINE', guard.transferFlags.offline),
    equal('QENEX_TRANSFER_ABANDON', guard.transferFlags.abandon),
    equal('QENEX_BATCH_MAX', guard.batchMax),
    equal('QENEX_LIST_MAX', guard.pageMax),
    equal('QENEX_EXPIRY_MAX_NS', guard.expiryMaxNs),
    equal('sizeof(struct qenex_record)', 176),
  ];
}

test('every offset, size, request and number is the header’s', { skip }, () => {
  assert.equal(compile(assertions()), '');
});

test('the check notices a field that moved', { skip }, () => {
  assert.match(compile([equal('offsetof(struct qenex_transfer, meta)', 81)]), /is not 81/);
});

test('each fine reason has the errno the header gives it', { skip }, () => {
  const text = readFileSync(header, 'utf8');
  for (const [name, errno] of Object.entries(errnoOf)) {
    const line = text.match(new RegExp(`QENEX_RESULT_${name}\\s+\\d+\\s+/\\* (E[A-Z]+)`));
    assert.equal(line?.[1], errno, name);
  }
});
