// Looks at every order of deaths, cuts and an old file in the model of the protocol, and refutes wrong orders.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite, test } from 'node:test';

const model = new URL('./protocol.pml', import.meta.url).pathname;
const has = (program: string): boolean => spawnSync(program, ['--version']).error === undefined;
const skip = !has('spin')
  ? 'spin is not installed (Debian: spin)'
  : !has('gcc') && 'there is no C compiler here';

interface Verdict {
  readonly errors: number;
  readonly states: number;
}

/** Makes the verifier of a variant and lets it look at every state. */
function verify(variant?: string): Verdict {
  const folder = mkdtempSync(join(tmpdir(), 'teller-model-'));
  const run = (program: string, args: readonly string[]): string => {
    const { status, stdout, stderr } = spawnSync(program, args, {
      ...{ cwd: folder, encoding: 'utf8', timeout: 1_800_000 },
    });
    assert.equal(status, 0, `${program} ${args.join(' ')}: ${stdout}${stderr}`);
    return stdout;
  };
  try {
    run('spin', ['-a', ...(variant ? [`-D${variant}`] : []), model]);
    run('gcc', ['-O1', '-DSAFETY', '-DCOLLAPSE', '-DVECTORSZ=2048', '-o', 'pan', 'pan.c']);
    const said = run('./pan', ['-m200000']);
    assert.doesNotMatch(said, /max search depth too small|out of memory/);
    return {
      errors: Number(/errors: (\d+)/.exec(said)?.[1]),
      states: Number(/(\d+) states, stored/.exec(said)?.[1]),
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

suite('the protocol between ledger and guard', { skip }, () => {
  test('holds in every order of deaths, a power cut and an old file', (context) => {
    const { errors, states } = verify();
    assert.equal(errors, 0);
    assert.ok(states > 1_000_000, `${states} states were looked at`);
    context.diagnostic(`${states} states`);
  });

  for (const [variant, why] of [
    ['POST_FIRST', 'posting in the guard before the ledger decides'],
    ['VOID_ALL', 'releasing every hold after a death'],
    ['NO_SETTLE', 'leaving holds as a death left them'],
    ['NO_ANCHOR', 'not asking whether the log leads to the anchor'],
    ['EXTEND_FIRST', 'anchoring before the ledger decides'],
    ['CASH_FIRST', 'handing cash out before the ledger decides'],
    ['NO_ATTACH', 'letting two stations in'],
  ] as const) {
    test(`fails when ${why}`, () => assert.equal(verify(variant).errors, 1));
  }
});
