// Keeps a picture of the screen in front for docs/screens.md, where QENEX_PICTURES=1 asks for it.
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { root } from '../kiosk.ts';

const folder = join(root, 'docs/screens');

/** Whether pictures are kept in this run. */
export const isKept = process.env.QENEX_PICTURES === '1';

/** Writes docs/screens/NAME.png as the screen stands; does nothing in a run that keeps none. */
export async function keepPicture(page: Page, name: string): Promise<void> {
  if (!isKept) return;
  const path = join(folder, `${name}.png`);
  await page.screenshot({ path, animations: 'disabled', caret: 'hide' });
}
