// A station in a process of its own that posts through a guard elsewhere, and dies where it was told to.
import { readFileSync, writeSync } from 'node:fs';
import { loadAddon } from '#native/index.ts';
import type { GuardDevice } from './guard.ts';
import {
  capital,
  giveBack,
  grantOf,
  keyOf,
  openGuarded,
  post,
  receive,
  secondTill,
  spend,
  till,
} from './keeper.fixture.ts';
import { createKernelGuard } from './kernel-guard.ts';
import { remoteDevice } from './remote.fixture.ts';

export interface MortalOrders {
  readonly folder: string;
  readonly key: string;
  /** Where the guard is asked; null: at the device of this machine. */
  readonly pipes: { readonly to: string; readonly from: string } | null;
  /**
   * Number of the edge at which it dies, or its name and which of that name; beyond the last one it lives
   * and says how many there were.
   */
  readonly diesAt: number | { readonly edge: string; readonly nth: number };
  /** Number of the first posting. */
  readonly first: number;
}

/** The machine's own guard, with an edge before and after each call. */
function edgedDevice(edge: (what: string) => void): GuardDevice {
  const addon = loadAddon();
  if (typeof addon === 'string') throw new Error(addon);
  const kernel = createKernelGuard(addon);
  const edged = ([name, call]: [string, unknown]): [string, unknown] => {
    if (typeof call !== 'function' || name === 'close') return [name, call];
    return [
      name,
      (...given: unknown[]) => {
        edge(`before ${name}`);
        const answer = (call as (...given: unknown[]) => unknown)(...given);
        edge(`after ${name}`);
        return answer;
      },
    ];
  };
  return { open: () => Object.fromEntries(Object.entries(kernel.open()).map(edged)) as never };
}

async function main(): Promise<void> {
  const orders = JSON.parse(readFileSync(0, 'utf8')) as MortalOrders;
  let edges = 0;
  let alike = 0;
  const { diesAt } = orders;
  const edge = (what: string): void => {
    edges += 1;
    if (typeof diesAt === 'object' && what === diesAt.edge) alike += 1;
    const isThere =
      typeof diesAt === 'number' ? edges === diesAt : what === diesAt.edge && alike === diesAt.nth;
    if (!isThere) return;
    writeSync(1, `died ${what}\n`);
    process.kill(process.pid, 'SIGKILL');
  };
  const device = orders.pipes ? remoteDevice(orders.pipes, edge) : edgedDevice(edge);
  const place = { folder: orders.folder, key: Buffer.from(orders.key, 'hex') };
  const { ledger, close } = openGuarded(place, device);
  const acknowledge = (number: number, seq: number) => writeSync(1, `posted ${number} ${seq}\n`);
  const first = orders.first;
  acknowledge(
    first,
    ledger.write(() => post(ledger, [[till, capital, 50]], keyOf(first))),
  );
  const legs = [
    [secondTill, till, 20],
    [capital, till, 5],
  ] as const;
  acknowledge(
    first + 1,
    ledger.write(() => post(ledger, legs, keyOf(first + 1))),
  );
  // An allowance of its own in each life, spent in part and given back.
  const id = String(first);
  ledger.write(() => receive(ledger, [grantOf(id, '30')]));
  acknowledge(
    first + 2,
    ledger.write(() => spend(ledger, id, 9, keyOf(first + 2))),
  );
  ledger.write(() => giveBack(ledger, id));
  const undone = ledger.submit(() => {
    post(ledger, [[till, capital, 3]], keyOf(first + 4));
    throw new Error('changed my mind');
  });
  const kept = ledger.submit(() => post(ledger, [[till, capital, 7]], keyOf(first + 3)));
  await undone.catch(() => undefined);
  acknowledge(first + 3, await kept);
  close();
  writeSync(1, `lived ${edges}\n`);
}

await main();
