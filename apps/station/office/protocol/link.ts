// Decides what a branch says to head office next, and when: pure, so that every outage can be rehearsed.
import { nowhere, type Position, type PushReply, pushBytesMost, pushEventsMost } from './values.ts';

/** Shortest and longest wait after a failure, and how often the idle line is tried, in ms. */
export const backoffMsLeast = 250;
export const backoffMsMost = 30_000;
export const idleMs = 5_000;
/** Failures in a row that open the breaker, and how long it stays open before one probe, in ms. */
export const breakerFailures = 5;
export const breakerMs = 15_000;
/** How long an answer may take, in ms; afterwards it counts as a failure and is asked again. */
export const deadlineMs = 10_000;
/** Retries that may be used up before the budget must be earned back: one for every ten answers. */
export const retryBudgetMost = 50;
const retryEarned = 0.1;

export type LinkStage = 'unopened' | 'open' | 'stopped';

/** Plain data: a test may copy it. */
export interface LinkState {
  readonly stage: LinkStage;
  /** Head office's word: what it has of our log. */
  readonly received: Position;
  /** Newest item head office has for us, as far as we were told. */
  readonly downKnown: number;
  readonly failures: number;
  readonly retries: number;
  /** No attempt before this time, ms since 1970 by the branch's clock. */
  readonly notBefore: number;
  readonly reachedAt: number | null;
  /** Since when it fails, or null while it answers. */
  readonly offlineSince: number | null;
  /** Why the line is stopped until a person decides, or why it last failed; "" otherwise. */
  readonly why: string;
  /** Word of the refusal that stopped it or that it last failed with; "" otherwise. */
  readonly cause: string;
  /** Events in the next push; halves when one is too large or too slow, grows as they are accepted. */
  readonly window: number;
}

export const newLink: LinkState = Object.freeze({
  ...{ stage: 'unopened', received: nowhere, downKnown: 0, failures: 0, retries: retryBudgetMost },
  ...{ notBefore: 0, reachedAt: null, offlineSince: null, why: '', cause: '', window: 64 },
} as const);

/** What the branch knows of itself when it asks what to do. */
export interface BranchFacts {
  readonly now: number;
  readonly head: Position;
  /** Newest item of head office that our own log has recorded. */
  readonly down: Position;
}

export type Step =
  | { readonly kind: 'open' }
  /** Push events after `before`, `count` at most and `bytes` of bodies at most. */
  | {
      readonly kind: 'push';
      readonly before: Position;
      readonly count: number;
      readonly bytes: number;
    }
  | { readonly kind: 'pull'; readonly after: Position }
  | { readonly kind: 'wait'; readonly ms: number }
  | { readonly kind: 'stopped' };

/** What to do next. Deliveries go before fetching: what was done must be known before more is asked. */
export function nextStep(state: LinkState, facts: BranchFacts): Step {
  if (state.stage === 'stopped') return { kind: 'stopped' };
  const pause = pauseMs(state, facts.now);
  if (pause > 0) return { kind: 'wait', ms: pause };
  if (state.stage === 'unopened') return { kind: 'open' };
  if (state.received.seq < facts.head.seq) {
    return { kind: 'push', before: state.received, count: state.window, bytes: pushBytesMost };
  }
  if (facts.down.seq < state.downKnown) return { kind: 'pull', after: facts.down };
  return { kind: 'wait', ms: idleMs };
}

/** Whether online questions may be asked: the breaker is closed. Only this edge has one. */
export function isReachable(state: LinkState, now: number): boolean {
  return state.stage === 'open' && state.failures === 0 && pauseMs(state, now) === 0;
}

/** No wait is longer than the longest backoff: one that seems so was set by a clock that has since gone back. */
function pauseMs({ notBefore }: LinkState, now: number): number {
  const pause = notBefore - now;
  return pause > 0 && pause <= backoffMsMost ? pause : 0;
}

function reached(state: LinkState, now: number): LinkState {
  const retries = Math.min(retryBudgetMost, state.retries + retryEarned);
  return {
    ...state,
    failures: 0,
    notBefore: 0,
    reachedAt: now,
    offlineSince: null,
    why: '',
    cause: '',
    retries,
  };
}

/**
 * Head office has said how far it has our log. `hashAt` gives our own hash of an event, null where
 * we have none: a log shorter than what head office has, or another one, has no authority.
 */
export function opened(
  state: LinkState,
  answer: { readonly received: Position; readonly down: number },
  at: { readonly now: number; readonly hashAt: (seq: number) => string | null },
): LinkState {
  const { received, down } = answer;
  const own = received.seq === 0 ? nowhere.hash : at.hashAt(received.seq);
  const live = reached(state, at.now);
  if (own === received.hash) return { ...live, stage: 'open', received, downKnown: down };
  const why =
    own === null
      ? `Head office has ${received.seq} events of this branch, this log is shorter: it is an older copy.`
      : `Event ${received.seq} of this log is not the one head office has: there are two of this branch.`;
  return { ...live, stage: 'stopped', why };
}

export function pushed(state: LinkState, reply: PushReply, now: number): LinkState {
  const live = reached(state, now);
  switch (reply.kind) {
    case 'accepted': {
      const window = Math.min(pushEventsMost, state.window * 2);
      return { ...live, received: reply.received, downKnown: reply.down, window };
    }
    case 'gap':
      return { ...live, received: reply.received };
    case 'refused':
      return refused(live, reply, now);
  }
}

/** What is too large is halved; a clock is tried again later; everything else is a person's matter. */
function refused(
  live: LinkState,
  reply: Extract<PushReply, { kind: 'refused' }>,
  now: number,
): LinkState {
  if (reply.reason === 'push-too-large' && live.window > 1) {
    return { ...live, window: Math.max(1, live.window >> 1) };
  }
  if (reply.reason === 'clock-off') {
    return { ...live, notBefore: now + backoffMsMost, why: reply.message, offlineSince: now };
  }
  return { ...live, stage: 'stopped', why: reply.message };
}

export function pulled(state: LinkState, down: number, now: number): LinkState {
  return { ...reached(state, now), downKnown: Math.max(state.downKnown, down) };
}

/**
 * An attempt failed or took too long. Waits longer each time, somewhere in the upper half of the
 * wait (`chance` from 0 to 1), so that a thousand branches do not come back in the same second. The
 * next attempt begins by opening: head office may be another machine now.
 */
export function failed(
  state: LinkState,
  why: string,
  at: { readonly now: number; readonly chance: number },
): LinkState {
  if (state.stage === 'stopped') return state;
  const failures = state.failures + 1;
  const retries = Math.max(0, state.retries - 1);
  const most = Math.min(backoffMsMost, backoffMsLeast * 2 ** Math.min(failures - 1, 16));
  const backoff = most / 2 + (most / 2) * at.chance;
  const pause =
    failures >= breakerFailures || retries === 0 ? Math.max(backoff, breakerMs) : backoff;
  return {
    ...{ ...state, stage: 'unopened' as const, failures, retries, why },
    window: Math.max(1, state.window >> 1),
    notBefore: at.now + Math.ceil(pause),
    offlineSince: state.offlineSince ?? at.now,
  };
}

/** A person has looked at it: the line is tried again. */
export function resumed(state: LinkState): LinkState {
  return state.stage === 'stopped'
    ? { ...state, stage: 'unopened', why: '', cause: '', notBefore: 0 }
    : state;
}
