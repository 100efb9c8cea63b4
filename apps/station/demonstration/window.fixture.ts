// Opens windows on a demonstration branch and gives it a world of its own, for the tests.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { connect } from '#contract/client.ts';
import type { Input, OperationName, Output } from '#contract/index.ts';
import type { Pipe } from '#contract/wire.ts';
import { createSidecarWitness } from '../ledger/witness.ts';
import type { Ports } from '../ports.ts';

export const key: Uint8Array = new Uint8Array(32).fill(9);

/** Real witness, system clock and chance, and a key of the test's own. */
export function portsIn(folder: string): Ports {
  return {
    clock: { now: Date.now, monotonic: () => performance.now(), after: () => () => undefined },
    chance: { bytes: (count) => crypto.getRandomValues(new Uint8Array(count)) },
    keychain: { databaseKey: () => Promise.resolve(Uint8Array.from(key)) },
    witness: (secret) => createSidecarWitness({ file: join(folder, 'log.witness'), key: secret }),
    riskScorer: null,
    folder,
    report: (where, error) => assert.fail(`${where}: ${error}`),
    demonstration: true,
  };
}

/** Asks over a pipe of two arrays, each command with a key of its own. */
export type Ask = <N extends OperationName>(name: N, input: Input<N>) => Promise<Output<N>>;

/** A window on the station. */
export function openWindow(station: { attach(pipe: Pipe): unknown }): Ask {
  const listeners: ((frame: unknown) => void)[][] = [[], []];
  const end = (own: number, other: number): Pipe => ({
    send(frame) {
      const copy = structuredClone(frame);
      for (const listener of listeners[other] ?? []) queueMicrotask(() => listener(copy));
    },
    receive(listener) {
      listeners[own]?.push(listener);
      return () => undefined;
    },
  });
  station.attach(end(0, 1));
  const client = connect(end(1, 0));
  return (name, input) => client.ask(name, input, { key: crypto.randomUUID() });
}
