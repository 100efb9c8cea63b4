// The door of the workstation: who is let in, what a page may do, where a window may go.
import { expect, hostName, test } from '../host.ts';
import { cookieFor, knock, openRobot, openSocket } from '../robot.ts';

test.skip(hostName !== 'kiosk', 'only the kiosk listens on a port');

const ticketOf = (output: string): string => output.match(/open at (\S+)/)?.[1] ?? '';
const window = async (page: import('@playwright/test').Page, origin: string): Promise<string> => {
  const answer = await page.request.post(`${origin}/window`, { headers: { origin } });
  return ((await answer.json()) as { url: string }).url;
};

test('a ticket lets one window in, once', async ({ page, workstation }) => {
  const { origin } = workstation;
  await expect(cookieFor(ticketOf(workstation.output()))).rejects.toThrow(/403/);
  const fresh = await window(page, origin);
  const robot = await openRobot(fresh);
  expect((await robot.ask('session.state', {})).stage).toBe('establish');
  await expect(cookieFor(fresh)).rejects.toThrow(/403/);
  await expect(cookieFor(`${origin}/?ticket=${'A'.repeat(43)}`)).rejects.toThrow(/403/);
  robot.close();
});

test('without cookie, from a foreign page, or by another name there is no pipe and no page', async ({
  page,
  workstation,
}) => {
  const { origin } = workstation;
  const cookie = await cookieFor(await window(page, origin));
  const { host } = new URL(origin);
  const refused: Readonly<Record<string, string>>[] = [
    { origin },
    { cookie },
    { origin: 'https://evil.example', cookie },
    { origin: 'null', cookie },
    { origin: origin.replace('127.0.0.1', 'localhost'), cookie },
    { origin, cookie: cookie.replace(/=.*/, '=AAAA') },
    { origin, cookie, host: 'evil.example' },
    { origin, cookie, host: `localhost:${new URL(origin).port}` },
    { origin, cookie, host: `${host}.evil.example` },
  ];
  for (const headers of refused) {
    await expect(openSocket(origin, headers), JSON.stringify(headers)).rejects.toThrow(
      /Unexpected server response: (403|421)/,
    );
  }
  const bare = await knock(origin);
  expect(bare.status).toBe(403);
  const foreign = await knock(`${origin}/window`, {
    method: 'POST',
    headers: { cookie, origin: 'https://evil.example' },
  });
  expect(foreign.status).toBe(403);
  const socket = await openSocket(origin, { origin, cookie });
  socket.close();
});

test('the page runs under a policy that allows nothing but itself', async ({
  page,
  workstation,
}) => {
  const answer = await page.request.get(`${workstation.origin}/`);
  const headers = answer.headers();
  const policy = headers['content-security-policy'] ?? '';
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toMatch(/unsafe-|\*|data:|blob:|https?:/);
  expect(policy).toContain("frame-ancestors 'none'");
  expect(headers['x-content-type-options']).toBe('nosniff');
  expect(headers['referrer-policy']).toBe('no-referrer');
  expect(headers['cross-origin-opener-policy']).toBe('same-origin');
  workstation.problems.expect(/policy:|Content Security Policy|violates|Trusted(Script|HTML)/);
  const escapes = await page.evaluate(async () => {
    const tried: string[] = [];
    const attempt = (name: string, act: () => unknown): void => {
      try {
        act();
        tried.push(name);
      } catch {
        // Trusted types refuse text that would become code or markup.
      }
    };
    const script = document.createElement('script');
    attempt('script', () => {
      script.textContent = 'window.escaped = true';
    });
    attempt('markup', () => {
      document.body.innerHTML = '<img src=x onerror="window.escaped = true">';
    });
    const image = new Image();
    image.src = 'https://evil.example/x.png';
    await fetch('https://evil.example/').then(
      () => tried.push('fetch'),
      () => undefined,
    );
    if ('escaped' in window) tried.push('escaped');
    return tried;
  });
  expect(escapes).toEqual([]);
});

test('nothing but the screens is served, whatever the address', async ({ page, workstation }) => {
  const { origin } = workstation;
  const paths = [
    '/../package.json',
    '/%2e%2e/package.json',
    '/branch.db',
    '/assets/..%2f..%2fbranch.key',
  ];
  for (const path of [...paths, '//etc/passwd', '/etc/passwd%00.js', '/pipe', '/window']) {
    const answer = await page.request.get(`${origin}${path}`, { maxRedirects: 0 });
    expect(answer.status(), path).toBeGreaterThanOrEqual(400);
  }
  const posted = await page.request.post(`${origin}/`, { headers: { origin } });
  expect(posted.status()).toBeGreaterThanOrEqual(400);
});
