// Opens the screens in a window of Chromium with a profile of its own, where there is a display.
import { type ChildProcess, spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

const programs = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** Chromium without what a teller's window must not do: no sync, no extensions, no talk to anybody. */
const flags = [
  '--no-first-run',
  '--no-default-browser-check',
  '--disable-sync',
  '--disable-extensions',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-default-apps',
  '--disable-quic',
  '--disable-features=Translate,OptimizationHints,MediaRouter,AutofillServerCommunication',
  '--password-store=basic',
  // The screens speak English; dates are then written day, month, year, as on the rest of them.
  '--lang=en-GB',
  '--window-size=1366,768',
];

/** Finds a browser of the Chromium family on the PATH. */
export function findBrowser(path: string): string | undefined {
  for (const folder of path.split(delimiter)) {
    for (const program of programs) {
      try {
        accessSync(join(folder, program), constants.X_OK);
        return join(folder, program);
      } catch {
        // Not here; the next folder may have it.
      }
    }
  }
  return undefined;
}

/** Why no window can be opened, as a sentence; undefined when one can. */
export function reasonForNoWindow(environment: NodeJS.ProcessEnv): string | undefined {
  if (!environment.DISPLAY && !environment.WAYLAND_DISPLAY) return 'There is no display here.';
  if (!findBrowser(environment.PATH ?? '')) {
    return 'There is no Chromium here; install it with: sudo apt-get install chromium';
  }
  // Its sandbox does not run as root, and without its sandbox we do not run it.
  if (process.getuid?.() === 0 && !environment.TELLER_BROWSER_FLAGS) {
    return 'A browser is not started as root; open the address as a user of this machine.';
  }
  return undefined;
}

/** The arguments for a window of its own: without its own profile a running browser would swallow it. */
export function browserArguments(
  url: string,
  profile: string,
  environment: NodeJS.ProcessEnv,
): string[] {
  const more = environment.TELLER_BROWSER_FLAGS?.split(' ').filter(Boolean) ?? [];
  return [`--app=${url}`, `--user-data-dir=${profile}`, ...flags, ...more];
}

/** Opens the window; the process ends when its last window is closed. */
export function openBrowser(
  url: string,
  profile: string,
  environment: NodeJS.ProcessEnv,
): ChildProcess {
  const program = findBrowser(environment.PATH ?? '') ?? 'chromium';
  return spawn(program, browserArguments(url, profile, environment), { stdio: 'ignore' });
}
