// The models page in a browser: the ladder, a training with its gates, promotion by a second person, credit.
import type { Page } from '@playwright/test';
import { lookAt } from '../pages/album.ts';
import { createPeople } from '../pages/demonstration.ts';
import { keepPicture } from '../pages/kept.ts';
import { expect, test } from '../pages/test.ts';

test.use({ demonstration: true });

/** Looks at the screen, and keeps what docs/screens.md shows of it. */
async function look(page: Page, name: string): Promise<void> {
  await lookAt(page, name);
  await keepPicture(page, name);
}

test('one trains, a second promotes, and credit is figured out while it is typed', async ({
  desk: sam,
  another,
}) => {
  const people = createPeople();
  const main = sam.page.getByRole('main');
  await people.signIn(sam, 'sam');
  await sam.hands.press('F8');
  await sam.day.open('as booked', await people.second('rita'), '2026-11-20');
  await sam.frame.command('models');
  await expect(main.getByText(/step 3 of 3: boosted trees/)).toBeVisible();
  await lookAt(sam.page, 'models-first');

  const rita = await another();
  await people.signIn(rita, 'rita');
  await rita.frame.command('models');
  await rita.page.getByRole('button', { name: 'Train a challenger' }).focus();
  await rita.page.keyboard.press('Enter');
  await expect(main.getByText('challenger, demonstration')).toBeVisible({ timeout: 600_000 });
  await look(sam.page, 'models');
  await sam.hands.press('Alt+2');
  await expect(main.getByText('golden stories all found')).toBeVisible();
  await expect(main.getByText(/taught with invented crimes/)).toBeVisible();
  await look(sam.page, 'model-card');
  await sam.hands.press('Alt+3');
  await expect(main.getByText(/The models’ decisions count/)).toBeVisible();
  await lookAt(sam.page, 'models-policy');

  await sam.page.getByRole('button', { name: 'Promote the challenger' }).focus();
  await sam.page.keyboard.press('Enter');
  await expect(main.getByText('champion, demonstration')).toBeVisible();

  await sam.frame.command('credit');
  const form = sam.page.getByRole('region', { name: 'New application' });
  const typed = [
    ['Customer number', '10002'],
    ['Amount', '5000'],
    ['Net income a month', '2400'],
    ['Months employed', '30'],
  ] as const;
  for (const [label, text] of typed) {
    await form.getByLabel(label, { exact: true }).focus();
    await sam.page.keyboard.type(text);
  }
  await expect(form.getByText(/probability of default/)).toBeVisible();
  await look(sam.page, 'credit');
  await sam.page.keyboard.press('Enter');
  await expect(sam.page.getByText(/You took the application/)).toBeVisible();
});
