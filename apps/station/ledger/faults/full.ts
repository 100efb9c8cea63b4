// Fills the disk under a posting station again and again, and expects clean refusals and no harm.

import assert from 'node:assert/strict';
import type { Branch } from './fixture.ts';
import { refusalOf } from './fixture.ts';
import { assertSound, keyOf, openWorkload } from './workload.ts';

export interface FullCounts {
  readonly posted: number;
  readonly refused: number;
}

export interface FullOptions {
  readonly branch: Branch;
  readonly rounds: number;
  /** Leaves no room on the disk. */
  readonly fill: () => void;
  /** Makes room again. */
  readonly drain: () => void;
}

/** Refusals a full disk gives in a row before room is made. */
const refusalsPerRound = 4;

/**
 * Each round: posts, fills the disk, posts until refused, is refused a few times more, makes room, posts
 * what was refused under its own key. After each step the books are looked over.
 */
export function runDiskFull(options: FullOptions): FullCounts {
  const acknowledged = new Map<string, number>();
  let number = 1;
  let refused = 0;
  for (let round = 0; round < options.rounds; round += 1) {
    const workload = openWorkload(options.branch);
    const post = () => {
      acknowledged.set(keyOf(number), workload.post(number));
      number += 1;
    };
    for (let count = 0; count < 5; count += 1) post();
    options.fill();
    try {
      refused += postUntilRefused(post);
      assertSound(workload.database, acknowledged, `round ${round}, while the disk is full`);
    } finally {
      options.drain();
    }
    for (let count = 0; count < 3; count += 1) post();
    assertSound(workload.database, acknowledged, `round ${round}, after room was made`);
    workload.close();
  }
  const again = openWorkload(options.branch);
  assertSound(again.database, acknowledged, 'at the end');
  again.close();
  return { posted: acknowledged.size, refused };
}

/** What fits into room the log already has may still be posted between two refusals. */
function postUntilRefused(post: () => void): number {
  let refusals = 0;
  for (let tries = 0; refusals < refusalsPerRound; tries += 1) {
    assert.ok(tries < 100_000, 'a full disk is noticed');
    try {
      post();
    } catch (error) {
      const refusal = refusalOf(() => {
        throw error;
      });
      assert.equal(refusal.reason, 'disk-full', refusal.message);
      refusals += 1;
    }
  }
  return refusals;
}
