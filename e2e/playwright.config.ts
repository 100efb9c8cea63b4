// Tells Playwright how the workstation is tried: two at a time, in Debian's own Chromium.
import { defineConfig } from '@playwright/test';

/** No talk to anybody but the workstation; the sandbox is off because build machines run as root. */
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export default defineConfig({
  testDir: '.',
  outputDir: '../test-results',
  tsconfig: './tsconfig.json',
  // Two at a time, a file each: a person thinks, a code has yet to come, and meanwhile the other works.
  workers: 2,
  fullyParallel: false,
  forbidOnly: process.env.CI !== undefined,
  // A second try tells a slow machine from a fault; the closing lines call what needed it flaky.
  retries: 1,
  timeout: 600_000,
  expect: { timeout: 60_000 },
  reporter: [['list']],
  use: {
    browserName: 'chromium',
    headless: true,
    viewport: { width: 1366, height: 768 },
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: process.env.TELLER_CHROMIUM ?? '/usr/bin/chromium',
      args: flags,
    },
  },
});
