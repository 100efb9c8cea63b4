// The five-minute tour through the demonstration branch, by keyboard, its figures to the cent.
import { createPeople } from '../pages/demonstration.ts';
import { expect, test } from '../pages/test.ts';

test.use({ demonstration: true });

/** Notes and coins of the float: 12,000.00 EUR. */
const float = { 10000: 80, 5000: 60, 2000: 40, 1000: 15, 500: 6, 200: 8, 100: 4 };
const marta = '1000 0295';
const jonas = '1000 0307';
const checking = '1000 0310';
const savings = '1000 2663';

test('the five-minute tour', async ({ desk, another, workstation }) => {
  const people = createPeople();
  const ben = desk;
  const sam = await another();

  await test.step('sam opens the branch, with rita counting along', async () => {
    await people.signIn(sam, 'sam');
    await sam.day.open('as booked', await people.second('rita'), '2026-11-20');
    await sam.frame.status('20 Nov 2026');
  });

  await test.step('ben signs in; a wrong code is counted', async () => {
    await expect(ben.page.getByText(/Demonstration branch/)).toBeVisible();
    await ben.gate.signIn('ben', 'ben counts twice');
    await ben.gate.giveCode('000000');
    await expect(ben.page.getByLabel('Code', { exact: true })).toHaveAccessibleDescription(/4 .*/);
    await ben.gate.giveCode(await people.authenticator('ben').code());
    await ben.gate.inside();
  });

  await test.step('the float comes from the vault, confirmed on both sides', async () => {
    await ben.till.open('Till 2');
    await ben.till.buy('12000', float);
    await sam.till.handOver();
    await ben.till.accept(float);
    await ben.frame.status('12,000.00 EUR');
  });

  await test.step('deposit for Marta Keller, seen live in the other window', async () => {
    await sam.frame.command(`s ${marta}`);
    await expect(sam.page.getByRole('main')).toContainText('2,140.35');
    await ben.frame.home();
    await ben.frame.command(`d ${marta} 1250`);
    await ben.counter.notes({ 10000: 12, 5000: 1 });
    await ben.counter.expectBalance('2,140.35', '3,390.35');
    await ben.counter.post();
    await ben.frame.status('13,250.00 EUR');
    await expect(ben.page.getByRole('article', { name: /^Receipt/ })).toContainText('1,250.00');
    await expect(sam.page.getByRole('main')).toContainText('3,390.35');
  });

  await test.step('a withdrawal just under the threshold goes to sam, with the reason in words', async () => {
    await ben.frame.command(`w ${jonas} 9800`);
    await expect(ben.counter.preview).toContainText('29,300.00 EUR');
    await expect(ben.counter.preview).toContainText('4 days');
    await ben.counter.send();
    await sam.approvals.open();
    await expect(sam.approvals.card).toContainText('9,800.00');
    await expect(sam.approvals.card).toContainText('Jonas Weber');
    await expect(sam.approvals.card).toContainText('29,300.00 EUR in 4 days');
    await sam.approvals.approve(people.authenticator('sam'), 'Contract of the boat seen.');
    await ben.approvals.carryOut({ 10000: 92, 5000: 12 });
    await ben.frame.done(/^Posted: /);
    await ben.frame.status('3,450.00 EUR');
  });

  await test.step('100.00 USD of monthly savings', async () => {
    await ben.frame.command(`t ${checking} ${savings} 100 Monthly savings`);
    await ben.counter.expectBalance('1,000.00', '900.00 USD');
    await ben.counter.expectBalance('5,000.00', '5,100.00 USD');
    await ben.counter.post();
  });

  await test.step('deposit 300.00, withdrawal 120.00', async () => {
    await ben.frame.command(`d ${marta} 300`);
    await ben.counter.notes({ 10000: 3 });
    await ben.counter.post();
    await ben.frame.command(`w ${marta} 120`);
    await ben.counter.notes({ 2000: 6 });
    await ben.counter.post();
    await ben.frame.status('3,630.00 EUR');
  });

  await test.step('2,000.00 mistyped is reversed, 200.00 booked; a second reversal is refused', async () => {
    await ben.frame.command(`d ${marta} 2000`);
    await ben.counter.notes({ 10000: 20 });
    const mistyped = await ben.counter.post();
    await ben.journal.reverse(mistyped, 'amount mistyped');
    await ben.frame.command(`d ${marta} 200`);
    await ben.counter.notes({ 10000: 2 });
    await ben.counter.post();
    await ben.frame.status('3,830.00 EUR');

    await ben.frame.command(`r ${mistyped}`);
    // Said at once, before anybody is asked why.
    await expect(ben.journal.entry.getByRole('alert')).toContainText('already reversed');
    await expect(ben.journal.dialog).toBeHidden();
  });

  await test.step('the till is counted blind and closed 5.00 short, with sam', async () => {
    await ben.till.count({
      ...{ 10000: 5, 5000: 49, 2000: 34, 1000: 15, 500: 5, 200: 8, 100: 4 },
    });
    await expect(ben.page.getByRole('alert')).toContainText('short');
    await expect(ben.page.getByRole('alert')).toContainText('5.00 EUR');
    await ben.till.close('One five missing after two counts');
    await ben.frame.done(/^Waits for a supervisor: Closing the till/);
    await sam.approvals.open();
    await expect(sam.approvals.card).toContainText('5.00');
    await sam.approvals.approve(people.authenticator('sam'), 'Counted again together.');
    await ben.approvals.carryOut();
    await ben.frame.status('no till open');
  });

  await test.step('prove it: the books add up and the chain is whole', async () => {
    await sam.hands.press('F7');
    const main = sam.page.getByRole('main');
    for (const currency of ['EUR', 'USD', 'JPY', 'KWD']) await expect(main).toContainText(currency);
    const robot = await people.robot({ request: ben.page, origin: workstation.origin }, 'otto');
    const { totals } = await robot.ask('ledger.trialBalance', {});
    expect(totals).toEqual({ EUR: '0', USD: '0', JPY: '0', KWD: '0' });
    robot.close();
  });
});
