// Says what a posting costs where the clock on the wall says nothing: processor time in turns, frames
// written, and what the judging in the database is of it.
import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Database } from 'better-sqlite3';
import { openEngine } from './lib/ledger-engine.ts';
import { openFloor } from './lib/ledger-floor.ts';
import { machine, quantile } from './lib/side-by-side.ts';

const { values: options } = parseArgs({
  options: {
    accounts: { type: 'string', default: '10000' },
    rounds: { type: 'string', default: '40' },
    /** On memory, so that no flush mixes in; a disk's folder shows the processor cold. */
    folder: { type: 'string', default: existsSync('/dev/shm') ? '/dev/shm' : tmpdir() },
  },
});
const accounts = Number(options.accounts);
const folder = mkdtempSync(join(options.folder, 'teller-bench-'));
const say = (line: string) => process.stdout.write(`${line}\n`);
say(`${machine(folder)}\nWAL, synchronous=FULL; ${accounts} accounts; processor time, in turns`);

interface Contestant {
  readonly name: string;
  readonly database: Database;
  post(count: number): void;
  close(): void;
}

/** The ledger with triggers left out, which nobody may run: what they cost is the difference. */
function without(name: string, triggers: readonly string[]): Contestant {
  const file = triggers.length === 0 ? 'whole' : triggers.join('-');
  const engine = openEngine(folder, accounts, file);
  for (const trigger of triggers) engine.database.exec(`DROP TRIGGER ${trigger}`);
  const { database, post, close } = engine;
  return { name, database, post, close };
}

function floor(name: string, file: string, key?: Uint8Array): Contestant {
  const opened = openFloor(join(folder, file), accounts, key);
  const { database } = opened;
  return { name, database, post: (count) => opened.post(count), close: () => database.close() };
}

const contestants = [
  floor('floor: plain SQLite', 'floor.db'),
  floor('the same under our cipher', 'sealed.db', randomBytes(32)),
  without('ledger', []),
  without('ledger, a leg not asked for by its balances', ['balance_moves']),
  without('ledger, nothing judged and no balance moved', ['balance_moves', 'leg_moves']),
];
try {
  for (const { post } of contestants) {
    for (let each = 0; each < 6; each++) post(1000);
    for (let each = 0; each < 1500; each++) post(1);
  }
  for (const [batch, runs] of [
    [1, 150],
    [1000, 1],
  ] as const) {
    report(batch, measure(batch, runs));
  }
} finally {
  for (const { close } of contestants) close();
  rmSync(folder, { recursive: true, force: true });
}

/** Microseconds of processor a posting, contestant by contestant. */
function measure(batch: number, runs: number): readonly number[][] {
  const times: number[][] = contestants.map(() => []);
  for (let round = 0; round < Number(options.rounds); round++) {
    const order = contestants.map((_, index) => ({ index, at: Math.random() }));
    for (const { index } of order.sort((one, other) => one.at - other.at)) {
      const from = process.cpuUsage();
      for (let run = 0; run < runs; run++) contestants[index]?.post(batch);
      const { user, system } = process.cpuUsage(from);
      times[index]?.push((user + system) / (runs * batch));
    }
  }
  return times;
}

function report(batch: number, times: readonly number[][]): void {
  const [base = []] = times;
  for (const [index, { name, database, post }] of contestants.entries()) {
    const own = times[index] ?? [];
    const ratio = quantile(base, 0.1) / quantile(own, 0.1);
    say(
      [
        `${batch} a commit`.padEnd(14),
        name.padEnd(45),
        `p10 ${quantile(own, 0.1).toFixed(1)} p50 ${quantile(own, 0.5).toFixed(1)} us`.padEnd(24),
        `floor / this ${ratio.toFixed(2)}`,
        ` ${written(database, () => post(batch), batch)}`,
      ].join(' '),
    );
  }
}

/** Frames and bytes of the write-ahead log a posting, counted while nothing is moved back. */
function written(database: Database, work: () => void, batch: number): string {
  const kept = database.pragma('wal_autocheckpoint', { simple: true });
  database.pragma('wal_autocheckpoint = 0');
  database.pragma('wal_checkpoint(TRUNCATE)');
  const runs = Math.ceil(1000 / batch);
  for (let run = 0; run < runs; run++) work();
  const bytes = statSync(`${database.name}-wal`).size - 32;
  const pageBytes = Number(database.pragma('page_size', { simple: true }));
  database.pragma(`wal_autocheckpoint = ${kept}`);
  const frames = bytes / (24 + pageBytes) / (runs * batch);
  return `${frames.toFixed(2)} frames of ${pageBytes}, ${Math.round(bytes / (runs * batch))} bytes`;
}
