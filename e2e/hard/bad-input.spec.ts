// What must be refused is refused at its field, in words, and nothing typed is lost.
import { FaultError } from '#contract/client.ts';
import { nobodysAccount, passwords, setUpBranch, windowOf } from '../pages/branch.ts';
import { expect, test } from '../pages/test.ts';

const reasonOf = (answer: Promise<unknown>): Promise<string> =>
  answer.then(
    () => 'answered',
    (error: unknown) => (error instanceof FaultError ? error.fault.reason : String(error)),
  );

test('amounts, accounts, notes: each refusal stands at its field', async ({
  desk,
  workstation,
}) => {
  const branch = await setUpBranch(await windowOf(desk.page, workstation.origin));
  const { account, ben, sam } = branch;
  await desk.page.reload();
  await desk.gate.signIn('ben', passwords.ben);
  await desk.gate.inside();
  const { counter, hands, frame } = desk;
  const amount = counter.field('Amount');

  await test.step('amounts', async () => {
    await frame.command(`d ${account}`);
    for (const typed of ['0', '-5', '1.234', '90071992547409.93', 'ten', '1,2,3']) {
      await hands.fill(amount, typed);
      await hands.press('Enter');
      await counter.expectError('Amount', /\S+ \S+ \S+/);
      expect(await amount.inputValue(), 'what was typed is still there').not.toBe('');
      await expect(counter.field('Account')).not.toHaveValue('');
    }
  });

  await test.step('an amount that cannot be read is told when the field is left', async () => {
    await hands.fill(amount, '1.250');
    await expect(amount).toHaveAttribute('aria-invalid', 'false');
    await hands.press('Tab');
    await counter.expectError('Amount', /more decimals than EUR has/);
    await hands.fill(amount, '1.250,00');
    await hands.press('Tab');
    await expect(amount).toHaveAttribute('aria-invalid', 'false');
    await expect(amount).toHaveValue('1,250.00');
  });

  await test.step('accounts', async () => {
    await hands.fill(amount, '100');
    for (const typed of [nobodysAccount, '12345678', 'nobody at all']) {
      await hands.fill(counter.field('Account'), typed);
      await hands.press('Escape');
      await hands.reach(amount);
      await hands.press('Enter');
      await counter.expectError('Account', /\S+ \S+ \S+/);
      await expect(amount).toHaveValue('100.00');
    }
  });

  await test.step('a transfer to itself', async () => {
    await frame.command(`t ${account} ${account} 5`);
    await hands.reach(counter.field('Text'));
    await hands.press('Enter');
    await expect(
      desk.page
        .getByRole('main')
        .getByText(/itself|same account|other account/)
        .filter({ visible: true })
        .first(),
    ).toBeVisible();
  });

  await test.step('notes that do not add up, and notes that are not in the till', async () => {
    await frame.command(`d ${account} 250`);
    await counter.notes({ 10000: 1 });
    await hands.press('Enter');
    const grid = counter.form.locator('fieldset');
    await expect(grid).toContainText(/still\s+150\.00/);
    await expect(counter.preview.getByText('cannot be posted')).toBeVisible();
    await frame.command(`d ${account} 1000`);
    await counter.notes({ 5000: 20 });
    await counter.post();
    await frame.command(`w ${account} 500`);
    await counter.notes({ 50000: 1 });
    await hands.press('Enter');
    await expect(counter.preview.getByText('cannot be posted')).toBeVisible();
    await expect(grid).toContainText(/500/);
  });

  await test.step('a frozen account', async () => {
    await sam.ask('account.freeze', { number: account, reason: 'ordered by the court' });
    await frame.command(`w ${account} 20`);
    await expect(counter.preview.getByText('cannot be posted')).toBeVisible();
    await expect(
      desk.page
        .getByRole('main')
        .getByText(/frozen/)
        .filter({ visible: true })
        .first(),
    ).toBeVisible();
    await sam.ask('account.unfreeze', { number: account, reason: 'order was lifted' });
  });

  await test.step('over the wire: another content under the same key, another currency, a closed till', async () => {
    const { owners } = await ben.ask('account.get', { number: account });
    const conductor = { kind: 'customer' as const, customer: owners[0]?.customer ?? 0 };
    const draft = { task: 'cash.deposit' as const, account, currency: 'EUR', conductor };
    const key = crypto.randomUUID();
    const notes = { amountMinor: '1000', denominations: { 1000: 1 } };
    await ben.ask('posting.post', { draft: { ...draft, ...notes } }, key);
    const twice = { amountMinor: '2000', denominations: { 1000: 2 } };
    expect(await reasonOf(ben.ask('posting.post', { draft: { ...draft, ...twice } }, key))).toMatch(
      /key/,
    );
    const wrong = { ...draft, ...notes, currency: 'USD' };
    expect(await reasonOf(ben.ask('posting.post', { draft: wrong }))).toMatch(/currency/);
    const rita = await windowOf(desk.page, workstation.origin);
    await rita.ask('session.open', { user: 'rita', password: passwords.rita });
    expect(await reasonOf(rita.ask('posting.post', { draft: { ...draft, ...notes } }))).toMatch(
      /till/,
    );
    const nobody = {
      ...draft,
      ...notes,
      conductor: { kind: 'customer' as const, customer: 999_999 },
    };
    expect(await reasonOf(ben.ask('posting.post', { draft: nobody }))).toMatch(
      /customer|conductor/,
    );
    const { balanceMinor } = await ben.ask('account.get', { number: account });
    expect(balanceMinor).toBe('101000');
  });
});

test('a closed account, a stale approval and a closed day take nothing', async ({
  desk,
  workstation,
}) => {
  const branch = await setUpBranch(await windowOf(desk.page, workstation.origin));
  const { account, ben, sam, till } = branch;
  const { owners } = await ben.ask('account.get', { number: account });
  const customer = owners[0]?.customer ?? 0;
  await desk.page.reload();
  await desk.gate.signIn('ben', passwords.ben);
  await desk.gate.inside();
  const refused = async (line: string, words: RegExp): Promise<void> => {
    await desk.frame.command(line);
    const main = desk.page.getByRole('main');
    await expect(main.getByText(words).filter({ visible: true }).first()).toBeVisible();
    await desk.hands.press('Enter');
    await expect(main.getByText(words).filter({ visible: true }).first()).toBeVisible();
  };

  await test.step('a closed account', async () => {
    const owner = [{ customer, role: 'holder' as const }];
    const input = { product: 'savings' as const, currency: 'EUR', owners: owner };
    const { number } = await ben.ask('account.open', input);
    await sam.ask('account.close', { number, reason: 'opened by mistake' });
    await refused(`d ${number} 50`, /closed/);
  });

  await test.step('an approval of what is not there any more', async () => {
    const conductor = { kind: 'customer' as const, customer };
    const money = { account, currency: 'EUR', conductor };
    const cash = { amountMinor: '100000', denominations: { 5000: 20 } };
    const paid = await ben.ask('posting.post', {
      draft: { task: 'cash.deposit', ...money, ...cash },
    });
    expect(paid.state).toBe('posted');
    const asked = await ben.ask('posting.post', {
      draft: { task: 'cash.withdrawal', ...money, amountMinor: '5000' },
    });
    if (asked.state !== 'parked') throw new Error('a young account is looked at');
    const { approval } = asked;
    const decision = { approval, decision: 'approve' as const };
    const stale = { ...decision, contentDigest: '0'.repeat(64) };
    const code = await branch.authenticators.sam.code();
    expect(await reasonOf(sam.ask('approval.decide', { ...stale, code }))).toBe('approval-stale');
    const { contentDigest } = await sam.ask('approval.get', { approval });
    await sam.ask('approval.decide', {
      // What was refused as stale cost nobody a code: the same one counts now.
      ...{ ...decision, contentDigest, code },
    });
    await sam.ask('account.freeze', { number: account, reason: 'ordered by the court' });
    expect(await reasonOf(ben.ask('approval.resume', { approval }))).not.toBe('answered');
    await sam.ask('account.unfreeze', { number: account, reason: 'order was lifted' });
    await ben.ask('approval.withdraw', { approval });
    const { balanceMinor } = await ben.ask('account.get', { number: account });
    expect(balanceMinor).toBe('100000');
  });

  await test.step('a closed day', async () => {
    const { tills } = await sam.ask('till.list', {});
    const countsOf = (id: number) =>
      (tills.find((each) => each.till === id)?.positions ?? []).map((position) => ({
        ...{ currency: position.currency, denominations: position.denominations ?? {} },
      }));
    await ben.ask('till.beginCount', { till });
    const { count } = await ben.ask('till.count', { till, counts: countsOf(till) });
    await ben.ask('till.close', { till, count });
    const vault = tills.find(({ kind }) => kind === 'vault')?.till ?? 0;
    const second = { user: 'rita', password: passwords.rita };
    await sam.ask('day.countVault', { vaultCounts: countsOf(vault), second });
    await sam.ask('day.close', {});
    await refused(`d ${account} 50`, /not open|no open business day|closed/);
    const draft = { task: 'cash.deposit' as const, account, currency: 'EUR' };
    const notes = { amountMinor: '5000', denominations: { 5000: 1 } };
    const conductor = { kind: 'customer' as const, customer };
    const late = ben.ask('posting.post', { draft: { ...draft, ...notes, conductor } });
    expect(await reasonOf(late)).toMatch(/day|date|till/);
  });
});
