// Keeps the line to head office: delivers the log, fetches what is for us, and is never in a teller's way.
import { X509Certificate } from 'node:crypto';
import { Refusal } from '#station/bank/refusal.ts';
import type { OfficeLine } from '#station/office/client/calls.ts';
import { catchingUpFrom, underWayMost } from '#station/office/protocol/delivery.ts';
import {
  isReachable,
  type LinkState,
  newLink,
  nextStep,
  resumed,
} from '#station/office/protocol/link.ts';
import { nowhere, type Position } from '#station/office/protocol/values.ts';
import type { Clock } from '#station/ports.ts';
import { bookDue } from './office-books.ts';
import { type CardKeeping, createCardKeeping } from './office-card-turn.ts';
import { createCertificateKeeping } from './office-certificate.ts';
import { applyOrders } from './office-orders.ts';
import { createRejoining } from './office-rejoin.ts';
import { answerReservations, returnExpired } from './office-sagas.ts';
import {
  dropLine,
  factsOf,
  failLine,
  type LineWork,
  type OfficeLinkParts,
  openLine,
  proveLine,
  pullItems,
  pushStretch,
} from './office-steps.ts';

export interface OfficeLink {
  state(): LinkState;
  /** The event after which catching up began; null while nothing has piled up. */
  catchingUpFrom(): number | null;
  /** Whether head office may be asked something now. */
  isReachable(): boolean;
  /** Whether this workstation reads what all branches do. */
  readsAll(): boolean;
  /** End of our certificate, ms since 1970. */
  certificateUntil(): number;
  /** Asks over the open line; refuses `office-unreachable` while there is none. */
  ask<T>(question: (line: OfficeLine) => Promise<T>): Promise<T>;
  /** Looks again at once: something was recorded or asked for. */
  wake(): void;
  /** A person has looked at why it stopped. */
  resume(): void;
  close(): Promise<void>;
}

/** How often the head of the log is looked at while there is nothing else to do, in ms. */
const lookMs = 200;
/** How often an idle line proves that it lives, in ms. */
const proofMs = 1_000;
/** Items booked in one transaction: a key press never waits for more. */
const dueMost = 20;

/** Shortest time between two words to the screens while events are on their way, in ms: a number that a person can follow. */
const showMs = 250;

/** What was kept of head office's word, where it is a word on this very log; else nothing. */
function knownOf({ received, reads }: OfficeLinkParts): Position {
  if (!received || reads.hashAt(received.seq) !== received.hash) return nowhere;
  return received;
}

/** Starts the line; it runs until it is closed. */
export function createOfficeLink(parts: OfficeLinkParts): OfficeLink {
  const { clock } = parts;
  const work: LineWork = {
    state: { ...newLink, received: knownOf(parts) },
    line: null,
    readsAll: false,
    opensPacked: false,
    attempt: 0,
    recovered: '',
    catchingUpFrom: null,
    bundle: parts.bundle,
  };
  const pause = createPause(clock);
  let isClosed = false;
  const running = keepLine(parts, work, { pause, isClosed: () => isClosed });
  const isUp = () => work.line !== null && isReachable(work.state, clock.now());
  return Object.freeze({
    state: () => work.state,
    catchingUpFrom: () => work.catchingUpFrom,
    isReachable: isUp,
    readsAll: () => work.readsAll,
    certificateUntil: () => Date.parse(new X509Certificate(work.bundle.certificate).validTo),
    async ask<T>(question: (line: OfficeLine) => Promise<T>): Promise<T> {
      if (!work.line || !isUp()) {
        throw new Refusal(
          'office-unreachable',
          'Head office cannot be asked now: the line is down.',
        );
      }
      return question(work.line);
    },
    wake: pause.wake,
    resume() {
      work.state = resumed(work.state);
      pause.wake();
    },
    async close() {
      isClosed = true;
      pause.wake();
      await dropLine(work);
      await running;
      parts.keepReceived?.(work.state.received);
    },
  });
}

interface Pause {
  /** Waits so long, or until it is woken; a call that came before it is not lost. */
  wait(ms: number): Promise<void>;
  wake(): void;
}

function createPause(clock: Clock): Pause {
  let isWoken = false;
  let end: () => void = () => undefined;
  return {
    async wait(ms) {
      if (!isWoken) {
        await new Promise<void>((resolve) => {
          const cancel = clock.after(Math.max(1, ms), resolve);
          end = () => {
            cancel();
            resolve();
          };
        });
      }
      isWoken = false;
    },
    wake() {
      isWoken = true;
      end();
    },
  };
}

interface Keeping {
  readonly pause: Pause;
  readonly isClosed: () => boolean;
}

async function keepLine(parts: OfficeLinkParts, work: LineWork, keeping: Keeping): Promise<void> {
  const { clock } = parts;
  const show = createTeller(parts, work);
  const cards = createCardKeeping(parts);
  const renew = createRenewing(parts, work);
  const rejoin = createRejoining(parts, work);
  let provenAt = clock.now();
  while (!keeping.isClosed()) {
    try {
      await turn(parts, work, { keeping, show, cards, rejoin });
      if (work.state.stage !== 'open' || clock.now() - provenAt < proofMs) continue;
      provenAt = clock.now();
      await proveLine(parts, work);
      await renew();
      // Head office's page shows what other branches do, of which no event here tells.
      if (work.readsAll) parts.announcer.changed(['office']);
    } catch (error) {
      if (!keeping.isClosed()) await failLine(parts, work, error);
      show(true);
    }
  }
}

/** Renews our certificate over the open line; the line is opened anew with it. */
function createRenewing(parts: OfficeLinkParts, work: LineWork): () => Promise<void> {
  const { clock, report, keepBundle: keep } = parts;
  if (!keep) return () => Promise.resolve();
  const keeping = createCertificateKeeping({ clock, report, keep }, parts.bundle);
  return async () => {
    if (!work.line || !(await keeping.tend(work.line))) return;
    work.bundle = keeping.bundle();
    await openLine(parts, work);
    parts.announcer.changed(['office']);
  };
}

/** One step of the line, or a rest when there is nothing to do. */
async function turn(
  parts: OfficeLinkParts,
  work: LineWork,
  at: {
    readonly keeping: Keeping;
    readonly show: (isAtRest: boolean) => void;
    readonly cards: CardKeeping | null;
    /** Asks whether people let us go on with an older copy of head office. */
    readonly rejoin: () => Promise<void>;
  },
): Promise<void> {
  // Before it has a name, there is nothing a branch could say.
  if (parts.code() === '') return at.keeping.pause.wait(lookMs);
  await book(parts);
  await at.cards?.tidy();
  await at.rejoin();
  if (work.line && isReachable(work.state, parts.clock.now())) {
    await answerReservations(parts, work.line);
    await at.cards?.exchange(work.line, work.state.received.seq);
  }
  const step = nextStep(work.state, factsOf(parts));
  at.show(step.kind === 'wait');
  switch (step.kind) {
    case 'open':
      return openLine(parts, work);
    case 'push':
      return pushStretch(parts, work, step);
    case 'pull':
      return pullItems(parts, work, step);
    case 'wait':
      return at.keeping.pause.wait(Math.min(step.ms, lookMs));
    case 'stopped':
      return at.keeping.pause.wait(lookMs);
  }
}

/** What does not need the line: booking what came, giving back what has run out. */
async function book(parts: OfficeLinkParts): Promise<void> {
  const { reads, ledger, announcer, clock } = parts;
  if (reads.dueCount() > 0 && ledger.moment().date !== null) {
    const booked = await ledger.submit(() => bookDue(parts, dueMost));
    if (booked > 0) announcer.changed(['office', 'account', 'journal']);
  }
  if (parts.orders) await applyOrders(parts.orders, parts);
  await returnExpired(parts, clock.now());
}

/**
 * Tells the screens when the word in the status line, or the count behind it, has become another: at once where
 * the word has changed, four times a second where only the count has, as every word makes each window ask anew.
 * While few events are on their way they change nothing; at rest what waits is said to the last one, or a page
 * would go on showing a queue that has long been delivered.
 */
function createTeller(parts: OfficeLinkParts, work: LineWork): (isAtRest: boolean) => void {
  const { clock, ledger, announcer } = parts;
  let [shownWord, shownCount, shownAt] = ['', '', clock.monotonic() - showMs];
  return (isAtRest) => {
    const { stage, why, failures, received } = work.state;
    const head = ledger.head().seq;
    work.catchingUpFrom = catchingUpFrom(work.catchingUpFrom, { received: received.seq, head });
    const isPiled = head - received.seq > underWayMost;
    const word = `${stage} ${why} ${failures > 0} ${isPiled}`;
    const count = isAtRest || isPiled ? `${received.seq} of ${head}` : shownCount;
    if (word === shownWord && count === shownCount) return;
    const isEarly = clock.monotonic() - shownAt < showMs;
    if (word === shownWord && !isAtRest && isEarly) return;
    [shownWord, shownCount, shownAt] = [word, count, clock.monotonic()];
    announcer.changed(['office']);
  };
}
