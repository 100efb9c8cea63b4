// Starts the built main and preload without Electron: over a stand-in, with the real station behind them.
import assert from 'node:assert/strict';
import {
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { registerHooks } from 'node:module';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { createContext, Script } from 'node:vm';
import { createBuilder } from 'vite';
import { connect } from '#contract/client.ts';
import { deskCode } from '#contract/session.ts';
import { enrolDesk } from '#host/lan/enrol.ts';
import { openLine } from '#host/lan/line.ts';
import { systemClock } from '#host/system.ts';
import { createElectronDouble } from './electron-double.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const cache = join(root, 'node_modules/.cache/qenex-teller');
mkdirSync(cache, { recursive: true });
const built = mkdtempSync(join(cache, 'built-'));
const folder = mkdtempSync(join(tmpdir(), 'desktop-'));
after(() => {
  for (const one of [built, folder]) rmSync(one, { recursive: true, force: true });
});

async function build(): Promise<void> {
  const outDir = join(built, 'desktop');
  const builder = await createBuilder({
    configFile: join(root, 'vite.config.ts'),
    logLevel: 'error',
    environments: { desktop: { build: { outDir } }, preload: { build: { outDir } } },
  });
  for (const name of ['desktop', 'preload']) {
    const environment = builder.environments[name];
    assert.ok(environment);
    await builder.build(environment);
  }
  mkdirSync(join(built, 'screens'));
  writeFileSync(join(built, 'screens/index.html'), '<!doctype html><title>screens</title>');
}
await build();

const double = createElectronDouble();
const { told, windows } = double;

/** `electron` is the stand-in for whatever main loads; the package itself would start a download. */
Object.assign(globalThis, { electronDouble: double.electron });
const names = Object.keys(double.electron).join(', ');
const standIn = `export const { ${names} } = globalThis.electronDouble;`;
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron'
      ? { url: `data:text/javascript,${encodeURIComponent(standIn)}`, shortCircuit: true }
      : next(specifier, context),
});

/** A port nobody has at this moment. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
const metricsPort = await freePort();
const lan = { host: '127.0.0.1', port: await freePort() };

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** Runs the built preload in a realm of its own, where `require` knows electron and nothing else. */
function runPreload(index: number): Record<string, unknown> {
  const window = windows[index];
  assert.ok(window);
  const code = readFileSync(join(built, 'desktop/preload.cjs'), 'utf8');
  const realm = createContext({
    require(name: string) {
      assert.equal(name, 'electron', 'a sandboxed preload may require electron only');
      return window.renderer;
    },
    module: { exports: {} },
    exports: {},
  });
  new Script(code).runInContext(realm);
  return window.exposed;
}

interface Teller {
  reach(): Promise<void>;
  closed(listener: () => void): void;
  send(frame: unknown): void;
  receive(listener: (frame: unknown) => void): () => void;
}

test('the built main shuts the doors before it is ready, then opens one window', async () => {
  process.argv = [process.execPath, root, '--data', folder, '--metrics', String(metricsPort)];
  process.argv.push('--serve-lan', `${lan.host}:${lan.port}`);
  await import(pathToFileURL(join(built, 'desktop/main.js')).href);
  await until(() => windows.length === 1 || told.exitCode !== undefined);
  assert.equal(told.exitCode, undefined);
  const ready = told.calls.indexOf('ready');
  for (const call of ['crashReporter:false', 'enableSandbox', 'registerSchemes']) {
    assert.ok(told.calls.includes(call) && told.calls.indexOf(call) < ready, call);
  }
  assert.deepEqual(told.schemes, [
    {
      scheme: 'teller',
      privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
    },
  ]);
  assert.equal(told.paths.userData, join(folder, 'electron'));
  assert.doesNotMatch(JSON.stringify(told.menu), /reload|devtools/i);
});

test('every script that main starts by name lies beside it', () => {
  const folder = join(built, 'desktop');
  const named = globSync('*.js', { cwd: folder }).flatMap((file) =>
    [
      ...readFileSync(join(folder, file), 'utf8').matchAll(
        /new URL\(['"](\.[^'"]+)['"], import\.meta\.url\)/g,
      ),
    ].map((match) => match[1] ?? ''),
  );
  assert.ok(named.includes('./rebuild-worker.js'), named.join());
  assert.deepEqual(
    named.filter((name) => !existsSync(join(folder, name))),
    [],
  );
});

test('monitoring reads the figures of the real station with the key beside the branch', async () => {
  const address = `http://127.0.0.1:${metricsPort}/metrics`;
  assert.equal((await fetch(address)).status, 401);
  const key = readFileSync(join(folder, 'metrics.key'), 'utf8');
  const given = await fetch(address, { headers: { authorization: `Bearer ${key}` } });
  assert.equal(given.status, 200);
  assert.match(await given.text(), /^teller_risk_on 1$/m);
});

test('it serves the screens under the strict policy, and nothing outside them', async () => {
  const page = await told.serve?.(new Request('teller://station/index.html'));
  assert.match((await page?.text()) ?? '', /<title>screens/);
  assert.match(page?.headers.get('content-security-policy') ?? '', /connect-src 'none'/);
  for (const url of ['teller://station/..%2fdesktop/main.js', 'teller://station/main.js']) {
    assert.equal((await told.serve?.(new Request(url)))?.status, 404);
  }
});

test('the built preload puts one pipe on the window: reached, sent on, heard, lost', () => {
  const exposed = runPreload(0);
  assert.deepEqual(Object.keys(exposed), ['teller']);
  assert.deepEqual(Object.keys(exposed.teller as object).sort(), [
    'closed',
    'reach',
    'receive',
    'send',
  ]);
});

test('a page asks the real station through preload and main, and is answered', async () => {
  const teller = windows[0]?.exposed.teller as Teller;
  const heard: unknown[] = [];
  const stop = teller.receive((frame) => heard.push(frame));
  teller.send({ id: 7, name: 'session.state', input: {} });
  await until(() => heard.length > 0);
  const [reply] = heard as [{ id: number; ok: boolean }];
  assert.deepEqual([reply.id, reply.ok], [7, true]);
  teller.send({ id: 8, name: 'till.list', input: {} });
  await until(() => heard.length > 1);
  const [, refused] = heard as { id: number; ok: boolean }[];
  assert.deepEqual([refused?.id, refused?.ok], [8, false], 'nobody is signed in');
  stop();
});

test('the built station lets a desk in by its code and answers it over the LAN', async () => {
  const teller = windows[0]?.exposed.teller as Teller;
  await teller.reach();
  const page = connect(teller);
  const ask: typeof page.ask = (name, input) => page.ask(name, input, { key: crypto.randomUUID() });
  await ask('branch.establish', {
    ...{ bank: 'Test Bank', branchCode: '001', branchName: 'Riverside', country: 'DE' },
    ...{ baseCurrency: 'EUR', currencies: ['EUR'] },
    administrator: { user: 'ada', name: 'Ada Lind', password: 'four unrelated words' },
  });
  const { code } = await ask('desk.invite', { name: 'Desk 2' });
  const line = await openLine(lan, await enrolDesk(lan, deskCode.parse(code)), systemClock);
  const { stage, desk } = await connect(line.pipe).ask('session.state', {});
  assert.deepEqual([stage, desk], ['signed-out', 'Desk 2']);
  line.close();
});

test('a second window is a window of its own', async () => {
  const [window] = windows;
  assert.deepEqual(window?.opens('teller://station/'), { action: 'deny' });
  assert.equal(windows.length, 2);
  const teller = runPreload(1).teller as Teller;
  const heard: unknown[] = [];
  teller.receive((frame) => heard.push(frame));
  teller.send({ id: 1, name: 'session.state', input: {} });
  await until(() => heard.length > 0);
});

test('quitting closes the ledger first', async () => {
  double.electron.app.quit();
  assert.equal(told.exitCode, undefined, 'it waits for the station');
  await until(() => told.exitCode !== undefined);
  assert.equal(told.exitCode, 0);
});
