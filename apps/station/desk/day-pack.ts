// Makes a day pack from the branch's tables at the close.

import { canonicalText } from '#station/bank/canonical.ts';
import { sha256Hex } from '#station/ledger/canonical.ts';
import type { StoredEvent } from '#station/ledger/events.ts';
import type { DayRow } from '#station/ledger/projections/day.ts';
import { type Counter, instant } from './counter.ts';
import { exceptionsOf } from './day-exceptions.ts';
import type { DayPack, PackBalance, PackProof } from './day-pack-shape.ts';

/** What a pack is made from besides the tables it is read from. */
export interface PackFrame {
  readonly day: DayRow;
  readonly closedAt: number;
  readonly closedBy: number;
  readonly head: { readonly seq: number; readonly hash: string };
}

/** The text that is hashed and signed. */
export function packText(pack: DayPack): string {
  return canonicalText(pack as never);
}

export function packDigest(pack: DayPack): string {
  return sha256Hex(packText(pack));
}

/** The part of the trial balance's hash that the event of the close carries. */
export function trialBalanceHash(pack: DayPack): string {
  return sha256Hex(canonicalText(pack.trialBalance as never));
}

export function packHead(counter: Counter, frame: PackFrame) {
  const branch = counter.people.branch();
  const { day, closedAt, closedBy, head } = frame;
  return {
    version: 1 as const,
    bank: branch?.bank ?? '',
    branch: branch ? `${branch.code} ${branch.name}` : '',
    date: day.date,
    openedAt: instant(day.openedAt),
    openedBy: counter.people.nameOf(day.openedBy),
    countedWith: counter.people.nameOf(day.second),
    closedAt: instant(closedAt),
    closedBy: counter.people.nameOf(closedBy),
    head,
  };
}

export interface BalanceOf {
  readonly number: string;
  readonly name: string;
  readonly product: string;
  readonly currency: string;
  readonly postedMinor: bigint;
}

const customerProducts: readonly string[] = ['checking', 'savings', 'loan', 'credit'];

/** Customers' accounts are one line a product and currency: the sub-ledger against its control account. */
export function packBalances(accounts: readonly BalanceOf[]): {
  readonly trialBalance: readonly PackBalance[];
  readonly totals: Readonly<Record<string, string>>;
} {
  const lines = new Map<
    string,
    { line: Omit<BalanceOf, 'postedMinor'>; sum: bigint; count: number }
  >();
  const totals = new Map<string, bigint>();
  for (const account of accounts) {
    const { product, currency, postedMinor } = account;
    const isCustomers = customerProducts.includes(product);
    const number = isCustomers ? `CUSTOMERS-${product.toUpperCase()}-${currency}` : account.number;
    const name = isCustomers ? `Customers, ${product} ${currency}` : account.name;
    const known = lines.get(number) ?? {
      ...{ line: { number, name, product, currency }, sum: 0n, count: 0 },
    };
    lines.set(number, { ...known, sum: known.sum + postedMinor, count: known.count + 1 });
    totals.set(currency, (totals.get(currency) ?? 0n) + postedMinor);
  }
  const sorted = [...lines.values()].sort((one, other) =>
    one.line.number < other.line.number ? -1 : 1,
  );
  return {
    trialBalance: sorted.map(({ line, sum, count }) => ({
      ...line,
      accounts: count,
      debitMinor: String(sum > 0n ? sum : 0n),
      creditMinor: String(sum < 0n ? -sum : 0n),
    })),
    totals: Object.fromEntries(
      [...totals].sort().map(([currency, sum]) => [currency, String(sum)]),
    ),
  };
}

/** Legs of the day on one account, from its statement, newest first. */
function movedOn(counter: Counter, account: number, date: string): { in: bigint; out: bigint } {
  const sums = { in: 0n, out: 0n };
  let before: number | undefined;
  for (;;) {
    const request =
      before === undefined ? { account, count: 200 } : { account, count: 200, before };
    const lines = counter.ledger.statement(request);
    for (const line of lines) {
      if (line.date !== date) return sums;
      if (line.amountMinor > 0n) sums.in += line.amountMinor;
      else sums.out -= line.amountMinor;
    }
    const last = lines.at(-1);
    if (!last || lines.length < 200) return sums;
    before = last.leg;
  }
}

function proofsOf(counter: Counter, day: DayRow): PackProof[] {
  const counts = counter.tills.countsBetween(day.opened, Number.MAX_SAFE_INTEGER);
  return counter.tills.list().flatMap((till) =>
    till.purses.map(({ currency, account }) => {
      const closing = counter.ledger.account(account)?.postedMinor ?? 0n;
      const moved = movedOn(counter, account, day.date);
      const last = counts.filter((count) => count.till === till.till).at(-1);
      const line = last?.lines.find((each) => each.currency === currency);
      return {
        ...{ till: till.till, name: till.name, currency },
        openingMinor: String(closing - moved.in + moved.out),
        inMinor: String(moved.in),
        outMinor: String(moved.out),
        closingMinor: String(closing),
        countedMinor: line?.countedMinor ?? null,
        countedBy: last ? counter.people.nameOf(last.by) : null,
      };
    }),
  );
}

/** The pack of the day that is being closed, read from the branch's tables. */
export function makePack(
  counter: Counter,
  frame: PackFrame,
  events: readonly StoredEvent[],
): DayPack {
  const { rows } = counter.ledger.trialBalance();
  const proofs = proofsOf(counter, frame.day);
  return {
    ...packHead(counter, frame),
    journals: counter.entries.countBetween(frame.day.opened, frame.head.seq),
    ...packBalances(rows),
    tills: sortProofs(proofs),
    exceptions: exceptionsOf(counter, events),
  };
}

export function sortProofs(proofs: readonly PackProof[]): PackProof[] {
  return [...proofs].sort((one, other) =>
    one.till === other.till ? (one.currency < other.currency ? -1 : 1) : one.till - other.till,
  );
}
