// Says how a branch tells an older copy of head office what it had from the lost one, and what both sign of it.
import { canonicalText } from '#station/bank/canonical.ts';
import { type Problem, problem } from '#station/bank/problem.ts';
import { linkHash } from './chain.ts';
import type { Position } from './values.ts';

/** An item the branch had that head office lacks; its text is null where the branch did not take it. */
export interface LostLink {
  readonly seq: number;
  readonly hash: string;
  readonly body: string | null;
}

/** Where the two lists part, where the branch's own one ends, and for whom that is said. */
export interface Parting {
  readonly branch: string;
  /** Public key of the branch's device, in hex. */
  readonly device: string;
  /** The last item both have. */
  readonly back: Position;
  /** The last item the branch had; its hash binds all between. */
  readonly from: Position;
}

export interface Declaration extends Parting {
  readonly items: readonly LostLink[];
}

/** Items and bytes of text in a declaration at most: a copy so old needs more than one command. */
export const lostItemsMost = 20_000;
export const lostBytesMost = 16 * 1024 * 1024;

function partingText({ branch, device, back, from }: Parting): string {
  return canonicalText({ back: { ...back }, branch, device, from: { ...from } });
}

/** What the branch's device signs: the two ends, the second of which binds every item between. */
export function declarationNote(parting: Parting): Buffer {
  return Buffer.from(`qenex-teller/lost-items\n${partingText(parting)}\n`);
}

/** What head office signs when a person there lets the branch in again. */
export function admissionNote(parting: Parting): Buffer {
  return Buffer.from(`qenex-teller/admission\n${partingText(parting)}\n`);
}

/**
 * Why this is no list that follows from `back` and ends at `from`, or null. Where the branch kept no text its
 * hash is taken as it stands: what comes after is bound to it.
 */
export function declarationProblem({ back, from, items }: Declaration): Problem | null {
  let at = back;
  for (const { seq, hash, body } of items) {
    const isBound = body === null || linkHash(at.hash, body) === hash;
    if (seq !== at.seq + 1 || !isBound) {
      return problem('items-broken', `Item ${at.seq + 1} does not follow from the one before it.`);
    }
    at = { seq, hash };
  }
  if (at.seq === from.seq && at.hash === from.hash) return null;
  return problem('items-broken', `The items end at ${at.seq}, the branch says ${from.seq}.`);
}
