// Every screen, light and dark: axe finds nothing, nothing leaves its half of the window.
import { lookAt } from '../pages/album.ts';
import { createPeople } from '../pages/demonstration.ts';
import { expect, test } from '../pages/test.ts';

test.describe('a new branch', () => {
  test('the first start', async ({ desk }) => {
    await expect(desk.page.getByRole('form', { name: /First start/ })).toBeVisible();
    await lookAt(desk.page, 'first-start');
  });
});

test.describe('the demonstration branch', () => {
  test.use({ demonstration: true });

  test('the main screens', async ({ desk: ben, another }) => {
    const people = createPeople();
    const main = ben.page.getByRole('main');
    await expect(ben.page.getByText(/Demonstration branch/)).toBeVisible();
    await lookAt(ben.page, 'sign-in');

    const sam = await another();
    await people.signIn(sam, 'sam');
    await sam.hands.press('F8');
    await expect(sam.page.getByRole('group', { name: 'Counted in EUR' })).toBeVisible();
    await lookAt(sam.page, 'day-open');
    await sam.day.open('as booked', await people.second('rita'), '2026-11-20');

    await people.signIn(ben, 'ben');
    await lookAt(ben.page, 'home');
    await ben.till.open('Till 2');
    const float = { 10000: 80, 5000: 60, 2000: 40, 1000: 15, 500: 6, 200: 8, 100: 4 };
    await ben.frame.command('v+ 12000');
    await lookAt(ben.page, 'vault-buy');
    await ben.till.buy('12000', float);
    await sam.till.handOver();
    await ben.till.accept(float);
    await ben.frame.home();
    await ben.frame.command('d 1000 0295 1250');
    await ben.counter.notes({ 10000: 12, 5000: 1 });
    await expect(ben.counter.preview.getByText('will be posted')).toBeVisible();
    await lookAt(ben.page, 'deposit');
    await ben.counter.post();
    await expect(ben.page.getByRole('article', { name: /^Receipt/ })).toBeVisible();
    await lookAt(ben.page, 'receipt');
    await ben.frame.command('w 1000 0307 9800');
    await expect(ben.counter.preview.getByText('needs a supervisor')).toBeVisible();
    await lookAt(ben.page, 'withdrawal-flagged');
    await ben.counter.send();
    await sam.approvals.open();
    await expect(sam.approvals.card).toContainText('29,300.00');
    await lookAt(sam.page, 'approval');
    await ben.frame.command('t 1000 0310 1000 2663 100 Monthly savings');
    await expect(ben.counter.preview.getByText('will be posted')).toBeVisible();
    await lookAt(ben.page, 'transfer');
    await ben.counter.post();
    await ben.frame.command('x');
    await expect(main.getByRole('group', { name: 'Received' })).toBeVisible();
    await lookAt(ben.page, 'exchange');
    await ben.frame.command('b 1000 0295');
    await lookAt(ben.page, 'session');
    await ben.frame.command('c Weber');
    await expect(main.getByRole('grid', { name: 'Customers found' })).toBeVisible();
    await lookAt(ben.page, 'customers');
    await ben.frame.command('s 1000 0295');
    await expect(main.getByRole('grid', { name: /Statement/ })).toBeVisible();
    await lookAt(ben.page, 'statement');
    await ben.frame.command('c+');
    await lookAt(ben.page, 'register');
    await ben.frame.command('j');
    await expect(main.getByRole('grid', { name: /Journal entries/ })).toBeVisible();
    await lookAt(ben.page, 'journal');
    await ben.frame.command('till');
    await lookAt(ben.page, 'till');
    await ben.frame.command('count');
    await expect(ben.page.getByText('The count is blind')).toBeVisible();
    await lookAt(ben.page, 'till-count');
    await ben.hands.press('F1');
    await expect(ben.page.getByRole('heading', { name: /^Help/ })).toBeVisible();
    await lookAt(ben.page, 'help');
    for (const [key, name] of [
      ['F7', 'prove-it'],
      ['F8', 'day-close'],
      ['F10', 'staff'],
      ['F12', 'policy'],
    ] as const) {
      await sam.hands.press(key);
      await expect(
        sam.page.getByRole('main').getByRole('heading', { level: 2 }).first(),
      ).toBeVisible();
      await lookAt(sam.page, name);
    }
    await ben.hands.press('Escape');
    await ben.hands.press('F9');
    await expect(ben.page.getByRole('form', { name: /^Locked/ })).toBeVisible();
    await lookAt(ben.page, 'locked');
  });
});
