// A branch in the simulation: its counters, its disk, its line, and the crashes between all of them.
import * as model from '../protocol/branch-model.ts';
import { type LinkState, newLink, resumed } from '../protocol/link.ts';
import { nowhere } from '../protocol/values.ts';
import { type Counter, createCounter } from './counter.ts';
import { createDriver } from './driver.ts';
import { type BranchParts, createMachine } from './machine.ts';

export interface BranchNode extends Counter {
  readonly branch: string;
  state(): model.BranchState;
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
  /** People on both sides let it go on by an older copy's list; `isCut`: the answer does not come back. */
  rejoin(isCut: boolean): void;
  isBehind(): boolean;
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
    machine.isBehind = false;
    machine.recovered = '';
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
    isBehind: () => machine.isBehind && machine.isUp,
    rejoin(isCut: boolean) {
      const { state } = machine;
      const side = parts.office.side();
      const known = side.state.devices.get(branch)?.down ?? [];
      const parted = state.items.findIndex(({ hash }, index) => known[index]?.hash !== hash);
      const last = parted === -1 ? state.items.at(-1) : state.items[parted - 1];
      const back = last ? { seq: last.seq, hash: last.hash } : nowhere;
      try {
        seams.rejoin(side, model.declarationOf(state, back));
      } catch (error) {
        return note(`${branch} is not let in: ${(error as Error).message}`);
      }
      if (isCut) return;
      model.rejoin(state, back);
      machine.commit();
      machine.isBehind = false;
      note(`${branch} goes on after item ${back.seq}`);
    },
    resume() {
      if (machine.isBehind) return;
      machine.link = { ...resumed(machine.link), notBefore: 0 };
      driver.wake(1);
    },
    look: () => driver.wake(1),
  });
}

/** What a branch has paid of an account without cover, in events after `after`. */
export function exposureMinor(state: model.BranchState, key: string, after = 0): bigint {
  return state.exposures
    .filter(({ seq, account }) => seq > after && account === key)
    .reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
}
