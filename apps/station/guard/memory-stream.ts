// Gives the records of a guard in memory as the device gives its own: whole, in order, and saying what was lost.
import { type MemoryState, oldestSeq, recordOf, type Session } from './memory-state.ts';

/** Hands records over in the next turns of the loop, whole and in order, as the device's thread does. */
export function stream(
  state: MemoryState,
  session: Session,
  arrived: (records: Uint8Array, isOverrun: boolean) => void,
): () => void {
  let next = oldestSeq(state) || 1n;
  let waiting: NodeJS.Immediate | null = null;
  const give = (): void => {
    waiting = null;
    const oldest = oldestSeq(state);
    const isOverrun = next < oldest;
    if (isOverrun) {
      next = oldest;
      state.counts.overruns += 1n;
    }
    const list: Uint8Array[] = [];
    for (; next <= state.seq && list.length < 64; next += 1n) {
      list.push(recordOf(state, next));
    }
    if (next <= state.seq) tell();
    if (list.length > 0) arrived(Uint8Array.from(Buffer.concat(list)), isOverrun);
  };
  const tell = (): void => {
    if (session.isOpen) waiting ??= setImmediate(give);
  };
  state.listeners.add(tell);
  if (state.seq > 0n) tell();
  return () => {
    state.listeners.delete(tell);
    if (waiting) clearImmediate(waiting);
  };
}
