// Books what head office sent: money wanted or given back, and what other branches did with our accounts.
import { formatMoney } from '#contract/money.ts';
import type { Account } from '#station/ledger/balance.ts';
import type { LegData } from '#station/ledger/events.ts';
import type { DownItem, OfficePart } from '#station/office/protocol/values.ts';
import { entryOf } from './counter.ts';
import {
  debitRoom,
  type OfficeBooks,
  type OfficeEvent,
  officeAccounts,
  shareChange,
  shareEvent,
} from './office-desk.ts';

type Due = Extract<DownItem, { kind: 'visit' | 'share-wanted' | 'share-returned' }>;

/**
 * Books up to `most` items that wait, each in an event of its own; inside a write, while a business
 * date is open. Returns how many. A fact of another branch is never refused: what the account cannot
 * bear the bank does, and head office raises it.
 */
export function bookDue(books: OfficeBooks, most: number): number {
  const { date } = books.ledger.moment();
  if (date === null) return 0;
  const items = books.reads.due(most);
  for (const { seq, body } of items) {
    const item = JSON.parse(body) as Due;
    const event = eventFor(books, item, { due: seq, date });
    books.ledger.append({ actor: 'system', ...event });
  }
  return items.length;
}

function eventFor(
  books: OfficeBooks,
  item: Due,
  at: { readonly due: number; readonly date: string },
): OfficeEvent {
  const account = books.ledger.accountByNumber(item.account.number);
  const kept = account?.customer == null ? undefined : account;
  if (item.kind === 'visit') return visitEvent(books, item, { ...at, account: kept });
  const share = kept ? books.reads.share(kept.id) : null;
  const before = share?.amountMinor ?? 0n;
  const asked = BigInt(item.amountMinor);
  if (item.kind === 'share-returned' && kept) {
    const newMinor = before > asked ? before - asked : 0n;
    return shareEvent('share.returned', kept, { share, newMinor }, { due: at.due });
  }
  const room = kept?.currency === item.currency ? debitRoom(kept) : 0n;
  const given = asked < room ? asked : room;
  const office: OfficePart = {
    kind: 'shared',
    account: { ...item.account },
    amountMinor: String(given),
    answersMinor: item.amountMinor,
    currency: item.currency,
  };
  // Head office waits for an answer even where there is nothing to set aside.
  if (!kept || given <= 0n) return { type: 'share.declined', data: { due: at.due, office } };
  const change = { share, newMinor: before + given };
  return shareEvent('account.shared', kept, change, { due: at.due, office });
}

type Visit = Extract<DownItem, { kind: 'visit' }>;
interface VisitPlace {
  readonly due: number;
  readonly date: string;
  readonly account: Account | undefined;
}

/** What was paid out at another branch leaves the account as far as it reaches; the rest is the bank's. */
function visitEvent(books: OfficeBooks, item: Visit, at: VisitPlace): OfficeEvent {
  const { account } = at;
  const total = BigInt(item.amountMinor);
  const share = account ? books.reads.share(account.id) : null;
  const covered = BigInt(item.coveredMinor);
  const before = share?.amountMinor ?? 0n;
  const freed = item.side === 'debit' ? (covered < before ? covered : before) : 0n;
  const taken = account ? takenMinor(account, item, freed) : 0n;
  const shortMinor = item.side === 'debit' ? total - taken : 0n;
  const roles = taken < total ? (['INTERBRANCH', 'STANDIN'] as const) : (['INTERBRANCH'] as const);
  const { ids, opened } = officeAccounts(books.ledger, item.currency, roles);
  const legs: LegData[] = [];
  const add = (own: number, amountMinor: bigint) => {
    if (amountMinor <= 0n) return;
    const [debit, credit] = item.side === 'debit' ? [own, ids.INTERBRANCH] : [ids.INTERBRANCH, own];
    legs.push({
      debit,
      credit,
      amountMinor: String(amountMinor),
      currency: item.currency,
      label: `at branch ${item.branch}`,
    });
  };
  if (account) add(account.id, taken);
  add(ids.STANDIN, total - taken);
  const change = account && freed > 0n ? shareChange(account, share, before - freed) : null;
  return {
    type: 'visit.booked',
    data: {
      ...(opened.length === 0 ? {} : { accounts: opened }),
      journal: { kind: 'office.visit', legs, ...(change ? { holds: change.holds } : {}) },
      ...(change ? { share: change.share } : {}),
      entry: visitEntry(item, at),
      due: at.due,
      office: {
        ...{ kind: 'booked', account: { ...item.account }, branch: item.branch, seq: item.seq },
        shortMinor: String(shortMinor),
      },
    },
  };
}

/** How much of it the account itself bears; nothing of an account that may not be moved. */
function takenMinor(account: Account, item: Visit, freed: bigint): bigint {
  const total = BigInt(item.amountMinor);
  if (account.state !== 'open' || account.currency !== item.currency) return 0n;
  if (item.side === 'debit') {
    const bound = account.availableDebitMinor;
    const room = bound === null ? total : bound + freed;
    return room < 0n ? 0n : total < room ? total : room;
  }
  const { lowMinor, postedMinor, heldCreditMinor } = account;
  const room = lowMinor === null ? total : postedMinor - heldCreditMinor - lowMinor;
  return room < total ? 0n : total;
}

function visitEntry(item: Visit, { account, date }: VisitPlace) {
  const money = formatMoney(item.amountMinor, item.currency);
  const what = item.side === 'debit' ? 'Paid out' : 'Taken in';
  return entryOf({
    ...{
      kind: 'office.visit',
      amountMinor: item.amountMinor,
      currency: item.currency,
      valueDate: date,
    },
    what: `${what} at branch ${item.branch}: ${money}`,
    ...{
      account: item.account.number,
      name: account?.name ?? '',
      customer: account?.customer ?? null,
    },
  });
}
