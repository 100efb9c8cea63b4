// A branch that must not be opened is not: wrong key, newer or damaged database, rolled back, opened twice.

import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  copyFileSync,
  cpSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import Database from 'better-sqlite3';
import { createFileKeychain } from '#host/keychain.ts';
import { unlock } from '#station/ledger/cipher.ts';
import { expect, hostName, test } from '../host.ts';
import { startKiosk } from '../kiosk.ts';
import { openRobot } from '../robot.ts';

test.skip(hostName !== 'kiosk', 'the folder is the same on every host; the kiosk is enough');

/** A branch that was opened, named and closed in order. */
async function closedBranch(folder: string): Promise<void> {
  const kiosk = await startKiosk({ folder, demonstration: false });
  const robot = await openRobot(kiosk.url);
  await robot.ask('branch.establish', {
    ...{ bank: 'Harbour Bank', branchCode: '001', branchName: 'Quayside', country: 'DE' },
    ...{ baseCurrency: 'EUR', currencies: ['EUR'] },
    administrator: { user: 'ada', name: 'Ada Lind', password: 'a long sentence nobody guesses' },
  });
  robot.close();
  await kiosk.stop();
}

/** Starts the host on the folder and reads what its page says. */
async function refusalOf(page: Page, folder: string): Promise<string> {
  const kiosk = await startKiosk({ folder, demonstration: false });
  try {
    await page.goto(kiosk.url);
    await expect(page.getByRole('heading')).toHaveText('The branch was not opened');
    await expect(page.getByText('Nothing was changed.')).toBeVisible();
    return (await page.getByRole('alert').innerText()).replaceAll('\n', ' ');
  } finally {
    await kiosk.stop();
  }
}

test.describe('a folder that must not be opened', () => {
  let home = '';
  let folder = '';
  let page: Page;
  const file = (name: string): string => join(folder, name);

  test.beforeAll(async ({ browser }) => {
    home = mkdtempSync(join(tmpdir(), 'teller-hard-'));
    await closedBranch(join(home, 'sound'));
    page = await browser.newPage();
  });
  test.beforeEach(() => {
    folder = join(home, 'branch');
    rmSync(folder, { recursive: true, force: true });
    cpSync(join(home, 'sound'), folder, { recursive: true });
    // A copy forgets that the folder is for nobody else.
    chmodSync(folder, 0o700);
  });
  test.afterAll(async () => {
    await page.close();
    rmSync(home, { recursive: true, force: true });
  });

  test('a wrong key', async () => {
    writeFileSync(file('branch.key'), randomBytes(32), { mode: 0o600 });
    expect(await refusalOf(page, folder)).toMatch(/key/i);
  });

  test('a database of a newer program', async () => {
    const key = await createFileKeychain({ folder }).databaseKey();
    const database = new Database(file('branch.db'));
    unlock(database, key);
    database
      .prepare(
        `INSERT INTO migration (number, name, checksum, at)
         SELECT max(number) + 1, 'from the future', checksum, at FROM migration`,
      )
      .run();
    database.close();
    expect(await refusalOf(page, folder)).toMatch(/newer/i);
  });

  test('a damaged file', async () => {
    const bytes = readFileSync(file('branch.db'));
    for (let at = 5_000; at < bytes.length; at += 4_096) bytes[at] = (bytes[at] ?? 0) ^ 0x40;
    writeFileSync(file('branch.db'), bytes);
    expect(await refusalOf(page, folder)).toMatch(/damaged/i);
  });

  test('a file that is none of ours', async () => {
    writeFileSync(file('branch.db'), randomBytes(65_536));
    expect(await refusalOf(page, folder)).toMatch(/database|key|file/i);
  });

  test('an older file put back', async () => {
    copyFileSync(file('branch.db'), join(home, 'older.db'));
    const kiosk = await startKiosk({ folder, demonstration: false });
    const robot = await openRobot(kiosk.url);
    const password = 'a long sentence nobody guesses';
    await robot.ask('session.open', { user: 'ada', password });
    await robot.ask('staff.add', {
      ...{ user: 'ben', name: 'Ben Ortega', roles: ['teller'], password: 'only for today' },
    });
    robot.close();
    await kiosk.stop();
    copyFileSync(join(home, 'older.db'), file('branch.db'));
    expect(await refusalOf(page, folder)).toMatch(/older|rolled back|behind|witness/i);
  });

  test('a folder that somebody has open', async () => {
    const first = await startKiosk({ folder, demonstration: false });
    expect(await refusalOf(page, folder)).toMatch(/open|another/i);
    const robot = await openRobot(first.url);
    expect((await robot.ask('session.state', {})).bank).toBe('Harbour Bank');
    robot.close();
    await first.stop();
  });
});
