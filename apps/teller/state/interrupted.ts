// Keeps what is being posted on the window's own storage until its outcome is known, so that a crash loses nothing.
import type { DraftInput } from '#contract/drafts.ts';
import { formatAmount } from '#contract/money.ts';
import type { Screen } from './screens.ts';

/** A posting that was sent and not yet answered for certain. */
export interface Interrupted {
  readonly key: string;
  /** Who sent it: it is offered again to nobody else. */
  readonly person: number;
  readonly draft: DraftInput;
}

export interface Keeper {
  put(entry: Interrupted): void;
  drop(key: string): void;
  /**
   * What this person had in flight when an earlier page or the workstation went away, and nothing of others.
   * What this page itself has in flight is not among it: that is still being found out.
   */
  of(person: number): readonly Interrupted[];
}

type Storage = Pick<globalThis.Storage, 'getItem' | 'setItem' | 'removeItem'>;

const storageKey = 'interrupted';
/** More in flight at once than this is a mistake; the oldest is let go. */
const entriesMax = 5;

/** Storage that cannot be read, or holds what we did not write, is as good as empty. */
function readEntries(storage: Storage): readonly Interrupted[] {
  try {
    const entries: unknown = JSON.parse(storage.getItem(storageKey) ?? '[]');
    return Array.isArray(entries) ? (entries as Interrupted[]) : [];
  } catch {
    return [];
  }
}

export function createKeeper(storage: Storage): Keeper {
  let left = readEntries(storage);
  const write = (entries: readonly Interrupted[]): void => {
    if (entries.length === 0) storage.removeItem(storageKey);
    else storage.setItem(storageKey, JSON.stringify(entries.slice(-entriesMax)));
  };
  const others = (key: string) => readEntries(storage).filter((entry) => entry.key !== key);
  return Object.freeze({
    put: (entry: Interrupted) => write([...others(entry.key), entry]),
    drop(key: string) {
      left = left.filter((entry) => entry.key !== key);
      write(others(key));
    },
    of: (person: number) => left.filter((entry) => entry.person === person),
  });
}

/** The form the draft came from, filled in again; undefined for a draft of several parts. */
export function screenOf(draft: DraftInput): Screen | undefined {
  switch (draft.task) {
    case 'cash.deposit':
    case 'cash.withdrawal':
    case 'transfer': {
      const { currency, narrative = '' } = draft;
      const accounts =
        draft.task === 'transfer'
          ? { account: draft.from, to: draft.to }
          : { account: draft.account };
      const amount = formatAmount(draft.amountMinor, currency);
      const preset = { ...accounts, amount, currency, narrative };
      return { name: 'counter', task: draft.task, preset };
    }
    case 'journal.correction':
      return { name: 'counter', task: 'cash.deposit', preset: { corrects: draft.journal } };
    default:
      return undefined;
  }
}
