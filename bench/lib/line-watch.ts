// Writes down in the page every word that is said about the line to head office, so that a number going back is found.
import type { Page } from '@playwright/test';

/** The status line's word, or how far the page of head office says it is. */
export type Said = string;

/** Watches a page from now on; the answer gives everything said since, in order, without repeats. */
export async function watchLine(page: Page): Promise<() => Promise<readonly Said[]>> {
  await page.evaluate(() => {
    const said: string[] = [];
    Object.assign(window, { said });
    const wanted = [/behind by [\d,]+/, /[\d,]+ of [\d,]+ delivered/, /[\d,]+ events? waits?/];
    const look = (): void => {
      const text = document.body.innerText;
      for (const pattern of wanted) {
        const found = text.match(pattern)?.[0];
        const before = said.findLast((each) => pattern.test(each));
        if (found !== undefined && found !== before) said.push(found);
      }
    };
    const observed = { childList: true, characterData: true, subtree: true };
    new MutationObserver(look).observe(document.body, observed);
    look();
  });
  return () => page.evaluate(() => (window as unknown as { said: readonly string[] }).said);
}

const numberIn = (text: string): number => Number(text.match(/[\d,]+/)?.[0].replaceAll(',', ''));

export interface Jumps {
  readonly count: number;
  /** Each number of delivered events that was less than the one before it, in words. */
  readonly back: readonly string[];
  readonly last: string;
}

/** What of it went the wrong way: delivered events are never fewer than a moment before. */
export function jumps(said: readonly Said[]): Jumps {
  const delivered = said.filter((each) => each.includes('delivered'));
  const back = delivered.flatMap((each, at) => {
    const before = delivered[at - 1];
    return before !== undefined && numberIn(each) < numberIn(before) ? [`${before}, ${each}`] : [];
  });
  return { count: said.length, back, last: said.at(-1) ?? 'nothing' };
}
