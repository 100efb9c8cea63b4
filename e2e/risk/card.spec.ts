// The supervisor's card with a model in force, seen whole while it is decided; and a policy by two persons, by keyboard.
import { expect, type Page } from '@playwright/test';
import { lookAt } from '../pages/album.ts';
import { createPeople } from '../pages/demonstration.ts';
import type { Desk } from '../pages/desk.ts';
import { test } from '../pages/test.ts';

test.use({ demonstration: true });

/** With QENEX_ALBUM a folder, what was looked at is kept there, for a person's eyes. */
async function look(page: Page, name: string): Promise<void> {
  const folder = process.env.QENEX_ALBUM;
  if (folder) await page.screenshot({ path: `${folder}/${name}.png` });
  await lookAt(page, name);
}

/** Tabs on until the control has the focus, and presses it: as somebody without a mouse does. */
async function pushByKeys(page: Page, name: string): Promise<void> {
  const button = page.getByRole('button', { name });
  await expect(button).toBeEnabled();
  for (let count = 0; count < 60; count += 1) {
    if (await button.evaluate((element) => element === document.activeElement)) break;
    await page.keyboard.press('Tab');
  }
  await expect(button).toBeFocused();
  await page.keyboard.press('Enter');
}

async function train(rita: Desk, sam: Desk): Promise<void> {
  await rita.frame.command('models');
  await pushByKeys(rita.page, 'Train a challenger');
  await expect(rita.page.getByText('challenger, demonstration')).toBeVisible({ timeout: 600_000 });
  await sam.frame.command('models');
  await pushByKeys(sam.page, 'Promote the challenger');
  await expect(sam.page.getByText('champion, demonstration')).toBeVisible();
}

/**
 * A policy by which next to everything is held: the card is looked at when it has most to say. A machine
 * with much else to do is given the longest wait there is for the models' answer.
 */
const strict = [
  ['Ask from, %', '0.01'],
  ['Hold from, %', '0.01'],
  ['Questions cost, units', '0'],
  ['A review costs, units', '0'],
  ['Rules alone after, ms', '2000'],
] as const;

test('a case is seen whole while it is decided, and a policy takes two persons and a trial', async ({
  desk: sam,
  another,
}) => {
  const people = createPeople();
  await people.signIn(sam, 'sam');
  await sam.day.open('as booked', await people.second('rita'), '2026-11-20');
  const rita = await another();
  await people.signIn(rita, 'rita');
  await train(rita, sam);
  await test.step('rita proposes a policy, tries it on the past; sam puts it in force', async () => {
    await rita.hands.press('Alt+3');
    const form = rita.page.getByRole('form', { name: 'Propose another policy' });
    for (const [label, figure] of strict) {
      await form.getByLabel(label, { exact: true }).focus();
      await rita.page.keyboard.press('Control+a');
      await rita.page.keyboard.type(figure);
    }
    await form.getByLabel('Why', { exact: true }).focus();
    await rita.page.keyboard.type('everything unusual is looked at');
    await rita.page.keyboard.press('Enter');
    await expect(rita.page.getByText(/hold from 0\.01 % instead of 20/)).toBeVisible();
    await pushByKeys(rita.page, 'Try it on the past');
    await expect(rita.page.getByText(/^Of \d+ attempts in \d+ days/)).toBeVisible();
    await look(rita.page, 'risk-policy-tested');
    await expect(rita.page.getByRole('button', { name: 'Put it in force' })).toBeDisabled();
    await sam.frame.command('models');
    await sam.hands.press('Alt+3');
    await expect(sam.page.getByText(/^Of \d+ attempts in \d+ days/)).toBeVisible();
    await pushByKeys(sam.page, 'Put it in force');
    await expect(sam.page.getByText(/held from 0\.0 %/)).toBeVisible();
  });
  const ben = await another();
  await people.signIn(ben, 'ben');

  await test.step('a transfer that empties the account to a payee never paid', async () => {
    await ben.frame.command('t 10000307 10000295 18400');
    await expect(ben.counter.preview).toContainText('18,400.00');
    await ben.counter.send();
  });

  await test.step('sam sees reasons, what would be ordinary, and the movements, the form open', async () => {
    await sam.approvals.open();
    const { card } = sam.approvals;
    await expect(card.getByText(/risk, \d/)).toBeVisible();
    await expect(card.getByText('scored again to the same bits')).toBeVisible();
    await expect(card.getByText(/ordinary/)).toBeVisible();
    await expect(card.getByText('Earlier movements')).toBeVisible();
    await look(sam.page, 'risk-decision');
    await sam.page.keyboard.press('a');
    await expect(card.getByLabel('Your code')).toBeFocused();
    await look(sam.page, 'risk-decision-open');
    await sam.page.keyboard.press('Escape');
  });
});
