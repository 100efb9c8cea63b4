// A supervisor takes another bank's statement in by keyboard, and sees what only one side says.
import { lookAt } from '../pages/album.ts';
import { createPeople } from '../pages/demonstration.ts';
import { keepPicture } from '../pages/kept.ts';
import { expect, test } from '../pages/test.ts';

test.use({ demonstration: true });

const statement = [
  ...[':20:STATEMENT-1', ':25:SETTLEMENT', ':28C:1/1', ':60F:C261119EUR0,00'],
  ...[':61:261120C1250,00NTRFNONREF', ':86:RENT OF THE BOAT HOUSE'],
  ...[':62F:C261120EUR1250,00', '-'],
].join('\r\n');

const file = (text: string) => ({
  ...{ name: 'day.sta', mimeType: 'text/plain' },
  buffer: Buffer.from(text),
});

test('a statement is taken in, stands open, and is refused the second time', async ({ desk }) => {
  const people = createPeople();
  await people.signIn(desk, 'sam');
  await desk.frame.command('rec');
  const main = desk.page.getByRole('main');
  await expect(main.getByText('No statement taken in yet')).toBeVisible();
  const input = desk.page.getByLabel('Statement file');
  await input.setInputFiles(file(statement.replace('C261120EUR1250,00', 'C261120EUR1350,00')));
  await expect(main.getByText(/does not add up/)).toBeVisible();
  await input.setInputFiles(file(statement));
  const entries = main.getByRole('grid', { name: /^Entries of their statements/ });
  await expect(entries).toContainText('RENT OF THE BOAT HOUSE');
  await expect(entries).toContainText('1,250.00');
  await expect(main.getByText(/they explain the difference/)).toBeVisible();
  await lookAt(desk.page, 'reconcile');
  await keepPicture(desk.page, 'reconcile');
  await input.setInputFiles(file(statement));
  await expect(main.getByText(/has been taken in before/)).toBeVisible();
});
