// Holds what a guard in memory knows, and appends the records by which each change is told.
import {
  accountDigest,
  firstDigest,
  firstRegister,
  type GuardRecord,
  type RecordLink,
  recordBytes,
} from './chain.ts';
import { type KeptTransfer, noHash, noId } from './guard.ts';

/** Sizes, as the module's parameters; the module's own defaults are larger. */
export interface GuardSizes {
  readonly accountsMax: number;
  readonly transfersMax: number;
  readonly holdsMax: number;
  /** Records that a reader can still be given. */
  readonly ringMax: number;
  readonly sessionsMax: number;
}

export const usualSizes: GuardSizes = Object.freeze({
  ...{ accountsMax: 16_384, transfersMax: 1024, holdsMax: 4096, ringMax: 1024, sessionsMax: 64 },
});

export interface GuardClock {
  /** Nanoseconds of a timer that never goes back and runs while the machine sleeps. */
  bootNs(): bigint;
  /** Nanoseconds since 1970. */
  realNs(): bigint;
}

type Loose<T> = { -readonly [K in keyof T]: T[K] };

/** An account as it changes. */
export interface Held {
  readonly id: bigint;
  readonly currency: number;
  flags: number;
  debitsPosted: bigint;
  creditsPosted: bigint;
  debitsPending: bigint;
  creditsPending: bigint;
  overdraft: bigint;
  transferMax: bigint;
  offlineSoft: bigint;
  offlineHard: bigint;
  offlineUsed: bigint;
  offlineCount: number;
  offlineCountMax: number;
  version: bigint;
}

/** A transfer that is remembered. `amountMinor` is what it moved, `amountSent` what was asked. */
export interface Entry extends Loose<KeptTransfer> {
  readonly amountSent: bigint;
  /** What it was sent with: accounts of a settlement are those of its hold. */
  readonly debitSent: bigint;
  readonly creditSent: bigint;
  readonly currencySent: number;
  settledSeq: bigint;
  readonly session: Session;
  debitOffline: boolean;
  creditOffline: boolean;
  /** Its place among the holds; -1 where it is none. */
  holdAt: number;
  /** The accounts themselves: they are looked up once, where the transfer is admitted. */
  readonly debitHeld: Held;
  readonly creditHeld: Held;
}

export interface Session {
  role: number;
  till: bigint;
  isAttached: boolean;
  isLoading: boolean;
  isOpen: boolean;
}

export interface MemoryState {
  readonly sizes: GuardSizes;
  readonly clock: GuardClock;
  readonly uid: number;
  state: 'empty' | 'loading' | 'active' | 'frozen';
  seals: number;
  epoch: string;
  device: string;
  seq: bigint;
  ackedSeq: bigint;
  digest: string;
  counter: bigint;
  value: string;
  register: string;
  key: string | null;
  firstKey: string | null;
  keyIndex: bigint;
  lastRealNs: bigint;
  accounts: Map<bigint, Held>;
  entries: Map<string, Entry>;
  /** Those that are pending, in no order. */
  holds: Entry[];
  /** Settled ones in the order they were settled: the first is the first to be forgotten. */
  settled: Entry[];
  /** How many at its beginning are forgotten already: taking them off one by one would be slow. */
  forgotten: number;
  sessions: Set<Session>;
  /** Newest records one after the other, each at its seq modulo the ring's size. */
  ring: Uint8Array;
  readonly link: RecordLink;
  /** Told after each new record. */
  readonly listeners: Set<() => void>;
  readonly counts: Record<
    | 'posted'
    | 'reservedHolds'
    | 'postedHolds'
    | 'voided'
    | 'expired'
    | 'abandoned'
    | 'replayed'
    | 'refused'
    | 'softLimits'
    | 'anchored'
    | 'quotes'
    | 'overruns',
    bigint
  >;
  readonly latency: bigint[];
}

export const recordFlags = { offline: 1, softLimit: 4, clockBack: 8, keyed: 16 } as const;
const clockBackNs = 2_000_000_000n;

/** What a guard is made with and keeps, whatever becomes of what it knows. */
export type MemoryParts = Pick<MemoryState, 'sizes' | 'clock' | 'uid' | 'link'>;

/**
 * A guard that knows nothing. One literal with every field in it: an object that gets its fields one
 * after the other is kept as a dictionary, and each posting reads some hundred of them.
 */
export function newState({ sizes, clock, uid, link }: MemoryParts, epoch: string): MemoryState {
  const state: MemoryState = {
    sizes,
    clock,
    uid,
    link,
    state: 'empty',
    seals: 0,
    epoch,
    device: noId,
    seq: 0n,
    ackedSeq: 0n,
    digest: '',
    counter: 0n,
    value: noHash,
    register: '',
    key: null,
    firstKey: null,
    keyIndex: 0n,
    lastRealNs: 0n,
    accounts: new Map(),
    entries: new Map(),
    holds: [],
    settled: [],
    forgotten: 0,
    sessions: new Set(),
    ring: new Uint8Array(sizes.ringMax * recordBytes),
    listeners: new Set(),
    counts: {
      posted: 0n,
      reservedHolds: 0n,
      postedHolds: 0n,
      voided: 0n,
      expired: 0n,
      abandoned: 0n,
      replayed: 0n,
      refused: 0n,
      softLimits: 0n,
      anchored: 0n,
      quotes: 0n,
      overruns: 0n,
    },
    latency: Array.from({ length: 32 }, () => 0n),
  };
  emptyState(state, epoch);
  return state;
}

/** Back to nothing, as the module is when it has just been loaded; sessions stay open. */
export function emptyState(state: MemoryState, epoch: string): void {
  state.state = 'empty';
  state.seals = 0;
  state.epoch = epoch;
  state.device = noId;
  state.seq = 0n;
  state.ackedSeq = 0n;
  state.counter = 0n;
  state.value = noHash;
  state.lastRealNs = 0n;
  state.key = null;
  state.firstKey = null;
  state.keyIndex = 0n;
  state.accounts = new Map();
  state.entries = new Map();
  state.holds = [];
  state.settled = [];
  state.forgotten = 0;
  state.ring = new Uint8Array(state.sizes.ringMax * recordBytes);
  state.register = firstRegister(epoch, noId, { counter: 0n, value: noHash });
  state.digest = firstDigest({ epoch, device: noId, previousSeq: 0n, previousDigest: noHash });
}

/** What a record says beyond its place; what is left out is nothing. */
export type RecordParts = Partial<Omit<GuardRecord, 'seq' | 'digest'>> & { readonly kind: number };

/** Appends a record and returns its number; every change of the state ends here. */
export function appendRecord(
  state: MemoryState,
  session: Session | null,
  parts: RecordParts,
): bigint {
  const realNs = state.clock.realNs();
  const isBack = realNs + clockBackNs < state.lastRealNs;
  state.lastRealNs = realNs;
  const seq = state.seq + 1n;
  state.digest = state.link.bind(state.digest, {
    seq,
    bootNs: state.clock.bootNs(),
    realNs,
    id: parts.id ?? noId,
    pendingId: parts.pendingId ?? noId,
    debit: parts.debit ?? 0n,
    credit: parts.credit ?? 0n,
    amountMinor: parts.amountMinor ?? 0n,
    currency: parts.currency ?? 0,
    code: parts.code ?? 0,
    kind: parts.kind,
    uid: session ? state.uid : 0,
    till: session?.till ?? 0n,
    meta: parts.meta ?? noHash,
    flags:
      (parts.flags ?? 0) |
      (isBack ? recordFlags.clockBack : 0) |
      (state.key === null ? 0 : recordFlags.keyed),
  });
  state.seq = seq;
  state.ring.set(state.link.record, placeOf(state, seq));
  for (const listener of state.listeners) listener();
  return seq;
}

function placeOf(state: MemoryState, seq: bigint): number {
  return (Number(seq) % state.sizes.ringMax) * recordBytes;
}

/** The bytes of a record that the ring still has; written over when its turn comes again. */
export function recordOf(state: MemoryState, seq: bigint): Uint8Array {
  const place = placeOf(state, seq);
  return state.ring.subarray(place, place + recordBytes);
}

/** The record of an account made or limited; its version is that record's number. */
export function appendAccount(
  state: MemoryState,
  session: Session,
  account: Held,
  kind: number,
): void {
  account.version = state.seq + 1n;
  const { id, currency } = account;
  appendRecord(state, session, { kind, debit: id, currency, meta: accountDigest(account) });
}

/** Oldest record the ring still has, 0 when there is none. */
export function oldestSeq(state: MemoryState): bigint {
  const size = BigInt(state.sizes.ringMax);
  if (state.seq === 0n) return 0n;
  return state.seq > size ? state.seq - size + 1n : 1n;
}
