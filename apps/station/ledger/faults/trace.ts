// Reads the record of what a station asked of its disk.

import assert from 'node:assert/strict';

export type TraceStep =
  | { readonly kind: 'named' | 'renamed'; readonly file: number; readonly name: string }
  | {
      readonly kind: 'written';
      readonly file: number;
      readonly offset: number;
      readonly data: Buffer;
    }
  | { readonly kind: 'resized'; readonly file: number; readonly size: number }
  | { readonly kind: 'synced' | 'unlinked'; readonly file: number }
  | { readonly kind: 'folder-synced' };

const headBytes = 24;
const kinds = ['named', 'written', 'resized', 'synced', 'unlinked', 'renamed', 'folder-synced'];

/** The steps in order; the layout is that of `struct record` in power-cut.c. */
export function readTrace(bytes: Buffer): readonly TraceStep[] {
  const steps: TraceStep[] = [];
  for (let at = 0; at < bytes.length; ) {
    const length = Number(bytes.readBigUInt64LE(at + 16));
    const data = bytes.subarray(at + headBytes, at + headBytes + length);
    assert.equal(data.length, length, 'the trace ends with a whole record');
    const kind = kinds[bytes.readUInt32LE(at) - 1];
    const file = bytes.readUInt32LE(at + 4);
    const offset = Number(bytes.readBigUInt64LE(at + 8));
    steps.push(stepOf(kind, file, offset, data));
    at += headBytes + length;
  }
  return steps;
}

function stepOf(kind: string | undefined, file: number, offset: number, data: Buffer): TraceStep {
  switch (kind) {
    case 'named':
    case 'renamed':
      return { kind, file, name: data.toString('utf8') };
    case 'written':
      return { kind, file, offset, data };
    case 'resized':
      return { kind, file, size: offset };
    case 'synced':
    case 'unlinked':
      return { kind, file };
    default:
      assert.equal(kind, 'folder-synced', 'the trace holds known records only');
      return { kind: 'folder-synced' };
  }
}
