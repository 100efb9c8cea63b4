// Remembers transfers for as long as they may be asked for again, and forgets the oldest settled ones.
import { type Transfer, transferStates } from './guard.ts';
import type { Entry, MemoryState, Session } from './memory-state.ts';

/**
 * One field after the other: an entry is made with every posting, and one that is spread together of
 * others takes a slower shape.
 */
export function newEntry(
  session: Session,
  leg: Transfer,
  moved: Pick<Entry, 'debit' | 'credit' | 'currency' | 'amountMinor'>,
  sides: Pick<Entry, 'debitHeld' | 'creditHeld'>,
): Entry {
  return {
    id: leg.id,
    pendingId: leg.pendingId,
    debit: moved.debit,
    credit: moved.credit,
    amountMinor: moved.amountMinor,
    currency: moved.currency,
    code: leg.code,
    kind: leg.kind,
    flags: leg.flags,
    expiresBootNs: leg.expiresBootNs,
    meta: leg.meta,
    debitSent: leg.debit,
    creditSent: leg.credit,
    currencySent: leg.currency,
    amountSent: leg.amountMinor,
    session,
    settledSeq: 0n,
    result: 'OK',
    state: 0,
    seq: 0n,
    digest: '',
    debitOffline: false,
    creditOffline: false,
    holdAt: -1,
    debitHeld: sides.debitHeld,
    creditHeld: sides.creditHeld,
  };
}

/** Remembers it; a pending one among the holds too. */
export function keep(state: MemoryState, entry: Entry): void {
  state.entries.set(entry.id, entry);
  if (entry.state === transferStates.pending) addHold(state, entry);
}

/** Puts it among those that are pending. */
export function addHold(state: MemoryState, entry: Entry): void {
  entry.holdAt = state.holds.length;
  state.holds.push(entry);
}

/** Takes it from among those that are pending; the last takes its place. */
export function dropHold(state: MemoryState, entry: Entry): void {
  const last = state.holds.pop() as Entry;
  if (last !== entry) {
    state.holds[entry.holdAt] = last;
    last.holdAt = entry.holdAt;
  }
  entry.holdAt = -1;
}

/** As if it had never been sent. */
export function forget(state: MemoryState, entry: Entry): void {
  state.entries.delete(entry.id);
  if (entry.holdAt >= 0) dropHold(state, entry);
}

/** Settled: it may be forgotten once the ledger has acknowledged that record. */
export function retire(state: MemoryState, entry: Entry, seq: bigint): void {
  entry.settledSeq = seq;
  state.settled.push(entry);
}

/** Forgotten ones taken off the list together. */
const forgottenMax = 256;

/**
 * Sees to it that so many transfers more can be remembered, forgetting the oldest settled ones that the
 * ledger has acknowledged. Every hold keeps the room it needs to be settled in.
 */
export function makeRoom(state: MemoryState, wanted: number): boolean {
  while (state.sizes.transfersMax - state.entries.size < wanted) {
    const oldest = state.settled[state.forgotten];
    if (oldest === undefined || oldest.settledSeq > state.ackedSeq) return false;
    state.entries.delete(oldest.id);
    state.forgotten += 1;
    if (state.forgotten < forgottenMax) continue;
    state.settled.splice(0, state.forgotten);
    state.forgotten = 0;
  }
  return true;
}
