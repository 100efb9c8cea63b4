// The shortest proof that the workstation opens: a page, under its policy, in two windows, and again.
import { expect, hostName, test } from './host.ts';

test('the first window shows the screens and nothing complains', async ({ page }) => {
  await expect(page).toHaveTitle(/QENEX Teller/);
  await expect(page.locator('#root')).not.toBeEmpty();
});

test('the address is spent once it was opened', async ({ page, workstation }) => {
  test.skip(hostName !== 'kiosk', 'only the kiosk has an address');
  expect(page.url()).toBe(`${workstation.origin}/`);
  const [, ticketUrl = ''] = workstation.output().match(/open at (\S+)/) ?? [];
  const again = await page.request.get(ticketUrl, { maxRedirects: 0 });
  expect(again.status()).toBe(403);
  const policy = (await page.request.get(`${workstation.origin}/`)).headers();
  expect(policy['content-security-policy']).toContain("default-src 'none'");
});

test('a second window has a sign-in of its own', async ({ page, workstation }) => {
  const second = await workstation.openWindow();
  await expect(second.locator('#root')).not.toBeEmpty();
  await expect(page.locator('#root')).not.toBeEmpty();
});

test('after a power cut the workstation opens again on the same branch', async ({
  workstation,
}) => {
  const page = await workstation.restart('SIGKILL');
  await expect(page.locator('#root')).not.toBeEmpty();
});
