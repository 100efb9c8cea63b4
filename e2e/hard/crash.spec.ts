// The plug is pulled in the middle of a posting: books balanced, nothing doubled, the person knows.
import { passwords, setUpBranch, windowOf } from '../pages/branch.ts';
import { expect, test } from '../pages/test.ts';

test('killed while postings run: what was answered is there once, the books add up', async ({
  desk,
  again,
  workstation,
}) => {
  const branch = await setUpBranch(await windowOf(desk.page, workstation.origin));
  const draft = {
    ...{ task: 'cash.deposit' as const, account: branch.account, amountMinor: '1000' },
    ...{
      currency: 'EUR',
      denominations: { 1000: 1 },
      conductor: { kind: 'customer' as const, customer: 0 },
    },
  };
  const { owners } = await branch.ben.ask('account.get', { number: branch.account });
  draft.conductor.customer = owners[0]?.customer ?? 0;

  const answered = new Set<string>();
  const sent: string[] = [];
  const killed = new Promise<void>((resolve) => branch.ben.socket.once('close', () => resolve()));
  const post = (): void => {
    const key = crypto.randomUUID();
    sent.push(key);
    branch.ben.ask('posting.post', { draft }, key).then(
      () => {
        answered.add(key);
        post();
      },
      () => undefined,
    );
  };
  for (let hands = 0; hands < 4; hands += 1) post();
  await expect.poll(() => answered.size).toBeGreaterThan(20);
  const next = await again('SIGKILL');
  await killed;

  const ben = await windowOf(next.page, workstation.origin);
  await ben.ask('session.open', { user: 'ben', password: passwords.ben });
  let recorded = 0;
  for (const key of sent) {
    const { state } = await ben.ask('outcome.find', { key });
    if (state === 'recorded') recorded += 1;
    if (answered.has(key)) expect(state, 'an answered posting is there').toBe('recorded');
  }
  const { balanceMinor } = await ben.ask('account.get', { number: branch.account });
  expect(balanceMinor).toBe(String(recorded * 1000));

  // Asked once more with the same keys, each is there once.
  for (const key of sent) await ben.ask('posting.post', { draft }, key);
  const after = await ben.ask('account.get', { number: branch.account });
  expect(after.balanceMinor).toBe(String(sent.length * 1000));
  ben.close();
});

test('killed with a form half filled and a posting under way: the window finds out what became of it', async ({
  desk,
  again,
  workstation,
}) => {
  const branch = await setUpBranch(await windowOf(desk.page, workstation.origin));
  branch.ben.close();
  await desk.page.reload();
  await desk.gate.signIn('ben', passwords.ben);
  await desk.gate.inside();
  await desk.frame.command(`d ${branch.account} 250`);
  await desk.counter.notes({ 5000: 5 });
  await expect(desk.counter.preview.getByText('will be posted')).toBeVisible();
  workstation.problems.expect(/./);
  const enter = desk.hands.press('Enter');
  const next = await again('SIGKILL');
  await enter;
  // The old window says that its workstation is gone, and does not claim that anything was posted.
  await expect(desk.page.getByText(/stopped|lost|no connection/i).first()).toBeVisible();

  await next.gate.signIn('ben', passwords.ben);
  await next.gate.inside();
  const robot = await windowOf(next.page, workstation.origin);
  await robot.ask('session.open', { user: 'sam', password: passwords.sam });
  await robot.ask('session.factor', { code: await branch.authenticators.sam.code() });
  const { totals } = await robot.ask('ledger.trialBalance', {});
  expect(totals.EUR).toBe('0');
  const { balanceMinor } = await robot.ask('account.get', { number: branch.account });
  expect(['0', '25000']).toContain(balanceMinor);
  await next.frame.command(`s ${branch.account}`);
  await expect(next.page.getByRole('main')).toContainText(balanceMinor === '0' ? '0.00' : '250.00');
  robot.close();
});

test('killed before a posting was booked: the window offers it again, filled in, and it posts once', async ({
  desk,
  again,
  workstation,
}) => {
  const branch = await setUpBranch(await windowOf(desk.page, workstation.origin));
  for (const robot of [branch.ben, branch.sam]) robot.close();
  await desk.page.reload();
  await desk.gate.signIn('ben', passwords.ben);
  await desk.gate.inside();
  await desk.frame.command(`d ${branch.account} 250 for the boat`);
  await desk.counter.notes({ 5000: 5 });
  await expect(desk.counter.preview.getByText('will be posted')).toBeVisible();
  workstation.problems.expect(/./);
  // The frame arrives at a workstation that reads nothing any more, and dies.
  workstation.freeze();
  await desk.hands.press('Enter');
  const kept = () => desk.page.evaluate(() => localStorage.getItem('interrupted') ?? '');
  await expect.poll(kept).toContain('25000');
  const next = await again('SIGKILL');

  const { origin } = workstation;
  const window = await next.page.request.post(`${origin}/window`, { headers: { origin } });
  await desk.page.goto(((await window.json()) as { url: string }).url);
  await desk.gate.signIn('ben', passwords.ben);
  // The hand is in the form that is offered, not in the command bar.
  await expect(desk.page.getByText(/Here it is again: nothing was booked/)).toBeVisible();
  await expect(desk.counter.field('Amount')).toHaveValue('250.00');
  await expect(desk.counter.field('Text')).toHaveValue('for the boat');
  expect(await kept(), 'it is offered once').toBe('');
  await desk.counter.notes({ 5000: 5 });
  await desk.counter.post();
  const robot = await windowOf(next.page, workstation.origin);
  await robot.ask('session.open', { user: 'ben', password: passwords.ben });
  const { balanceMinor } = await robot.ask('account.get', { number: branch.account });
  expect(balanceMinor).toBe('25000');
  robot.close();
});
