// Boots a kernel with the module and asks the real device, through the addon, everything a guard must do.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const rig = join(root, 'kernel/rig/run.sh');
const sequences = process.env.QENEX_GUARD_SEQUENCES ?? '60';

/** What Node needs in the guest: the sources as they are, the addon, and SQLite. */
const payload = [
  ...['package.json', 'native/index.ts', 'dist/native/qenex_banking.node'],
  ...['apps/station/guard', 'apps/station/bank', 'apps/station/ports.ts', 'apps/contract'],
  ...['apps/station/desk/guard-acceptance.ts', 'apps/station/ledger'],
  ...['node_modules/better-sqlite3/package.json'],
  ...['node_modules/better-sqlite3/lib', 'node_modules/better-sqlite3/prebuilds/linux-x64.node'],
];

function pack(): string {
  const folder = mkdtempSync(join(tmpdir(), 'teller-guest-'));
  for (const file of payload) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    cpSync(join(root, file), join(folder, file), { recursive: true });
  }
  return folder;
}

/** Why the rig cannot run here, in words; null when it can. */
function hindrance(): string | null {
  if (process.platform !== 'linux') return 'the rig is Linux’s own';
  if (!existsSync(rig)) return 'the rig is not here';
  spawnSync(process.execPath, [join(root, 'native/build.mjs')]);
  if (!existsSync(join(root, 'dist/native/qenex_banking.node'))) return 'the addon was not built';
  return null;
}

const why = hindrance();
/** Small tables, because they are emptied before each sequence. */
const small = ['--parameters', 'max_transfers=1024 max_accounts=64'];

/**
 * In one thread: V8's own collecting and compiling beside it have ended a program under emulation now and
 * then, by SIGSEGV.
 */
const node = 'node --single-threaded';

/** The rig's own word for a machine without QEMU, kernel or root. */
const cannotRun = 3;

function inGuest(context: TestContext, command: string, more: readonly string[] = []): string {
  const folder = pack();
  const { status, stdout, stderr } = spawnSync(
    'sh',
    [rig, '--payload', folder, '--node', '--timeout', '1700', ...more, '--command', command],
    { encoding: 'utf8', timeout: 1_750_000, maxBuffer: 2 ** 26 },
  );
  rmSync(folder, { recursive: true });
  if (status === cannotRun) {
    context.skip(stderr.trim() || stdout.trim());
    return '';
  }
  for (const line of stdout.split('\n').filter((one) => /^(not )?ok /.test(one))) {
    context.diagnostic(line);
  }
  assert.equal(status, 0, `${stdout}\n${stderr}`);
  return stdout;
}

const options = { skip: why ?? false, timeout: 1_800_000 };

test('the module answers as every guard must', options, (context) => {
  const command = `${node} apps/station/guard/guest.fixture.ts ${sequences}`;
  const said = inGuest(context, command, small);
  if (said) assert.match(said, /ok differential: \d+ sequences/);
});

test('ledger and device agree through deaths, and refuse an old file', options, (context) => {
  const said = inGuest(context, `${node} apps/station/guard/guest-ledger.fixture.ts`);
  if (said) assert.match(said, /ok an old copy of database and witness together is refused/);
});
