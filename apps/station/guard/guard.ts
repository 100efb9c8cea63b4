// Says what a guard is: balances, holds and the anchor of the log, kept out of the application's own hands.

/** What a guard may be asked. Numbers and names are those of kernel/include/uapi/qenex_banking.h. */
export const guardStates = ['empty', 'loading', 'active', 'frozen'] as const;
export type GuardState = (typeof guardStates)[number];

export const roles = { none: 0, observer: 1, teller: 2, admin: 3 } as const;
export const seals = {
  accounts: 1,
  limits: 2,
  reset: 4,
  module: 8,
  attached: 16,
  all: 31,
} as const;
export const accountFlags = { debitLimited: 1, creditLimited: 2, frozen: 4, all: 7 } as const;
export const transferFlags = { offline: 1, abandon: 2, all: 3 } as const;
export const kinds = { post: 1, reserve: 2, postPending: 3, void: 4 } as const;
export const transferStates = {
  ...{ pending: 1, posted: 2, voided: 3, expired: 4, abandoned: 5 },
} as const;
export const recordKinds = {
  ...{ genesis: 1, account: 2, limits: 3, post: 4, reserve: 5, postPending: 6, void: 7 },
  ...{ expire: 8, abandon: 9, checkpoint: 10, offlineReset: 11, seal: 12, freeze: 13, thaw: 14 },
} as const;

/** Largest number of anything the guard counts. */
export const largest = 2n ** 63n - 1n;
/** Legs of one batch; accounts or holds of one page. */
export const batchMax = 16;
export const pageMax = 64;
/** A hold may expire at most this far ahead. */
export const expiryMaxNs = 24n * 3600n * 1_000_000_000n;

export interface GuardInfo {
  readonly abi: number;
  readonly state: GuardState;
  readonly seals: number;
  readonly role: number;
  readonly till: bigint;
  /** Last record of the transfer chain, 0 when none. */
  readonly seq: bigint;
  readonly ackedSeq: bigint;
  readonly accounts: number;
  readonly accountsMax: number;
  /** Remembered, for replays and lookups. */
  readonly transfers: number;
  readonly transfersMax: number;
  readonly holds: number;
  readonly holdsMax: number;
  readonly keyLevel: number;
  /** Random, new whenever the guard begins empty: hex. */
  readonly epoch: string;
  /** Who loaded it: hex, zeroes when nobody has. */
  readonly device: string;
  /** Digest of record `seq`: hex. */
  readonly digest: string;
}

/** What an account is made with. Amounts in minor units, 0 to 2^63-1. */
export interface NewAccount {
  readonly id: bigint;
  /** ISO 4217's number. */
  readonly currency: number;
  readonly flags: number;
  /** Totals since it was opened. */
  readonly debitsPosted: bigint;
  readonly creditsPosted: bigint;
  readonly overdraft: bigint;
  /** 0 = no limit. */
  readonly transferMax: bigint;
  readonly offlineSoft: bigint;
  readonly offlineHard: bigint;
  readonly offlineCountMax: number;
  /** Only while loading. */
  readonly offlineUsed: bigint;
  readonly offlineCount: number;
}

export interface GuardAccount extends NewAccount {
  readonly debitsPending: bigint;
  readonly creditsPending: bigint;
  /** Last record that changed it. */
  readonly version: bigint;
}

export type NewLimits = Pick<
  NewAccount,
  'id' | 'flags' | 'overdraft' | 'transferMax' | 'offlineSoft' | 'offlineHard' | 'offlineCountMax'
>;

/** A transfer as it is sent. `id` and `pendingId` are 32 hex digits; all zeroes is none. */
export interface Transfer {
  readonly id: string;
  readonly pendingId: string;
  readonly debit: bigint;
  readonly credit: bigint;
  readonly amountMinor: bigint;
  readonly currency: number;
  /** The caller's own number. */
  readonly code: number;
  readonly kind: number;
  readonly flags: number;
  /** Time since the machine started, absolute; 0 = never. */
  readonly expiresBootNs: bigint;
  /** SHA-256 of the business this stands for, 64 hex digits. */
  readonly meta: string;
}

export interface Receipt {
  readonly result: 'OK' | 'REPLAYED' | 'SOFT_LIMIT';
  readonly state: number;
  /** Its record, and the digest of that in hex. */
  readonly seq: bigint;
  readonly digest: string;
}

export interface KeptTransfer extends Transfer, Receipt {}

/** One page of a list, at one instant. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly total: number;
  readonly seq: bigint;
}

/** Where the log stands: number and hash (hex) of its newest event. */
export interface AnchorPoint {
  readonly counter: bigint;
  readonly value: string;
}

export interface Quote extends AnchorPoint {
  readonly register: string;
  readonly epoch: string;
  readonly seq: bigint;
  readonly chain: string;
  readonly seals: number;
  readonly state: GuardState;
  readonly keyIndex: bigint;
  /** Over everything above and the nonce. */
  readonly digest: string;
  /** Under the epoch's key; zeroes without one. */
  readonly mac: string;
}

export interface GuardStatistics {
  readonly posted: bigint;
  readonly reservedHolds: bigint;
  readonly postedHolds: bigint;
  readonly voided: bigint;
  readonly expired: bigint;
  readonly abandoned: bigint;
  readonly replayed: bigint;
  readonly refused: bigint;
  readonly softLimits: bigint;
  readonly anchored: bigint;
  readonly quotes: bigint;
  readonly overruns: bigint;
  /** [i]: transfers and batches that took 2^i to 2^(i+1)-1 ns; one call in eight is measured. */
  readonly latency: readonly bigint[];
}

export interface LoadBegin {
  readonly device: string;
  readonly previousSeq: bigint;
  readonly previousDigest: string;
}

/**
 * One session with a guard. Each call is synchronous and never waits. What is refused throws a
 * GuardError and has changed nothing; the order of judgement is the header's.
 */
export interface Guard {
  readonly kind: 'kernel' | 'memory';
  info(): GuardInfo;
  attach(role: number, till: bigint): void;
  loadBegin(begin: LoadBegin): void;
  loadCommit(accounts: number, head: AnchorPoint): void;
  createAccount(account: NewAccount): void;
  account(id: bigint): GuardAccount;
  accounts(first: number, count: number): Page<GuardAccount>;
  transfer(transfer: Transfer): Receipt;
  /** 1 to 16 transfers, all or none. */
  batch(transfers: readonly Transfer[]): readonly Receipt[];
  lookup(id: string): KeptTransfer;
  /** Pending holds whose record is later than `after`. */
  holds(after: bigint, count: number): Page<KeptTransfer>;
  /** The ledger is durable up to this record: settled transfers up to it may be forgotten. */
  checkpoint(seq: bigint, digest: string): void;
  setLimits(limits: NewLimits): void;
  resetOffline(id: bigint, token: string): void;
  setKey(key: string): void;
  seal(bits: number): void;
  freeze(reason: string): void;
  thaw(reason: string): void;
  reset(): void;
  /** Extends the register; returns it. `previous` is the counter before. */
  extend(previous: bigint, head: AnchorPoint): string;
  quote(nonce: string): Quote;
  statistics(): GuardStatistics;
  /**
   * Calls back with whole records of 176 bytes as they come; `isOverrun` says that some were lost
   * before these. Returns what ends it. One stream a session.
   */
  events(arrived: (records: Uint8Array, isOverrun: boolean) => void): () => void;
  close(): void;
}

/** A place where sessions are opened: the device, or a memory in its stead. */
export interface GuardDevice {
  open(): Guard;
}

export const noId = '0'.repeat(32);
export const noHash = '0'.repeat(64);

/** A transfer with what is not said filled in. */
export function transferOf(given: Partial<Transfer> & Pick<Transfer, 'id' | 'kind'>): Transfer {
  return {
    id: given.id,
    pendingId: given.pendingId ?? noId,
    debit: given.debit ?? 0n,
    credit: given.credit ?? 0n,
    amountMinor: given.amountMinor ?? 0n,
    currency: given.currency ?? 0,
    code: given.code ?? 0,
    kind: given.kind,
    flags: given.flags ?? 0,
    expiresBootNs: given.expiresBootNs ?? 0n,
    meta: given.meta ?? noHash,
  };
}

/** An account with what is not said filled in. */
export function accountOf(
  given: Partial<NewAccount> & Pick<NewAccount, 'id' | 'currency'>,
): NewAccount {
  return {
    ...{ flags: 0, debitsPosted: 0n, creditsPosted: 0n, overdraft: 0n, transferMax: 0n },
    ...{ offlineSoft: 0n, offlineHard: 0n, offlineCountMax: 0, offlineUsed: 0n, offlineCount: 0 },
    ...given,
  };
}
