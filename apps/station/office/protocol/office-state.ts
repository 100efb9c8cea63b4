// Holds what head office knows, as plain data that a test may copy, lose and put back.
import { type Canonical, canonicalText } from '#station/bank/canonical.ts';
import { endOf, linkTo } from './chain.ts';
import {
  type Allowance,
  accountKey,
  type CardVersion,
  type DownItem,
  type Link,
  type OfficeAccount,
  type OfficeException,
} from './values.ts';

export interface DeviceState {
  readonly branch: string;
  /** Public key in hex; the first one a branch comes with is the only one it is ever heard with. */
  readonly device: string;
  /** Why it is stopped, or "": then nothing of it is accepted until a person decides. */
  stopped: string;
  readonly log: Link[];
  readonly down: Link[];
}

/** Money of one account that its keeping branch has set aside for others. */
export interface Pool {
  readonly currency: string;
  /** free + reserved + open allowances, and equal to the hold in the keeping branch's ledger at rest. */
  sharedMinor: bigint;
  freeMinor: bigint;
  /** Asked of the keeping branch and not answered yet. */
  wantedMinor: bigint;
}

export interface Reservation {
  readonly branch: string;
  readonly account: OfficeAccount;
  readonly amountMinor: bigint;
  readonly currency: string;
  state: 'waiting' | 'reserved' | 'confirmed' | 'released';
}

export interface GrantedAllowance {
  readonly allowance: Allowance;
  readonly signature: string;
  spentMinor: bigint;
  state: 'open' | 'returned' | 'written-off';
}

/** An item of the lost head office that a branch has declared, until what caused it has come again. */
export interface LostItem {
  readonly hash: string;
  readonly item: DownItem;
  /** Its cause has come again, or it needs none. */
  isMatched: boolean;
  /** The branch says that it has booked it. */
  isBooked: boolean;
}

export interface OfficeState {
  readonly devices: Map<string, DeviceState>;
  readonly pools: Map<string, Pool>;
  readonly reservations: Map<string, Reservation>;
  readonly allowances: Map<string, GrantedAllowance>;
  /** Visits handed to the keeping branch and not booked there yet, by `branch#seq`. */
  readonly inTransit: Map<
    string,
    {
      readonly account: OfficeAccount;
      readonly side: 'debit' | 'credit';
      readonly amountMinor: bigint;
      readonly currency: string;
    }
  >;
  /** Branches each account visits, and its card as the keeping branch last said, by account. */
  readonly visitors: Map<string, Set<string>>;
  readonly cards: Map<string, CardVersion>;
  readonly exceptions: OfficeException[];
  nextAllowance: number;
  /** Since an older copy took head office's place: the branches not heard out yet, with the copy's name. */
  readonly recovering: Map<string, string>;
  /** What branches had of the lost head office, by branch. */
  readonly lost: Map<string, LostItem[]>;
  /** What was covered of visits that came while some branch was not heard out, by its visit's key. */
  readonly covered: Map<string, bigint>;
  /** Orders for all branches that only a branch still knew, by name: the newest. */
  readonly regained: Map<string, Extract<DownItem, { kind: 'reference' }>>;
}

export function createOfficeState(): OfficeState {
  return {
    ...{ devices: new Map(), pools: new Map(), reservations: new Map(), allowances: new Map() },
    ...{ inTransit: new Map(), visitors: new Map(), cards: new Map() },
    ...{ exceptions: [], nextAllowance: 1 },
    ...{ recovering: new Map(), lost: new Map(), covered: new Map(), regained: new Map() },
  };
}

/** Appends an item to what a branch is sent. */
export function handDown(device: DeviceState, item: DownItem): void {
  device.down.push(linkTo(endOf(device.down), canonicalText(item as unknown as Canonical)));
}

export function raise(state: OfficeState, exception: Omit<OfficeException, 'id'>): void {
  state.exceptions.push({ id: String(state.exceptions.length + 1), ...exception });
}

export function poolOf(state: OfficeState, account: OfficeAccount, currency: string): Pool {
  const key = accountKey(account);
  const known = state.pools.get(key);
  if (known) return known;
  const made: Pool = { currency, sharedMinor: 0n, freeMinor: 0n, wantedMinor: 0n };
  state.pools.set(key, made);
  return made;
}

/** The books of an account agree: what was set aside is free, reserved or granted, and never less than zero. */
export function poolGap(state: OfficeState, key: string): bigint {
  const pool = state.pools.get(key);
  if (!pool) return 0n;
  let used = pool.freeMinor;
  for (const each of state.reservations.values()) {
    if (each.state === 'reserved' && accountKey(each.account) === key) used += each.amountMinor;
  }
  for (const each of state.allowances.values()) {
    if (each.state === 'open' && accountKey(each.allowance.account) === key) {
      used += BigInt(each.allowance.amountMinor) - each.spentMinor;
    }
  }
  return pool.sharedMinor - used;
}
