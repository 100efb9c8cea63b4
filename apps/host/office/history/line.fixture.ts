// The line of one branch in a history: the protocol's own steps over PostgreSQL's own wire, through bad weather.

import type { OfficeBundle } from '#station/office/client/bundle.ts';
import { createOfficeLine, type OfficeLine } from '#station/office/client/calls.ts';
import { connectOffice } from '#station/office/client/connect.ts';
import { pack } from '#station/office/client/pack.ts';
import * as model from '#station/office/protocol/branch-model.ts';
import { endOf } from '#station/office/protocol/chain.ts';
import * as link from '#station/office/protocol/link.ts';
import { nowhere } from '#station/office/protocol/values.ts';
import type { Random } from '#station/office/simulation/random.ts';
import { pushBytes, type TestDevice } from '../office.fixture.ts';

/** The line's waits pass so many times faster than the clock on the wall: a history must end. */
const haste = 25;

export interface LineParts {
  readonly branch: model.BranchState;
  readonly bundle: OfficeBundle;
  readonly device: TestDevice;
  readonly random: Random;
  readonly save: () => void;
  readonly isOver: () => boolean;
  /** How long connecting and each answer may take, in ms. */
  readonly deadlineMs: () => number;
}

export interface HistoryLine {
  state(): link.LinkState;
  ask<T>(question: (line: OfficeLine) => Promise<T>): Promise<T | null>;
  /** Resolves when the history is over and the line is let go. */
  readonly running: Promise<void>;
}

const rest = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

export function keepLine(parts: LineParts): HistoryLine {
  const { branch, bundle, random } = parts;
  let state = link.newLink;
  let line: OfficeLine | null = null;
  let attempt = 0;
  let provenAt = 0;
  const now = (): number => Date.now() * haste;

  const drop = async (): Promise<void> => {
    const old = line;
    line = null;
    if (old) await Promise.race([old.close().catch(() => undefined), rest(500)]);
  };
  const greet = (to: OfficeLine) =>
    to.open(branch.device, { head: branch.log.length, down: branch.down.seq });

  async function open(): Promise<void> {
    await drop();
    const address = bundle.addresses[attempt++ % bundle.addresses.length];
    if (!address) throw new Error('the bundle names no address');
    line = createOfficeLine(
      await connectOffice({ bundle, address, deadlineMs: parts.deadlineMs() }),
    );
    const { received, down } = await greet(line);
    const hashAt = (seq: number): string | null => branch.log[seq - 1]?.hash ?? null;
    state = link.opened(state, { received, down }, { now: now(), hashAt });
  }

  async function push(to: OfficeLine, step: Extract<link.Step, { kind: 'push' }>): Promise<void> {
    const { before, count } = step;
    const events = branch.log.slice(before.seq, before.seq + count);
    const at = before.seq === 0 ? nowhere : before;
    const sent = pushBytes(parts.device, { before: at, events, sentAt: Date.now() });
    const packed = random.chance(0.5) ? await pack(sent.bodies) : null;
    state = link.pushed(state, await to.push({ ...sent, packed }), now());
  }

  async function pull(to: OfficeLine, after: model.BranchState['down']): Promise<void> {
    const items = await to.pull(after, 500);
    if (!model.applyDown(branch, items)) {
      state = { ...state, stage: 'stopped', why: 'another head office speaks' };
      return;
    }
    parts.save();
    state = link.pulled(state, branch.down.seq, now());
  }

  async function turn(): Promise<void> {
    const facts = { now: now(), head: endOf(branch.log), down: branch.down };
    const step = link.nextStep(state, facts);
    if (step.kind === 'open') return open();
    if (step.kind === 'push' && line) return push(line, step);
    if (step.kind === 'pull' && line) return pull(line, step.after);
    if (step.kind === 'wait' && line && state.stage === 'open' && Date.now() - provenAt > 250) {
      provenAt = Date.now();
      const { down } = await greet(line);
      state = link.pulled(state, down, now());
      return;
    }
    await rest(step.kind === 'wait' ? Math.min(100, Math.max(5, step.ms / haste)) : 50);
  }

  async function run(): Promise<void> {
    while (!parts.isOver()) {
      try {
        await turn();
      } catch (error) {
        await drop();
        state = link.failed(state, String(error), { now: now(), chance: random.next() });
      }
    }
    await drop();
  }

  return {
    state: () => state,
    async ask<T>(question: (to: OfficeLine) => Promise<T>): Promise<T | null> {
      if (!line || !link.isReachable(state, now())) return null;
      try {
        return await question(line);
      } catch {
        return null;
      }
    },
    running: run(),
  };
}
