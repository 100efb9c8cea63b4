// Looks at a screen as a reviewer does: axe, nothing wider or taller than the window, and a photograph.

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';
import { root } from '../kiosk.ts';

const sizes = [
  { width: 1366, height: 768 },
  { width: 1920, height: 1080 },
] as const;

/** The screens docs/screens.md shows; the others are looked at only. */
const shown = [
  ...[
    'sign-in',
    'home',
    'deposit',
    'withdrawal-flagged',
    'approval',
    'customers',
    'journal',
    'till',
  ],
  ...['day-open', 'prove-it'],
];

/** Photographs are kept only where the run is asked to renew them. */
const isKept = process.env.TELLER_PHOTOGRAPHS === 'keep';
const folder = join(root, 'docs/screens');

/** What stands out of the window, as text: a page scrolls nowhere, and no control leaves its half. */
async function overflowing(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const { scrollWidth, scrollHeight, clientWidth, clientHeight } = document.documentElement;
    const found: string[] = [];
    if (scrollWidth > clientWidth) found.push(`page ${scrollWidth} wide in ${clientWidth}`);
    if (scrollHeight > clientHeight) found.push(`page ${scrollHeight} tall in ${clientHeight}`);
    for (const element of document.querySelectorAll('button, input, select, h2')) {
      const { left, right, width } = element.getBoundingClientRect();
      if (width > 0 && (left < 0 || right > clientWidth))
        found.push(element.outerHTML.slice(0, 80));
    }
    return found;
  });
}

/** Only colours differ in the dark; everything else was looked at in the light. */
async function violations(page: Page, scheme: 'light' | 'dark'): Promise<string[]> {
  const axe = new AxeBuilder({ page });
  if (scheme === 'dark') axe.withRules(['color-contrast']);
  else axe.withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']);
  const { violations: found } = await axe.analyze();
  return found.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`,
  );
}

/**
 * Looks at the screen in front; fails on what axe or the ruler finds. The main screens are looked at light and
 * dark and in both sizes, the others as most people see them: colours and sizes come from the same few files.
 */
export async function lookAt(page: Page, name: string): Promise<void> {
  if (isKept) mkdirSync(folder, { recursive: true });
  const isMain = shown.includes(name);
  for (const scheme of isMain ? (['light', 'dark'] as const) : (['light'] as const)) {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    for (const size of isMain ? sizes : sizes.slice(0, 1)) {
      await page.setViewportSize(size);
      expect.soft(await overflowing(page), `${name}, ${scheme}, ${size.width}`).toEqual([]);
      if (isKept && isMain) {
        const file = `${name}-${scheme}-${size.width}.png`;
        await page.screenshot({ path: join(folder, file), animations: 'disabled' });
      }
    }
    await page.setViewportSize(sizes[0]);
    expect.soft(await violations(page, scheme), `axe on ${name}, ${scheme}`).toEqual([]);
  }
  await page.emulateMedia({ colorScheme: 'light' });
}
