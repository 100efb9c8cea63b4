// Keeps the lists in force ready to be searched: built in small steps beside the work, whole when it must be.
import type { ListEntry } from '#station/compliance/lists/entry.ts';
import { indexing, type NameIndex } from '#station/compliance/matching/index.ts';
import {
  type Found,
  type Scratch,
  scratchFor,
  search,
} from '#station/compliance/matching/search.ts';
import type { ScreeningReads } from '#station/ledger/projections/screening-reads.ts';
import type { Clock } from '#station/ports.ts';
import { entryDigest, keptEntries } from './screening-list.ts';

/** The list an entry stands on. */
export interface Origin {
  readonly list: string;
  readonly version: number;
}

export interface Searchable {
  /** Names and versions of the lists in it. */
  readonly stamp: string;
  readonly index: NameIndex;
  originOf(entry: number): Origin;
  digestOf(entry: number): string;
  find(name: string, least: number): readonly Found[];
}

export interface ListKeeper {
  /** The newest lists that are ready; null while head office has sent none. */
  current(): Searchable | null;
  /** What is ready now, without waiting for anything newer. */
  ready(): Searchable | null;
  /** Begins to make a newer one ready, without making anybody wait. */
  refresh(): void;
  /** What is done once newer lists are ready. */
  onReady(listener: () => void): void;
  close(): void;
}

export interface ListKeeperParts {
  readonly reads: Pick<ScreeningReads, 'lists' | 'pages'>;
  readonly clock: Clock;
}

/** One step of building takes so long at most, in ms: a key press is answered between two. */
const sliceMs = 6;
/** Answers kept for names asked for again, as a form does at each key. */
const answersMost = 2_000;

export function stampOf(reads: Pick<ScreeningReads, 'lists'>): string {
  return reads
    .lists()
    .map(({ name, version, digest }) => `${name} ${version} ${digest.slice(0, 16)}`)
    .join(', ');
}

interface Loaded {
  readonly stamp: string;
  readonly entries: readonly ListEntry[];
  readonly origins: readonly (Origin & { readonly from: number })[];
}

function load({ reads }: ListKeeperParts): Loaded {
  const entries: ListEntry[] = [];
  const origins: (Origin & { readonly from: number })[] = [];
  for (const { name: list, version } of reads.lists()) {
    origins.push({ list, version, from: entries.length });
    for (const entry of keptEntries(reads.pages(list))) entries.push(entry);
  }
  return { stamp: stampOf(reads), entries, origins };
}

function searchable({ stamp, origins }: Loaded, index: NameIndex): Searchable {
  const scratch: Scratch = scratchFor(index);
  const answers = new Map<string, readonly Found[]>();
  return Object.freeze({
    ...{ stamp, index },
    originOf(entry: number): Origin {
      const origin = origins.findLast(({ from }) => from <= entry);
      if (!origin) throw new Error('an entry stands on no list');
      return origin;
    },
    digestOf(entry: number) {
      const found = index.entries[entry];
      if (!found) throw new Error('there is no such entry');
      return entryDigest(found);
    },
    find(name: string, least: number) {
      const key = `${least} ${name}`;
      const known = answers.get(key);
      if (known) return known;
      const found = search(index, name, { least, scratch });
      if (answers.size >= answersMost) answers.clear();
      answers.set(key, found);
      return found;
    },
  });
}

export function createListKeeper(parts: ListKeeperParts): ListKeeper {
  const { reads, clock } = parts;
  let ready: Searchable | null = null;
  let listener: () => void = () => undefined;
  let building: { readonly stamp: string; stop(): void } | null = null;

  function build(): void {
    const loaded = load(parts);
    const steps = indexing(loaded.entries);
    let cancel = (): void => undefined;
    const turn = (): void => {
      const until = clock.monotonic() + sliceMs;
      for (let step = steps.next(); ; step = steps.next()) {
        if (step.done) return finish(loaded, step.value);
        if (clock.monotonic() >= until) break;
      }
      cancel = clock.after(1, turn);
    };
    cancel = clock.after(1, turn);
    building = { stamp: loaded.stamp, stop: () => cancel() };
  }

  function finish(loaded: Loaded, index: NameIndex): void {
    ready = searchable(loaded, index);
    building = null;
    listener();
  }

  function refresh(): void {
    const stamp = stampOf(reads);
    if (stamp === (building?.stamp ?? ready?.stamp ?? '')) return;
    building?.stop();
    building = null;
    if (stamp === '') ready = null;
    else build();
  }

  /** Whoever asks before the first list is ready waits for it: nothing passes unseen. */
  function whole(): Searchable {
    building?.stop();
    const loaded = load(parts);
    const steps = indexing(loaded.entries);
    for (;;) {
      const step = steps.next();
      if (!step.done) continue;
      finish(loaded, step.value);
      if (ready) return ready;
    }
  }

  return Object.freeze({
    current() {
      refresh();
      if (ready) return ready;
      return building ? whole() : null;
    },
    ready: () => ready,
    refresh,
    onReady: (next: () => void) => {
      listener = next;
    },
    close: () => building?.stop(),
  });
}
