// Proves that the projections are a function of the log: made again, they are the same to the byte.
import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import DatabaseDriver from 'better-sqlite3';
import { unlock } from './cipher.ts';
import { accountData, type Branch, eventOf, journal, leg, openBranch } from './ledger-fixture.ts';
import { rebuild } from './rebuild.ts';
import { reversalOf } from './reversal.ts';

/** A branch in which everything the ledger can do has been done once. */
function branch(context: TestContext): Branch {
  const opened = openBranch();
  context.after(() => opened.close());
  const { ledger } = opened;
  const add = (parts: Parameters<typeof eventOf>[0], key = '') =>
    ledger.write(() => ledger.append(eventOf(parts, { key })).seq);
  const accounts = [
    accountData({ id: 1, product: 'till', class: 'asset', cash: true, lowMinor: '0' }),
    accountData({ id: 2, highMinor: '0' }),
    accountData({ id: 3, highMinor: '100' }),
  ];
  add({ dateOpened: '2026-11-20' });
  add({ accounts });
  const cash = [{ account: 1, pieces: { '5000': 2, '100': 3 } }];
  const deposit = { ...journal(leg(1, 2, 10300n)), cash };
  const seq = add({ journal: deposit }, '0'.repeat(31).concat('1'));
  add({ journal: reversalOf(seq, deposit) });
  add({ journal: deposit });
  const place = [
    { account: 2, side: 'debit', amountMinor: '500', why: 'approval' } as const,
    { account: 2, side: 'debit', amountMinor: '300', why: 'approval' } as const,
  ];
  const held = add({ journal: { ...journal(), holds: { place } } }) * 1024;
  const holds = { capture: [{ hold: held, amountMinor: '400' }], release: [{ hold: held + 1 }] };
  add({ journal: { ...journal(leg(2, 3, 400n), leg(3, 2, 1n)), holds } });
  add({ states: [{ account: 3, state: 'dormant' }], dateClosed: '2026-11-20' });
  add({ dateOpened: '2026-11-23', limits: [{ account: 2, lowMinor: null, highMinor: '700' }] });
  return opened;
}

test('rebuilt on a copy beside the running station, every table is the same', async (context) => {
  const { file, key, ledger } = branch(context);
  const seen: number[] = [];
  const found = await rebuild({ file, key, mode: 'prove', onProgress: (done) => seen.push(done) });
  assert.equal(found.ok, true, JSON.stringify(found.tables, null, 1));
  assert.equal(found.events, ledger.head().seq);
  assert.equal(found.tables.length, 9);
  assert.equal(seen.at(-1), found.events);
  const limits = [{ account: 2, lowMinor: null, highMinor: '900' }];
  ledger.write(() => ledger.append(eventOf({ limits })));
});

test('a projection that was tampered with is named, and put right', async (context) => {
  const { file, key, database } = branch(context);
  database.close();
  const forger = new DatabaseDriver(file);
  unlock(forger, key);
  forger.exec('UPDATE balance SET high = 999999 WHERE account = 3');
  forger.close();
  const differing = async (mode: 'replace' | 'prove') => {
    const { ok, tables } = await rebuild({ file, key, mode });
    const names = tables.filter((each) => each.before !== each.after).map(({ table }) => table);
    assert.equal(ok, names.length === 0);
    return names;
  };
  assert.deepEqual(await differing('prove'), ['balance']);
  assert.deepEqual(await differing('replace'), ['balance']);
  assert.deepEqual(await differing('replace'), []);
});

test('a log that does not replay is refused, and nothing is lost', async (context) => {
  const { file, key, database } = branch(context);
  database.close();
  const forger = new DatabaseDriver(file);
  unlock(forger, key);
  forger.exec('DROP TRIGGER event_kept');
  const body = forger.prepare('SELECT body FROM event WHERE seq = 3').pluck().get() as Buffer;
  const larger = body.toString().replace('"10300"', '"10400"');
  forger.prepare('UPDATE event SET body = ? WHERE seq = 3').run(Buffer.from(larger));
  await assert.rejects(rebuild({ file, key, mode: 'replace' }), (error: Error) => {
    assert.equal((error as { reason?: string }).reason, 'log-does-not-replay');
    return /Event 3/.test(error.message);
  });
  assert.equal(forger.prepare('SELECT posted FROM balance WHERE account = 1').pluck().get(), 10300);
  forger.close();
});
