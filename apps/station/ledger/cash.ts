// Moves notes and coins with the accounts they stand behind, and proves that both say the same.
import assert from 'node:assert/strict';
import type { Database } from 'better-sqlite3';
import { formatMoney } from '#contract/money.ts';
import { Refusal } from '#station/bank/refusal.ts';
import type { Balances } from './balance.ts';
import type { CashData, JournalData } from './events.ts';
import { accountUnknown, schemaReason } from './ledger-refusal.ts';

export interface CashMover {
  move(cash: readonly CashData[]): void;
  /**
   * Refuses `cash-does-not-add-up` unless the pieces of each cash account the journal touched equal
   * its balance. The schema says so at the commit, too late for one command among several that
   * commit together.
   */
  prove(journal: JournalData): void;
}

export function createCashMover(database: Database, balances: Balances): CashMover {
  const change = database.prepare(
    'UPDATE cash SET pieces = pieces + ? WHERE account = ? AND face = ?',
  );
  const add = database.prepare('INSERT INTO cash (account, face, pieces) VALUES (?, ?, ?)');
  const counted = database.prepare<[number], { posted: bigint; counted: bigint | null }>(
    'SELECT posted, counted FROM balance WHERE account = ?',
  );
  function movePieces(account: number, face: string, pieces: number): void {
    try {
      const changed = change.run(BigInt(pieces), BigInt(account), BigInt(face)).changes;
      if (changed === 0) add.run(BigInt(account), BigInt(face), BigInt(pieces));
    } catch (error) {
      throw piecesRefusal(error, { account, face, pieces }, balances);
    }
  }
  return {
    move(cash) {
      for (const { account, pieces } of cash) {
        for (const [face, count] of Object.entries(pieces)) movePieces(account, face, count);
      }
    },
    prove(journal) {
      for (const id of touchedBy(journal)) {
        const found = counted.get(id);
        if (!found || found.counted === null || found.counted === found.posted) continue;
        const account = balances.account(id);
        assert.ok(account);
        const [inPieces, onAccount] = [found.counted, found.posted].map((minor) =>
          formatMoney(minor, account.currency),
        );
        throw new Refusal(
          'cash-does-not-add-up',
          `The notes and coins of ${account.name} would be ${inPieces}, its account ${onAccount}; both must be the same.`,
          'denominations',
        );
      }
    },
  };
}

function touchedBy({ legs, cash = [] }: JournalData): ReadonlySet<number> {
  const ids = new Set(cash.map(({ account }) => account));
  for (const { debit, credit } of legs) ids.add(debit).add(credit);
  return ids;
}

interface MovedPieces {
  readonly account: number;
  readonly face: string;
  readonly pieces: number;
}

function piecesRefusal(error: unknown, moved: MovedPieces, balances: Balances): unknown {
  const { face, pieces } = moved;
  const account = balances.account(moved.account);
  if (!account) return accountUnknown(moved.account);
  if (!account.cash) {
    return new Refusal('not-a-cash-account', `Account ${account.number} holds no notes and coins.`);
  }
  if (schemaReason(error) === 'pieces-missing') {
    const there = balances.pieces(account.id)[face] ?? 0;
    const value = formatMoney(BigInt(face), account.currency);
    return new Refusal(
      'pieces-missing',
      `${account.name} holds ${there} of ${value}, ${-pieces} are asked.`,
      `denominations.${face}`,
    );
  }
  return error;
}
