// A branch in the simulation: its counters, its disk, its line, and the crashes between all of them.
import type { BranchState } from '../protocol/branch-model.ts';
import { type LinkState, newLink, resumed } from '../protocol/link.ts';
import { type Counter, createCounter } from './counter.ts';
import { createDriver } from './driver.ts';
import { type BranchParts, createMachine } from './machine.ts';

export interface BranchNode extends Counter {
  readonly branch: string;
  state(): BranchState;
  link(): LinkState;
  /** Hashes of every event this branch ever committed: what a teller was told. */
  readonly committed: readonly string[];
  isUp(): boolean;
  /** Loses its memory, and starts again after so long, perhaps from an older disk. */
  crash(restartMs: number, isOldDisk: boolean): void;
  /** Keeps a copy of the disk that a later accident may put back. */
  copyDisk(): void;
  /** Sets its clock off by so much. */
  skew(ms: number): void;
  /** A person lets the line try again. */
  resume(): void;
  look(): void;
}

export function createBranchNode(branch: string, parts: BranchParts): BranchNode {
  const { agenda, random, seams, note } = parts;
  const machine = createMachine(branch, parts);
  const driver = createDriver(machine, parts);

  function start(isOldDisk: boolean): void {
    machine.life += 1;
    machine.isUp = true;
    machine.busy.clear();
    machine.link = newLink;
    driver.reset();
    if (isOldDisk) machine.state = seams.start(structuredClone(machine.disk), machine.state);
    driver.wake(1 + random.next() * 1_000);
  }

  return Object.freeze({
    ...createCounter(machine, parts, driver),
    ...{ branch, committed: machine.committed },
    state: () => machine.state,
    link: () => machine.link,
    isUp: () => machine.isUp,
    crash(restartMs: number, isOldDisk: boolean) {
      if (!machine.isUp) return;
      machine.isUp = false;
      seams.crash(machine.state);
      note(`${branch} crashes${isOldDisk ? ' and an older disk is put back' : ''}`);
      agenda.after(restartMs, () => start(isOldDisk));
    },
    copyDisk() {
      machine.disk = structuredClone(machine.state);
    },
    skew(ms: number) {
      machine.skewMs = ms;
    },
    resume() {
      machine.link = { ...resumed(machine.link), notBefore: 0 };
      driver.wake(1);
    },
    look: () => driver.wake(1),
  });
}

/** What a branch has paid of an account without cover, in events after `after`. */
export function exposureMinor(state: BranchState, key: string, after = 0): bigint {
  return state.exposures
    .filter(({ seq, account }) => seq > after && account === key)
    .reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
}
