// Ends holds that nobody settles: those whose time has come, and those whose session has gone.
import { recordKinds, transferFlags, transferStates } from './guard.ts';
import { retire } from './memory-entries.ts';
import { appendRecord, type Entry, type MemoryState, type Session } from './memory-state.ts';
import { releaseHold } from './memory-transfer.ts';

/** Releases what has expired, earliest first; runs before any command is judged. */
export function expireHolds(state: MemoryState): void {
  if (!mayExpire(state)) return;
  const now = state.clock.bootNs();
  for (const hold of inOrder(state)) {
    if (hold.expiresBootNs === 0n || hold.expiresBootNs > now) continue;
    end(state, null, hold, recordKinds.expire, transferStates.expired);
    state.counts.expired += 1n;
  }
}

function mayExpire(state: MemoryState): boolean {
  for (const { expiresBootNs } of state.holds) if (expiresBootNs !== 0n) return true;
  return false;
}

/** Releases what the session made and wanted released with it. */
export function abandonHolds(state: MemoryState, session: Session): void {
  for (const hold of inOrder(state)) {
    if (hold.session !== session || (hold.flags & transferFlags.abandon) === 0) continue;
    end(state, session, hold, recordKinds.abandon, transferStates.abandoned);
    state.counts.abandoned += 1n;
  }
}

/** Oldest first: the list is in no order. */
function inOrder(state: MemoryState): readonly Entry[] {
  return [...state.holds].sort((one, other) => Number(one.seq - other.seq));
}

function end(
  state: MemoryState,
  session: Session | null,
  hold: Entry,
  kind: number,
  to: number,
): void {
  releaseHold(state, hold, 0n);
  hold.state = to;
  const seq = appendRecord(state, session, {
    ...{ kind, pendingId: hold.id, debit: hold.debit, credit: hold.credit },
    ...{ amountMinor: hold.amountMinor, currency: hold.currency },
  });
  retire(state, hold, seq);
  hold.debitHeld.version = seq;
  hold.creditHeld.version = seq;
}
