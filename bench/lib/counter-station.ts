// The demonstration branch in this process, asked through pipes as windows ask it: for benches of the station.
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Client, connect } from '#contract/client.ts';
import type { Input, OperationName, Output } from '#contract/index.ts';
import type { Pipe, ReplyFrame } from '#contract/wire.ts';
import { createFileKeychain } from '#host/keychain.ts';
import { createPorts } from '#host/ports.ts';
import { type BranchPorts, openBranch } from '#station/branch.ts';
import { createDemonstration } from '#station/demonstrate.ts';
import { demonstrationPerson } from '#station/demonstration/people.ts';
import type { Ports } from '#station/ports.ts';
import { createStation } from '#station/station.ts';
import { createAuthenticator } from '../../e2e/pages/authenticator.ts';

/** A window without a page. */
export interface Seat {
  readonly client: Client;
  /** Asks with a fresh idempotency key; rejects with a FaultError. */
  ask<N extends OperationName>(name: N, input: Input<N>): Promise<Output<N>>;
  /** Sends a frame as it is, well formed or not. */
  send(frame: unknown): void;
  /** Hears every frame the station sends. */
  hear(listener: (frame: ReplyFrame) => void): void;
}

export interface CounterStation {
  readonly folder: string;
  /** A window with the user signed in, by password and code. */
  seat(user: string): Promise<Seat>;
  /** Lets every window go and closes the branch; the folder stays. */
  close(): Promise<void>;
  remove(): void;
}

const copy = (frame: unknown): unknown => JSON.parse(JSON.stringify(frame) ?? 'null');

/**
 * Makes a demonstration branch in a folder of its own under `parent` and opens it. What the station reports as
 * its own mistakes is told to `report`, and stands on standard error where there is none.
 */
export async function openCounterStation(
  parent: string,
  report?: Ports['report'],
): Promise<CounterStation> {
  const home = mkdtempSync(join(parent, 'teller-bench-'));
  const folder = join(home, 'branch');
  const keychain = createFileKeychain({ folder });
  const ports = createPorts({ folder, keychain, demonstration: true });
  await createDemonstration(ports, { progress: () => undefined });
  const station = await createStation(report ? { ...ports, report } : ports);
  return Object.freeze({
    folder,
    async seat(user: string) {
      const seat = openSeat(station.attach);
      const { password, totpSecret } = demonstrationPerson(user);
      await seat.ask('session.open', { user, password });
      if (totpSecret !== null) {
        const code = await createAuthenticator(totpSecret).code();
        await seat.ask('session.factor', { code });
      }
      return seat;
    },
    close: () => station.close(),
    remove: () => rmSync(home, { recursive: true, force: true }),
  });
}

function openSeat(attach: (pipe: Pipe) => () => void): Seat {
  const toStation = new Set<(frame: unknown) => void>();
  const toWindow = new Set<(frame: unknown) => void>();
  const end = (own: typeof toStation, other: typeof toStation): Pipe => ({
    send: (frame) => {
      const sent = copy(frame);
      for (const listener of other) listener(sent);
    },
    receive: (listener) => {
      own.add(listener);
      return () => void own.delete(listener);
    },
  });
  attach(end(toStation, toWindow));
  const window = end(toWindow, toStation);
  const client = connect(window);
  return Object.freeze({
    client,
    ask: <N extends OperationName>(name: N, input: Input<N>) =>
      client.ask(name, input, { key: crypto.randomUUID() }),
    send: (frame: unknown) => window.send(frame),
    hear: (listener: (frame: ReplyFrame) => void) =>
      void window.receive((frame) => listener(frame as ReplyFrame)),
  });
}

/** The branch of a closed station, opened for reading what its log holds. */
export function openClosedBranch(folder: string): ReturnType<typeof openBranch> {
  const keychain = createFileKeychain({ folder });
  const ports: BranchPorts = createPorts({ folder, keychain, demonstration: true });
  return openBranch(ports);
}
