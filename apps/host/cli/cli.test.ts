// Uses the headless host as a script would: real processes, a real branch, exit codes and JSON.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import DatabaseDriver from 'better-sqlite3';
import { encodeReceiptCode } from '#station/bank/receipt-code.ts';
import { unlock } from '#station/ledger/cipher.ts';
import { createLogReader } from '#station/ledger/log.ts';
import { readAsked } from './arguments.ts';
import { branchAccess } from './branch.ts';
import { statement } from './commands/statement.ts';
import { trialBalance } from './commands/trial-balance.ts';
import { readLine } from './line.ts';
import { runCommand } from './run.ts';

const main = join(import.meta.dirname, 'main.ts');
const home = mkdtempSync(join(tmpdir(), 'cli-'));
after(() => rmSync(home, { recursive: true, force: true }));
const data = join(home, 'branch');

/** A process of its own, as a script would start it: slow, so only where that is the point. */
function started(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args], {
    encoding: 'utf8',
    timeout: 1_800_000,
  });
  return { code: status, stdout, stderr };
}

/** The same program in this process. */
async function qenex(...args: string[]) {
  let [stdout, stderr] = ['', ''];
  const code = await runCommand(args, {
    out: (text) => {
      stdout += text;
    },
    err: (text) => {
      stderr += text;
    },
  });
  return { code, stdout, stderr };
}

/** Runs with --json on the branch; gives the exit code and the one object printed. */
async function ask(...args: string[]) {
  const { code, stdout, stderr } = await qenex(...args, '--data', data, '--json');
  assert.equal(stdout.trim().split('\n').length, 1, stdout + stderr);
  return { code, answer: JSON.parse(stdout) as Record<string, unknown> };
}

async function post(...lines: unknown[]) {
  const file = join(home, 'lines.jsonl');
  const text = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line)));
  writeFileSync(file, text.join('\n'));
  return ask('ledger', 'post', file);
}

const account = (number: string, product: string, kind: string) => ({
  ...{ number, product, name: `Account ${number}`, currency: 'EUR', class: kind },
});
const move = (debit: string, credit: string, amountMinor: string) => ({
  journal: { legs: [{ debit, credit, amountMinor, currency: 'EUR' }] },
});

const wrongly: [string[], RegExp][] = [
  [[], /Which command\?/],
  [['ledger'], /There is no command "ledger"/],
  [['ledger', 'trial'], /There is no command/],
  [['ledger', 'statement'], /takes ACCOUNT/],
  [['ledger', 'trial-balance', 'extra'], /takes no argument/],
  [['ledger', 'trial-balance', '--count', '5'], /takes no option --count/],
  [['ledger', 'trial-balance', '--colour'], /--colour/],
  [['ledger', 'trial-balance', '--data', ''], /--data needs/],
];

test('what is asked wrongly is refused with the reason', () => {
  const commands = [trialBalance, statement];
  for (const [args, message] of wrongly) {
    assert.throws(() => readAsked(commands, args, {}), { reason: 'bad-usage', message });
  }
  const asked = readAsked(commands, ['ledger', 'statement', '1', '--count', '2'], {
    XDG_DATA_HOME: '/srv',
  });
  assert.equal(asked?.command.words, 'ledger statement');
  assert.deepEqual([asked?.values, asked?.options.count], [['1'], '2']);
  assert.equal(asked?.folder, '/srv/qenex-teller/branch');
  assert.equal(readAsked(commands, ['--help'], {}), undefined);
});

test('asked wrongly it ends with 2, says why and how to ask', async () => {
  for (const args of [
    ['ledger', 'trial'],
    ['ledger', 'post', join(home, 'absent')],
  ]) {
    const { code, stdout, stderr } = await qenex(...args);
    assert.deepEqual([code, stdout], [2, '']);
    assert.match(stderr, /There is no command|cannot be read \(ENOENT\)/);
    assert.match(stderr, /Usage: npm run -s qenex/);
  }
  assert.equal((await qenex('--help')).code, 0);
});

test('a line that is none is refused with the field that is wrong', () => {
  const good = move('90000001', '10000001', '1');
  const bad: [unknown, RegExp][] = [
    ['{', /not JSON/],
    [[], /The line/],
    [{}, /holds a journal/],
    [{ ...good, extra: 1 }, /extra/],
    [move('90000001', '10000001', '0'), /journal\.legs\.0\.amountMinor/],
    [move('90000001', '10000001', '1.50'), /journal\.legs\.0\.amountMinor/],
    [move('90000001', '10000001', '-5'), /journal\.legs\.0\.amountMinor/],
    [{ dateOpened: '2026-02-30' }, /dateOpened/],
    [{ ...good, key: 'A' }, /key/],
  ];
  for (const [line, message] of bad) {
    const text = typeof line === 'string' ? line : JSON.stringify(line);
    assert.throws(() => readLine(text), { reason: 'bad-line', message }, text);
  }
  assert.deepEqual(readLine(JSON.stringify(good)).journal?.legs, good.journal.legs);
});

test('a slip of the folder makes no branch', async () => {
  const { code, answer } = await ask('ledger', 'trial-balance');
  assert.deepEqual([code, answer.reason], [2, 'branch-missing']);
  assert.ok(!existsSync(data));
});

test('lines are posted all or none, and the refusal names the line', async () => {
  const opening = [
    { dateOpened: '2026-11-20' },
    {
      accounts: [
        account('90000001', 'capital', 'equity'),
        account('10000001', 'checking', 'liability'),
      ],
    },
  ];
  const { code, answer } = await post(...opening, move('90000001', '10000001', '100000'));
  assert.deepEqual([code, answer.ok, answer.posted], [0, true, 3]);
  const unknown = move('90000001', '77777777', '100');
  for (const [line, reason] of [
    ['{', 'bad-line'],
    [unknown, 'account-unknown'],
  ]) {
    const refused = await post(move('90000001', '10000001', '5'), line);
    assert.deepEqual([refused.code, refused.answer.reason], [2, reason]);
    assert.match(String(refused.answer.message), /^Line 2: /);
  }
  const itself = await post(move('90000001', '10000001', '5'), move('10000001', '10000001', '5'));
  assert.equal(itself.code, 1, 'the ledger itself says no');
  const dollars = move('90000001', '10000001', '5');
  const foreign = await post({
    journal: { legs: [{ ...dollars.journal.legs[0], currency: 'USD' }] },
  });
  assert.match(String(foreign.answer.message), /^Line 1: Account 90000001 is kept in EUR/);
  const after = await ask('ledger', 'statement', '10000001');
  assert.equal(after.answer.balanceMinor, '-100000', 'nothing of the refused files stays');
});

test('a line under a key is posted once, other content under it is refused', async () => {
  const keyed = { key: 'a'.repeat(32), ...move('90000001', '10000001', '2500') };
  assert.equal((await post(keyed)).answer.posted, 1);
  assert.deepEqual(
    [(await post(keyed)).answer.posted, (await post(keyed)).answer.repeated],
    [0, 1],
  );
  const other = await post({ ...keyed, ...move('90000001', '10000001', '2600') });
  assert.deepEqual([other.code, other.answer.reason], [1, 'key-reused']);
});

test('the trial balance is zero, as an object of strings and as words', async () => {
  const { code, answer } = await ask('ledger', 'trial-balance');
  assert.deepEqual([code, answer], [0, { EUR: '0' }]);
  const alone = started('ledger', 'trial-balance', '--data', data, '--json');
  assert.deepEqual([alone.code, alone.stderr, JSON.parse(alone.stdout)], [0, '', { EUR: '0' }]);
  assert.equal(started('ledger', 'trial').code, 2, 'the exit code is the process’s own');
  const words = await qenex('ledger', 'trial-balance', '--data', data);
  assert.match(words.stdout, /EUR {2}0\.00 EUR\nThe books balance/);
});

test('a statement lists the newest movements', async () => {
  const { code, answer } = await ask('ledger', 'statement', '10000001', '--count', '1');
  const lines = answer.lines as Record<string, unknown>[];
  assert.equal(code, 0);
  assert.deepEqual([lines.length, lines[0]?.amountMinor], [1, '-2500']);
  assert.deepEqual([lines[0]?.balanceMinor, answer.currency], ['-102500', 'EUR']);
  assert.equal((await ask('ledger', 'statement', '123')).code, 2);
  assert.equal((await ask('ledger', 'statement', '10000001', '--count', '0')).code, 2);
});

test('a receipt is proved by its code, and one with another hash is not', async () => {
  const lines = (await ask('ledger', 'statement', '10000001')).answer.lines as {
    journal: number;
  }[];
  const seq = lines[0]?.journal ?? 0;
  const { read } = branchAccess(data);
  const hash = await read((database) => createLogReader(database).hashOf(seq));
  const right = await ask(
    'receipt',
    'verify',
    encodeReceiptCode(seq, Buffer.from(hash ?? '', 'hex')),
  );
  assert.deepEqual([right.code, right.answer.ok, right.answer.entry], [0, true, seq]);
  const wrong = await ask('receipt', 'verify', encodeReceiptCode(seq, new Uint8Array(32)));
  assert.deepEqual([wrong.code, wrong.answer], [1, { ok: false, entry: seq }]);
  const code = encodeReceiptCode(seq, Buffer.from(hash ?? '', 'hex'));
  const changed = await ask(
    'receipt',
    'verify',
    code.replace(/.$/, (last) => (last === '0' ? '1' : '0')),
  );
  assert.deepEqual([changed.code, changed.answer.ok, changed.answer.entry], [1, false, null]);
  assert.match(String(changed.answer.message), /typing error/);
  const noCode = await ask('receipt', 'verify', '48211-7K3F');
  assert.deepEqual([noCode.code, noCode.answer.reason], [2, 'bad-usage']);
});

test('the log is proved, and rebuilding it gives the same bytes', async () => {
  const { code, answer } = await ask('log', 'verify');
  const head = answer.head as { seq: number; hash: string };
  assert.deepEqual([code, answer.ok, answer.firstBad], [0, true, null]);
  assert.equal(answer.events, head.seq);
  const rebuilt = await ask('ledger', 'rebuild');
  assert.deepEqual([rebuilt.code, rebuilt.answer.differing], [0, []]);
  assert.equal(rebuilt.answer.events, answer.events);
  assert.deepEqual((await ask('log', 'verify')).answer.head, head);
});

test('while a station works in the branch, reading goes on and writing is refused', async () => {
  const { work } = branchAccess(data);
  await work(async () => {
    assert.equal((await ask('ledger', 'trial-balance')).code, 0);
    assert.equal((await ask('log', 'verify')).code, 0);
    assert.deepEqual((await ask('ledger', 'rebuild')).answer.reason, 'branch-in-use');
    assert.equal((await post(move('90000001', '10000001', '5'))).answer.reason, 'branch-in-use');
  });
});

test('an entry that was changed fails its receipt, and no table is made again from it', async () => {
  const { lend, read } = branchAccess(data);
  const entry = (await ask('ledger', 'statement', '10000001')).answer.lines as {
    journal: number;
  }[];
  const seq = entry[0]?.journal ?? 0;
  const hash = await read((database) => createLogReader(database).hashOf(seq));
  const code = encodeReceiptCode(seq, Buffer.from(hash ?? '', 'hex'));
  const exchange = (from: string, to: string) =>
    lend(async (file, key) => {
      const forger = new DatabaseDriver(file);
      unlock(forger, key);
      const guard = "SELECT sql FROM sqlite_schema WHERE name = 'event_kept'";
      const trigger = forger.prepare(guard).pluck().get() as string;
      forger.exec('DROP TRIGGER event_kept');
      forger
        .prepare(
          'UPDATE event SET body = CAST(replace(CAST(body AS TEXT), ?, ?) AS BLOB) WHERE seq = ?',
        )
        .run(from, to, seq);
      forger.exec(trigger);
      forger.close();
    });
  await exchange('"2500"', '"9500"');
  const verified = await ask('log', 'verify');
  assert.deepEqual(
    [verified.code, verified.answer.ok, verified.answer.firstBad],
    [1, false, { seq, why: 'chain-broken' }],
  );
  const receipt = await ask('receipt', 'verify', code);
  assert.deepEqual([receipt.code, receipt.answer], [1, { ok: false, entry: seq }]);
  const rebuilt = await ask('ledger', 'rebuild');
  assert.deepEqual([rebuilt.code, rebuilt.answer.firstBad], [1, { seq, why: 'chain-broken' }]);
  await exchange('"9500"', '"2500"');
  assert.equal((await ask('receipt', 'verify', code)).code, 0);
});

test('a damaged branch is told apart from one asked for wrongly', async () => {
  const file = join(data, 'branch.db');
  const bytes = readFileSync(file);
  // What stands in a log beside the file would be read from there, and the damage never met.
  assert.equal(statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0, 0);
  // From the third page to the end: which page a balance stands in differs from making to making.
  writeFileSync(
    file,
    bytes.map((byte, index) => (index > 4096 ? byte ^ 255 : byte)),
  );
  const { code, answer } = await ask('ledger', 'trial-balance');
  assert.deepEqual([code, answer.ok], [1, false]);
  assert.ok(!/SQLITE|sqlite3/.test(String(answer.message)), String(answer.message));
  writeFileSync(file, bytes);
  assert.equal((await ask('ledger', 'trial-balance')).code, 0);
});

test('a page that does not carry its seal is named in JSON and in words, never by a stack', async () => {
  const file = join(data, 'branch.db');
  const bytes = readFileSync(file);
  let named = 0;
  for (let page = 3; page * 2048 < bytes.length; page += 24) {
    const spoiled = Buffer.from(bytes);
    spoiled[page * 2048 + 900] = (spoiled[page * 2048 + 900] ?? 0) ^ 255;
    writeFileSync(file, spoiled);
    const { code, answer } = await ask('log', 'verify');
    assert.equal(code, answer.ok ? 0 : 1, `page ${page}`);
    if (answer.ok) continue;
    assert.ok(answer.firstBad ?? answer.reason === 'database-damaged');
    named += 1;
  }
  writeFileSync(file, bytes);
  assert.ok(named > 0, 'some of the pages hold the log');
});
