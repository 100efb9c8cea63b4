// Trains the same lesson here, in other processes and in threads side by side: the model's hash must not care.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { readModel } from './file.ts';
import { madeCases } from './synthetic.fixture.ts';
import { train } from './train.ts';
import { createRiskWorker } from './worker-client.ts';

const kinds = ['gradient-boosting', 'random-forest', 'logistic', 'isolation-forest'] as const;
const { table, labels } = madeCases(2500);
const options = { trees: 20, seed: 9 };

/** What another process trains; `flags` change how its code is made, never what it reckons. */
function hashesElsewhere(flags: readonly string[]): unknown {
  const url = (file: string) => JSON.stringify(new URL(file, import.meta.url).href);
  const source = `
    const { madeCases } = await import(${url('./synthetic.fixture.ts')});
    const { train } = await import(${url('./train.ts')});
    const { table, labels } = madeCases(2500);
    const hashes = [];
    for (const kind of ${JSON.stringify(kinds)})
      hashes.push((await train(kind, table, labels, ${JSON.stringify(options)})).hash);
    console.log(JSON.stringify(hashes));`;
  const run = spawnSync(process.execPath, [...flags, '--input-type=module', '-e', source], {
    encoding: 'utf8',
  });
  assert.equal(run.status, 0, run.stderr);
  return JSON.parse(run.stdout);
}

test('a second process and one whose code is never optimised come to the same hashes', async () => {
  const here: string[] = [];
  for (const kind of kinds) here.push((await train(kind, table, labels, options)).hash);
  assert.equal(new Set(here).size, kinds.length);
  assert.deepEqual(hashesElsewhere([]), here);
  assert.deepEqual(hashesElsewhere(['--no-opt', '--no-sparkplug', '--no-maglev']), here);
});

test('one thread and three at once come to the same hashes', async () => {
  const worker = createRiskWorker();
  const job = { kind: 'gradient-boosting' as const, table, labels, options };
  try {
    const alone = readModel(await worker.train(job)).hash;
    const together = await Promise.all([1, 2, 3].map(() => worker.train(job)));
    for (const bytes of together) assert.equal(readModel(bytes).hash, alone);
    assert.equal((await train('gradient-boosting', table, labels, options)).hash, alone);
  } finally {
    await worker.close();
  }
});
