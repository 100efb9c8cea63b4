// What never leaves the screen: the command bar, the status line, what was done last, the journal's tail.
import { expect, type Locator } from '@playwright/test';
import type { Hands } from './hands.ts';

export interface Frame {
  /** The command bar. */
  readonly bar: Locator;
  /** Goes to the command bar from wherever the focus is, and enters a line. */
  command(line: string): Promise<void>;
  /** Expects the sentence on what was done last, and the command bar under the fingers again. */
  done(sentence: string | RegExp): Promise<void>;
  /** Number of the journal that was posted last, as the sentence on it names it. */
  lastJournal(): Promise<number>;
  /** Expects this in the status line. */
  status(text: string | RegExp): Promise<void>;
  /** Closes whatever is open, step by step, until the first screen is there. */
  home(): Promise<void>;
}

export function createFrame(hands: Hands): Frame {
  const { page } = hands;
  const bar = page.getByLabel('Command', { exact: true });
  const last = page.locator('#command-meaning');

  const toBar = async (): Promise<void> => {
    for (let steps = 0; steps < 4; steps += 1) {
      if (await bar.evaluate((element) => element === document.activeElement)) break;
      await hands.press('Escape');
    }
    await expect(bar).toBeFocused();
  };
  return Object.freeze({
    bar,
    async command(line: string) {
      await toBar();
      await hands.press('Control+a');
      await hands.type(line);
      await hands.press('Enter');
    },
    async done(sentence: string | RegExp) {
      await expect(last).toContainText(sentence);
      await expect(bar).toBeFocused();
    },
    async lastJournal() {
      await expect(last).toContainText(/no\. \d+/);
      return Number((await last.innerText()).match(/no\. (\d+)/)?.[1]);
    },
    async status(text: string | RegExp) {
      await expect(page.getByRole('banner')).toContainText(text);
    },
    async home() {
      await toBar();
      const first = page.getByRole('region', { name: 'At the counter' });
      for (let steps = 0; steps < 8 && !(await first.isVisible()); steps += 1) {
        await hands.press('Escape');
      }
      await expect(first).toBeVisible();
    },
  });
}
