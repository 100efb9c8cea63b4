// Starts the workstation as a desktop program: the station runs here, in Electron's main process.
import { join } from 'node:path';
import {
  app,
  BrowserWindow,
  crashReporter,
  ipcMain,
  Menu,
  protocol,
  safeStorage,
  session,
} from 'electron';
import { createFileKeychain } from '#host/keychain.ts';
import { createDesk, type Reached } from '#host/lan/desk.ts';
import { openServed, type ServedStation } from '#host/lan/serve.ts';
import { serveMetrics } from '#host/metrics.ts';
import { type HostOptions, readOptions } from '#host/options.ts';
import { createPage, type PageHandler } from '#host/page.ts';
import { createRefusalPage } from '#host/refusal-page.ts';
import { systemChance, systemClock } from '#host/system.ts';
import { Refusal } from '#station/bank/refusal.ts';
import type { Keychain } from '#station/ports.ts';
import { denyNavigation, denyPermissions } from './deny.ts';
import { createSafeStorageKeychain, isFileKept } from './keychain.ts';
import { scheme } from './origin.ts';
import { createPipes } from './pipes.ts';
import { openWindow } from './window.ts';

const built = import.meta.dirname;

function report(where: string, error: unknown): void {
  process.stderr.write(`QENEX Teller: ${where}: ${(error as Error).message}\n`);
}

function keychainOf(folder: string): Keychain {
  if (isFileKept(folder)) return createFileKeychain({ folder });
  return createSafeStorageKeychain({ folder, safeStorage, platform: process.platform });
}

/** What stands behind the windows: a station here, a station on the LAN, or why there is none. */
interface Opened {
  readonly station?: ServedStation;
  readonly reach?: () => Promise<Reached>;
  readonly page: PageHandler;
}

/** Opens the branch, or gives the page that says why it was not opened. */
async function openBranch(options: HostOptions): Promise<Opened> {
  const { folder, demonstration, acceptHead, serveLan, attach: address } = options;
  const screens = createPage({ folder: join(built, '../screens'), connect: 'none' });
  try {
    if (address !== null) {
      const desk = createDesk({ folder, address, clock: systemClock, report });
      return { reach: desk.reach, page: screens };
    }
    const keychain = keychainOf(folder);
    const station = await openServed({
      ...{ folder, keychain, demonstration, acceptHead, serveLan, report },
    });
    return { station, page: screens };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    report('cannot open the branch', error);
    return { page: createRefusalPage(error) };
  }
}

/** What must be said before Electron is ready. */
function prepare({ folder }: HostOptions): boolean {
  app.setPath('userData', join(folder, 'electron'));
  crashReporter.start({ uploadToServer: false, compress: true });
  app.enableSandbox();
  protocol.registerSchemesAsPrivileged([
    {
      scheme,
      privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
    },
  ]);
  return app.requestSingleInstanceLock();
}

/** The one menu: a further window, and the end. No reload, no developer tools. */
function showMenu(open: () => void): void {
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      {
        label: 'Workstation',
        submenu: [
          { label: 'New window', accelerator: 'CommandOrControl+Shift+N', click: open },
          { type: 'separator' },
          { role: 'quit' },
        ],
      },
    ]),
  );
}

/** Figures for monitoring, where they are asked for; a port that cannot be had stops no teller. */
async function showFigures(
  { folder, metrics: port }: HostOptions,
  station: ServedStation | undefined,
) {
  if (!station || port === null) return undefined;
  const { metrics } = station;
  try {
    const server = await serveMetrics({ metrics, folder, port, chance: systemChance });
    process.stdout.write(`Monitoring reads ${server.address}\n`);
    return server;
  } catch (error) {
    report('monitoring', error);
    return undefined;
  }
}

async function run(options: HostOptions): Promise<void> {
  await app.whenReady();
  denyPermissions(session.defaultSession);
  const { station, reach, page } = await openBranch(options);
  protocol.handle(scheme, page);
  const figures = await showFigures(options, station);
  const attach = station?.attach ?? (() => () => {});
  const pipes = createPipes({ ipcMain, attach, report, ...(reach ? { reach } : {}) });
  const preload = join(built, 'preload.cjs');
  const open = (): void =>
    void openWindow({ BrowserWindow, pipes, preload, isPackaged: app.isPackaged });
  denyNavigation(app, open);
  showMenu(open);
  app.on('second-instance', () => BrowserWindow.getAllWindows()[0]?.focus());
  let closed = false;
  app.on('before-quit', (event) => {
    if (closed) return;
    // The ledger is closed properly before the process ends.
    event.preventDefault();
    pipes.close();
    void Promise.resolve(figures?.close())
      .then(() => station?.close())
      .finally(() => {
        closed = true;
        app.quit();
      });
  });
  app.on('window-all-closed', () => app.quit());
  open();
}

function start(): void {
  const options = readOptions(process.argv.slice(app.isPackaged ? 1 : 2));
  if (!prepare(options)) return app.quit();
  run(options).catch((error: unknown) => {
    report('did not start', error);
    app.exit(1);
  });
}

try {
  start();
} catch (error) {
  report('asked wrongly', error);
  app.exit(error instanceof Refusal ? 2 : 1);
}
