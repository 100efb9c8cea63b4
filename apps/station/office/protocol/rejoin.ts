// Says how a branch tells an older copy of head office what it had from the lost one, and what both sign of it.
import { canonicalText } from '#station/bank/canonical.ts';
import { type Problem, problem } from '#station/bank/problem.ts';
import { linkHash } from './chain.ts';
import { itemProblem, type JudgeQuestion } from './orders.ts';
import type { DownItem, Position } from './values.ts';

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
  if (![back, from].every(isPlace) || !Array.isArray(items) || !items.every(isLink)) {
    return problem('items-broken', 'What the branch says is not of a form that can be read.');
  }
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

function isPlace({ seq, hash }: Position): boolean {
  return Number.isSafeInteger(seq) && seq >= 0 && /^[0-9a-f]{64}$/.test(hash);
}

/** Somebody else's text, whatever its type says. */
function isLink(link: unknown): boolean {
  if (typeof link !== 'object' || link === null) return false;
  const { seq, hash, body } = link as Partial<LostLink>;
  const isText = body === null || typeof body === 'string';
  return typeof seq === 'number' && typeof hash === 'string' && isText && isPlace({ seq, hash });
}

/** The item in its text; null where that is none. */
export function lostItem(body: string): DownItem | null {
  try {
    const item = JSON.parse(body) as DownItem | null;
    return typeof item?.kind === 'string' ? item : null;
  } catch {
    return null;
  }
}

/**
 * Why an item that a branch says it had is not believed, or null. What moves money carries no signature, so a
 * branch is believed in what is said of its own accounts and nothing else; an allowance is its own as well.
 */
export function lostItemProblem(
  item: DownItem | null,
  question: Pick<JudgeQuestion, 'branch' | 'isSigned'>,
): Problem | null {
  const { branch } = question;
  try {
    if (item === null) return unreadable();
    const wrong = itemProblem(item, { ...question, newest: () => 0 });
    if (wrong) return wrong;
    if (item.kind === 'allowance') {
      const { id } = item.allowance;
      return item.allowance.branch === branch ? null : foreign(`Allowance ${id} is another's.`);
    }
    return isMoney(item) ? moneyProblem(item, branch) : null;
  } catch {
    return unreadable();
  }
}

type Money = Extract<DownItem, { readonly currency: string }>;

const foreign = (message: string): Problem => problem('item-foreign', message);
const unreadable = (): Problem =>
  problem('item-unreadable', 'An item is not of a form that can be read.');

function isMoney(item: DownItem): item is Money {
  return ['visit', 'share-wanted', 'share-returned'].includes(item.kind);
}

const isAmount = (text: unknown): boolean =>
  typeof text === 'string' && /^(0|[1-9]\d{0,17})$/.test(text);

function moneyProblem(item: Money, branch: string): Problem | null {
  const { account, amountMinor, currency } = item;
  if (account.branch !== branch) {
    return foreign(`A ${item.kind} of ${account.branch}/${account.number} is another branch's.`);
  }
  const isRead =
    typeof account.number === 'string' && isAmount(amountMinor) && /^[A-Z]{3}$/.test(currency);
  if (!isRead) return unreadable();
  return item.kind === 'visit' ? visitProblem(item) : null;
}

function visitProblem(item: Extract<DownItem, { kind: 'visit' }>): Problem | null {
  const { amountMinor, coveredMinor, branch, seq, side } = item;
  const isRead =
    isAmount(coveredMinor) &&
    BigInt(coveredMinor) <= (side === 'debit' ? BigInt(amountMinor) : 0n) &&
    ['debit', 'credit'].includes(side) &&
    typeof branch === 'string' &&
    Number.isSafeInteger(seq);
  return isRead ? null : unreadable();
}
