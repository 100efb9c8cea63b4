// One station and two desks over the LAN: maker at one, checker at the other, head office away; the line goes and comes.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import {
  daysAfter,
  makeCertificate,
  newKeyPair,
  pemOf,
} from '../apps/station/desk/desks-certificate.ts';
import { type KioskProcess, startKiosk } from './kiosk.ts';
import { lookAt } from './pages/album.ts';
import { type Branch, passwords, setUpBranch, windowOf } from './pages/branch.ts';
import { createDesk, type Desk } from './pages/desk.ts';
import { keepPicture } from './pages/kept.ts';
import type { Robot } from './robot.ts';

let folder = '';
const running = new Set<KioskProcess>();
let lan = '';
let station: KioskProcess;
let branch: Branch;
let savings = '';
let admin: Desk;
let ben: Desk;
let sam: Desk;

test.describe.configure({ mode: 'serial' });

/** A port nobody has: the station must be found again where it was. */
function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}

async function start(name: string, ...more: string[]): Promise<KioskProcess> {
  const kiosk = await startKiosk({ folder: join(folder, name), demonstration: false, more });
  running.add(kiosk);
  return kiosk;
}

/** Head office's papers are there, head office is not: nobody listens at its address. */
function writeAbsentOffice(): void {
  const key = newKeyPair();
  const pem = String(key.privateKey.export({ type: 'pkcs8', format: 'pem' }));
  const certificate = pemOf(
    makeCertificate({
      ...{ kind: 'authority', name: 'absent', publicKey: key.publicKey, serial: Buffer.alloc(16) },
      issuer: { name: 'absent', key },
      ...{ from: Date.now(), until: daysAfter(Date.now(), 30) },
    }),
  );
  const bundle = {
    ...{ branch: '001', addresses: [{ host: '127.0.0.1', port: 9 }], database: 'office' },
    ...{ user: 'branch_001', password: 'nobody listens', officeKey: 'ab'.repeat(32) },
    ...{ authority: certificate, certificate, key: pem },
  };
  mkdirSync(join(folder, 'station'), { mode: 0o700 });
  const file = join(folder, 'station', 'office.json');
  writeFileSync(file, JSON.stringify(bundle), { mode: 0o600 });
}

const serve = () => start('station', '--serve-lan', lan);

async function robotAt(kiosk: KioskProcess, page: Page, user: 'ben' | 'ada'): Promise<Robot> {
  const robot = await windowOf(page, kiosk.origin);
  await robot.ask('session.open', { user, password: passwords[user] });
  return robot;
}

async function openSavings(robot: Robot): Promise<string> {
  const { hits } = await robot.ask('customer.search', { text: 'Keller', count: 1 });
  const owners = [{ customer: hits[0]?.customer ?? 0, role: 'holder' as const }];
  const { number } = await robot.ask('account.open', {
    ...{ product: 'savings', currency: 'EUR', owners },
  });
  return number;
}

test.beforeAll(async ({ browser }) => {
  // Here and not above: whoever only lists the tests leaves nothing behind.
  folder = mkdtempSync(join(tmpdir(), 'teller-e2e-desks-'));
  lan = `127.0.0.1:${await freePort()}`;
  writeAbsentOffice();
  station = await serve();
  const page = await (await browser.newContext()).newPage();
  await page.goto(station.url);
  branch = await setUpBranch(await windowOf(page, station.origin));
  savings = await openSavings(branch.ben);
  await branch.ben.ask('posting.post', {
    draft: {
      ...{ task: 'cash.deposit', account: branch.account, amountMinor: '100000', currency: 'EUR' },
      ...{ denominations: { 10000: 10 } },
      conductor: { kind: 'other', name: 'Marta Keller', document: 'C01X00T47' },
    },
  });
  for (const robot of [branch.ben, branch.sam]) robot.close();
  await page.reload();
  admin = createDesk(page);
  await admin.gate.signIn('ada', passwords.ada);
  await admin.gate.inside();
});

test.afterAll(async () => {
  for (const kiosk of running) await kiosk.stop('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

/** The administrator makes a code; what stands on the screen is all that is known of it. */
async function codeFor(name: string): Promise<string> {
  const { page, hands, frame } = admin;
  await frame.command('desks');
  await hands.press('Alt+n');
  await expect(page.getByLabel('Name', { exact: true })).toBeFocused();
  await hands.type(name);
  await hands.press('Enter');
  const shown = page.getByRole('region', { name: `Code for ${name}` });
  const code = shown.getByText(/^(?:[0-9A-Z]{4}-){4}[0-9A-Z]{4}$/);
  await expect(code).toBeVisible();
  const text = await code.innerText();
  await lookAt(page, 'desks-code');
  await hands.press('Enter');
  await expect(page.getByText(text)).toHaveCount(0);
  return text;
}

async function attach(name: string, page: Page): Promise<Desk> {
  const code = await codeFor(name);
  const kiosk = await start(name.replace(' ', '-'), '--attach', lan);
  await page.goto(kiosk.url);
  const desk = createDesk(page);
  await expect(page.getByRole('form', { name: 'Attach this desk' })).toBeVisible();
  await lookAt(page, 'desks-attach');
  await expect(page.getByLabel('Code')).toBeFocused();
  await desk.hands.type(code.toLowerCase());
  await desk.hands.press('Enter');
  await expect(page.getByLabel('User', { exact: true })).toBeVisible();
  return desk;
}

async function signIn(desk: Desk, user: 'ben' | 'sam'): Promise<void> {
  await desk.gate.signIn(user, passwords[user]);
  if (user === 'sam') await desk.gate.giveCode(await branch.authenticators.sam.code());
  await desk.gate.inside();
}

test('two desks are attached by codes that an administrator makes', async ({ browser }) => {
  ben = await attach('Desk 1', await (await browser.newContext()).newPage());
  sam = await attach('Desk 2', await (await browser.newContext()).newPage());
  await signIn(ben, 'ben');
  await ben.frame.status('Desk 1');
  await ben.frame.status('6,000.00 EUR');
  await signIn(sam, 'sam');
  await sam.frame.status('Desk 2');
  const list = admin.page.getByRole('grid', { name: 'Desks' });
  await expect(list.getByRole('row').filter({ hasText: 'Desk 1' })).toContainText('enrolled');
  await lookAt(admin.page, 'desks');
  await keepPicture(admin.page, 'desks');
});

test('what a teller parks at one desk a supervisor approves at the other, head office away', async () => {
  await ben.frame.status(/without head office/);
  await ben.frame.command(`t ${branch.account} ${savings} 500 for the boat`);
  await ben.counter.send();
  await sam.approvals.open();
  await expect(sam.approvals.card).toContainText('500.00 EUR');
  await sam.approvals.approve(branch.authenticators.sam);
  await expect(ben.page.getByText(/approved/i).first()).toBeVisible();
  await ben.approvals.carryOut();
  await ben.frame.done(/^Posted: /);
  const ada = await robotAt(station, admin.page, 'ada');
  const { events } = await ada.ask('log.list', { type: '', count: 40 });
  const at = (type: RegExp) => events.find((event) => type.test(event.type))?.desk;
  expect(at(/^approval\.(requested|parked)$|^posting\.parked$/), 'asked at desk 1').toBe(1);
  expect(at(/^approval\.(decided|approved)$/), 'decided at desk 2').toBe(2);
  ada.close();
});

test('the station dies in the midst of a posting and comes back: the form is kept, it is posted once', async () => {
  await ben.frame.home();
  await ben.frame.command(`d ${branch.account} 250 for the sail`);
  await ben.counter.notes({ 5000: 5 });
  await expect(ben.counter.preview.getByText('will be posted')).toBeVisible();
  // The frame arrives at a station that reads nothing any more, and dies.
  process.kill(station.pid, 'SIGSTOP');
  await ben.hands.press('Enter');
  await station.stop('SIGKILL');
  running.delete(station);
  await expect(
    ben.page.getByText('The station does not answer; what you typed is kept.'),
  ).toBeVisible();
  await expect(ben.counter.field('Amount')).toHaveValue('250.00');
  await lookAt(ben.page, 'desks-lost');
  await keepPicture(ben.page, 'desk-line-lost');
  station = await serve();
  await ben.gate.signIn('ben', passwords.ben);
  await expect(ben.page.getByRole('form', { name: 'Sign in' })).toBeHidden();
  const amount = ben.counter.field('Amount');
  if (await amount.isVisible()) {
    await expect(amount).toHaveValue('250.00');
    await ben.hands.reach(amount);
    await ben.hands.press('Enter');
  }
  await ben.frame.done(/^Posted: /);
  await admin.page.goto(station.url);
  const robot = await robotAt(station, admin.page, 'ben');
  const { balanceMinor } = await robot.ask('account.get', { number: branch.account });
  expect(balanceMinor, '1,000 in, 500 moved on, 250 in: once').toBe('75000');
  robot.close();
});

test('a desk that is revoked is cut off at once, and says why', async () => {
  await admin.gate.signIn('ada', passwords.ada);
  await admin.gate.inside();
  const { page, hands, frame } = admin;
  await frame.command('desks');
  const grid = page.getByRole('grid', { name: 'Desks' });
  await expect(grid).toContainText('Desk 1');
  await hands.press('Alt+r');
  await expect(page.getByRole('dialog', { name: 'Revoke Desk 1' })).toBeVisible();
  await hands.type('the laptop is gone');
  await hands.press('Enter');
  await expect(grid.getByRole('row').filter({ hasText: 'Desk 1' })).toContainText('revoked');
  await expect(ben.page.getByText(/The desk Desk 1 was revoked/)).toBeVisible();
  await expect(ben.page.getByRole('form', { name: 'Attach this desk' })).toBeVisible();
  for (const kiosk of running) expect(kiosk.output()).not.toMatch(/mistake in/);
});
