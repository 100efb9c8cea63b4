// Starts the workstation in a browser window: plain Node on loopback, for where there is no Electron.
import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Pipe } from '#contract/wire.ts';
import type { LanAddress } from '#host/lan/address.ts';
import { createDesk, type Reached } from '#host/lan/desk.ts';
import { openServed } from '#host/lan/serve.ts';
import { serveMetrics } from '#host/metrics.ts';
import { type HostOptions, readOptions } from '#host/options.ts';
import { createPage, type PageHandler } from '#host/page.ts';
import { createHostKeychain, systemTerminal } from '#host/passphrase.ts';
import { createRefusalPage } from '#host/refusal-page.ts';
import { systemChance, systemClock } from '#host/system.ts';
import { Refusal } from '#station/bank/refusal.ts';
import { openBrowser, reasonForNoWindow } from './browser.ts';
import { develop } from './develop.ts';
import { portOf } from './port.ts';
import { type Kiosk, startKiosk } from './server.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** Signals closer together than this, in ms, are one. */
const patienceMs = 1_000;

/** What stands behind the page: the station, or its refusal to start. */
interface Branch {
  readonly page: PageHandler;
  attach(pipe: Pipe): () => void;
  /** Present at a desk whose station is on another machine. */
  readonly reach?: () => Promise<Reached>;
  readonly metrics?: () => string;
  close(): Promise<void>;
  readonly opened: boolean;
}

function report(where: string, error: unknown): void {
  const what = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`QENEX Teller: mistake in ${where}: ${what}\n`);
}

const screens = join(root, 'dist/screens');

/** A desk of a station elsewhere: the same screens, their pipe carried over the LAN. */
function openDesk(options: HostOptions, address: LanAddress): Branch {
  const { folder } = options;
  const desk = createDesk({ folder, address, clock: systemClock, report });
  let said = '';
  const reach = (): Promise<Reached> =>
    desk.reach().catch((error: unknown) => {
      // Each window asks every few seconds; the same reason is said once.
      const sentence = (error as Error).message;
      if (sentence !== said) process.stderr.write(`QENEX Teller: ${sentence}\n`);
      said = sentence;
      throw error;
    });
  return {
    ...{ page: createPage({ folder: screens, connect: 'self' }), opened: true, reach },
    attach: () => () => {},
    close: () => Promise.resolve(),
  };
}

async function openBranch(options: HostOptions): Promise<Branch> {
  const { folder, demonstration, passphrase, acceptHead, serveLan } = options;
  try {
    if (options.attach !== null) return openDesk(options, options.attach);
    const terminal = systemTerminal;
    const keychain = createHostKeychain({ folder, wantsPassphrase: passphrase, terminal });
    const station = await openServed({
      ...{ folder, keychain, demonstration, acceptHead, serveLan, report },
    });
    const page = createPage({ folder: screens, connect: 'self' });
    const { attach, metrics, listening } = station;
    if (listening !== null) process.stdout.write(`Desks attach at ${listening}\n`);
    return { page, opened: true, attach, metrics, close: () => station.close() };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    process.stderr.write(`QENEX Teller cannot open the branch: ${error.message}\n`);
    const page = createRefusalPage(error);
    return { page, opened: false, attach: () => () => {}, close: () => Promise.resolve() };
  }
}

/** Opens the window where there can be one; prints the address in any case where there cannot. */
function openWindow(kiosk: Kiosk, folder: string): ChildProcess | undefined {
  const reason = reasonForNoWindow(process.env);
  if (reason === undefined) {
    process.stdout.write(`QENEX Teller opens a window on ${kiosk.origin}\n`);
    return openBrowser(kiosk.ticketUrl(), join(folder, 'browser'), process.env);
  }
  process.stderr.write(`${reason}\n`);
  process.stdout.write(`QENEX Teller is open at ${kiosk.ticketUrl()}\n`);
  return undefined;
}

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  const branch = await openBranch(options);
  const kiosk = await startKiosk({
    page: branch.page,
    attach: branch.attach,
    ...(branch.reach ? { reach: branch.reach } : {}),
    ...(branch.metrics ? { metrics: branch.metrics } : {}),
    clock: systemClock,
    chance: systemChance,
    port: options.port ?? portOf(options.folder),
    isPortFixed: options.port !== null,
    ...(options.develop && branch.opened ? { develop: (server) => develop(root, server) } : {}),
  });
  const { folder, metrics: metricsPort } = options;
  const figures =
    branch.metrics && metricsPort !== null
      ? await serveMetrics({
          ...{ metrics: branch.metrics, folder, port: metricsPort, chance: systemChance },
        })
      : undefined;
  if (figures) process.stdout.write(`Monitoring reads ${figures.address}\n`);
  let window: ChildProcess | undefined;
  let closingMs = 0;
  const close = async (): Promise<void> => {
    // A terminal and npm each pass on the same Ctrl-C; a later one means the person will not wait.
    if (closingMs > 0 && performance.now() - closingMs > patienceMs) process.exit(130);
    if (closingMs > 0) return;
    closingMs = performance.now();
    window?.kill('SIGTERM');
    await figures?.close();
    await kiosk.close();
    await branch.close();
    process.exit(branch.opened ? 0 : 1);
  };
  // Before the address is known to anybody: a signal may come as soon as it is printed.
  process.on('SIGINT', () => void close()).on('SIGTERM', () => void close());
  window = openWindow(kiosk, options.folder);
  window?.on('exit', () => void close());
}

await main().catch((error: unknown) => {
  const refused = error instanceof Refusal;
  const sentence = refused ? error.message : ((error as Error).stack ?? String(error));
  process.stderr.write(`QENEX Teller: ${sentence}\n`);
  process.exit(refused ? 2 : 1);
});
