// Looks at a screen as a reviewer does: what axe says of it, and whether anything leaves its place.

import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** Between them they show every colour there is: only these are looked at in the dark, too. */
const inTheDark: ReadonlySet<string> = new Set([
  ...[
    'sign-in',
    'day-open',
    'home',
    'receipt',
    'withdrawal-flagged',
    'approval',
    'journal',
    'till',
  ],
]);

/** What is still on its way to its place when it is looked at is looked at again. */
const soft = expect.configure({ soft: true });

/** The smallest window the screens are made for. */
const size = { width: 1366, height: 768 };

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

/** Panels that hold more than they show: a form or a card is seen whole, only lists and help scroll. */
async function scrolling(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const panels = [...document.querySelectorAll<HTMLElement>('main section > div')];
    return panels
      .filter((panel) => panel.checkVisibility() && panel.scrollHeight > panel.clientHeight + 1)
      .map((panel) => {
        const name = panel.parentElement?.getAttribute('aria-label') ?? 'a panel';
        return `${name}: ${panel.scrollHeight} tall in ${panel.clientHeight}`;
      });
  });
}

/** Only colours differ in the dark; everything else was looked at in the light. */
async function violations(page: Page, scheme: 'light' | 'dark'): Promise<string[]> {
  // No page of ours has frames: axe need not open a further page to add their findings up, which nearly halves its time.
  const axe = new AxeBuilder({ page }).setLegacyMode(true);
  if (scheme === 'dark') axe.withRules(['color-contrast']);
  else axe.withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']);
  const { violations: found } = await axe.analyze();
  return found.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`,
  );
}

/** Looks at the screen in front; fails on what the ruler finds, and on what axe finds in the light or in the dark. */
export async function lookAt(page: Page, name: string): Promise<void> {
  await page.setViewportSize(size);
  await soft.poll(() => overflowing(page), name).toEqual([]);
  await soft.poll(() => scrolling(page), `${name} is seen without scrolling`).toEqual([]);
  const schemes = inTheDark.has(name) ? (['light', 'dark'] as const) : (['light'] as const);
  for (const scheme of schemes) {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    await soft.poll(() => violations(page, scheme), `axe on ${name}, ${scheme}`).toEqual([]);
  }
  await page.emulateMedia({ colorScheme: 'light' });
}
