// Shows every main screen at two sizes and in both themes; with QENEX_PICTURES=1 keeps what docs/screens.md shows.
import type { Page } from '@playwright/test';
import { openCounter } from './opened.ts';
import { createPeople } from './pages/demonstration.ts';
import type { Desk } from './pages/desk.ts';
import { isKept, keepPicture } from './pages/kept.ts';
import { expect, test } from './pages/test.ts';

test.use({ demonstration: true });

const sizes = [
  { width: 1366, height: 768 },
  { width: 1920, height: 1080 },
] as const;
const themes = ['light', 'dark'] as const;

/** Kept in the dark and at the larger size, too; the others once. */
const keptThrice: ReadonlySet<string> = new Set(['deposit', 'decision', 'till-close', 'sign-in']);

/** The name a picture is kept under, or undefined where docs/screens.md does not show it. */
function keptName(name: string, width: number, theme: string): string | undefined {
  const isSmall = width === sizes[0].width;
  if (isSmall && theme === 'light') return name;
  if (!keptThrice.has(name)) return undefined;
  if (isSmall) return `${name}-dark`;
  return theme === 'light' ? `${name}-${width}` : undefined;
}

/** What a page that must not scroll has too much of, in CSS pixels. */
const overhang = (page: Page): Promise<{ right: number; down: number }> =>
  page.evaluate(async () => {
    // Two frames: the first lays out, the second has drawn it.
    for (const _ of [1, 2]) await new Promise((next) => requestAnimationFrame(next));
    const { scrollWidth, scrollHeight } = document.documentElement;
    return { right: scrollWidth - innerWidth, down: scrollHeight - innerHeight };
  });

/** Looks at what is on the screen in every size and theme, and leaves it as it was. */
async function look(page: Page, name: string): Promise<void> {
  for (const size of sizes) {
    await page.setViewportSize(size);
    for (const colorScheme of themes) {
      await page.emulateMedia({ colorScheme });
      const what = `${name} at ${size.width} px, ${colorScheme}`;
      expect.soft(await overhang(page), `${what} scrolls`).toEqual({ right: 0, down: 0 });
      const kept = isKept ? keptName(name, size.width, colorScheme) : undefined;
      if (kept !== undefined) await keepPicture(page, kept);
    }
  }
  await page.setViewportSize(sizes[0]);
  await page.emulateMedia({ colorScheme: 'light' });
}

/** Opens a screen by its key, waits for what it is about, and looks. */
async function lookAt(desk: Desk, key: string, about: string, name: string): Promise<void> {
  await desk.frame.home();
  await desk.hands.press(key);
  // Screens opened before stay in the page, unseen.
  const shown = desk.page.getByRole('main').getByText(about).filter({ visible: true });
  await expect(shown.first()).toBeVisible();
  await look(desk.page, name);
}

test('every main screen shows whole, in two sizes and two themes', async ({
  desk,
  another,
  workstation,
}) => {
  const people = createPeople();
  const { page } = desk;
  const parts = { request: page, origin: workstation.origin };

  await test.step('sign-in', async () => {
    await expect(page.getByText(/Demonstration branch/)).toBeVisible();
    await look(page, 'sign-in');
  });

  await test.step('home of a teller with a till', async () => {
    const supervisor = await people.robot(parts, 'sam');
    const teller = await people.robot(parts, 'ana');
    await openCounter({ people, supervisor, teller, till: 'Till 2' });
    for (const robot of [supervisor, teller]) robot.close();
    await people.signIn(desk, 'ana');
    await desk.frame.status('12,000.00 EUR');
    await look(page, 'home');
  });

  await test.step('a line with its consequences, before Enter', async () => {
    await desk.hands.type('t 1000 0310 1000 2663 100 Monthly savings');
    await desk.counter.expectBalance('1,000.00', '900.00 USD');
    await look(page, 'typing');
    await desk.hands.press('Escape');
    await expect(desk.counter.preview).toBeHidden();
  });

  await test.step('deposit with its preview', async () => {
    await desk.frame.command('d 1000 0295 1250');
    await desk.counter.notes({ 10000: 12, 5000: 1 });
    await desk.counter.expectBalance('2,140.35', '3,390.35');
    await look(page, 'deposit');
    await desk.counter.post();
  });

  await test.step('withdrawal that needs a supervisor, with the reasons', async () => {
    await desk.frame.command('w 1000 0307 9800');
    await expect(desk.counter.preview).toContainText('29,300.00 EUR');
    await look(page, 'withdrawal');
    await desk.counter.send();
  });

  await test.step('customer, journal, help', async () => {
    await desk.frame.command('c Keller');
    await expect(page.getByRole('main')).toContainText('3,390.35');
    await look(page, 'customer');
    await lookAt(desk, 'F5', '1,250.00', 'journal');
    await desk.hands.press('F1');
    await expect(page.getByRole('dialog')).toContainText('The command bar');
    await look(page, 'help');
    await desk.hands.press('Escape');
  });

  await test.step('till position, and its close with a difference', async () => {
    await lookAt(desk, 'F3', '13,250.00', 'till');
    const pieces = { 10000: 62, 5000: 81, 2000: 100, 1000: 60, 500: 49 };
    const coins = { 200: 35, 100: 50, 50: 30, 20: 40, 10: 40, 5: 40, 2: 40, 1: 20 };
    await desk.till.count({ ...pieces, ...coins });
    await expect(page.getByRole('alert')).toContainText('short');
    await look(page, 'till-close');
  });

  await test.step('a supervisor: decision, day, proof, staff, policy', async () => {
    const sam = await another();
    await people.signIn(sam, 'sam');
    await sam.approvals.open();
    await expect(sam.approvals.card).toContainText('29,300.00 EUR in 4 days');
    await look(sam.page, 'decision');
    await lookAt(sam, 'F8', 'Before the close', 'day-close');
    await sam.hands.press('F7');
    await sam.hands.press('Alt+v');
    await expect(sam.page.getByText(/stand in an unbroken chain/)).toBeVisible();
    await look(sam.page, 'proof');
    await lookAt(sam, 'F10', 'Ana Ribeiro', 'staff');
    await lookAt(sam, 'F12', 'Limits', 'policy');
  });
});
