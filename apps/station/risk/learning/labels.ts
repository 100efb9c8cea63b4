// Says what each case teaches and how much it counts: known words first, long quiet next, else nothing.
import type { CaseRow, Verdict } from './rows.ts';

export interface Label {
  /** 1 fraud, 0 legitimate, NaN undecided: an undecided case is no negative. */
  readonly outcome: number;
  readonly weight: number;
  /** Whose word it rests on; 0 where on nobody's. */
  readonly author: number;
}

export interface LabelRule {
  /** As of when it is asked: words said later are not known. */
  readonly asOf: number;
  readonly quietDays: number;
  /** Author whose words are left out, to see what the others teach; null: nobody's. */
  readonly without?: number | null;
}

const dayMs = 86_400_000;

/** A bare approval is weak evidence: somebody was in a hurry. */
export const approvalWeight = 0.3;

/** The most that one author's words may weigh of all that was said. */
export const authorShareMost = 0.25;

const undecided: Label = Object.freeze({ outcome: Number.NaN, weight: 0, author: 0 });

function said(row: CaseRow, rule: LabelRule): Verdict | undefined {
  return row.verdicts.findLast(
    ({ at, weight, author }) => at <= rule.asOf && weight > 0 && author !== (rule.without ?? -1),
  );
}

/**
 * What one case teaches. A reversed or declined one without a word teaches nothing: a slip is no fraud, and a
 * refusal proves none.
 */
export function labelOf(row: CaseRow, rule: LabelRule): Label {
  const verdict = said(row, rule);
  if (verdict) {
    const { author, weight } = verdict;
    if (verdict.verdict === 'unsure') return undecided;
    return { outcome: verdict.verdict === 'fraud' ? 1 : 0, weight, author };
  }
  if (row.isReversed || row.isDeclined) return undecided;
  const hadWord = row.verdicts.some(({ weight, at }) => weight > 0 && at <= rule.asOf);
  if (hadWord) return undecided;
  if (rule.asOf - row.at >= rule.quietDays * dayMs) return { outcome: 0, weight: 1, author: 0 };
  const { approved } = row;
  if (approved && approved.at <= rule.asOf && approved.by !== (rule.without ?? -1)) {
    return { outcome: 0, weight: approvalWeight, author: approved.by };
  }
  return undecided;
}

/** Weights with nobody's words above the share: 25 %, or an equal part where fewer than four speak. */
export function cappedWeights(labels: readonly Label[]): Float64Array {
  const byAuthor = new Map<number, number>();
  for (const { author, weight } of labels) {
    if (author !== 0) byAuthor.set(author, (byAuthor.get(author) ?? 0) + weight);
  }
  const share = Math.max(authorShareMost, 1 / Math.max(1, byAuthor.size));
  const factors = capFactors(byAuthor, share);
  return Float64Array.from(labels, ({ author, weight }) => weight * (factors.get(author) ?? 1));
}

/** Scales down whoever weighs too much, until nobody does: what is taken from one raises the others' share. */
function capFactors(byAuthor: ReadonlyMap<number, number>, share: number): Map<number, number> {
  const capped = new Set<number>();
  let limit = Number.POSITIVE_INFINITY;
  for (let round = 0; round < byAuthor.size; round += 1) {
    const rest = [...byAuthor].filter(([author]) => !capped.has(author));
    const free = rest.reduce((sum, [, weight]) => sum + weight, 0);
    const open = 1 - capped.size * share;
    if (open <= 0) break;
    limit = (free / open) * share;
    const over = rest.filter(([, weight]) => weight > limit * (1 + 1e-9));
    if (over.length === 0) break;
    for (const [author] of over) capped.add(author);
  }
  return new Map(
    [...byAuthor].map(([author, weight]) => [author, weight > limit ? limit / weight : 1]),
  );
}
