// Cuts the power of a recorded station at random points, and looks over what each cut leaves.

import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Refusal } from '#station/bank/refusal.ts';
import { createDice, type Dice } from './dice.ts';
import { createDisk } from './disk.ts';
import { type Branch, branchIn } from './fixture.ts';
import { acknowledgements, spawnPoster } from './kill.ts';
import type { PosterOrders } from './poster.ts';
import type { Shim } from './shim.ts';
import { readTrace, type TraceStep } from './trace.ts';
import { faultsOf, keyOf, openWorkload } from './workload.ts';

/** What a run of cuts came to; everything but `cuts` and the sums is expected to be 0 with FULL. */
export interface CutCounts {
  readonly cuts: number;
  readonly steps: number;
  /** Journals acknowledged before the cuts, summed over them. */
  readonly acknowledged: number;
  /** Cuts after which an acknowledged journal was gone, or the station refused to open for it. */
  readonly lost: number;
  /** Cuts after which the books, the chain or a key were wrong. */
  readonly broken: number;
  /** Cuts after which the station would not open for another reason. */
  readonly stuck: number;
  /** What was wrong, of the first few. */
  readonly examples: readonly string[];
}

export interface CutOptions {
  readonly shim: Shim;
  /** Folder for everything this run writes. */
  readonly scratch: string;
  readonly cuts: number;
  /** Instead of random moments: every step of the record, so many times each. */
  readonly cutsPerStep?: number;
  readonly seed: number;
  /** Journals each recorded station posts. */
  readonly journals: number;
  /** Openings each spreads them over. */
  readonly openings: number;
  /** Recorded stations, each starting from what a cut left of the one before it. */
  readonly generations: number;
  readonly synchronous: 'FULL' | 'NORMAL';
}

const acknowledged = 'acknowledged';

/** A folder for what is written only to be damaged: it need not wait for a real disk. */
export function makeScratch(): string {
  return mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'teller-cut-'));
}

/**
 * Records stations at work and plays the cuts of each in the order of their moments. Each generation
 * starts from what one of the cuts before it left, so that recoveries are cut off too.
 */
export async function runCuts(options: CutOptions): Promise<CutCounts> {
  const dice = createDice(options.seed);
  const outcomes: Found[] = [];
  let start: Left = { files: new Map(), told: new Map() };
  let steps = 0;
  for (let generation = 0; generation < options.generations; generation += 1) {
    const trace = await record(start, generation, options);
    const share = Math.ceil((options.cuts - outcomes.length) / (options.generations - generation));
    const played = playCuts(start, trace, share, dice, options);
    outcomes.push(...played.found);
    steps += trace.length;
    start = played.left;
  }
  const count = (kind: Outcome['kind']) => outcomes.filter((found) => found.kind === kind).length;
  return {
    ...{ cuts: outcomes.length, steps },
    acknowledged: outcomes.reduce((sum, { told }) => sum + told, 0),
    ...{ lost: count('lost'), broken: count('broken'), stuck: count('stuck') },
    examples: outcomes
      .filter(({ kind }) => kind !== 'sound')
      .slice(0, 5)
      .map(({ kind, moment, why }) => `seed ${options.seed}, step ${moment}: ${kind}: ${why}`),
  };
}

/** A quarter of the cuts falls into making, opening and recovering, which are few steps of many. */
const openingSteps = 80;

/** What a cut left, and what had been acknowledged by then. */
interface Left {
  readonly files: ReadonlyMap<string, Buffer>;
  readonly told: ReadonlyMap<string, number>;
}

interface Found extends Outcome {
  readonly told: number;
  readonly moment: number;
}

function playCuts(
  start: Left,
  trace: readonly TraceStep[],
  cuts: number,
  dice: Dice,
  options: CutOptions,
): { readonly found: readonly Found[]; readonly left: Left } {
  const moments = chooseMoments(trace.length, cuts, dice, options);
  const goesOn = dice.below(moments.length);
  const disk = createDisk(start.files);
  let played = 0;
  let left = start;
  const found = moments.map((moment, index) => {
    for (; played < moment; played += 1) disk.apply(trace[played] as TraceStep);
    const heard = acknowledgements(disk.seen(acknowledged)?.toString('utf8') ?? '');
    const told = new Map([...start.told, ...heard]);
    const files = withoutScratch(disk.afterCut(dice));
    if (index === goesOn) left = { files, told };
    const branch = branchIn(join(options.scratch, 'left'), key);
    restore(branch, files);
    return { told: told.size, moment, ...lookOver(branch, told, dice) };
  });
  return { found, left };
}

function chooseMoments(
  steps: number,
  cuts: number,
  dice: Dice,
  options: CutOptions,
): readonly number[] {
  const moments =
    options.cutsPerStep === undefined
      ? Array.from({ length: cuts }, () =>
          dice.below(dice.oneIn(4) ? Math.min(openingSteps, steps) : steps + 1),
        )
      : Array.from(
          { length: (steps + 1) * options.cutsPerStep },
          (_, index) => index % (steps + 1),
        );
  return moments.sort((one, other) => one - other);
}

const key = Buffer.alloc(32, 7);

async function record(
  start: Left,
  generation: number,
  options: CutOptions,
): Promise<readonly TraceStep[]> {
  const branch = branchIn(join(options.scratch, 'recorded'), key);
  restore(branch, start.files);
  const trace = join(options.scratch, 'trace');
  const orders: PosterOrders = {
    ...{ folder: branch.folder, key: key.toString('hex'), seed: options.seed + generation },
    ...{ first: 1 + generation * 100_000, count: options.journals, openings: options.openings },
    ...{ checkpointPages: 40, synchronous: options.synchronous, acknowledgeTo: acknowledged },
  };
  const child = spawnPoster(orders, {
    ...{ LD_PRELOAD: options.shim.library },
    ...{ POWER_CUT_FOLDER: branch.folder, POWER_CUT_TRACE: trace },
  });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`the recorded station ended with ${code}`);
  return readTrace(readFileSync(trace));
}

/** Shared memory does not outlive the machine; the acknowledgements are the teller's memory, not the disk's. */
function withoutScratch(files: ReadonlyMap<string, Buffer>): ReadonlyMap<string, Buffer> {
  return new Map([...files].filter(([name]) => name !== acknowledged && !name.endsWith('-shm')));
}

function restore(branch: Branch, files: ReadonlyMap<string, Buffer>): void {
  rmSync(branch.folder, { recursive: true, force: true });
  mkdirSync(branch.folder, { recursive: true });
  for (const [name, bytes] of files) writeFileSync(join(branch.folder, name), bytes);
}

interface Outcome {
  readonly kind: 'sound' | 'lost' | 'broken' | 'stuck';
  readonly why: string;
}

const lossReasons = ['log-damaged', 'log-behind-witness', 'log-not-witnessed'];

function lookOver(branch: Branch, told: ReadonlyMap<string, number>, dice: Dice): Outcome {
  let workload: ReturnType<typeof openWorkload>;
  try {
    workload = openWorkload(branch);
  } catch (error) {
    const reason = error instanceof Refusal ? error.reason : String(error);
    return { kind: lossReasons.includes(reason) ? 'lost' : 'stuck', why: `${reason}: ${error}` };
  }
  try {
    const faults = faultsOf(workload.database, told);
    const [first] = faults;
    if (first === undefined) return postsOn(workload, told, dice);
    return { kind: first.startsWith('acknowledged') ? 'lost' : 'broken', why: first };
  } finally {
    workload.close();
  }
}

/** A station that opens after the cut must go on: the last journal again, and a new one. */
function postsOn(
  workload: ReturnType<typeof openWorkload>,
  told: ReadonlyMap<string, number>,
  dice: Dice,
): Outcome {
  if (!dice.oneIn(8)) return { kind: 'sound', why: '' };
  const number = 1 + dice.below(100);
  const before = told.get(keyOf(number));
  const again = workload.post(number);
  workload.post(5_000_000);
  const [fault] = faultsOf(workload.database, told);
  if (before !== undefined && before !== again) return { kind: 'broken', why: 'posted twice' };
  return fault === undefined ? { kind: 'sound', why: '' } : { kind: 'broken', why: fault };
}
