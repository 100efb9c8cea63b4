// Holds the reader to other people's messages: byte identity, verdicts, codes. Skipped where
// absent.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { checkMessage } from './check.ts';
import { readEnvelope, writeEnvelope } from './envelope.ts';

const shared = process.env.QENEX_SHARED ?? join(import.meta.dirname, '../../../../../shared');
const folder = join(shared, 'data/payments');
const skip = existsSync(folder) ? false : 'the folder of payment samples is not on this machine';
const textsIn = (name: string) =>
  readdirSync(join(folder, 'samples-mt', name)).map((file) => ({
    file,
    text: readFileSync(join(folder, 'samples-mt', name, file), 'latin1'),
  }));

test('what is read is written back byte for byte', { skip }, () => {
  const all = [...textsIn('cbpr-translation-pairs'), ...textsIn('network-rules')];
  assert(all.length >= 155);
  for (const { file, text } of [...all, ...textsIn('prowide-tests')]) {
    const { envelope, problems } = readEnvelope(text, 10_000_000);
    const mixed = problems.some(({ code }) => code === 'mixed-newlines');
    if (!mixed) assert.equal(writeEnvelope(envelope), text, file);
  }
});

test('the CBPR+ messages are found right but for the faults they have', { skip }, () => {
  const known: Record<string, string> = {
    'mt2mx_c_53_1_1_c_53_1_1_camt053_A_B_950.fin': 'format',
    'mt2mx_p_2_1_2_103_pacs004_B_B.fin': 'E15',
    'mt2mx_pc_03_1_1_pc_03_1_1_pacs003_A_B_111.fin': 'T48',
    'mx2mt_p_2_1_2_C_B.fin': 'field-missing',
  };
  for (const { file, text } of textsIn('cbpr-translation-pairs')) {
    const codes = checkMessage(text).problems.map(({ code }) => code);
    const expected = known[file] ? [known[file]] : [];
    assert.deepEqual(
      codes.filter((code) => code !== 'type-unknown'),
      expected,
      file,
    );
  }
});

test('each network-rule vector has the verdict and the code it should have', { skip }, () => {
  const index = readFileSync(join(folder, 'samples-mt/network-rules-index.csv'), 'utf8');
  const rows = index.trim().split('\n').slice(1);
  assert.equal(rows.length, 68);
  for (const row of rows) {
    const [file = '', , verdict, code = ''] = row.split(',');
    const { problems } = checkMessage(readFileSync(join(folder, file), 'latin1'));
    assert.equal(problems.length === 0, verdict === 'valid', `${file}: ${problems[0]?.message}`);
    const codes = code.split('|');
    if (code)
      assert(
        problems.some((problem) => codes.includes(problem.code)),
        `${file} ${code}`,
      );
  }
});
