// A station in a few lines for the tests of this room: it answers what the test says, and can go away.
import type { Pipe, RequestFrame } from '#contract/wire.ts';

export interface PipeDouble {
  readonly pipe: Pipe;
  /** What was asked, in order. */
  readonly asked: RequestFrame[];
  reply(id: number, output: unknown): void;
  refuse(id: number, code: string, reason: string): void;
  push(event: string, payload: unknown): void;
  /** The other side goes away. */
  drop(): void;
}

export function createPipeDouble(): PipeDouble {
  const asked: RequestFrame[] = [];
  const listeners = new Set<(frame: unknown) => void>();
  const closers: (() => void)[] = [];
  const tell = (frame: unknown): void => {
    for (const listener of listeners) listener(structuredClone(frame));
  };
  return Object.freeze({
    asked,
    pipe: {
      send: (frame: unknown) => void asked.push(structuredClone(frame) as RequestFrame),
      receive(listener: (frame: unknown) => void) {
        listeners.add(listener);
        return () => void listeners.delete(listener);
      },
      closed: (listener: () => void) => void closers.push(listener),
    },
    reply: (id: number, output: unknown) => tell({ id, ok: true, output }),
    refuse: (id: number, code: string, reason: string) =>
      tell({ id, ok: false, fault: { code, reason, message: `refused: ${reason}` } }),
    push: (event: string, payload: unknown) => tell({ event, payload }),
    drop: () => {
      for (const closer of closers.splice(0)) closer();
    },
  });
}

/** Lets everything that was promised happen. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
}
