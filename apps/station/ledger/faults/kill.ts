// Kills stations while they post, again and again, and counts what each death cost.

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDice, type Dice } from './dice.ts';
import type { Branch } from './fixture.ts';
import type { PosterOrders } from './poster.ts';
import { assertSound, keyOf, openWorkload } from './workload.ts';

/** Compiled once for all the short lives: starting is most of each. */
const compileCache = join(tmpdir(), 'teller-poster-cache');

export interface KillCounts {
  readonly kills: number;
  /** Deaths before anything was acknowledged: while starting, opening, recovering. */
  readonly whileOpening: number;
  readonly acknowledged: number;
  /** Journals recorded, their acknowledgement cut off by the death. */
  readonly recordedUnheard: number;
}

export interface KillOptions {
  /** Gives a fresh branch folder. */
  readonly makeBranch: () => Branch;
  readonly kills: number;
  readonly seed: number;
  /** Lives that one branch goes through before a fresh one is taken. */
  readonly livesPerBranch: number;
}

/**
 * Runs stations that post until SIGKILL meets them: after a random number of acknowledgements, or at a
 * random moment of their start. After each death the branch is opened again and looked over, every
 * acknowledged journal asked for, and the last ones posted a second time under the same key. Throws on
 * the first thing lost, doubled, unbalanced or unchained.
 */
export async function runKills(options: KillOptions): Promise<KillCounts> {
  const dice = createDice(options.seed);
  const counts = { kills: 0, whileOpening: 0, acknowledged: 0, recordedUnheard: 0 };
  while (counts.kills < options.kills) {
    const branch = options.makeBranch();
    const acknowledged = new Map<string, number>();
    const lives = Math.min(options.livesPerBranch, options.kills - counts.kills);
    for (let life = 0; life < lives; life += 1) {
      const when = `seed ${options.seed}, kill ${counts.kills}`;
      const first = 1 + life * 1_000_000;
      const heard = await liveAndDie(branch, dice, first);
      for (const [key, seq] of heard) acknowledged.set(key, seq);
      counts.kills += 1;
      counts.acknowledged += heard.size;
      if (heard.size === 0) counts.whileOpening += 1;
      counts.recordedUnheard += lookOver(branch, acknowledged, first + heard.size, when);
    }
  }
  return counts;
}

/** Opens after the death; returns how many journals were recorded whose acknowledgement was cut off. */
function lookOver(
  branch: Branch,
  acknowledged: Map<string, number>,
  next: number,
  when: string,
): number {
  const workload = openWorkload(branch);
  try {
    assertSound(workload.database, acknowledged, when);
    let unheard = 0;
    while (workload.ledger.find(keyOf(next + unheard)) !== null) unheard += 1;
    for (let number = Math.max(1, next - 2); number <= next + unheard; number += 1) {
      const before = workload.ledger.find(keyOf(number))?.seq;
      const seq = workload.post(number);
      if (before !== undefined && before !== seq) throw new Error(`${when}: ${number} doubled`);
      acknowledged.set(keyOf(number), seq);
    }
    assertSound(workload.database, acknowledged, `${when}, after posting again`);
    return unheard;
  } finally {
    workload.close();
  }
}

async function liveAndDie(
  branch: Branch,
  dice: Dice,
  first: number,
): Promise<ReadonlyMap<string, number>> {
  const child = spawnPoster({
    ...{ folder: branch.folder, key: branch.key.toString('hex'), seed: dice.below(2 ** 31) },
    ...{ first, count: 900_000, openings: 1, checkpointPages: 1 + dice.below(60) },
    ...{ synchronous: 'FULL', acknowledgeTo: null },
  });
  const atLine = dice.oneIn(5) ? null : 1 + dice.below(80);
  const delayMs = 10 + dice.below(90);
  const timer = atLine === null ? setTimeout(() => child.kill('SIGKILL'), delayMs) : null;
  let text = '';
  let lines = 0;
  child.stdout?.setEncoding('utf8');
  child.stdout?.on('data', (chunk: string) => {
    text += chunk;
    lines += chunk.split('\n').length - 1;
    if (atLine !== null && lines >= atLine) child.kill('SIGKILL');
  });
  const [code, signal] = await once(child, 'close');
  if (timer !== null) clearTimeout(timer);
  if (signal !== 'SIGKILL') throw new Error(`the station ended by itself (${code})`);
  return acknowledgements(text);
}

/** Starts a poster under the given variables, and gives it its orders. */
export function spawnPoster(
  orders: PosterOrders,
  environment: Readonly<Record<string, string>> = {},
): ChildProcess {
  const program = new URL('./poster.ts', import.meta.url).pathname;
  const child = spawn(process.execPath, [program], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { NODE_COMPILE_CACHE: compileCache, ...environment },
  });
  child.stdin?.on('error', () => undefined);
  child.stdin?.end(JSON.stringify(orders));
  return child;
}

/** Journals a poster was told of, by key; a line cut off by its death does not count. */
export function acknowledgements(text: string): ReadonlyMap<string, number> {
  const whole = text.split('\n').slice(0, -1);
  return new Map(
    whole
      .map((line) => line.split(' '))
      .filter((words) => words.length === 2)
      .map(([key = '', seq = '']) => [key, Number(seq)]),
  );
}
