// A disk that keeps only what was synced, and of the rest, sector by sector, what chance lets through.

import assert from 'node:assert/strict';
import type { Dice } from './dice.ts';
import type { TraceStep } from './trace.ts';

/** What a disk writes whole or not at all. */
export const sectorBytes = 512;

interface Change {
  /** Absent for a change of size alone. */
  readonly data?: Buffer;
  readonly offset: number;
  /** Size of the file after it. */
  readonly size: number;
  /** True for a truncation, which empties what lies behind. */
  readonly cuts: boolean;
}

interface FileState {
  durable: Buffer;
  /** Size with all pending changes. */
  size: number;
  pending: Change[];
}

/** Which file a name leads to; changes of names wait for the folder, or for a sync of the file. */
interface NameChange {
  readonly name: string;
  readonly file: number | null;
}

export interface Disk {
  apply(step: TraceStep): void;
  /** The folder as one power cut could leave it now; the disk itself stays as it is. */
  afterCut(dice: Dice): ReadonlyMap<string, Buffer>;
  /** The file as the program sees it, everything written. */
  seen(name: string): Buffer | null;
}

/** A disk that already holds some files, all of them synced. */
export function createDisk(initial: ReadonlyMap<string, Buffer> = new Map()): Disk {
  const files = new Map<number, FileState>();
  const names = new Map<string, number>();
  const durableNames = new Map<string, number>();
  // Files nobody has opened yet have no number in the trace; they get one below its numbers.
  [...initial].forEach(([name, durable], index) => {
    files.set(-index, { durable, size: durable.length, pending: [] });
    names.set(name, -index);
    durableNames.set(name, -index);
  });
  let pendingNames: NameChange[] = [];
  const stateOf = (file: number): FileState => {
    const state = files.get(file);
    assert.ok(state, 'a file is named before it is used');
    return state;
  };
  const setName = (name: string, file: number | null): void => {
    if (file === null) names.delete(name);
    else names.set(name, file);
    pendingNames.push({ name, file });
  };
  const nameOf = (file: number): string | undefined =>
    [...names].find(([, named]) => named === file)?.[0];

  return Object.freeze({
    apply(step: TraceStep): void {
      switch (step.kind) {
        case 'named':
          return name(step.file, step.name);
        case 'renamed': {
          const old = nameOf(step.file);
          if (old !== undefined) setName(old, null);
          return setName(step.name, step.file);
        }
        case 'unlinked': {
          const name = nameOf(step.file);
          if (name !== undefined) setName(name, null);
          return;
        }
        case 'written':
          return write(stateOf(step.file), step.offset, step.data);
        case 'resized':
          return resize(stateOf(step.file), step.size);
        case 'synced':
          sync(stateOf(step.file));
          // A journaling file system makes a new file's name durable with the file, and what was before it.
          settle(pendingNames.findLastIndex((change) => change.file === step.file) + 1);
          return;
        case 'folder-synced':
          settle(pendingNames.length);
      }
    },
    afterCut(dice: Dice) {
      // Names change in order: a journaling file system keeps a random first part of them.
      const kept = dice.below(pendingNames.length + 1);
      const left = new Map(durableNames);
      for (const change of pendingNames.slice(0, kept)) applyName(left, change);
      return new Map([...left].map(([name, file]) => [name, survivor(stateOf(file), dice)]));
    },
    seen(name: string) {
      const file = names.get(name);
      return file === undefined ? null : contentOf(stateOf(file));
    },
  });

  function name(file: number, path: string): void {
    const known = names.get(path);
    if (known === undefined) {
      files.set(file, { durable: Buffer.alloc(0), size: 0, pending: [] });
      setName(path, file);
    } else {
      files.set(file, stateOf(known));
      names.set(path, file);
      durableNames.set(path, file);
    }
  }

  function settle(count: number): void {
    for (const change of pendingNames.slice(0, count)) applyName(durableNames, change);
    pendingNames = pendingNames.slice(count);
  }
}

function applyName(names: Map<string, number>, change: NameChange): void {
  if (change.file === null) names.delete(change.name);
  else names.set(change.name, change.file);
}

function write(state: FileState, offset: number, data: Buffer): void {
  state.size = Math.max(state.size, offset + data.length);
  state.pending.push({ data, offset, size: state.size, cuts: false });
}

function resize(state: FileState, size: number): void {
  state.pending.push({ offset: size, size, cuts: size < state.size });
  state.size = size;
}

function sync(state: FileState): void {
  state.durable = contentOf(state);
  state.pending = [];
}

function contentOf(state: FileState): Buffer {
  const content = Buffer.alloc(largestSize(state));
  state.durable.copy(content);
  for (const change of state.pending) {
    if (change.cuts) content.fill(0, change.size);
    change.data?.copy(content, change.offset);
  }
  return content.subarray(0, state.size);
}

function largestSize(state: FileState): number {
  return Math.max(state.durable.length, ...state.pending.map((change) => change.size));
}

/**
 * One way a file can come out of a power cut. Its size is that after a random first part of the pending
 * changes; each sector on its own is as some first part of the writes to it left it, but never older
 * than a truncation the size knows of, and never newer than one it does not know of: blocks given up
 * are not written again before the file system has recorded that they were.
 */
function survivor(state: FileState, dice: Dice): Buffer {
  const sized = dice.below(state.pending.length + 1);
  const size = sized === 0 ? state.durable.length : (state.pending[sized - 1]?.size ?? 0);
  const unknown = state.pending.findIndex((change, index) => index >= sized && change.cuts);
  const known = unknown === -1 ? state.pending : state.pending.slice(0, unknown);
  const content = Buffer.alloc(Math.max(largestSize(state), size));
  state.durable.copy(content);
  for (const [sector, changes] of sectorWrites(known)) {
    const due = changes.findLastIndex((index) => index < sized && known[index]?.cuts);
    const kept = due + 1 + dice.below(changes.length - due);
    for (const index of changes.slice(0, kept)) replay(content, sector, known[index]);
  }
  return content.subarray(0, size);
}

/** Sector number -> the pending changes that touch it, in order. */
function sectorWrites(pending: readonly Change[]): Map<number, number[]> {
  const touched = new Map<number, number[]>();
  const end = Math.max(0, ...pending.map((change) => change.size));
  pending.forEach((change, index) => {
    if (change.data === undefined && !change.cuts) return;
    const last = change.data === undefined ? end : change.offset + change.data.length;
    const first = Math.floor(change.offset / sectorBytes);
    for (let sector = first; sector * sectorBytes < last; sector += 1) {
      const changes = touched.get(sector);
      if (changes === undefined) touched.set(sector, [index]);
      else changes.push(index);
    }
  });
  return touched;
}

/** Applies the part of a change that falls into one sector. */
function replay(content: Buffer, sector: number, change: Change | undefined): void {
  if (change === undefined) return;
  const from = Math.max(sector * sectorBytes, change.offset);
  const to = (sector + 1) * sectorBytes;
  if (change.cuts) content.fill(0, Math.min(from, content.length), Math.min(to, content.length));
  else change.data?.copy(content, from, from - change.offset, to - change.offset);
}
