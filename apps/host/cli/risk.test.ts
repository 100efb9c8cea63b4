// Uses the risk commands as a script would: trains, judges, scores and explains in real processes.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { runCommand } from './run.ts';

const main = join(import.meta.dirname, 'main.ts');
const home = mkdtempSync(join(tmpdir(), 'risk-'));
after(() => rmSync(home, { recursive: true, force: true }));

function ask(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args, '--json'], {
    encoding: 'utf8',
    timeout: 1_800_000,
  });
  assert.notEqual(stdout, '', stderr);
  return { code: status, answer: JSON.parse(stdout) };
}

/** Rows whose truth is a rule: bad above 60, or in branch c above 30; one label in ten is missing. */
function rows(count: number, shift: number): string {
  const lines = ['id,amount,branch,opened,bad'];
  for (let at = 0; at < count; at++) {
    const amount = (at * 37 + shift) % 100;
    const branch = 'abc'[(at * 7 + shift) % 3];
    const bad = amount > 60 || (branch === 'c' && amount > 30) ? 1 : 0;
    const label = at % 10 === 0 ? '' : bad;
    lines.push(
      `${at},${amount},${branch},2026-01-${String(1 + (at % 28)).padStart(2, '0')},${label}`,
    );
  }
  return `${lines.join('\n')}\n`;
}
const [learn, exam, model] = ['learn.csv.gz', 'exam.csv', 'model.bin'].map((name) =>
  join(home, name),
) as [string, string, string];
writeFileSync(learn, gzipSync(rows(600, 0)));
writeFileSync(exam, rows(300, 11));

test('evaluate gives every figure, from a gzipped and a plain table', () => {
  const { code, answer } = ask(
    'risk',
    'evaluate',
    '--model',
    'gradient-boosting',
    '--train',
    learn,
    '--test',
    exam,
    '--label',
    'bad',
    '--drop',
    'opened',
  );
  assert.equal(code, 0);
  assert.ok(answer.auroc > 0.97 && answer.averagePrecision > 0.95, JSON.stringify(answer));
  assert.equal(answer.rows, 270);
  for (const name of ['brier', 'ece', 'fitSeconds', 'p50Us', 'p99Us', 'rowsPerSecond']) {
    assert.ok(Number.isFinite(answer[name]), name);
  }
  assert.deepEqual(Object.keys(answer.recallAt), ['0.005', '0.01']);
  assert.match(answer.modelHash, /^[0-9a-f]{64}$/);
  assert.deepEqual(
    answer.dropped.map(({ name }: { name: string }) => name),
    ['id'],
  );
});

test('train writes a file that score and explain read; the same table gives the same hash', () => {
  const args = ['risk', 'train', '--model', 'gradient-boosting', '--data', learn, '--label', 'bad'];
  const { answer: first } = ask(...args, '--out', model);
  assert.equal(ask(...args).answer.modelHash, first.modelHash);
  const { answer: low } = ask('risk', 'score', '{"amount":5,"branch":"a"}', '--model-file', model);
  const { answer: high } = ask(
    'risk',
    'score',
    '{"amount":"95","branch":"new"}',
    '--model-file',
    model,
  );
  assert.ok(low.probability < 0.3 && high.probability > 0.7 && low.modelHash === first.modelHash);
  const { answer } = ask('risk', 'explain', '{"amount":95,"branch":"c"}', '--model-file', model);
  const sum = Object.values<number>(answer.contributions).reduce(
    (all, one) => all + one,
    answer.base,
  );
  assert.ok(Math.abs(sum - answer.margin) < 1e-9);
  assert.match(answer.reasons[0], /^amount is 95:/);
});

/** In this process: what is refused is refused by the command, and nine starts would prove no more. */
async function refusalOf(...args: string[]) {
  let said = '';
  const out = (text: string): void => {
    said += text;
  };
  const code = await runCommand([...args, '--json'], { out, err: () => undefined });
  return { code, answer: JSON.parse(said) as { readonly reason?: string } };
}

test('what is asked wrongly is said in words', async () => {
  const damaged = join(home, 'damaged.bin');
  writeFileSync(damaged, readFileSync(model).subarray(0, 900));
  const cases: [string[], string][] = [
    [['risk', 'evaluate', '--model', 'oracle'], 'bad-usage'],
    [
      ['risk', 'train', '--model', 'logistic', '--data', join(home, 'none'), '--label', 'bad'],
      'bad-usage',
    ],
    [['risk', 'train', '--model', 'logistic', '--data', learn, '--label', 'worse'], 'no-label'],
    [['risk', 'score', '{}', '--model-file', model], 'missing-columns'],
    [['risk', 'score', '[1]', '--model-file', model], 'bad-usage'],
    [['risk', 'score', '{"amount":"much"}', '--model-file', model], 'bad-feature'],
    [['risk', 'score', '{"amount":1}', '--model-file', damaged], 'model-damaged'],
    [['risk', 'score', '{"amount":1}', '--model-file', learn], 'model-foreign'],
    [['risk', 'handbook', '--data', learn], 'missing-columns'],
  ];
  for (const [args, reason] of cases) {
    const { code, answer } = await refusalOf(...args);
    assert.deepEqual([code === 0, answer.reason], [false, reason], args.join(' '));
  }
});
