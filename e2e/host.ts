// The one fixture that hides the host: a fresh branch a test, a window of it, and further windows.
import { chmodSync, cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, type BrowserContext, test as base, expect, type Page } from '@playwright/test';
import { root, startKiosk } from './kiosk.ts';
import { createProblems, type Problems } from './problems.ts';

export { expect } from '@playwright/test';

export type HostName = 'kiosk' | 'desktop';
export const hostName: HostName = process.env.TELLER_HOST === 'desktop' ? 'desktop' : 'kiosk';

const electronBinary = join(root, 'node_modules/electron/dist/electron');

export interface Workstation {
  /** Origin of the screens: `http://127.0.0.1:PORT` or `teller://station`. */
  readonly origin: string;
  /** The branch's folder. */
  readonly folder: string;
  readonly problems: Problems;
  /** Opens a further window with a sign-in, cookies and storage of its own; asked from an open one. */
  openWindow(): Promise<Page>;
  /** Ends the host, in order or as a power cut would, and starts it again on the same branch. */
  restart(signal?: 'SIGTERM' | 'SIGKILL'): Promise<Page>;
  /** Stops the host where it stands: what is sent to it arrives and is not answered. Only a kill ends that. */
  freeze(): void;
  /** What the host printed. */
  output(): string;
}

interface Options {
  /** True for the demonstration branch, copied from one made once a worker. */
  readonly demonstration: boolean;
}

interface Opened {
  readonly workstation: Workstation;
  firstPage(): Page;
  close(): Promise<void>;
}

type Launch = (folder: string, options: Options) => Promise<Opened>;

interface Fixtures extends Options {
  readonly opened: Opened;
  readonly workstation: Workstation;
}

interface WorkerFixtures {
  /** Folder of a finished demonstration branch that nobody works in. */
  readonly demonstrationFolder: () => Promise<string>;
}

const temporaryFolder = (): string => mkdtempSync(join(tmpdir(), 'teller-e2e-'));

/** What a page says whose host is gone: before the answer, in the midst of it, or while it asks again. */
const lineCut =
  /WebSocket|ERR_(CONNECTION_(REFUSED|RESET|CLOSED)|EMPTY_RESPONSE|SOCKET_NOT_CONNECTED|INCOMPLETE_CHUNKED|CONTENT_LENGTH)|Failed to fetch/;

function launchKiosk(newContext: () => Promise<BrowserContext>): Launch {
  return async (folder, { demonstration }) => {
    const problems = createProblems();
    const contexts: BrowserContext[] = [];
    let kiosk = await startKiosk({ folder, demonstration });
    const open = async (url: string): Promise<Page> => {
      const context = await newContext();
      contexts.push(context);
      const page = await context.newPage();
      await problems.watch(page);
      await page.goto(url);
      return page;
    };
    let first = await open(kiosk.url);
    const workstation: Workstation = {
      get origin() {
        return kiosk.origin;
      },
      folder,
      problems,
      output: () => kiosk.output(),
      freeze: () => void process.kill(kiosk.pid, 'SIGSTOP'),
      async openWindow() {
        const { origin } = kiosk;
        const answer = await first.request.post(`${origin}/window`, { headers: { origin } });
        expect(answer.status(), 'an open window may ask for a further one').toBe(200);
        return open(((await answer.json()) as { url: string }).url);
      },
      async restart(signal = 'SIGTERM') {
        // The pages that are open lose their line and say so; to the next host their cookie is nobody's.
        problems.expect(lineCut);
        problems.letGo();
        await kiosk.stop(signal);
        kiosk = await startKiosk({ folder, demonstration });
        first = await open(kiosk.url);
        return first;
      },
    };
    const close = async (): Promise<void> => {
      await kiosk.stop();
      // A worker keeps its browser: pages of finished tests would pile up in it.
      for (const context of contexts) await context.close();
    };
    return { workstation, firstPage: () => first, close };
  };
}

const launchDesktop: Launch = async (folder, { demonstration }) => {
  const problems = createProblems();
  const args = [root, '--data', folder, ...(demonstration ? ['--demo'] : [])];
  const start = () => _electron.launch({ executablePath: electronBinary, args });
  let electron = await start();
  let first = await electron.firstWindow();
  await problems.watch(first);
  const workstation: Workstation = {
    origin: 'teller://station',
    folder,
    problems,
    output: () => '',
    freeze: () => void electron.process().kill('SIGSTOP'),
    async openWindow() {
      const coming = electron.waitForEvent('window');
      await first.evaluate(() => void window.open('/'));
      const page = await coming;
      await problems.watch(page);
      return page;
    },
    async restart(signal = 'SIGTERM') {
      if (signal === 'SIGKILL') electron.process().kill(signal);
      else await electron.close();
      electron = await start();
      first = await electron.firstWindow();
      await problems.watch(first);
      return first;
    },
  };
  return { workstation, firstPage: () => first, close: () => electron.close() };
};

export const test = base.extend<Fixtures, WorkerFixtures>({
  demonstration: [false, { option: true }],

  demonstrationFolder: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads which fixtures are asked for
    async ({}, use) => {
      const folder = join(temporaryFolder(), 'demo');
      let made: Promise<string> | undefined;
      const make = async (): Promise<string> => {
        const kiosk = await startKiosk({ folder, demonstration: true });
        await kiosk.stop();
        return folder;
      };
      await use(() => {
        made ??= make();
        return made;
      });
      rmSync(join(folder, '..'), { recursive: true, force: true });
    },
    { scope: 'worker', timeout: 600_000 },
  ],

  // With a time of its own: the first test of a worker makes the demonstration, on a busy machine for long.
  opened: [
    async ({ browser, contextOptions, demonstration, demonstrationFolder }, use, info) => {
      info.skip(hostName === 'desktop' && !existsSync(electronBinary), 'no Electron binary here');
      const home = temporaryFolder();
      const folder = join(home, 'branch');
      if (demonstration) {
        cpSync(await demonstrationFolder(), folder, { recursive: true });
        // A copy forgets that the folder is for nobody else, without which no branch opens.
        chmodSync(folder, 0o700);
      }
      const launch =
        hostName === 'desktop'
          ? launchDesktop
          : launchKiosk(() => browser.newContext(contextOptions));
      const opened = await launch(folder, { demonstration });
      await use(opened);
      // Before the host ends: that their line is cut then is no complaint.
      const complaints = opened.workstation.problems.unexpected();
      await opened.close();
      if (info.status !== info.expectedStatus) {
        await info.attach('host', { body: opened.workstation.output(), contentType: 'text/plain' });
      }
      rmSync(home, { recursive: true, force: true });
      expect(complaints, 'complaints of the pages').toEqual([]);
      expect(opened.workstation.output(), 'mistakes of the station').not.toMatch(/mistake in/);
    },
    { timeout: 600_000 },
  ],

  workstation: async ({ opened }, use) => use(opened.workstation),

  /** The first window; a spec that asks for it has a workstation. */
  page: async ({ opened }, use) => use(opened.firstPage()),
});
