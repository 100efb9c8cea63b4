// Moves notes and coins with the accounts they stand behind, and proves that both say the same.
import assert from 'node:assert/strict';
import type { Database } from 'better-sqlite3';
import { formatMoney } from '#contract/money.ts';
import { Refusal } from '#station/bank/refusal.ts';
import type { Balances } from './balance.ts';
import type { CashData } from './events.ts';
import { schemaReason } from './ledger-refusal.ts';

export interface CashMover {
  move(cash: readonly CashData[]): void;
  /**
   * Refuses `cash-does-not-add-up` unless every cash position equals its pieces. The schema says so at
   * the commit, which is too late for one command among several that commit together.
   */
  prove(): void;
}

export function createCashMover(database: Database, balances: Balances): CashMover {
  const change = database.prepare(
    'UPDATE cash SET pieces = pieces + ? WHERE account = ? AND face = ?',
  );
  const add = database.prepare('INSERT INTO cash (account, face, pieces) VALUES (?, ?, ?)');
  const unproven = database.prepare<[], { account: bigint; posted: bigint; counted: bigint }>(
    'SELECT account, posted, counted FROM cash_position WHERE posted <> counted LIMIT 1',
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
    prove() {
      const found = unproven.get();
      if (!found) return;
      const account = balances.account(Number(found.account));
      assert.ok(account);
      const [posted, counted] = [found.posted, found.counted].map((minor) =>
        formatMoney(minor, account.currency),
      );
      throw new Refusal(
        'cash-does-not-add-up',
        `The notes and coins of ${account.name} would be ${counted}, its account ${posted}; both must be the same.`,
        'denominations',
      );
    },
  };
}

interface MovedPieces {
  readonly account: number;
  readonly face: string;
  readonly pieces: number;
}

function piecesRefusal(error: unknown, moved: MovedPieces, balances: Balances): unknown {
  const { face, pieces } = moved;
  const account = balances.account(moved.account);
  if (!account) return error;
  if (schemaReason(error) === 'pieces-missing') {
    const there = balances.pieces(account.id)[face] ?? 0;
    const value = formatMoney(BigInt(face), account.currency);
    return new Refusal(
      'pieces-missing',
      `${account.name} holds ${there} of ${value}, ${-pieces} are asked.`,
      `denominations.${face}`,
    );
  }
  if (account.cash) return error;
  return new Refusal('not-a-cash-account', `Account ${account.number} holds no notes and coins.`);
}
