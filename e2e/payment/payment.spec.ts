// A payment from the command bar to its end: form, message, posting, gateway, life line, all by keyboard.
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { demonstrationPayments } from '#station/demonstration/payments.ts';
import { incomingTransfer, statusReport } from '#station/payments/branch/counterparty.fixture.ts';
import { ownIban } from '#station/payments/branch/own-iban.ts';
import { openCounter } from '../opened.ts';
import { lookAt } from '../pages/album.ts';
import { createPeople } from '../pages/demonstration.ts';
import type { Desk } from '../pages/desk.ts';
import { keepPicture } from '../pages/kept.ts';
import { expect, test } from '../pages/test.ts';

test.use({ demonstration: true });

const marta = '1000 0295';
const french = 'FR14 2004 1010 0505 0001 3M02 606';

/** Keeps a picture where QENEX_PICTURES asks for it, and looks that nothing scrolls. */
async function look(page: Page, name: string): Promise<void> {
  const over = await page.evaluate(() => {
    const { scrollWidth, scrollHeight } = document.documentElement;
    return { right: scrollWidth - innerWidth, down: scrollHeight - innerHeight };
  });
  expect.soft(over, `${name} scrolls`).toEqual({ right: 0, down: 0 });
  await keepPicture(page, name);
}

const own = ownIban({ ...demonstrationPayments, bankCode: '50099900' }, '10000295');

const main = (desk: Desk) => desk.page.getByRole('main');

/** Names of what the gateway finds to be sent. */
const sent = (folder: string): string[] => readdirSync(join(folder, 'gateway/out'));

test('a payment goes out once, is settled on evidence, and its life line tells it', async ({
  desk,
  workstation,
}) => {
  const people = createPeople();
  const parts = { request: desk.page, origin: workstation.origin };
  await expect(desk.page.getByText(/Demonstration branch/)).toBeVisible();
  const supervisor = await people.robot(parts, 'sam');
  const teller = await people.robot(parts, 'ana');
  await openCounter({ people, supervisor, teller, till: 'Till 2' });
  await people.signIn(desk, 'ana');
  const inbox = join(workstation.folder, 'gateway/in');

  await test.step('the form is filled from one line; what is wrong is said while it is typed', async () => {
    await desk.frame.command(`p ${marta} ${french} 600 Invoice 77`);
    const iban = desk.counter.field('IBAN of the payee');
    await expect(iban).toHaveValue(french);
    await expect(main(desk)).toContainText('La Banque Postale, France');
    await desk.hands.fill(iban, 'FR14 2004 1010 0505 0001 3M02 607');
    await desk.counter.expectError('IBAN of the payee', /Meant may be FR14/);
    await desk.hands.fill(iban, french);
    await desk.hands.fill(desk.counter.field('Name of the payee'), 'Dupont et Fils');
    await expect(main(desk)).toContainText('Name and account belong together');
    await expect(main(desk)).toContainText('not a bank');
    await desk.counter.expectBalance('2,140.35', '1,540.35');
    await expect(desk.counter.preview).toContainText('pays 600.00 EUR to Dupont et Fils');
    await look(desk.page, 'payment');
    await lookAt(desk.page, 'payment');
    await desk.hands.press('Alt+m');
    await expect(desk.counter.preview).toContainText('<IntrBkSttlmAmt Ccy="EUR">600.00');
    await look(desk.page, 'payment-mx');
    await lookAt(desk.page, 'payment-mx');
    await desk.hands.press('Alt+m');
    await expect(desk.counter.preview).toContainText(':32A:');
    expect(await desk.counter.form.getByRole('textbox').count()).toBeLessThanOrEqual(8);
  });

  await test.step('Enter posts; the gateway has it once', async () => {
    // Past the order, back to the words.
    for (const _view of ['order', 'words']) await desk.hands.press('Alt+m');
    await desk.counter.post();
    await expect.poll(() => sent(workstation.folder)).toHaveLength(1);
  });

  const listed = await teller.ask('payment.list', {});
  const number = listed.payments[0]?.payment ?? 0;
  const card = await teller.ask('payment.get', { payment: number });
  const seen = { ...card, amountMinor: BigInt(card.amountMinor) };

  await test.step('accepted is not settled; settled is, with the evidence', async () => {
    await desk.hands.press('F4');
    const life = desk.page.getByRole('region', { name: 'Life line' });
    await expect(life).toContainText('not settled until a message says so');
    writeFileSync(join(inbox, 'one.xml'), statusReport(seen, 'ACSP'));
    await expect(life).toContainText('ACSP: accepted, settlement is under way');
    await expect(life).toContainText('it is not settled yet');
    writeFileSync(join(inbox, 'two.xml'), statusReport(seen, 'ACSC'));
    await expect(life).toContainText('Settled: the other bank has the money.');
    await look(desk.page, 'life-line');
    await lookAt(desk.page, 'life-line');
  });

  await test.step('it is asked back from the life line', async () => {
    // Keys pressed before the next frame must not fall into the field behind: here no frame comes at all.
    const frames = await desk.page.evaluateHandle(() => {
      const kept = window.requestAnimationFrame;
      window.requestAnimationFrame = () => 0;
      return kept;
    });
    await desk.hands.press('Alt+k');
    const dialog = desk.page.getByRole('dialog');
    await expect(dialog).toContainText('Ask for the payment back');
    await expect(dialog.getByLabel('Because')).toBeFocused();
    await frames.evaluate((kept) => {
      window.requestAnimationFrame = kept;
    });
    await desk.hands.press('Enter');
    await expect(dialog).toHaveCount(0);
    await expect.poll(() => sent(workstation.folder).length).toBe(2);
    await expect(main(desk)).toContainText('Wait for the answer of the other bank');
  });

  await test.step('money comes in for Marta; a broken file is put aside with its reason', async () => {
    writeFileSync(join(inbox, 'three.xml'), incomingTransfer({ iban: own, amountMinor: 12_345n }));
    await expect(main(desk)).toContainText('Erika Beispiel');
    writeFileSync(join(inbox, 'four.xml'), '<Document>');
    await expect.poll(async () => (await teller.ask('payment.rejects', {})).files.length).toBe(1);
  });
  for (const robot of [supervisor, teller]) robot.close();
});
