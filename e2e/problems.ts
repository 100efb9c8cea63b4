// Collects what a page complains about, so that a test fails on any error nobody saw.
import type { Page } from '@playwright/test';

export interface Problems {
  watch(page: Page): Promise<void>;
  /** Says that complaints of this kind belong to what the test does, such as a line that is cut. */
  expect(pattern: RegExp): void;
  /** The host of the pages watched so far is gone on purpose: whatever they say from now on is of that. */
  letGo(): void;
  /** Complaints that nobody expected. */
  unexpected(): readonly string[];
}

export function createProblems(): Problems {
  const found: string[] = [];
  const expected: RegExp[] = [];
  let hosts = 0;
  return Object.freeze({
    async watch(page: Page) {
      const host = hosts;
      page.on('console', (message) => {
        if (message.type() !== 'error' || host !== hosts) return;
        found.push(`console: ${message.text()}`);
      });
      // A mistake of the page itself is one whether its host is there or not.
      page.on('pageerror', (error) => found.push(`error: ${error.message}`));
      await page.addInitScript(() => {
        document.addEventListener('securitypolicyviolation', (event) => {
          console.error(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
        });
      });
    },
    letGo: () => {
      hosts += 1;
    },
    expect: (pattern: RegExp) => void expected.push(pattern),
    unexpected: () => found.filter((one) => !expected.some((pattern) => pattern.test(one))),
  });
}
