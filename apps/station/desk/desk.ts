// The desk: what every handler is given, and what it must give back.
import type {
  Checked,
  CommandName,
  EventName,
  EventPayload,
  OperationName,
  Operations,
  Output,
  QueryName,
} from '#contract/index.ts';
import type { Role, Topic } from '#contract/operation.ts';

/** A member of staff as a session knows them. */
export interface Person {
  readonly id: number;
  readonly user: string;
  readonly name: string;
  readonly roles: readonly Role[];
  /** The person's own customer number, or null. */
  readonly customer: number | null;
}

/** Who asks: one window. `person` is null until somebody has signed in there. */
export interface Asker {
  /** Number of the window, unique while the station runs. */
  readonly window: number;
  readonly person: Person | null;
}

/** An asker whose sign-in the dispatcher has checked. */
export interface SignedIn extends Asker {
  readonly person: Person;
}

/** What a keyed command wants recorded: one event, and the reply it carries. */
export interface Recorded<R> {
  /** Event type: noun.past-participle. */
  readonly type: string;
  /** Canonical data of the event (no undefined, amounts as strings); `data.result` is added by the dispatcher. */
  readonly data: Readonly<Record<string, unknown>>;
  readonly result: R;
  /**
   * Further events of the same command, appended after the first in the same transaction (a basket's other
   * items, the replacement of a correction). The first one carries the key and the result.
   */
  readonly following?: readonly FollowingEvent[];
  /** Topics whose answers are stale now. */
  readonly topics: readonly Topic[];
  /** Runs once the event is durable: pushes to windows, never writes. */
  readonly announce?: () => void;
}

/** An event that belongs to the one before it. */
export interface FollowingEvent {
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** Facts about the event a handler is deciding on. */
export interface Moment {
  /** Number the event will have. */
  readonly seq: number;
  /** Booking time, ms since 1970. */
  readonly at: number;
  /** Open business date, or null while the branch is closed. */
  readonly date: string | null;
}

export type QueryHandler<N extends QueryName> = (
  input: Checked<N>,
  asker: Asker,
) => Output<N> | Promise<Output<N>>;

type Reply<N extends OperationName> = Output<N>;

/**
 * A keyed command decides inside the write transaction, so it is synchronous. What must be awaited first
 * (a password check) happens in `before`, whose answer `record` receives.
 */
export interface KeyedHandler<N extends CommandName, P = unknown> {
  before?(input: Checked<N>, asker: SignedIn): Promise<P>;
  record(input: Checked<N>, asker: SignedIn, moment: Moment, prepared: P): Recorded<Reply<N>>;
  /**
   * Adds to the recorded result what only the finished log can tell, such as a code made from the event's
   * own hash. Called for a fresh command and a repeated one alike.
   */
  complete?(result: Reply<N>): Reply<N>;
}

/** A session command writes its own events and answers for itself. */
export type SessionHandler<N extends CommandName> = (
  input: Checked<N>,
  asker: Asker,
) => Output<N> | Promise<Output<N>>;

export type HandlerOf<N extends OperationName> = N extends QueryName
  ? QueryHandler<N>
  : N extends CommandName
    ? Operations[N] extends { keyed: false }
      ? SessionHandler<N>
      : KeyedHandler<N, never> | KeyedHandler<N>
    : never;

/** Every operation has exactly one handler; a missing one does not compile. */
export type Handlers = { readonly [N in OperationName]: HandlerOf<N> };

/** Pushes to windows. */
export interface Announcer {
  changed(topics: readonly Topic[]): void;
  /** To every window in which somebody with one of the roles is signed in. */
  toRoles<E extends EventName>(roles: readonly Role[], event: E, payload: EventPayload<E>): void;
  /** To every window in which this person is signed in. */
  toPerson<E extends EventName>(person: number, event: E, payload: EventPayload<E>): void;
  toWindow<E extends EventName>(window: number, event: E, payload: EventPayload<E>): void;
}
