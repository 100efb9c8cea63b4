// A process of its own that posts journals and says each one it was told is durable, until it is killed.

import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import { flushCompileCache } from 'node:module';
import { join } from 'node:path';
import { createDice, type Dice } from './dice.ts';
import { branchIn } from './fixture.ts';
import { keyOf, openWorkload, type Workload } from './workload.ts';

/** What the parent says on standard input; the key travels nowhere else. */
export interface PosterOrders {
  readonly folder: string;
  readonly key: string;
  readonly seed: number;
  /** Number of the first journal; the rest follow it. */
  readonly first: number;
  readonly count: number;
  /** Openings over which the journals are spread. */
  readonly openings: number;
  /** Pages after which the log is moved into the database; small, so that it happens often. */
  readonly checkpointPages: number;
  /** NORMAL only in the control run that must lose work. */
  readonly synchronous: 'FULL' | 'NORMAL';
  /** Acknowledge into this file of the folder (so that a trace has them in order), or to the parent. */
  readonly acknowledgeTo: string | null;
}

async function main(): Promise<void> {
  // Otherwise written at the end, which most lives never see.
  flushCompileCache();
  const orders = JSON.parse(readFileSync(0, 'utf8')) as PosterOrders;
  const dice = createDice(orders.seed);
  const output =
    orders.acknowledgeTo === null ? 1 : openSync(join(orders.folder, orders.acknowledgeTo), 'w');
  const each = Math.ceil(orders.count / orders.openings);
  for (let opening = 0; opening < orders.openings; opening += 1) {
    const workload = openWorkload(branchIn(orders.folder, Buffer.from(orders.key, 'hex')));
    workload.database.pragma(`wal_autocheckpoint = ${orders.checkpointPages}`);
    workload.database.pragma(`synchronous = ${orders.synchronous}`);
    writeSync(output, 'open\n');
    await postAll(workload, orders.first + opening * each, each, dice, output);
    workload.close();
  }
  if (output !== 1) closeSync(output);
}

async function postAll(
  workload: Workload,
  first: number,
  count: number,
  dice: Dice,
  output: number,
): Promise<void> {
  const say = (number: number, seq: number) => writeSync(output, `${keyOf(number)} ${seq}\n`);
  for (let number = first; number < first + count; ) {
    const group = Math.min(dice.oneIn(3) ? 1 + dice.below(4) : 1, first + count - number);
    const numbers = Array.from({ length: group }, (_, index) => number + index);
    if (group === 1) say(number, workload.post(number));
    else {
      const seqs = await Promise.all(numbers.map((one) => workload.submit(one)));
      numbers.forEach((one, index) => {
        say(one, seqs[index] ?? 0);
      });
    }
    number += group;
  }
}

await main();
