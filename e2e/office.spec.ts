// Two workstations and a head office: the line is cut while both pay from one account, and it comes out exact.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { noPostgres, openTestOffice, type TestOffice } from '../apps/host/office/office.fixture.ts';
import { beginRecovery, letIn } from '../apps/host/office/rejoin.ts';
import { type KioskProcess, startKiosk } from './kiosk.ts';
import { lookAt } from './pages/album.ts';
import { type Branch, passwords, setUpBranch, windowOf } from './pages/branch.ts';
import { createDesk, type Desk } from './pages/desk.ts';
import { keepPicture } from './pages/kept.ts';
import { type Pieces, typePieces } from './pages/notes.ts';
import type { Robot } from './robot.ts';

interface Workstation {
  readonly kiosk: KioskProcess;
  readonly branch: Branch;
  readonly page: Page;
}

let office: TestOffice;
let home: Workstation;
let away: Workstation;
const folder = mkdtempSync(join(tmpdir(), 'teller-e2e-office-'));

test.describe.configure({ mode: 'serial' });
test.skip(Boolean(noPostgres), String(noPostgres));

async function open(code: string, page: Page, readsAll: boolean): Promise<Workstation> {
  const own = join(folder, code);
  const bundle = await office.enrol({ branch: code, name: `Branch ${code}`, readsAll });
  const kiosk = await startFolder(own, JSON.stringify(bundle));
  await page.goto(kiosk.url);
  const robot = await windowOf(page, kiosk.origin);
  return { kiosk, page, branch: await setUpBranch(robot, code) };
}

async function startFolder(own: string, bundle: string): Promise<KioskProcess> {
  const { mkdirSync } = await import('node:fs');
  mkdirSync(own, { mode: 0o700 });
  writeFileSync(join(own, 'office.json'), bundle, { mode: 0o600 });
  return startKiosk({ folder: own, demonstration: false });
}

test.beforeAll(async ({ browser }) => {
  if (noPostgres) return;
  office = await openTestOffice({ serves: true });
  home = await open('001', await (await browser.newContext()).newPage(), true);
  away = await open('002', await (await browser.newContext()).newPage(), false);
});

test.afterAll(async () => {
  await home?.kiosk.stop();
  await away?.kiosk.stop();
  await office?.remove();
  rmSync(folder, { recursive: true, force: true });
});

async function sit(workstation: Workstation, user: 'ben'): Promise<Desk> {
  const desk = createDesk(workstation.page);
  await desk.gate.signIn(user, passwords[user]);
  await desk.gate.inside();
  return desk;
}

async function fillVisit(desk: Desk, amount: string, pieces: Pieces): Promise<void> {
  const { page, hands, frame } = desk;
  await frame.command('visit');
  const field = (name: string | RegExp) =>
    page.getByLabel(name, { exact: typeof name === 'string' });
  await hands.fill(field('Branch'), '001');
  await hands.fill(field('Account'), home.branch.account);
  await hands.fill(field('Amount'), amount);
  await hands.fill(field('At the desk'), 'Marta Keller');
  await hands.fill(field('Document'), 'C01X00T47');
  const grid = page.getByRole('group', { name: 'Notes and coins paid out' });
  await typePieces(hands, grid, { currency: 'EUR', pieces });
}

const balance = async (robot: Robot): Promise<string> => {
  const { rows } = await robot.ask('ledger.trialBalance', {});
  const row = rows.find(({ number }) => number === home.branch.account);
  return String(BigInt(row?.creditMinor ?? '0') - BigInt(row?.debitMinor ?? '0'));
};

test('a teller pays out of another branch’s account, covered by head office', async () => {
  await home.branch.ben.ask('posting.post', {
    draft: {
      ...{
        task: 'cash.deposit',
        account: home.branch.account,
        amountMinor: '100000',
        currency: 'EUR',
      },
      denominations: { 10000: 10 },
      conductor: { kind: 'other', name: 'Marta Keller', document: 'C01X00T47' },
    },
  });
  const desk = await sit(away, 'ben');
  await desk.frame.status(/head office/);
  await expect.poll(async () => (await home.branch.ben.ask('office.line', {})).behind).toBe(0);
  await office.query(`SELECT office.announce_visit('002', '001', $1)`, [home.branch.account]);
  await fillVisit(desk, '200', { 5000: 4 });
  await expect(desk.page.getByText('Marta Keller', { exact: true }).first()).toBeVisible();
  // Sent ahead: whom to ask for which document, and that it is who stands here.
  await expect(desk.page.getByText('passport C01X00T47 DE')).toBeVisible();
  await expect(desk.page.getByText('at the desk', { exact: true })).toBeVisible();
  await desk.hands.press('Enter');
  await expect(desk.page.getByText(/are kept: pay out/)).toBeVisible();
  await lookAt(desk.page, 'visit');
  await desk.hands.press('Enter');
  await desk.frame.done(/Paid 200.00 EUR for branch 001/);
  await expect.poll(() => balance(home.branch.sam)).toBe('80000');
});

test('the line is cut while both pay: the sum is within the bound, and all is delivered once', async () => {
  const desk = createDesk(away.page);
  await expect
    .poll(async () => {
      const { rows } = await office.query<{ kind: string }>(
        `SELECT kind FROM office.grant_allowance('002', 'e2e', '001', $1, NULL, 30000, 86400000, 'e2e')`,
        [home.branch.account],
      );
      return rows[0]?.kind;
    })
    .toBe('granted');
  await expect
    .poll(async () => (await away.branch.ben.ask('office.state', {})).allowances.length)
    .toBe(1);
  office.cluster.stop('immediate');
  await desk.frame.status(/without head office/);
  await fillVisit(desk, '300', { 5000: 6 });
  await expect(desk.page.getByText('the card sent ahead')).toBeVisible();
  await expect(desk.page.getByText('passport C01X00T47 DE')).toBeVisible();
  await lookAt(desk.page, 'visit-offline');
  await desk.hands.press('Enter');
  await desk.frame.done(/Paid 300.00 EUR for branch 001/);
  await fillVisit(desk, '150', { 5000: 3 });
  await desk.hands.press('Enter');
  await expect(desk.page.getByText(/A supervisor decides and the bank bears it/)).toBeVisible();
  await lookAt(desk.page, 'visit-second');
  await keepPicture(desk.page, 'visit-second');
  await desk.hands.press('Escape');
  const found = await home.branch.ben.ask('customer.search', { text: 'Keller', count: 1 });
  const customer = found.hits[0]?.customer ?? 0;
  const withdraw = (amountMinor: string) =>
    home.branch.ben.ask('posting.post', {
      draft: {
        ...{ task: 'cash.withdrawal', account: home.branch.account, amountMinor, currency: 'EUR' },
        conductor: { kind: 'customer', customer },
      },
    });
  await expect(withdraw('51000'), 'what is set aside for others is held').rejects.toThrow(
    /available/,
  );
  // A young account: a supervisor decides, and until then the money is held on top of what others may pay.
  expect((await withdraw('50000')).state).toBe('parked');
  await expect(withdraw('1000')).rejects.toThrow(/available/);
  office.cluster.start();
  await expect
    .poll(async () => (await away.branch.ben.ask('office.line', {})).state)
    .toBe('online');
  await expect.poll(() => balance(home.branch.sam)).toBe('50000');
  const wrong = await office.query('SELECT * FROM office.wrong_balances()');
  expect(wrong.rows).toEqual([]);
  const totals = await office.query<{ sum: string }>(
    `SELECT sum(posted) FROM office.balance b JOIN office.account a ON a.device = b.device AND a.id = b.account
     WHERE a.number = 'INTERBRANCHEUR'`,
  );
  expect(totals.rows).toEqual([{ sum: '0' }]);
});

test('the office page and the page of all branches show both', async () => {
  const desk = createDesk(away.page);
  const publish = (name: string, value: unknown) => office.orders.publish(name, value);
  await publish('stand-in', { floors: { EUR: '12000' }, times: 2 });
  await publish('policy', { approvalMinutes: 45 });
  await publish('day-end', { date: 'no date' });
  const date = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
  await publish('rates', { base: 'EUR', date, rates: { JPY: '163.52', USD: '1.0812' } });
  await desk.frame.command('office');
  const orders = desk.page.getByRole('table', { name: /From head office: limits/ });
  await expect(orders.getByRole('row')).toHaveCount(4);
  await expect(orders).toContainText(/policy, version 1.*Now in force: approvalMinutes/);
  await expect(orders).toContainText(/day-end, version 1.*not applied/);
  await expect(desk.page.getByText(/In force: rates of .*, version 1, 2 currencies/)).toBeVisible();
  await expect(desk.page.getByRole('region', { name: 'Head office' })).toContainText('Our log');
  await lookAt(away.page, 'office');
  await keepPicture(away.page, 'office');
  const sam = createDesk(home.page);
  await sam.gate.signIn('sam', passwords.sam);
  await sam.gate.giveCode(await home.branch.authenticators.sam.code());
  await sam.gate.inside();
  await sam.frame.command('bank');
  await expect(sam.page.getByText(/Debits equal credits over all branches in EUR/)).toBeVisible();
  await lookAt(sam.page, 'bank');
  await keepPicture(sam.page, 'bank');
  const { overview } = await home.branch.sam.ask('office.overview', {});
  expect(overview.branches.map(({ branch }) => branch)).toEqual(['001', '002']);
  // Owner and conductor are one person, so the deposit counts once.
  expect(
    overview.cash.map(({ name, direction, amountMinor, items, at }) => [
      name,
      direction,
      amountMinor,
      items,
      at,
    ]),
  ).toEqual([
    ['Marta Keller', 'in', '100000', 1, '001'],
    ['Marta Keller', 'out', '50000', 2, '002'],
  ]);
  expect(overview.inBase?.cash.map(({ amountMinor }) => amountMinor)).toEqual(['100000', '50000']);
  expect(overview.totals.every(({ amountMinor }) => amountMinor === '0')).toBe(true);
  expect(away.kiosk.output()).not.toMatch(/mistake in/);
  expect(home.kiosk.output()).not.toMatch(/mistake in/);
});

/** Head office without the newest thing it handed branch 001, as an older copy of it would be. */
async function becomeOlder(): Promise<void> {
  const client = await office.cluster.administer();
  try {
    // What is written stays: only its owner, past every rule of his own, can make it older.
    await client.query('SET search_path = office; SET session_replication_role = replica');
    await client.query(`DELETE FROM down w USING device d, down_head h
      WHERE d.branch = '001' AND w.device = d.id AND h.device = d.id AND w.seq = h.seq`);
    await client.query(`UPDATE down_head h SET seq = w.seq, hash = w.hash FROM device d,
      LATERAL (SELECT * FROM down WHERE device = d.id ORDER BY seq DESC LIMIT 1) w
      WHERE d.branch = '001' AND h.device = d.id`);
  } finally {
    await client.end();
  }
  await beginRecovery(office, 'e2e0'.repeat(8), 'put back to the copy of noon');
}

test('two people ask on the page to go on with an older copy, and are told what happens then', async () => {
  const { page, hands, frame } = createDesk(home.page);
  await becomeOlder();
  await frame.status(/head office stopped/);
  await hands.press('F11');
  const office001 = page.getByRole('region', { name: 'Head office' });
  await expect(office001).toContainText(/it was put back to an older copy/);
  const fill = (name: string, text: string) => hands.fill(office001.getByLabel(name), text);
  await fill('What was found', 'head office told us of its copy of noon');
  await fill('User', 'sam');
  await fill('Password', passwords.sam);
  await hands.press('Enter');
  await expect(office001).toContainText(/Somebody else must decide too|code/i);
  await fill('User', 'ada');
  await fill('Password', passwords.ada);
  await lookAt(page, 'office-rejoin');
  await hands.press('Enter');
  await expect(office001).toContainText(
    'A person at head office has to let this branch in: npm run office -- rejoin 001 NOTE',
  );
  const wish = { branch: '001', note: 'the copy of noon is head office now' };
  await expect(async () => void (await letIn(office, office.signer, wish))).toPass();
  await frame.status(/head office online/);
  await expect(office001).not.toContainText(/older copy|let this branch in/);
  const wrong = await office.query('SELECT * FROM office.wrong_balances()');
  expect(wrong.rows).toEqual([]);
  expect(home.kiosk.output()).not.toMatch(/mistake in/);
});
