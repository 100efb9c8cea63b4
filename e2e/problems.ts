// Collects what a page complains about, so that a test fails on any error nobody saw.
import type { Page } from '@playwright/test';

export interface Problems {
  watch(page: Page): Promise<void>;
  /** Says that complaints of this kind belong to what the test does, such as a line that is cut. */
  expect(pattern: RegExp): void;
  /** Complaints that nobody expected. */
  unexpected(): readonly string[];
}

export function createProblems(): Problems {
  const found: string[] = [];
  const expected: RegExp[] = [];
  return Object.freeze({
    async watch(page: Page) {
      page.on('console', (message) => {
        if (message.type() === 'error') found.push(`console: ${message.text()}`);
      });
      page.on('pageerror', (error) => found.push(`error: ${error.message}`));
      await page.addInitScript(() => {
        document.addEventListener('securitypolicyviolation', (event) => {
          console.error(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
        });
      });
    },
    expect: (pattern: RegExp) => void expected.push(pattern),
    unexpected: () => found.filter((one) => !expected.some((pattern) => pattern.test(one))),
  });
}
