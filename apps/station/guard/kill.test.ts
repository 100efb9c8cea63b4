// Kills the station at each step between ledger and guard: nothing lost, nothing doubled, nothing left held.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import {
  inGuard,
  keyOf,
  leftOfAllowance,
  makeFolder,
  newMachine,
  openGuarded,
  secondTill,
  till,
} from './keeper.fixture.ts';
import type { MortalOrders } from './mortal.fixture.ts';
import { makePipes, serve } from './remote.fixture.ts';

const program = new URL('./mortal.fixture.ts', import.meta.url).pathname;
const skip = process.platform === 'win32' && 'named pipes are not for Windows';

/** Runs a station until it dies where it was told; returns what it said. */
async function live(
  guard: ReturnType<ReturnType<typeof newMachine>['open']>,
  orders: MortalOrders & { readonly pipes: object },
) {
  const child = spawn(process.execPath, [program], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, NODE_COMPILE_CACHE: join(tmpdir(), 'teller-mortal-cache') },
  });
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  child.stdin.end(JSON.stringify(orders));
  await serve(guard, orders.pipes, child);
  return said;
}

test('a station killed at each step leaves ledger and guard agreed', {
  skip,
  timeout: 1_800_000,
}, async (context) => {
  const { folder, key, remove } = makeFolder();
  context.after(remove);
  let machine = newMachine();
  const pipes = makePipes(folder);
  const acknowledged = new Map<number, number>();
  const steps = new Set<string>();
  let edges = Number.POSITIVE_INFINITY;
  for (let diesAt = 1; diesAt <= edges; diesAt += 1) {
    // Every other time the power was cut before: the guard is empty and is loaded.
    if (diesAt % 2 === 0) machine = newMachine();
    const orders = { folder, key: key.toString('hex'), pipes, diesAt, first: diesAt * 10 };
    const said = await live(machine.open(), orders);
    for (const [, number, seq] of said.matchAll(/^posted (\d+) (\d+)$/gm)) {
      acknowledged.set(Number(number), Number(seq));
    }
    const died = /^died (.+)$/m.exec(said)?.[1];
    const lived = /^lived (\d+)$/m.exec(said)?.[1];
    assert.ok(died !== undefined || lived !== undefined, said);
    if (died) steps.add(died);
    if (lived) edges = Number(lived);
    const where = `killed at edge ${diesAt}, ${died ?? 'not at all'}`;
    const branch = openGuarded({ folder, key }, machine);
    assert.equal(branch.opened.guard.kind, 'memory');
    assert.equal(branch.opened.absence, null, where);
    for (const account of [till, secondTill]) {
      const { posted, held } = inGuard(branch, account);
      assert.equal(
        posted,
        branch.books.balance(account)?.postedMinor,
        `${where}: account ${account}`,
      );
      assert.equal(held, 0n, `${where}: a hold is left`);
    }
    for (const { id } of branch.books.allowances()) {
      const left = leftOfAllowance(branch, id);
      if (left) assert.equal(left.inGuard, left.inLedger, `${where}: allowance ${id}`);
    }
    for (const [number, seq] of acknowledged) {
      assert.equal(branch.ledger.find(keyOf(number))?.seq, seq, `${where}: ${number} is lost`);
    }
    branch.close();
  }
  context.diagnostic(`${edges} edges: ${[...steps].join(', ')}`);
  const reached = [
    'before transfer',
    'after batch',
    'after loadBegin',
    'after loadCommit',
    'after createAccount',
    'before setLimits',
    'before extend',
    'after extend',
  ];
  for (const step of reached) {
    assert.ok(steps.has(step), `${step} was among them`);
  }
});
