// Makes a day pack a second time, from the log alone, so that the tables it was first read from are proven.
import assert from 'node:assert/strict';
import type { JournalData, LedgerParts, StoredEvent } from '#station/ledger/events.ts';
import type { DayRow } from '#station/ledger/projections/day.ts';
import type { CountData, PursesAdded, TillAdded } from '#station/ledger/projections/till.ts';
import type { Counter } from './counter.ts';
import { exceptionsOf } from './day-exceptions.ts';
import { type BalanceOf, packBalances, packHead, sortProofs } from './day-pack.ts';
import type { DayPack, PackProof } from './day-pack-shape.ts';

/** Events read from the log at once. */
const chunkSize = 2_000;

interface Books {
  readonly accounts: Map<number, { -readonly [K in keyof BalanceOf]: BalanceOf[K] }>;
  readonly names: Map<number, string>;
  /** Account -> the till whose cash it is. */
  readonly purses: Map<number, number>;
}

interface DaySums {
  readonly moved: Map<number, { in: bigint; out: bigint }>;
  readonly counts: Map<number, { readonly count: CountData; readonly by: number }>;
  journals: number;
}

function learn(books: Books, { data, type }: StoredEvent): void {
  for (const account of (data as LedgerParts).accounts ?? []) {
    const { number, name, product, currency } = account;
    books.accounts.set(account.id, { number, name, product, currency, postedMinor: 0n });
  }
  if (type === 'till.added') {
    const { till, name } = data as unknown as TillAdded;
    books.names.set(till, name);
  }
  const purses = data.purses as unknown as PursesAdded | undefined;
  for (const { account } of purses?.added ?? []) books.purses.set(account, purses?.till ?? 0);
}

function move(books: Books, journal: JournalData | undefined, sums: DaySums | null): void {
  const add = (id: number, amount: bigint): void => {
    const account = books.accounts.get(id);
    assert.ok(account, 'a leg names an account that was opened before it');
    account.postedMinor += amount;
    if (!sums) return;
    const moved = sums.moved.get(id) ?? { in: 0n, out: 0n };
    if (amount > 0n) moved.in += amount;
    else moved.out -= amount;
    sums.moved.set(id, moved);
  };
  for (const leg of journal?.legs ?? []) {
    add(leg.debit, BigInt(leg.amountMinor));
    add(leg.credit, -BigInt(leg.amountMinor));
  }
}

function fold(books: Books, event: StoredEvent, sums: DaySums | null): void {
  learn(books, event);
  move(books, (event.data as LedgerParts).journal, sums);
  if (!sums) return;
  if (event.data.entry) sums.journals += 1;
  const count = event.data.count as unknown as CountData | undefined;
  if (count && event.type !== 'till.closed') {
    sums.counts.set(count.till, { count, by: Number(event.actor) });
  }
}

function proofsOf(counter: Counter, books: Books, sums: DaySums): PackProof[] {
  return [...books.purses].map(([account, till]) => {
    const { currency, postedMinor: closing } = books.accounts.get(account) as BalanceOf;
    const moved = sums.moved.get(account) ?? { in: 0n, out: 0n };
    const last = sums.counts.get(till);
    const line = last?.count.lines.find((each) => each.currency === currency);
    return {
      ...{ till, name: books.names.get(till) ?? '', currency },
      openingMinor: String(closing - moved.in + moved.out),
      inMinor: String(moved.in),
      outMinor: String(moved.out),
      closingMinor: String(closing),
      countedMinor: line?.countedMinor ?? null,
      countedBy: last ? counter.people.nameOf(last.by) : null,
    };
  });
}

/** Lets other work run between two parts of a long one. */
const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** The pack of a closed day, added up from the first event of the log on; nothing is read from a table. */
export async function derivePack(counter: Counter, day: DayRow): Promise<DayPack> {
  assert.ok(day.close, 'a pack is derived of a closed day');
  const { close } = day;
  const books: Books = { accounts: new Map(), names: new Map(), purses: new Map() };
  const sums: DaySums = { moved: new Map(), counts: new Map(), journals: 0 };
  const events: StoredEvent[] = [];
  for (let from = 1; from <= close.headSeq; from += chunkSize) {
    const to = Math.min(from + chunkSize - 1, close.headSeq);
    for (const event of counter.ledger.events(from, to)) {
      const isToday = event.seq >= day.opened;
      fold(books, event, isToday ? sums : null);
      if (isToday) events.push(event);
    }
    await breathe();
  }
  const hash = counter.ledger.hashOf(close.headSeq) ?? '';
  const head = { seq: close.headSeq, hash };
  return {
    ...packHead(counter, { day, closedAt: close.at, closedBy: close.by, head }),
    journals: sums.journals,
    ...packBalances([...books.accounts.values()]),
    tills: sortProofs(proofsOf(counter, books, sums)),
    exceptions: exceptionsOf(counter, events),
  };
}
