// What the branch's side of head office shares: its books, its name, and the accounts it books visits on.
import { refuseUnless } from '#station/bank/refusal.ts';
import type { Account } from '#station/ledger/balance.ts';
import type { AccountData } from '#station/ledger/events.ts';
import type { Ledger } from '#station/ledger/ledger.ts';
import type { OfficeReads, ShareRow } from '#station/ledger/projections/office-reads.ts';
import type { OfficePart } from '#station/office/protocol/values.ts';

export interface OfficeBooks {
  readonly ledger: Ledger;
  readonly reads: OfficeReads;
  /** Code of this branch, "" before it is established. */
  readonly code: () => string;
}

/** Refuses what only a head office gives a meaning: alone, nobody would ever answer for it or give it back. */
export function refuseAlone({ link }: { readonly link: object | null }): void {
  refuseUnless(link, 'office-none', 'This branch has no head office.');
}

/** An event the office's books are made of, ready to be appended. */
export interface OfficeEvent {
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/**
 * `INTERBRANCH` is what the rest of the bank owes us: over all branches it adds up to what is on its
 * way. `STANDIN` is what was paid without cover and no account could bear.
 */
export type OfficeRole = 'INTERBRANCH' | 'STANDIN';

const roleNames = { INTERBRANCH: 'Other branches', STANDIN: 'Paid without cover' } as const;

export interface OfficeAccounts {
  readonly ids: Readonly<Record<OfficeRole, number>>;
  /** Those to be opened with the event that first needs them. */
  readonly opened: readonly AccountData[];
}

/** The bank's own accounts for visits in this currency; what is missing is opened by the same event. */
export function officeAccounts(
  ledger: Pick<Ledger, 'accountByNumber' | 'nextAccountId'>,
  currency: string,
  roles: readonly OfficeRole[],
): OfficeAccounts {
  let next = ledger.nextAccountId();
  const opened: AccountData[] = [];
  const ids = { INTERBRANCH: 0, STANDIN: 0 };
  for (const role of roles) {
    const known = ledger.accountByNumber(`${role}${currency}`);
    ids[role] = known?.id ?? next;
    if (known) continue;
    opened.push({
      ...{
        id: next,
        number: `${role}${currency}`,
        name: `${roleNames[role]} ${currency}`,
        currency,
      },
      ...{ product: role === 'STANDIN' ? 'suspense' : 'nostro', class: 'asset', customer: null },
      ...{ cash: false, lowMinor: null, highMinor: null },
    });
    next += 1;
  }
  return { ids, opened };
}

/** What a further debit of the account may take: nothing of one that is not open. */
export function debitRoom(account: Account): bigint {
  if (account.state !== 'open') return 0n;
  const room = account.availableDebitMinor;
  if (room === null) return 2n ** 53n;
  return room > 0n ? room : 0n;
}

/** The part of an event that changes what is set aside of an account: the old hold ends, a new one stands. */
export function shareChange(
  account: Account,
  share: ShareRow | null,
  newMinor: bigint,
): {
  readonly holds: Readonly<Record<string, unknown>>;
  readonly share: { readonly account: number; readonly amountMinor: string };
} {
  const amountMinor = String(newMinor);
  const place = {
    account: account.id,
    side: 'debit',
    amountMinor,
    why: 'set aside for other branches',
  };
  return {
    holds: {
      ...(share?.hold == null ? {} : { release: [{ hold: share.hold }] }),
      ...(newMinor > 0n ? { place: [place] } : {}),
    },
    share: { account: account.id, amountMinor },
  };
}

/** Sets aside more or less of an account; says so to head office where it is `office`. */
export function shareEvent(
  type: string,
  account: Account,
  change: { readonly share: ShareRow | null; readonly newMinor: bigint },
  more: { readonly office?: OfficePart; readonly due?: number; readonly reason?: string },
): OfficeEvent {
  const { holds, share } = shareChange(account, change.share, change.newMinor);
  return { type, data: { journal: { kind: 'office.share', legs: [], holds }, share, ...more } };
}
