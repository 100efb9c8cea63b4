// The test of a desk: windows with people at them, and the proof that nobody touched a mouse.
import type { Page } from '@playwright/test';
import { expect, test as host, type Workstation } from '../host.ts';
import { createDesk, type Desk } from './desk.ts';

export { expect } from '../host.ts';

interface DeskFixtures {
  /** The first window. */
  readonly desk: Desk;
  /** A further window, with somebody else at it. */
  readonly another: () => Promise<Desk>;
  /** Starts the host again, in order or as a power cut would, and gives its first window. */
  readonly again: (signal?: 'SIGTERM' | 'SIGKILL') => Promise<Desk>;
  readonly pointers: Pointers;
}

interface Pointers {
  watch(page: Page): Promise<void>;
  /** Pointer events in all windows so far. */
  count(): number;
}

const pointerEvents = [
  'pointerdown',
  'pointermove',
  'mousedown',
  'mousemove',
  'touchstart',
  'wheel',
];

function createPointers(): Pointers {
  let count = 0;
  return Object.freeze({
    async watch(page: Page) {
      await page.exposeFunction('sawPointer', () => {
        count += 1;
      });
      const listen = (names: readonly string[]): void => {
        for (const name of names) {
          window.addEventListener(
            name,
            () => (window as unknown as { sawPointer(): void }).sawPointer(),
            { capture: true, passive: true },
          );
        }
      };
      await page.addInitScript(listen, pointerEvents);
      await page.evaluate(listen, pointerEvents);
    },
    count: () => count,
  });
}

const seat = async (pointers: Pointers, page: Page): Promise<Desk> => {
  await pointers.watch(page);
  return createDesk(page);
};

export const test = host.extend<DeskFixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads which fixtures are asked for
  pointers: async ({}, use) => {
    const pointers = createPointers();
    await use(pointers);
    expect(pointers.count(), 'pointer events: the whole day is worked by keyboard').toBe(0);
  },
  desk: async ({ page, pointers }, use) => use(await seat(pointers, page)),
  another: async ({ workstation, pointers }, use) =>
    use(async () => seat(pointers, await workstation.openWindow())),
  again: async ({ workstation, pointers }, use) =>
    use(async (signal) => seat(pointers, await (workstation as Workstation).restart(signal))),
});
