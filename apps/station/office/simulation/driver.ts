// Drives a branch's line in the simulation: opens, delivers, fetches, proves itself, one question at a time.
import { endOf } from '../protocol/chain.ts';
import type { Opening } from '../protocol/head-office.ts';
import {
  deadlineMs,
  failed,
  nextStep,
  opened,
  pulled,
  pushed,
  type Step,
} from '../protocol/link.ts';
import { type Link, nowhere, type Push, type PushReply } from '../protocol/values.ts';
import type { Agenda } from './agenda.ts';
import type { BranchParts, Machine } from './machine.ts';

export interface Driver {
  /** Looks at the line after so long, or sooner when it was to look sooner. */
  wake(delayMs: number): void;
  /** Forgets what was asked: the machine starts anew. */
  reset(): void;
}

interface Asking {
  call<R>(ask: () => R | undefined, take: (reply: R) => void, lost: () => void): void;
  isWaiting(): boolean;
  reset(): void;
}

/** One question at a time; whichever comes first counts, its answer or its deadline. */
function createAsking(machine: Machine, parts: BranchParts): Asking {
  const { agenda, line } = parts;
  let count = 0;
  let waitingFor: number | null = null;
  return {
    isWaiting: () => waitingFor !== null,
    reset() {
      waitingFor = null;
    },
    call(ask, take, lost) {
      count += 1;
      const mine = count;
      waitingFor = mine;
      const once = (run: () => void) =>
        machine.alive(() => {
          if (waitingFor !== mine) return;
          waitingFor = null;
          run();
        });
      // The line does not outlive the machine it leads to.
      const { era } = machine;
      line.carry(
        () => (parts.office.era() === era ? ask() : undefined),
        (reply) => once(() => take(reply))(),
      );
      agenda.after(deadlineMs, once(lost));
    },
  };
}

/** One look at a time is planned, the soonest that was wished for. */
function createTimer(machine: Machine, agenda: Agenda, look: () => void): Driver {
  let lookAt: number | null = null;
  return {
    wake(delayMs) {
      const at = agenda.now() + delayMs;
      if (lookAt !== null && lookAt <= at) return;
      lookAt = at;
      const run = machine.alive(() => {
        if (lookAt !== at) return;
        lookAt = null;
        look();
      });
      agenda.after(delayMs, run);
    },
    reset() {
      lookAt = null;
    },
  };
}

function stop({ note }: BranchParts, machine: Machine, why: string): void {
  machine.link = { ...machine.link, stage: 'stopped', why };
  note(`${machine.branch} stops: ${why}`);
}

/** Tells an older copy that it has everything, once. */
function recover({ seams, note }: BranchParts, machine: Machine, copy: string): void {
  if (machine.recovered === copy) return;
  machine.recovered = copy;
  seams.recover(machine.state, copy);
  machine.commit();
  note(`${machine.branch} says what it has to ${copy}`);
}

/** Takes what head office said when it was greeted. */
function takeGreeting(parts: BranchParts, machine: Machine, answer: Opening): void {
  const { received, down, isFollowed, copy } = answer;
  machine.isBehind = !isFollowed;
  if (!isFollowed) return stop(parts, machine, 'head office was put back to an older copy');
  const hashAt = (seq: number): string | null => machine.state.log[seq - 1]?.hash ?? null;
  const at = { now: machine.now(), hashAt };
  machine.link = opened(machine.link, { received, down: down.seq }, at);
  if (machine.link.stage === 'stopped') stop(parts, machine, machine.link.why);
  else if (copy !== '') recover(parts, machine, copy);
}

export function createDriver(machine: Machine, parts: BranchParts): Driver {
  const { agenda, random, office, seams, note } = parts;
  const { branch } = machine;
  const asking = createAsking(machine, parts);
  const timer = createTimer(machine, agenda, () => look());
  const { wake } = timer;
  const soon = (): void => wake(1);
  const paced = (): number => parts.paceMs() * (0.5 + random.next());

  function look(): void {
    if (asking.isWaiting()) return;
    const { state, link } = machine;
    const step = nextStep(link, { now: machine.now(), head: endOf(state.log), down: state.down });
    if (step.kind === 'open') open();
    else if (step.kind === 'push') push(step);
    else if (step.kind === 'pull') pull(step);
    else if (step.kind === 'wait' && link.stage === 'open') prove();
    else if (step.kind === 'wait') wake(Math.max(step.ms, paced()));
  }

  const lost = (): void => {
    const at = { now: machine.now(), chance: random.next() };
    machine.link = failed(machine.link, 'no answer', at);
    wake(paced());
  };
  const greet = () => {
    const { device, down } = machine.state;
    return office.answer((side) => side.office.open(branch, device, down));
  };

  function open(): void {
    machine.era = office.era();
    const take = (answer: Opening): void => {
      takeGreeting(parts, machine, answer);
      soon();
    };
    asking.call(greet, take, lost);
  }

  /** An idle line is asked now and then; the answer says what waits. */
  function prove(): void {
    wake(paced());
    const take = ({ down }: NonNullable<ReturnType<typeof greet>>): void => {
      machine.link = pulled(machine.link, down.seq, machine.now());
      if (down.seq > machine.state.down.seq) soon();
    };
    asking.call(greet, take, lost);
  }

  function push({ before, count }: Extract<Step, { kind: 'push' }>): void {
    const events = machine.state.log.slice(before.seq, before.seq + count);
    const message: Push = {
      ...{ branch, device: machine.state.device, events, sentAt: machine.now() },
      before: before.seq === 0 ? nowhere : before,
    };
    const take = (reply: PushReply): void => {
      machine.link = seams.believe(machine.link, pushed(machine.link, reply, machine.now()));
      if (reply.kind === 'refused') note(`${branch} is refused: ${reply.message}`);
      soon();
    };
    const unanswered = (): void => {
      const other = seams.unanswered(machine.link, message);
      if (other === null) return lost();
      machine.link = other;
      soon();
    };
    asking.call(() => office.answer((side) => seams.push(side, message)), take, unanswered);
  }

  function pull({ after }: Extract<Step, { kind: 'pull' }>): void {
    const ask = () =>
      office.answer((side): readonly Link[] | null => {
        try {
          return seams.pull(side, branch, after);
        } catch {
          return null;
        }
      });
    const take = (links: readonly Link[] | null): void => {
      if (links === null || !seams.applyDown(machine.state, links)) {
        return stop(parts, machine, 'another head office speaks');
      }
      machine.commit();
      machine.link = pulled(machine.link, machine.state.down.seq, machine.now());
      soon();
    };
    asking.call(ask, take, lost);
  }

  return Object.freeze({
    wake,
    reset() {
      asking.reset();
      timer.reset();
    },
  });
}
