// The electronic journal: an entry whole, its reversal, its receipt.
import { expect, type Locator } from '@playwright/test';
import type { Frame } from './frame.ts';
import { dialogs, type Hands } from './hands.ts';

export interface Journal {
  readonly entry: Locator;
  readonly dialog: Locator;
  /** Opens an entry with the question why it is to be reversed, and answers it. */
  reverse(journal: number, reason: string): Promise<void>;
  /** Shows an entry, found by its number. */
  show(journal: number): Promise<void>;
  /** The code of the receipt of the entry shown. */
  receiptCode(): Promise<string>;
}

export function createJournal(hands: Hands, frame: Frame): Journal {
  const { page } = hands;
  const entry = page.getByRole('main').getByRole('region', { name: /^Entry \d+/ });
  const dialog = page.locator(dialogs);
  return Object.freeze({
    entry,
    dialog,
    async reverse(journal: number, reason: string) {
      await frame.command(`r ${journal}`);
      await expect(dialog).toBeVisible();
      await hands.fill(dialog.getByLabel('Why'), reason);
      await expect(dialog.getByText('will be posted')).toBeVisible();
      await hands.press('Enter');
      await expect(dialog).toBeHidden();
      await frame.done(/^Posted: /);
    },
    async show(journal: number) {
      await frame.command(`j ${journal}`);
      await hands.reach(page.getByRole('main').getByRole('grid', { name: /Journal entries/ }));
      const wanted = page
        .getByRole('main')
        .getByRole('region', { name: `Entry ${journal}`, exact: true });
      await expect(entry).toBeVisible();
      for (let rows = 0; rows < 20 && !(await wanted.isVisible()); rows += 1) {
        await hands.press('ArrowDown');
        await expect(entry).toBeVisible();
      }
      await expect(wanted).toBeVisible();
    },
    async receiptCode() {
      await hands.press('p');
      const slip = dialog.getByRole('article');
      await expect(slip).toBeVisible();
      const name = (await slip.getAttribute('aria-label')) ?? '';
      await hands.press('Escape');
      await expect(dialog).toBeHidden();
      return name.replace('Receipt ', '');
    },
  });
}
