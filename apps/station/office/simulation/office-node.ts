// Head office in the simulation: its state on two machines, up or down, and the people who decide there.
import { createHeadOffice, type HeadOffice } from '../protocol/head-office.ts';
import { createOfficeState, type OfficeState } from '../protocol/office-state.ts';
import { accountKey } from '../protocol/values.ts';
import type { Agenda } from './agenda.ts';
import { sign } from './office-sign.ts';
import { type OfficeSide, protocol, type Seams } from './seams.ts';
import type { Truth } from './truth.ts';

/** 2026-11-20 09:00 UTC: simulated time begins here. */
export const beginning = Date.UTC(2026, 10, 20, 9);

export interface OfficeNode {
  readonly side: () => OfficeSide;
  state(): OfficeState;
  /** Runs the question where it is up; undefined where nobody answers. */
  answer<R>(question: (side: OfficeSide) => R): R | undefined;
  stop(): void;
  start(): void;
  /** The primary is lost and the standby goes on. */
  failOver(): void;
  /** Grows each time a copy takes over: what was said to the one before, nobody answers. */
  era(): number;
  /** Copies the present state away, unless a copy before it was not heard out yet. */
  backUp(): void;
  /** The last copy takes head office's place: what came after it is lost here. False where there is none. */
  restore(): boolean;
  /** Remembers the present state as what a lagging standby would have. */
  lag(): void;
  /** A person writes an open allowance off; its loss is theirs from now on. */
  writeOff(id: string): void;
}

export function createOfficeNode(agenda: Agenda, seams: Seams, truth: Truth): OfficeNode {
  let state = createOfficeState();
  let older = structuredClone(state);
  let copy: OfficeState | null = null;
  let era = 0;
  let isUp = true;
  let office: HeadOffice;
  const now = (): number => beginning + agenda.now();
  const attend = (): void => {
    office = createHeadOffice(state, { now, sign });
  };
  attend();
  const side = (): OfficeSide => ({ office, state });
  return Object.freeze({
    side,
    state: () => state,
    answer<R>(question: (side: OfficeSide) => R): R | undefined {
      if (!isUp) return undefined;
      seams.tick(side(), now());
      return question(side());
    },
    stop() {
      isUp = false;
    },
    start() {
      isUp = true;
    },
    failOver() {
      state = seams.failOver(state, () => structuredClone(older));
      attend();
      isUp = true;
    },
    era: () => era,
    backUp() {
      if (state.recovering.size === 0) copy = structuredClone(state);
    },
    restore() {
      if (copy === null || state.recovering.size > 0) return false;
      truth.forgotten(state, copy);
      state = copy;
      copy = null;
      era += 1;
      seams.restore(state, `copy-${era}`);
      attend();
      isUp = true;
      return true;
    },
    lag() {
      // A synchronous standby never lags: only a mutant's does.
      if (seams.failOver !== protocol.failOver) older = structuredClone(state);
    },
    writeOff(id: string) {
      const known = state.allowances.get(id);
      if (known?.state !== 'open') return;
      const left = BigInt(known.allowance.amountMinor) - known.spentMinor;
      office.writeOff(id);
      truth.writtenOff(accountKey(known.allowance.account), left);
    },
  });
}
