// A bank of one history: its branches' books, its customers' cash, and the file a killed machine starts again from.
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { deserialize, serialize } from 'node:v8';
import { canonicalText } from '#station/bank/canonical.ts';
import * as model from '#station/office/protocol/branch-model.ts';
import { endOf, linkTo } from '#station/office/protocol/chain.ts';
import type { OfficeAccount } from '#station/office/protocol/values.ts';
import { accountKey } from '#station/office/protocol/values.ts';

/** What a branch may leave open of one account until head office has heard of it. */
export const floor = Object.freeze({ amountMinor: 5_000n, times: 2 });

/** What lies on the disk: written whole, put in place in one step. */
export interface Bank {
  readonly branches: readonly model.BranchState[];
  /** Cash in less cash out of each account, counted by hand beside every book. */
  readonly cash: Map<string, bigint>;
  /** Things that have happened at the counters. */
  happenings: number;
  /** Keys of reservations given out. */
  keys: number;
}

export const accounts = ['10000', '10001'] as const;

/** Branch codes of a history. */
export const codesOf = (history: string, count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => `${history}-${index + 1}`);

/** A bank whose every account holds 100.00, 40.00 of it set aside for other branches. */
export function newBank(
  branches: readonly { readonly code: string; readonly device: string }[],
): Bank {
  const bank: Bank = {
    branches: branches.map(({ code, device }) => model.createBranchState(code, device)),
    ...{ cash: new Map(), happenings: 0, keys: 0 },
  };
  for (const branch of bank.branches) {
    branch.log.push(linkTo(endOf(branch.log), openedText()));
    for (const number of accounts) {
      model.deposit(branch, number, 10_000n);
      moved(bank, { branch: branch.branch, number }, 10_000n);
      model.share(branch, number, 4_000n);
    }
  }
  return bank;
}

/** Accounts as a branch opens them: head office lends only of those it knows the holder of. */
function openedText(): string {
  const opened = accounts.map((number, index) => ({
    ...{ id: index + 1, number, product: 'checking', class: 'liability', currency: 'EUR' },
    ...{ name: `Holder of ${number}`, customer: index + 1 },
  }));
  return canonicalText({ data: { accounts: opened }, type: 'accounts.opened' });
}

export function moved(bank: Bank, account: OfficeAccount, amountMinor: bigint): void {
  const key = accountKey(account);
  bank.cash.set(key, (bank.cash.get(key) ?? 0n) + amountMinor);
}

export function saveBank(file: string, bank: Bank): void {
  writeFileSync(`${file}.new`, serialize(bank));
  renameSync(`${file}.new`, file);
}

export function loadBank(file: string): Bank | null {
  return existsSync(file) ? (deserialize(readFileSync(file)) as Bank) : null;
}
