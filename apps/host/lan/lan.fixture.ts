// A branch that serves its LAN on loopback, for tests: a real station, real TLS, an administrator at its own window.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Client, connect } from '#contract/client.ts';
import type { Input, OperationName, Output } from '#contract/index.ts';
import { deskCode } from '#contract/session.ts';
import type { Pipe } from '#contract/wire.ts';
import { createFileKeychain } from '#host/keychain.ts';
import { createPorts } from '#host/ports.ts';
import type { Clock } from '#station/ports.ts';
import { createStation, type Station } from '#station/station.ts';
import { type LanAddress, readAddress } from './address.ts';
import type { DeskCredentials } from './desk-folder.ts';
import { enrolDesk } from './enrol.ts';
import { type Line, openLine } from './line.ts';
import { type Listener, startListener } from './listener.ts';

export interface Window {
  readonly client: Client;
  ask<N extends OperationName>(name: N, input: Input<N>, key?: string): Promise<Output<N>>;
  close(): void;
}

/** A window over any pipe, with a fresh key for each asking. */
export function windowOver(pipe: Pipe, close: () => void): Window {
  const client = connect(pipe);
  return {
    ...{ client, close },
    ask: (name, input, key = crypto.randomUUID()) => client.ask(name, input, { key }),
  };
}

/** Two ends of a pipe inside one process; `heard` sees what arrives at the second. */
export function joinedPipe(heard?: (frame: unknown) => void): readonly [Pipe, Pipe] {
  const first = new Set<(frame: unknown) => void>();
  const second = new Set<(frame: unknown) => void>(heard ? [heard] : []);
  const end = (own: typeof first, other: typeof first): Pipe => ({
    send: (frame) => {
      for (const listener of [...other]) listener(structuredClone(frame));
    },
    receive(listener) {
      own.add(listener);
      return () => void own.delete(listener);
    },
  });
  return [end(first, second), end(second, first)];
}

/** A window of the station's own machine. */
export function ownWindow(station: Pick<Station, 'attach'>): Window {
  const [inside, outside] = joinedPipe();
  return windowOver(outside, station.attach(inside));
}

export interface TestLan {
  readonly folder: string;
  readonly station: Station;
  readonly listener: Listener;
  readonly address: LanAddress;
  /** ada, an administrator, at the station's own machine. */
  readonly ada: Window;
  readonly reports: unknown[];
  /** The code for a new desk, as twenty letters. */
  invite(name: string): Promise<string>;
  enrol(name: string): Promise<DeskCredentials>;
  line(credentials: DeskCredentials): Promise<Line>;
  close(): Promise<void>;
}

export const password = 'ada keeps the keys of the house';

/**
 * Opens the branch in the folder, or in one of its own that is gone at the close; `ada` is established there
 * at the first start, and signed in.
 */
export async function openLan(clock: Clock, from?: string): Promise<TestLan> {
  const folder = from ?? mkdtempSync(join(tmpdir(), 'lan-'));
  const keychain = createFileKeychain({ folder });
  const reports: unknown[] = [];
  const report = (where: string, error: unknown) => void reports.push([where, error]);
  const ports = { ...createPorts({ folder, keychain, demonstration: false }), clock, report };
  const station = await createStation(ports);
  const asked = { station, address: { host: '127.0.0.1', port: 0 }, clock, report };
  const listener = await startListener(asked);
  const address = readAddress(listener.address, 'attach');
  const ada = ownWindow(station);
  const { stage } = await ada.ask('session.state', {});
  if (stage === 'establish') {
    await ada.ask('branch.establish', {
      ...{ bank: 'Harbour Bank', branchCode: '001', branchName: 'Quayside', country: 'DE' },
      ...{ baseCurrency: 'EUR', currencies: ['EUR'] },
      administrator: { user: 'ada', name: 'Ada Lind', password },
    });
  } else await ada.ask('session.open', { user: 'ada', password });
  const invite = async (name: string): Promise<string> => {
    const { code } = await ada.ask('desk.invite', { name });
    return deskCode.parse(code);
  };
  return {
    ...{ folder, station, listener, address, ada, reports, invite },
    enrol: async (name) => enrolDesk(address, await invite(name)),
    line: (credentials) => openLine(address, credentials, clock),
    async close() {
      await listener.close();
      await station.close();
      if (from === undefined) rmSync(folder, { recursive: true, force: true });
    },
  };
}
