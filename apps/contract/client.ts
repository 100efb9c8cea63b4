// Turns a pipe into `ask` and `on`, so that a screen never handles frames.
import type { EventName, EventPayload, Input, OperationName, Output } from './index.ts';
import type { Fault, Pipe, PushFrame, ReplyFrame } from './wire.ts';

export interface AskOptions {
  /** Idempotency key for a keyed command; a screen makes it when the form is first submitted. */
  readonly key?: string;
}

export interface Client {
  /** Asks the station; rejects with a `FaultError` when it answers with a fault or the pipe is lost. */
  ask<N extends OperationName>(name: N, input: Input<N>, options?: AskOptions): Promise<Output<N>>;
  /** Listens to pushes; returns a function that stops listening. */
  on<E extends EventName>(event: E, listener: (payload: EventPayload<E>) => void): () => void;
  /** Calls the listener when the pipe is gone. */
  closed(listener: () => void): void;
}

export class FaultError extends Error {
  readonly fault: Fault;
  constructor(fault: Fault) {
    super(fault.message);
    this.name = 'FaultError';
    this.fault = fault;
  }
}

const lost: Fault = {
  code: 'lost',
  reason: 'connection-lost',
  message: 'The connection to the workstation was lost before it answered.',
};

interface Waiting {
  resolve(output: unknown): void;
  reject(error: FaultError): void;
}

export function connect(pipe: Pipe): Client {
  const waiting = new Map<number, Waiting>();
  const listeners = new Map<string, Set<(payload: never) => void>>();
  const closers: (() => void)[] = [];
  let next = 1;
  let gone = false;

  const settle = (frame: ReplyFrame): void => {
    const asked = waiting.get(frame.id);
    if (!asked) return;
    waiting.delete(frame.id);
    if (frame.ok) asked.resolve(frame.output);
    else asked.reject(new FaultError(frame.fault));
  };

  pipe.receive((incoming) => {
    const frame = incoming as ReplyFrame | PushFrame;
    if ('event' in frame) {
      for (const listener of listeners.get(frame.event) ?? []) listener(frame.payload as never);
    } else settle(frame);
  });

  pipe.closed?.(() => {
    gone = true;
    for (const asked of waiting.values()) asked.reject(new FaultError(lost));
    waiting.clear();
    for (const closer of closers) closer();
  });

  return Object.freeze({
    ask<N extends OperationName>(name: N, input: Input<N>, options: AskOptions = {}) {
      return new Promise<Output<N>>((resolve, reject) => {
        if (gone) return reject(new FaultError(lost));
        const id = next++;
        waiting.set(id, { resolve: resolve as (output: unknown) => void, reject });
        pipe.send(
          options.key === undefined ? { id, name, input } : { id, name, input, key: options.key },
        );
      });
    },
    on<E extends EventName>(event: E, listener: (payload: EventPayload<E>) => void) {
      const set = listeners.get(event) ?? new Set();
      listeners.set(event, set);
      set.add(listener as (payload: never) => void);
      return () => void set.delete(listener as (payload: never) => void);
    },
    closed(listener: () => void) {
      closers.push(listener);
    },
  });
}
