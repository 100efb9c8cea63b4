// The floor every posting is compared with: the least SQLite can do for double entry, and nothing
// else.
import { rmSync } from 'node:fs';
import Driver, { type Database } from 'better-sqlite3';
import { unlock } from '#station/ledger/cipher.ts';

export interface Floor {
  readonly database: Database;
  /** Posts `count` transfers between random accounts in one durable transaction. */
  post(count: number): void;
}

/**
 * A transfer row, two postings and two balance updates; WAL, synchronous=FULL. Plain pages of 4 KiB, which is
 * the floor the bars mean; with a key the ledger's cipher, to see what of the distance is encryption.
 */
export function openFloor(file: string, accounts: number, key?: Uint8Array): Floor {
  for (const suffix of ['', '-wal', '-shm']) rmSync(file + suffix, { force: true });
  const database = new Driver(file);
  if (key) unlock(database, key);
  database.pragma('journal_mode = WAL');
  database.exec(`
    CREATE TABLE account (id INTEGER PRIMARY KEY, balance INTEGER NOT NULL) STRICT;
    CREATE TABLE transfer (id INTEGER PRIMARY KEY, debit INTEGER NOT NULL, credit INTEGER NOT NULL,
      amount INTEGER NOT NULL, at INTEGER NOT NULL) STRICT;
    CREATE TABLE posting (id INTEGER PRIMARY KEY, transfer INTEGER NOT NULL, account INTEGER NOT NULL,
      amount INTEGER NOT NULL) STRICT;
    WITH RECURSIVE number (id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM number WHERE id < ${accounts})
    INSERT INTO account SELECT id, 0 FROM number;`);
  database.pragma('synchronous = FULL');
  database.defaultSafeIntegers(true);
  const transfer = database.prepare('INSERT INTO transfer VALUES (?, ?, ?, ?, ?)');
  const posting = database.prepare(
    'INSERT INTO posting (transfer, account, amount) VALUES (?, ?, ?)',
  );
  const move = database.prepare('UPDATE account SET balance = balance + ? WHERE id = ?');
  const begin = database.prepare('BEGIN IMMEDIATE');
  const commit = database.prepare('COMMIT');
  let id = 0n;
  return {
    database,
    post(count) {
      begin.run();
      for (let each = 0; each < count; each++) {
        id += 1n;
        const debit = BigInt(1 + Math.floor(Math.random() * accounts));
        const credit = BigInt(1 + Math.floor(Math.random() * accounts));
        transfer.run(id, debit, credit, 100n, BigInt(Date.now()));
        posting.run(id, debit, 100n);
        posting.run(id, credit, -100n);
        move.run(100n, debit);
        move.run(-100n, credit);
      }
      commit.run();
    },
  };
}
