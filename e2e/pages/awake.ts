// Keeps windows from locking while a story is elsewhere: on a slow machine five minutes pass between two acts of one person.
import type { Page } from '@playwright/test';

/** Well within the five minutes after which a window locks, in ms. */
export const stirEveryMs = 60_000;

function stir(everyMs: number): void {
  // A key that does nothing, from nobody's keyboard: the page tells the station that somebody is there.
  const press = (): void =>
    void window.dispatchEvent(new KeyboardEvent('keydown', { key: 'Shift' }));
  setInterval(press, everyMs);
}

/** Lets somebody stir at the window now and then, in this page and in those it loads later. */
export async function keepAwake(page: Page): Promise<void> {
  try {
    await page.addInitScript(stir, stirEveryMs);
    await page.evaluate(stir, stirEveryMs);
  } catch {
    // The page is on its way to another, where it begins anew, or has gone.
  }
}
