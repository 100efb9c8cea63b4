// Kills the sending process for real, again and again, with a gateway that takes files away at once.
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, renameSync, watch } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { at, openCounter } from './counter-fixture.ts';
import { customerWith, payingCounter, payment } from './payment.fixture.ts';

const fixture = join(import.meta.dirname, 'payment-kill.fixture.ts');
const messages = 8;

/** Runs the sender; each file that appears is taken away, and after so many the sender is killed. */
function runUntil(
  folder: string,
  root: string,
  killAfter: number,
  taken: string[],
): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const child: ChildProcess = spawn(process.execPath, [fixture, folder, root], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const out = join(root, 'out');
    let seen = 0;
    let isDone = false;
    const look = (): void => {
      for (const name of readdirSync(out)) {
        taken.push(name);
        renameSync(join(out, name), join(root, `gone-${taken.length}`));
        seen += 1;
        if (seen >= killAfter) child.kill('SIGKILL');
      }
    };
    const watcher = watch(out, look);
    child.stdout?.on('data', () => {
      isDone = true;
    });
    child.once('error', reject);
    child.once('exit', () => {
      watcher.close();
      look();
      resolve(isDone);
    });
  });
}

test('kill -9 while messages go out: every one once, and the books say so', async (context) => {
  const branch = await payingCounter();
  const { desk, root } = branch;
  const marta = await customerWith(desk, 'Marta');
  await branch.gateway.round();
  for (let count = 1; count <= messages; count += 1) {
    const draft = payment(marta, { amountMinor: String(100 * count) });
    await desk.ask(at.ana, 'posting.post', { draft });
  }
  desk.close(true);
  const taken: string[] = [];
  let kills = 0;
  for (let round = 0; round < 2 * messages; round += 1) {
    // After the first file, the second, the third in turn; at the end it may run to its own end.
    const isDone = await runUntil(desk.folder, root, 1 + (round % 3), taken);
    if (isDone) break;
    kills += 1;
  }
  context.diagnostic(`${kills} kills`);
  assert.ok(kills >= 2, 'it was killed at work');
  assert.equal(taken.length, messages);
  assert.equal(new Set(taken).size, messages, 'none went twice');
  const after = openCounter({ folder: desk.folder, clock: desk.clock });
  const page = { scope: 'all', text: '', before: 1e15, count: 100 } as const;
  const rows = after.counter.payments.page(page);
  assert.deepEqual([...new Set(rows.map(({ state }) => state))], ['sent']);
  assert.equal(after.ledger.accountByNumber('OUTWARDEUR')?.postedMinor, -3_600n);
  after.close();
});
