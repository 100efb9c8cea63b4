// A payment that came in is asked back and paid back by a supervisor, with the customer's consent: all by keyboard.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { demonstrationPayments } from '#station/demonstration/payments.ts';
import { incomingTransfer, recallRequest } from '#station/payments/branch/counterparty.fixture.ts';
import { ownIban } from '#station/payments/branch/own-iban.ts';
import { openCounter } from '../opened.ts';
import { lookAt } from '../pages/album.ts';
import { createPeople } from '../pages/demonstration.ts';
import { keepPicture } from '../pages/kept.ts';
import { expect, test } from '../pages/test.ts';

test.use({ demonstration: true });

const own = ownIban({ ...demonstrationPayments, bankCode: '50099900' }, '10000295');

test('a recalled payment is paid back with consent, from the life line', async ({
  desk,
  workstation,
}) => {
  const { hands, page } = desk;
  const people = createPeople();
  const parts = { request: page, origin: workstation.origin };
  await expect(page.getByText(/Demonstration branch/)).toBeVisible();
  const teller = await people.robot(parts, 'ana');
  const helper = await people.robot(parts, 'sam');
  await openCounter({ people, supervisor: helper, teller, till: 'Till 2' });
  helper.close();
  await people.signIn(desk, 'sam');
  const gateway = (...path: string[]) => join(workstation.folder, 'gateway', ...path);
  const life = page.getByRole('region', { name: 'Life line' });
  const dialog = page.getByRole('dialog');

  await test.step('money comes in, and the other bank asks for it back', async () => {
    const text = incomingTransfer({ iban: own, amountMinor: 12_345n });
    writeFileSync(gateway('in', 'one.xml'), text);
    await hands.press('F4');
    await expect(life).toContainText('Came in and was credited');
    const { payments } = await teller.ask('payment.list', {});
    const card = await teller.ask('payment.get', { payment: payments[0]?.payment ?? 0 });
    const seen = { ...card, amountMinor: BigInt(card.amountMinor) };
    writeFileSync(gateway('in', 'two.xml'), recallRequest(seen, 'DUPL'));
    await expect(life).toContainText('asks for it back');
    await lookAt(page, 'recall');
  });

  await test.step('the dialog says what leaves which account, and asks how the customer agreed', async () => {
    await hands.press('Alt+p');
    await expect(dialog).toContainText('Pay the money back');
    await expect(dialog).toContainText('123.45 EUR');
    await expect(dialog).toContainText('1000 0295');
    await expect(dialog).toContainText('Erika Beispiel');
    await expect(dialog).toContainText('DUPL');
    await lookAt(page, 'pay-back');
    await keepPicture(page, 'pay-back');
    await hands.press('Enter');
    await expect(dialog).toContainText('in three letters or more');
    expect(readdirSync(gateway('out'))).toHaveLength(0);
    await hands.press('Escape');
    await expect(dialog).toHaveCount(0);
  });

  await test.step('with the consent it is posted, and the return goes out once', async () => {
    await hands.press('Alt+p');
    await expect(dialog.getByLabel('Consent')).toBeFocused();
    await hands.type('on the phone at 10:05, called back');
    await hands.press('Enter');
    await expect(dialog).toHaveCount(0);
    await expect(life).toContainText('agreed: on the phone at 10:05');
    await expect.poll(() => readdirSync(gateway('out'))).toHaveLength(1);
    const [name = ''] = readdirSync(gateway('out'));
    expect(readFileSync(gateway('out', name), 'utf8')).toContain('FOCR');
    await expect(life.getByRole('button', { name: 'Pay back' })).toHaveCount(0);
  });
  teller.close();
});
