// Ways through the counter that begin elsewhere than at home, and what two persons do together.
import { deflateSync } from 'node:zlib';
import { lookAt } from '../pages/album.ts';
import { passwords, setUpBranch, windowOf } from '../pages/branch.ts';
import { keepPicture } from '../pages/kept.ts';
import { typePieces } from '../pages/notes.ts';
import { expect, test } from '../pages/test.ts';

/** A real PNG of one colour, as a camera's file would be. */
function pictureFile(width: number, height: number): Buffer {
  const chunk = (name: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(name), data]);
    let crc = 0xffffffff;
    for (const byte of body) {
      crc ^= byte;
      for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
    }
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    sum.writeUInt32BE((crc ^ 0xffffffff) >>> 0);
    return Buffer.concat([length, body, sum]);
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const row = Buffer.concat([Buffer.from([0]), Buffer.alloc(width * 3, 0x60)]);
  const rows = Buffer.concat(Array.from({ length: height }, () => row));
  const magic = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const end = chunk('IEND', Buffer.alloc(0));
  return Buffer.concat([magic, chunk('IHDR', head), chunk('IDAT', deflateSync(rows)), end]);
}

test('from a customer to the receipt, a picture, a name for s, a number for a', async ({
  desk,
  workstation,
}) => {
  const branch = await setUpBranch(await windowOf(desk.page, workstation.origin));
  await desk.page.reload();
  await desk.gate.signIn('ben', passwords.ben);
  await desk.gate.inside();
  const { page, hands, frame, counter } = desk;
  const main = page.getByRole('main');

  await test.step('what a line would do stands on the right before Enter', async () => {
    await hands.type(`d ${branch.account} 150`);
    await expect(counter.preview).toContainText('Deposit 150.00 EUR');
    await expect(counter.preview).toContainText('debit Till');
    await hands.press('Escape');
    await expect(counter.preview).toBeHidden();
  });

  await test.step('too many notes are a wrong count; notes that are all needed bring change', async () => {
    await frame.command(`d ${branch.account} 90`);
    const grid = counter.form.locator('fieldset').last();
    await counter.notes({ 5000: 3 });
    await expect(grid).toContainText('60.00 EUR too much');
    await expect(counter.preview.getByText('cannot be posted')).toBeVisible();
    await hands.press('Control+a');
    await hands.type('2');
    await expect(grid).toContainText('give back 10.00 EUR: 1×10');
    for (const _ of ['out of the form', 'away from it']) await hands.press('Escape');
    await hands.press('d');
    await expect(counter.form).toBeHidden();
  });

  await test.step('s with a name finds the customer; a deposit from there ends with its receipt', async () => {
    await frame.command('s keller');
    const accounts = page.getByRole('grid', { name: 'Accounts of the customer' });
    await expect(accounts).toBeVisible();
    await hands.press('Enter');
    await expect(accounts).toBeFocused();
    await hands.press('d');
    await hands.fill(counter.field('Amount'), '150');
    await counter.notes({ 5000: 3 });
    const journal = await counter.post();
    const receipt = page.getByRole('article', { name: /^Receipt/ }).filter({ visible: true });
    await expect(receipt).toContainText('150.00 EUR');
    await expect(receipt).toContainText(`no. ${journal}`);
    // Once, in the branch's own zone, which this one was founded without naming.
    await expect(receipt.getByText(/\d{2}:\d{2}/)).toHaveCount(1);
    await expect(receipt).toContainText('UTC');
    await hands.press('Escape');
    await expect(page.getByRole('grid', { name: 'Accounts of the customer' })).toBeVisible();
  });

  await test.step('a photo is taken in and stands beside the name', async () => {
    const file = { name: 'p.png', mimeType: 'image/png', buffer: pictureFile(900, 1200) };
    await page.getByLabel('Picture of the customer').setInputFiles(file);
    const photo = page.getByRole('img', { name: 'photo of Marta Keller' });
    await expect(photo).toBeVisible();
    const drawn = () =>
      photo.evaluate((canvas: HTMLCanvasElement) => [canvas.width, canvas.height]);
    await expect.poll(drawn).toEqual([360, 480]);
    const text = { name: 'p.png', mimeType: 'image/png', buffer: Buffer.from('no picture') };
    await page.getByLabel('Picture of the customer').setInputFiles(text);
    await expect(main.getByText(/no picture that can be kept/)).toBeVisible();
  });

  await test.step('who is paid out is compared with the photo; a and a number open the request', async () => {
    await frame.command(`w ${branch.account} 20`);
    await expect(counter.preview.getByRole('img', { name: /^photo of/ })).toBeVisible();
    await counter.send();
    const { approvals } = await branch.ben.ask('approval.list', { scope: 'own' });
    await frame.command(`a ${approvals[0]?.approval}`);
    await expect(desk.approvals.card).toContainText('20.00');
  });
});

test('a message covers nothing; the till of somebody absent is closed by two', async ({
  desk,
  another,
  workstation,
}) => {
  const branch = await setUpBranch(await windowOf(desk.page, workstation.origin));
  await desk.page.reload();
  const sam = await another();
  await sam.gate.signIn('sam', passwords.sam);
  await sam.gate.giveCode(await branch.authenticators.sam.code());
  await sam.gate.inside();
  const { page } = sam;

  await test.step('a request is told in a line of its own, and goes when it is settled', async () => {
    const { owners } = await branch.ben.ask('account.get', { number: branch.account });
    const conductor = { kind: 'customer' as const, customer: owners[0]?.customer ?? 0 };
    const draft = { account: branch.account, amountMinor: '10000', currency: 'EUR', conductor };
    const cash = { task: 'cash.deposit' as const, ...draft, denominations: { 10000: 1 } };
    await branch.ben.ask('posting.post', { draft: cash });
    await branch.ben.ask('posting.post', { draft: { task: 'cash.withdrawal', ...draft } });
    const told = page.getByText(/^Ben Berg: Withdraw/);
    await expect(told).toBeVisible();
    const [line, tail] = await Promise.all([
      told.boundingBox(),
      page.getByRole('region', { name: 'Newest entries' }).boundingBox(),
    ]);
    expect((line?.y ?? 0) + (line?.height ?? 0)).toBeLessThanOrEqual(tail?.y ?? 0);
    await sam.approvals.open();
    await sam.approvals.decline(branch.authenticators.sam, 'not today');
    await expect(told).toBeHidden();
  });

  await test.step('a supervisor erases the photo of a customer who asks for it, with the reason', async () => {
    const { owners } = await branch.ben.ask('account.get', { number: branch.account });
    const customer = owners[0]?.customer ?? 0;
    const base64 = pictureFile(300, 400).toString('base64');
    await branch.ben.ask('picture.set', { customer, kind: 'photo', base64 });
    await sam.frame.command('s keller');
    const photo = page.getByRole('img', { name: 'photo of Marta Keller' });
    await expect(photo).toBeVisible();
    await sam.hands.press('Enter');
    await sam.hands.press('e');
    const dialog = page.getByRole('dialog');
    await expect(dialog).toContainText('It cannot be had back');
    await lookAt(page, 'erase-picture');
    await keepPicture(page, 'erase-picture');
    await sam.hands.press('Enter');
    await expect(dialog).toContainText('in three letters or more');
    await sam.hands.fill(dialog.getByLabel('Because'), 'asked for by the customer');
    await sam.hands.press('Enter');
    await expect(page.locator('#command-meaning')).toContainText(/photo of Marta Keller is erased/);
    await expect(photo).toHaveCount(0);
    expect((await branch.ben.ask('picture.list', { customer })).pictures).toEqual([]);
    await sam.frame.home();
  });

  await test.step('ben has gone home: sam and rita count his till and close it', async () => {
    await sam.frame.command('till');
    await sam.hands.press('Alt+h');
    const main = page.getByRole('main');
    await expect(main.getByText('The count is blind')).toBeVisible();
    await sam.hands.fill(main.getByLabel('Why', { exact: true }), 'gone home ill');
    const pieces = main.getByRole('group', { name: 'Counted in EUR' });
    const found = { 10000: 21, 5000: 40, 2000: 45, 1000: 9 };
    await typePieces(sam.hands, pieces, { currency: 'EUR', pieces: found });
    const second = main.getByRole('group', { name: 'Counted with' });
    await sam.hands.fill(second.getByLabel('User'), 'rita');
    await sam.hands.fill(second.getByLabel('Password'), passwords.rita);
    await sam.hands.press('Enter');
    await expect(main.getByRole('alert')).toContainText('short');
    await expect(main.getByRole('alert')).toContainText('10.00 EUR');
    const { tills } = await branch.sam.ask('till.list', {});
    expect(tills.find((each) => each.till === branch.till)?.state).toBe('closed');
  });
});
