// Says which of head office's words a branch takes: those its key has signed, for this branch, and none twice.
import { createHash } from 'node:crypto';
import { type Canonical, canonicalText } from '#station/bank/canonical.ts';
import { type Problem, problem } from '#station/bank/problem.ts';
import { allowanceNote, signInGrantNote } from './allowance.ts';
import type { DownItem, Link } from './values.ts';

/** Whom an order is for that every branch is given; no branch code has small letters. */
export const allBranches = 'all';

/** Reference data with all that its signature binds. */
export interface Order {
  /** A branch's code, or `all`. */
  readonly branch: string;
  readonly name: string;
  readonly version: number;
  readonly value: unknown;
}

/**
 * What is signed of an order: a word for what it is, whom it is for, its number and the SHA-256 of its
 * value's canonical text. Throws a RangeError where the value has none (a fraction, a number too large).
 */
export function orderNote({ branch, name, version, value }: Order): Buffer {
  const digest = createHash('sha256')
    .update(canonicalText(value as Canonical))
    .digest('hex');
  return Buffer.from(`qenex-teller/order\n${canonicalText({ branch, digest, name, version })}\n`);
}

export function writeOffNote(writeOff: {
  readonly branch: string;
  readonly allowance: string;
}): Buffer {
  const { branch, allowance } = writeOff;
  return Buffer.from(`qenex-teller/write-off\n${canonicalText({ allowance, branch })}\n`);
}

export interface Decision {
  readonly branch: string;
  readonly exception: string;
  readonly action: string;
  readonly note: string;
}

export function decisionNote({ branch, exception, action, note }: Decision): Buffer {
  return Buffer.from(
    `qenex-teller/decision\n${canonicalText({ action, branch, exception, note })}\n`,
  );
}

/** What a branch knows when it judges a word of head office. */
export interface JudgeQuestion {
  readonly branch: string;
  /** Whether head office's key signed these bytes. */
  readonly isSigned: (note: Buffer, signature: string) => boolean;
  /** Newest version of this name that was taken; 0 for none. */
  readonly newest: (name: string) => number;
}

const forged = (what: string): Problem =>
  problem('order-forged', `${what} does not carry head office's signature.`);

/**
 * Why this item must not act here, or null. What moves money carries no signature: it is judged by the
 * ledger that books it, and by the two logs it stands in (docs/office.md).
 */
export function itemProblem(item: DownItem, question: JudgeQuestion): Problem | null {
  const { branch, isSigned } = question;
  switch (item.kind) {
    case 'reference':
      return orderProblem(item, question);
    case 'written-off': {
      const note = writeOffNote({ branch, allowance: item.allowance });
      const isRight = isSigned(note, item.signature);
      return isRight ? null : forged(`That allowance ${item.allowance} was written off`);
    }
    case 'decision': {
      const { exception, action, note } = item;
      const isRight = isSigned(decisionNote({ branch, exception, action, note }), item.signature);
      return isRight ? null : forged(`The decision about exception ${exception}`);
    }
    case 'allowance': {
      const isRight = isSigned(allowanceNote(item.allowance), item.signature);
      return isRight ? null : forged(`Allowance ${item.allowance.id}`);
    }
    case 'grant': {
      const isRight = isSigned(signInGrantNote(item.grant), item.signature);
      return isRight ? null : forged(`The leave for ${item.grant.user} to sign in`);
    }
    default:
      return null;
  }
}

type Reference = Extract<DownItem, { kind: 'reference' }>;

function orderProblem(item: Reference, question: JudgeQuestion): Problem | null {
  const { name, version } = item;
  if (typeof name !== 'string' || !Number.isSafeInteger(version)) return forged('An order');
  const what = `Order ${name}, version ${version},`;
  if (!isOrderSigned(item, question)) return forged(what);
  if (item.branch !== allBranches && item.branch !== question.branch) {
    return problem('order-foreign', `${what} is for branch ${item.branch}.`);
  }
  const newest = question.newest(name);
  if (version <= newest) {
    return problem('order-replayed', `${what} is not newer than version ${newest}.`);
  }
  return null;
}

function isOrderSigned(item: Reference, { isSigned }: JudgeQuestion): boolean {
  try {
    return isSigned(orderNote(item), item.signature);
  } catch {
    // A value without a canonical text was signed by nobody.
    return false;
  }
}

/** An item of the list that was not taken, as the log keeps it: its text stays at head office. */
export interface RefusedItem {
  readonly seq: number;
  readonly hash: string;
  /** Name of the order, or what kind of word it was. */
  readonly name: string;
  readonly version: number;
  readonly reason: string;
  readonly message: string;
}

/** Parts a run of items, in their order, into those that act and those that do not. */
export function judgeItems(
  links: readonly Link[],
  question: JudgeQuestion,
): { readonly taken: readonly Link[]; readonly refused: readonly RefusedItem[] } {
  const taken: Link[] = [];
  const refused: RefusedItem[] = [];
  const versions = new Map<string, number>();
  const newest = (name: string): number => versions.get(name) ?? question.newest(name);
  for (const link of links) {
    const { item, wrong } = judged(link, { ...question, newest });
    if (wrong === null) {
      taken.push({ ...link });
      if (item?.kind === 'reference') versions.set(item.name, item.version);
      continue;
    }
    const { seq, hash } = link;
    const { reason, message } = wrong;
    refused.push({ seq, hash, ...nameOf(item), reason, message: message.slice(0, 300) });
  }
  return { taken, refused };
}

function judged(
  { body, seq }: Link,
  question: JudgeQuestion,
): { readonly item: DownItem | null; readonly wrong: Problem | null } {
  let item: DownItem | null = null;
  try {
    item = JSON.parse(body) as DownItem;
    return { item, wrong: itemProblem(item, question) };
  } catch {
    const message = `Item ${seq} of head office is not of a form this branch can read.`;
    return { item, wrong: problem('item-unreadable', message) };
  }
}

/** Only words and numbers of the expected form go on: the item is somebody else's text. */
function nameOf(item: DownItem | null): { readonly name: string; readonly version: number } {
  const text = item?.kind === 'reference' ? item.name : item?.kind;
  const version = item?.kind === 'reference' ? item.version : 0;
  return {
    name: typeof text === 'string' && text !== '' ? text.slice(0, 80) : 'unreadable',
    version: Number.isSafeInteger(version) ? version : 0,
  };
}
