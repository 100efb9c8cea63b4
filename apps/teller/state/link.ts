// Keeps one client connected to the station, so that the screens outlive a restart of the workstation.
import { type AskOptions, type Client, connect, FaultError } from '#contract/client.ts';
import type { EventName, EventPayload, Input, OperationName, Output } from '#contract/index.ts';
import type { Pipe } from '#contract/wire.ts';

/** connecting: the first attempt. online: it answers. stopped: it went away, and we keep trying. */
export type LinkState = 'connecting' | 'online' | 'stopped';

export interface Link {
  state(): LinkState;
  /** Calls the listener whenever the state changes; returns a function that stops it. */
  watch(listener: () => void): () => void;
  /** Asks the station; rejects with a `FaultError` of code `lost` while there is no connection. */
  ask<N extends OperationName>(name: N, input: Input<N>, options?: AskOptions): Promise<Output<N>>;
  /** Listens to pushes, over every connection to come. */
  on<E extends EventName>(event: E, listener: (payload: EventPayload<E>) => void): () => void;
  /** Resolves when the station can be asked. */
  online(): Promise<void>;
}

export interface LinkPorts {
  readonly open: () => Promise<Pipe>;
  readonly later: (delayMs: number, callback: () => void) => void;
}

const firstDelayMs = 200;
const longestDelayMs = 3_000;

const gone = {
  code: 'lost',
  reason: 'workstation-stopped',
  message: 'The workstation does not answer. What you typed is kept.',
} as const;

/** Connects, and connects again after every loss, waiting longer each time up to three seconds. */
export function createLink(ports: LinkPorts): Link {
  const watchers = new Set<() => void>();
  const listeners = new Map<EventName, Set<(payload: never) => void>>();
  let client: Client | null = null;
  let state: LinkState = 'connecting';

  const move = (next: LinkState): void => {
    if (next === state) return;
    state = next;
    for (const watcher of [...watchers]) watcher();
  };

  const retry = (delayMs: number): void => {
    client = null;
    move('stopped');
    ports.later(delayMs, () => start(Math.min(delayMs * 2, longestDelayMs)));
  };

  /** One forwarder an event and connection, so that a listener outlives the connection. */
  const forward = (to: Client, event: EventName): void => {
    to.on(event, (payload) => {
      for (const listener of [...(listeners.get(event) ?? [])]) listener(payload as never);
    });
  };

  const joined = (pipe: Pipe): void => {
    const joining = connect(pipe);
    for (const event of listeners.keys()) forward(joining, event);
    joining.closed(() => retry(firstDelayMs));
    client = joining;
    move('online');
  };

  const start = (nextDelayMs: number): void => {
    ports.open().then(joined, () => retry(nextDelayMs));
  };
  start(firstDelayMs);

  const watch = (listener: () => void): (() => void) => {
    watchers.add(listener);
    return () => void watchers.delete(listener);
  };

  return Object.freeze({
    state: () => state,
    watch,
    ask<N extends OperationName>(name: N, input: Input<N>, options?: AskOptions) {
      return client ? client.ask(name, input, options) : Promise.reject(new FaultError(gone));
    },
    on<E extends EventName>(event: E, listener: (payload: EventPayload<E>) => void) {
      const known = listeners.get(event);
      const set = known ?? new Set();
      set.add(listener as (payload: never) => void);
      if (!known) {
        listeners.set(event, set);
        if (client) forward(client, event);
      }
      return () => void set.delete(listener as (payload: never) => void);
    },
    online() {
      if (state === 'online') return Promise.resolve();
      return new Promise<void>((resolve) => {
        const stop = watch(() => {
          if (state !== 'online') return;
          stop();
          resolve();
        });
      });
    },
  });
}
