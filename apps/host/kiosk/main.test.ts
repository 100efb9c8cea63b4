// Starts the kiosk as its own process, as `npm start` does, and talks to the real station through its door.
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { WebSocket } from 'ws';

const main = join(import.meta.dirname, 'main.ts');
const home = mkdtempSync(join(tmpdir(), 'kiosk-main-'));
const running: ChildProcess[] = [];
after(() => {
  for (const child of running) child.kill('SIGKILL');
  rmSync(home, { recursive: true, force: true });
});

interface Started {
  readonly child: ChildProcess;
  /** The first line on standard output that matches, or undefined when it ended without one. */
  line(pattern: RegExp): Promise<RegExpMatchArray | undefined>;
  readonly exit: Promise<number | null>;
  said(): string;
}

function start(...args: string[]): Started {
  const { DISPLAY: _x, WAYLAND_DISPLAY: _w, ...environment } = process.env;
  const child = spawn(process.execPath, [main, ...args], { env: environment });
  running.push(child);
  let output = '';
  const heard = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      for (const listener of heard) listener();
    });
  }
  const exit = new Promise<number | null>((resolve) => child.on('close', resolve));
  const line = (pattern: RegExp) =>
    new Promise<RegExpMatchArray | undefined>((resolve) => {
      const look = (): void => {
        const found = output.match(pattern);
        if (found) resolve(found);
      };
      heard.add(look);
      void exit.then(() => resolve(undefined));
      look();
    });
  return { child, line, exit, said: () => output };
}

const address = /^QENEX Teller is open at (http:\/\/127\.0\.0\.1:(\d+)\/\?ticket=[\w-]{43})$/m;

async function cookieOf(ticketUrl: string): Promise<string> {
  const answer = await fetch(ticketUrl, { redirect: 'manual' });
  assert.equal(answer.status, 302);
  return answer.headers.get('set-cookie')?.split(';')[0] ?? '';
}

const limit = { timeout: 1_800_000 };

test('it opens the branch, answers a window and ends in order on SIGTERM', limit, async () => {
  const kiosk = start('--data', join(home, 'branch'));
  const [, url = '', port = ''] = (await kiosk.line(address)) ?? [];
  assert.ok(url, kiosk.said());
  const origin = `http://127.0.0.1:${port}`;
  const headers = { cookie: await cookieOf(url), origin };
  const socket = new WebSocket(`ws://127.0.0.1:${port}/pipe`, { headers });
  const reply = new Promise<string>((resolve) => {
    socket.on('message', (data) => resolve(String(data)));
  });
  socket.on('open', () => socket.send('{"id":1,"name":"session.state","input":{}}'));
  const answer = JSON.parse(await reply) as { id: number; ok: boolean };
  assert.deepEqual([answer.id, answer.ok], [1, true]);

  const second = start('--data', join(home, 'branch'));
  assert.ok(await second.line(address), second.said());
  assert.match(second.said(), /cannot open the branch: .{20,}/, 'one branch has one station');
  second.child.kill('SIGTERM');
  assert.equal(await second.exit, 1);

  kiosk.child.kill('SIGTERM');
  assert.equal(await kiosk.exit, 0);
  assert.doesNotMatch(kiosk.said(), /mistake/);
});

test('a folder that cannot be the branch is explained in the window', limit, async () => {
  const file = join(home, 'a-file');
  writeFileSync(file, 'no folder');
  const kiosk = start('--data', join(file, 'branch'));
  const [, url = ''] = (await kiosk.line(address)) ?? [];
  assert.ok(url, kiosk.said());
  const page = await fetch(new URL('/', url), { headers: { cookie: await cookieOf(url) } });
  assert.match(await page.text(), /The branch was not opened/);
  kiosk.child.kill('SIGINT');
  assert.equal(await kiosk.exit, 1);
});

test('asked wrongly it says so and ends with 2', limit, async () => {
  const kiosk = start('--demmo');
  assert.equal(await kiosk.exit, 2);
  assert.match(kiosk.said(), /QENEX Teller: .*--demmo/);
  assert.doesNotMatch(kiosk.said(), /at .*\.ts:\d/, 'no stack for a person');
});

test('in development the screens come from source, behind the same door', limit, async () => {
  const kiosk = start('--dev', '--data', join(home, 'dev'));
  const [, url = '', port = ''] = (await kiosk.line(address)) ?? [];
  assert.ok(url, kiosk.said());
  const origin = `http://127.0.0.1:${port}`;
  assert.equal((await fetch(`${origin}/@vite/client`)).status, 403, 'without a cookie nothing');
  const cookie = await cookieOf(url);
  const page = await fetch(`${origin}/`, { headers: { cookie } });
  assert.match(await page.text(), /\/@vite\/client/);
  const main = await fetch(`${origin}/main.tsx`, { headers: { cookie } });
  assert.match(main.headers.get('content-type') ?? '', /javascript/);
  assert.match(main.headers.get('content-security-policy') ?? '', /default-src 'self'/);

  const reloads = (headers: Record<string, string>) =>
    new Promise<number>((resolve) => {
      const socket = new WebSocket(`ws://127.0.0.1:${port}/`, 'vite-hmr', { headers });
      socket.on('message', () => resolve(101));
      socket.on('unexpected-response', (_, response) => resolve(response.statusCode ?? 0));
      socket.on('error', () => resolve(0));
    });
  assert.equal(await reloads({ origin }), 403);
  kiosk.child.kill('SIGTERM');
  assert.equal(await kiosk.exit, 0);
});
