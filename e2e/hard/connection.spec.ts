// The line is cut between the posting and its answer: the window finds out, and nothing is posted twice.
import type { WebSocketRoute } from '@playwright/test';
import { passwords, setUpBranch, windowOf } from '../pages/branch.ts';
import { expect, test } from '../pages/test.ts';

test('an answer that never arrived is looked up by its key', async ({ desk, workstation }) => {
  const branch = await setUpBranch(await windowOf(desk.page, workstation.origin));
  workstation.problems.expect(/WebSocket/);
  let isArmed = false;
  let postings = 0;
  await desk.page.routeWebSocket(/\/pipe$/, (page: WebSocketRoute) => {
    const station = page.connectToServer();
    let asked = 0;
    page.onMessage((message) => {
      const frame = JSON.parse(String(message)) as { id: number; name: string };
      if (frame.name === 'posting.post') {
        postings += 1;
        asked = frame.id;
      }
      station.send(message);
    });
    station.onMessage((message) => {
      const frame = JSON.parse(String(message)) as { id?: number };
      if (!isArmed || frame.id === undefined || frame.id !== asked) return page.send(message);
      // The station has posted and says so; the line is cut before the page hears it.
      isArmed = false;
      void page.close();
      void station.close();
    });
  });
  await desk.page.reload();
  await desk.gate.signIn('ben', passwords.ben);
  await desk.gate.inside();
  await desk.frame.command(`d ${branch.account} 250`);
  await desk.counter.notes({ 5000: 5 });
  await expect(desk.counter.preview.getByText('will be posted')).toBeVisible();
  isArmed = true;
  await desk.hands.press('Enter');

  // A new line is a new window to the station: the same person signs in, and the form is still there.
  await expect.poll(() => isArmed).toBe(false);
  const signIn = desk.page.getByRole('form', { name: 'Sign in' });
  await expect(signIn).toBeVisible();
  await desk.gate.signIn('ben', passwords.ben);
  await expect(signIn).toBeHidden();
  const amount = desk.counter.field('Amount');
  if (await amount.isVisible()) {
    await expect(amount).toHaveValue('250.00');
    await desk.hands.reach(amount);
    await desk.hands.press('Enter');
  }
  await desk.frame.done(/^Posted: /);

  const { balanceMinor } = await branch.ben.ask('account.get', { number: branch.account });
  expect(balanceMinor, `${postings} times sent, once posted`).toBe('25000');
});
