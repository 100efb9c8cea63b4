// Measures a durable posting to a till with the guard going along beside the same posting without it.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { findKernelGuard } from '#station/guard/find-guard.ts';
import { type OpenedGuard, openGuard } from '#station/guard/open-guard.ts';
import { createGuardedBooks } from '#station/ledger/guarded.ts';
import { createLedger, type Ledger } from '#station/ledger/ledger.ts';
import { accountData } from '#station/ledger/ledger-fixture.ts';
import { ledgerMigrations } from '#station/ledger/migrations.ts';
import { openDatabase } from '#station/ledger/open.ts';
import { createSidecarWitness } from '#station/ledger/witness.ts';
import type { Clock } from '#station/ports.ts';
import { type Contestant, machine, measure, table } from './lib/side-by-side.ts';

const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '15' },
    slot: { type: 'string', default: '400' },
    /** Commits before the measuring: a station that runs all day runs compiled code. */
    warm: { type: 'string', default: '4000' },
    device: { type: 'string' },
    folder: { type: 'string', default: tmpdir() },
  },
});
const folder = mkdtempSync(join(options.folder, 'teller-bench-'));
const clock: Clock = {
  now: Date.now,
  monotonic: () => performance.now(),
  after: () => () => undefined,
};
const chance = { bytes: (count: number) => randomBytes(count) };
const closing: (() => void)[] = [];

/** Encrypted, witnessed, synchronous=FULL: what `npm start` runs, with the guard or without. */
function openLedger(name: string, isGuarded: boolean) {
  const file = join(folder, `${name}.db`);
  const key = randomBytes(32);
  const witness = createSidecarWitness({ file: join(folder, `${name}.witness`), key });
  const database = openDatabase({ file, key, migrations: ledgerMigrations });
  const report = (where: string, error: unknown) => {
    throw new Error(`${where}: ${error}`);
  };
  const kernel = findKernelGuard(options.device);
  const books = createGuardedBooks(database);
  const parts = { clock, chance, key, books, kernel, witnessed: null, report };
  const guard: OpenedGuard | null = isGuarded ? openGuard(parts) : null;
  const companion = guard ? { companion: guard.keeper } : {};
  const ledger = createLedger(database, { clock, chance, witness, ...companion });
  closing.push(() => {
    ledger.close();
    guard?.close();
    database.close();
  });
  found(ledger);
  return { ledger, guard };
}

function found(ledger: Ledger): void {
  const till = { product: 'till', class: 'asset', lowMinor: '0' } as const;
  const customers = Array.from({ length: 900 }, (_, index) => accountData({ id: 10 + index }));
  const accounts = [accountData({ id: 1, ...till }), ...customers];
  ledger.write(() => {
    const data = { dateOpened: '2026-11-20', accounts };
    ledger.append({ type: 'branch.founded', actor: 'system', data });
  });
}

function contestant(name: string, ledger: Ledger): Contestant {
  let turn = 0;
  const one = (): void => {
    turn += 1;
    const credit = 10 + (turn % 900);
    const leg = { debit: 1, credit, amountMinor: '100', currency: 'EUR' };
    const journal = { kind: 'cash.deposit', legs: [leg], narrative: 'deposit at the counter' };
    const key = turn.toString(16).padStart(32, '0');
    const data = { journal, result: { journal: turn } };
    ledger.append({ type: 'cash.deposited', actor: '7', key, data });
  };
  return {
    name,
    run(batch) {
      ledger.write(() => {
        for (let each = 0; each < batch; each += 1) one();
      });
    },
  };
}

process.stdout.write(`${machine(folder)}\nWAL, synchronous=FULL, AEGIS-256, witness\n`);
try {
  const plain = openLedger('plain', false);
  const guarded = openLedger('guarded', true);
  const { guard } = guarded;
  process.stdout.write(`guard: ${guard?.guard.kind}. ${guard?.absence ?? ''}\n`);
  const contestants = [
    contestant('without the guard', plain.ledger),
    contestant('with the guard', guarded.ledger),
  ];
  for (let commit = 0; commit < Number(options.warm); commit += 1) {
    for (const each of contestants) each.run(1);
  }
  const figures = await measure({
    contestants,
    batches: [1, 32],
    rounds: Number(options.rounds),
    slotMs: Number(options.slot),
  });
  process.stdout.write(`${table(figures)}\n`);
  const single = figures.find(({ name, batch }) => name === 'with the guard' && batch === 1);
  process.stdout.write(`a posting takes ${(1 / (single?.ratio ?? Number.NaN)).toFixed(3)} x\n`);
} finally {
  for (const close of closing) close();
  rmSync(folder, { recursive: true, force: true });
}
