// Attacks the addon's arguments, then its calls and its stream, on devices every Linux has.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite, type TestContext, test } from 'node:test';
import { Worker } from 'node:worker_threads';
import { type Addon, type Device, errnoName, loadAddon } from './index.ts';

const build = new URL('./build.mjs', import.meta.url).pathname;
const why = spawnSync(process.execPath, [build], { encoding: 'utf8' }).stderr;
const loaded = loadAddon();
const skip = typeof loaded === 'string' ? `${loaded}${why ? `: ${why}` : ''}` : false;
const addon = loaded as Addon;

/** _IOWR(0xBD, 0, 16 bytes): a request that no other device answers. */
const request = 0xc010bd00;
const shortTimeoutMs = 20_000;

function openDevice(context: TestContext, path: string): Device {
  const device = addon.open(path);
  assert.equal(typeof device, 'object', `${path} opens`);
  context.after(() => addon.close(device as Device));
  return device as Device;
}

function fifo(context: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'teller-addon-'));
  context.after(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'records');
  execFileSync('mkfifo', [path]);
  return path;
}

suite('the addon', { skip }, () => {
  test('says by errno why a path is not opened', () => {
    const named = (path: string) => errnoName(addon.open(path) as number);
    assert.equal(named('/dev/there-is-none'), 'ENOENT');
    assert.equal(named('/dev/null/x'), 'ENOTDIR');
    assert.equal(named('/proc/self/exe/'), 'ENOTDIR');
    assert.equal(named('/proc/self/exe'), 'ELOOP', 'a link is not followed');
    // biome-ignore lint/suspicious/noExplicitAny: wrong arguments are the point
    for (const wrong of [[], [1], [null], ['a', 'b']] as any[]) {
      assert.throws(() => addon.open(...(wrong as [string])), TypeError);
    }
  });

  test('describes what it opened', (context) => {
    const device = openDevice(context, '/dev/null');
    const shape = { isCharacterDevice: true, major: 1, mode: 0o666 };
    assert.deepEqual(addon.describe(device), shape);
    const file = openDevice(context, fifo(context));
    assert.equal((addon.describe(file) as typeof shape).isCharacterDevice, false);
  });

  test('passes a call on and answers its errno', (context) => {
    const device = openDevice(context, '/dev/null');
    assert.equal(errnoName(addon.call(device, request, new Uint8Array(16))), 'ENOTTY');
    const array = new Uint8Array(64);
    const bytes = new Uint8Array(16).fill(7);
    assert.equal(errnoName(addon.batch(device, request, bytes, array, 8)), 'ENOTTY');
    assert.deepEqual([...bytes.subarray(8)], Array(8).fill(0), 'no address stays behind');
  });

  test('lets no call reach past the bytes it was given', (context) => {
    const device = openDevice(context, '/dev/null');
    const wrong: unknown[][] = [
      [device, request, new Uint8Array(15)],
      [device, request, new Uint16Array(16)],
      [device, request, 'sixteen bytes...'],
      [device, request],
      [device, 'x', new Uint8Array(16)],
    ];
    for (const given of wrong) {
      assert.throws(() => addon.call(...(given as [Device, number, Uint8Array])), TypeError);
    }
    const array = new Uint8Array(16);
    const tail = () => addon.batch(device, request, new Uint8Array(16), array, 9);
    assert.throws(tail, TypeError);
  });

  test('answers EBADF for what is no device, or closed', (context) => {
    const device = openDevice(context, '/dev/null');
    addon.close(device);
    addon.close(device);
    const bytes = new Uint8Array(16);
    const never = () => assert.fail('nothing arrives');
    assert.equal(errnoName(addon.call(device, request, bytes)), 'EBADF');
    assert.equal(errnoName(addon.batch(device, request, bytes, bytes, 0)), 'EBADF');
    assert.equal(errnoName(addon.describe(device) as number), 'EBADF');
    assert.equal(errnoName(addon.watch(device, 8, never)), 'EBADF');
    const forged = {} as Device;
    assert.equal(errnoName(addon.call(forged, request, bytes)), 'EBADF');
  });

  test('hands records over whole and in order', { timeout: shortTimeoutMs }, async (context) => {
    const path = fifo(context);
    const device = openDevice(context, path);
    const keepAlive = setInterval(() => undefined, 1000);
    context.after(() => clearInterval(keepAlive));
    const all = Promise.withResolvers<Uint8Array>();
    let got = new Uint8Array(0);
    const arrived = (error: number, records: Uint8Array): void => {
      assert.equal(error, 0);
      got = Uint8Array.from([...got, ...records]);
      if (got.length === 800) all.resolve(got);
    };
    assert.equal(addon.watch(device, 8, arrived), 0);
    assert.equal(errnoName(addon.watch(device, 8, arrived)), 'EBUSY');
    for (let index = 0; index < 100; index++) appendFileSync(path, new Uint8Array(8).fill(index));
    const expected = Array.from({ length: 800 }, (_, index) => Math.floor(index / 8));
    assert.deepEqual([...(await all.promise)], expected);
  });

  test('closes while a flood waits for room', { timeout: shortTimeoutMs }, async (context) => {
    const device = openDevice(context, '/dev/zero');
    const first = Promise.withResolvers<number>();
    const arrived = (_error: number, records: Uint8Array) => first.resolve(records.length);
    assert.equal(addon.watch(device, 128, arrived), 0);
    const keepAlive = setInterval(() => undefined, 1000);
    assert.equal(await first.promise, 128 * 64);
    addon.close(device);
    clearInterval(keepAlive);
    assert.equal(errnoName(addon.call(device, request, new Uint8Array(16))), 'EBADF');
  });

  test('loads in a worker, too, which may end with a stream open', async (context) => {
    const folder = mkdtempSync(join(tmpdir(), 'teller-addon-'));
    context.after(() => rmSync(folder, { recursive: true }));
    const script = join(folder, 'worker.mjs');
    const from = JSON.stringify(new URL('./index.ts', import.meta.url).href);
    writeFileSync(
      script,
      `import { loadAddon } from ${from};
       import { parentPort } from 'node:worker_threads';
       const addon = loadAddon();
       const device = addon.open('/dev/zero');
       addon.watch(device, 64, () => parentPort.postMessage('records'));
       setInterval(() => undefined, 1000);`,
    );
    const worker = new Worker(script);
    const said = await new Promise((resolve, reject) => {
      worker.once('message', resolve);
      worker.once('error', reject);
    });
    assert.equal(said, 'records');
    assert.equal(await worker.terminate(), 1);
  });

  test('names errors one by one', () => {
    assert.deepEqual([-122, 112, 129, 999].map(errnoName), [
      ...['EDQUOT', 'EHOSTDOWN', 'EKEYREJECTED', 'E999'],
    ]);
  });
});
