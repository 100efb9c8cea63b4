// Looks at the guard's screen as a supervisor does: where it runs, what it holds, where the log is anchored.
import { lookAt } from '../pages/album.ts';
import { createPeople } from '../pages/demonstration.ts';
import { keepPicture } from '../pages/kept.ts';
import { expect, test } from '../pages/test.ts';

test.use({ demonstration: true });

test('the guard says where it runs and that it stands at the head of the log', async ({ desk }) => {
  const people = createPeople();
  await people.signIn(desk, 'sam');
  await desk.frame.command('guard');
  const { page } = desk;
  await expect(page.getByRole('region', { name: 'Accounts in the guard' })).toBeVisible();
  const guard = page.getByRole('region', { name: 'Guard', exact: true });
  await expect(guard.getByText('in this program', { exact: true })).toBeVisible();
  await expect(guard.getByText(/gone with it\. The kernel module/)).toBeVisible();
  await expect(guard.getByText('the head of the log', { exact: true })).toBeVisible();
  await expect(guard.getByText('limits only get tighter', { exact: false })).toBeVisible();
  await expect(page.getByRole('grid', { name: 'Accounts in the guard' })).toContainText('Till 1');
  // Nothing in the status line while nothing is wrong.
  await expect(page.getByRole('banner')).not.toContainText(/guard|confirmed/);
  await lookAt(page, 'guard');
  await keepPicture(page, 'guard');
});

test('a teller is told nothing of it and asked nothing', async ({ desk }) => {
  const people = createPeople();
  await people.signIn(desk, 'ana');
  await expect(desk.page.getByRole('banner')).not.toContainText(/guard/);
});
