// A branch's machine in the simulation: what is on its disk, what only its memory knows, and its clock.
import * as model from '../protocol/branch-model.ts';
import { type LinkState, newLink } from '../protocol/link.ts';
import type { Agenda } from './agenda.ts';
import type { Line } from './line.ts';
import { beginning, type OfficeNode } from './office-node.ts';
import type { Random } from './random.ts';
import type { Seams } from './seams.ts';
import type { Truth } from './truth.ts';

export interface BranchParts {
  readonly agenda: Agenda;
  readonly random: Random;
  readonly line: Line;
  readonly office: OfficeNode;
  readonly seams: Seams;
  readonly truth: Truth;
  /** Time between two looks at an idle or failing line, in ms: outages of weeks must stay cheap. */
  readonly paceMs: () => number;
  readonly note: (sentence: string) => void;
}

export interface Machine {
  readonly branch: string;
  /** On disk. */
  state: model.BranchState;
  /** A copy of the disk that an accident may put back. */
  disk: model.BranchState;
  /** In memory: gone after a crash. */
  link: LinkState;
  /** Which head office the line was opened to, and that it turned out older than we are. */
  era: number;
  /** The copy that was told everything. */
  recovered: string;
  isBehind: boolean;
  /** Keys of reservations somebody at a counter is waiting for. */
  readonly busy: Set<string>;
  isUp: boolean;
  /** Grows with each start: what was begun before belongs to nobody. */
  life: number;
  skewMs: number;
  /** Hashes of every event this branch ever committed: what a teller was told. */
  readonly committed: string[];
  now(): number;
  /** Runs only while the machine has not been started anew. */
  alive(run: () => void): () => void;
  /** What has been recorded is told to the teller. */
  commit(): void;
}

export function createMachine(branch: string, { agenda }: Pick<BranchParts, 'agenda'>): Machine {
  const state = model.createBranchState(branch, `device-${branch}`);
  const machine: Machine = {
    ...{ branch, state, disk: structuredClone(state), link: newLink, busy: new Set() },
    ...{ era: 0, recovered: '', isBehind: false },
    ...{ isUp: true, life: 0, skewMs: 0, committed: [] },
    now: () => beginning + agenda.now() + machine.skewMs,
    alive(run: () => void) {
      const born = machine.life;
      return () => {
        if (machine.isUp && machine.life === born) run();
      };
    },
    commit() {
      const { committed } = machine;
      for (const { hash } of machine.state.log.slice(committed.length)) committed.push(hash);
    },
  };
  return machine;
}
