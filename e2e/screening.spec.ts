// A list of head office at the screens: a name waits, is looked into, decided by somebody else, and does not wait again.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { publishList } from '../apps/host/office/lists.ts';
import { noPostgres, openTestOffice, type TestOffice } from '../apps/host/office/office.fixture.ts';
import { type KioskProcess, startKiosk } from './kiosk.ts';
import { lookAt } from './pages/album.ts';
import { setUpBranch, temporary, windowOf } from './pages/branch.ts';
import { createDesk } from './pages/desk.ts';
import { keepPicture } from './pages/kept.ts';

let office: TestOffice;
let kiosk: KioskProcess;
const folder = mkdtempSync(join(tmpdir(), 'teller-e2e-screening-'));

test.skip(Boolean(noPostgres), String(noPostgres));

test.afterAll(async () => {
  await kiosk?.stop();
  await office?.remove();
  rmSync(folder, { recursive: true, force: true });
});

const entries = [
  {
    ...{
      id: 'T-1',
      kind: 'person' as const,
      programme: 'INVENTED',
      countries: [],
      births: ['1961'],
    },
    names: ['Viktor Anatoliy Zolotarev', 'Виктор Золотарёв'],
  },
];
const deposit = (account: string) => ({
  draft: {
    ...{ task: 'cash.deposit' as const, account, amountMinor: '1000', currency: 'EUR' },
    denominations: { 1000: 1 },
    conductor: { kind: 'other' as const, name: 'Victor Zolotarev', document: 'P1234567' },
  },
});

test('a name that resembles a listed one waits for somebody else, and is remembered', async ({
  page,
}) => {
  office = await openTestOffice({ serves: true });
  const bundle = await office.enrol({ branch: '001', name: 'Quayside' });
  const own = join(folder, '001');
  mkdirSync(own, { mode: 0o700 });
  writeFileSync(join(own, 'office.json'), JSON.stringify(bundle), { mode: 0o600 });
  kiosk = await startKiosk({ folder: own, demonstration: false });
  await page.goto(kiosk.url);
  // Who signs in here for the first time has a code to spare; anybody else's third in a minute is waited for.
  const cora = { user: 'cora', role: 'supervisor' } as const;
  const branch = await setUpBranch(await windowOf(page, kiosk.origin), '001', [cora]);
  const today = new Date().toISOString().slice(0, 10);
  await publishList(office, 'test', { asOf: today, source: 'invented', entries });
  const state = () => branch.ben.ask('screening.state', {});
  await expect.poll(async () => (await state()).run?.state).toBe('done');

  const asked = await branch.ben.ask('posting.post', deposit(branch.account));
  expect(asked.state).toBe('parked');

  await page.reload();
  const desk = createDesk(page);
  await desk.gate.signIn(cora.user, temporary);
  await desk.gate.changePassword(temporary, 'cora reads every list twice');
  const authenticator = await desk.gate.enrol();
  await desk.gate.inside();
  // Midnight may pass between the list and the look.
  await desk.frame.status(/test 1, (of today|1 day old)/);
  await desk.frame.command('lists');
  const main = page.getByRole('main');
  await expect(main.getByText(/1 to be decided/)).toBeVisible();
  await expect(main.getByRole('grid', { name: 'Names that wait' })).toContainText(
    'Victor Zolotarev',
  );
  await expect(main.getByRole('table', { name: /Words that speak/ })).toContainText('viktor');
  await lookAt(page, 'screening');
  await keepPicture(page, 'screening');

  await test.step('a name is looked up in another script, and nothing is recorded', async () => {
    await desk.hands.press('Alt+l');
    await desk.hands.fill(page.getByLabel('Name', { exact: true }), 'Виктор Золотарев');
    await desk.hands.press('Enter');
    await expect(main.getByText(/Виктор Золотарёв, T-1/)).toBeVisible();
    await desk.hands.press('Alt+l');
  });

  await test.step('somebody else says who it is, and why', async () => {
    await page.getByRole('grid', { name: 'Names that wait' }).focus();
    await desk.hands.press('s');
    await desk.hands.fill(page.getByLabel('Why'), 'Born in 1990, passport seen');
    await desk.hands.fill(page.getByLabel('Your code'), await authenticator.code());
    await desk.hands.press('Enter');
    await expect(main.getByText('No name waits for a decision.')).toBeVisible();
  });
  const preview = await branch.ben.ask('posting.preview', deposit(branch.account));
  expect(preview.outcome).toBe('post');
  expect(preview.flags.map(({ message }) => message).join()).toContain('passport seen');
});
