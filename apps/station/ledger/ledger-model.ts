// The ledger once more, as plain data and a page of rules: what the real one is checked against in
// tests.
import type { AccountState, HoldPlaced, JournalData, LedgerParts, LegData } from './events.ts';

export interface ModelAccount {
  readonly currency: string;
  readonly pieces: ReadonlyMap<string, number> | null;
  posted: bigint;
  low: bigint | null;
  high: bigint | null;
  state: AccountState;
  lines: readonly ModelLine[];
}

export interface ModelLine {
  readonly leg: number;
  readonly amount: bigint;
  readonly balance: bigint;
}

export interface ModelHold {
  readonly account: number;
  readonly side: 'debit' | 'credit';
  readonly amount: bigint;
  readonly state: 'placed' | 'captured' | 'released';
}

export interface Model {
  readonly accounts: ReadonlyMap<number, ModelAccount>;
  readonly holds: ReadonlyMap<number, ModelHold>;
  readonly journals: ReadonlyMap<number, JournalData>;
  readonly reversedBy: ReadonlyMap<number, number>;
  /** The open date, or null; and the newest date ever opened. */
  readonly open: string | null;
  readonly newest: string;
}

export const emptyModel: Model = {
  ...{ accounts: new Map(), holds: new Map(), journals: new Map(), reversedBy: new Map() },
  ...{ open: null, newest: '' },
};

type Draft = { -readonly [K in keyof Model]: Model[K] } & {
  accounts: Map<number, ModelAccount>;
  holds: Map<number, ModelHold>;
};

class No extends Error {}

/** The model after the event, or the reason for which it must be refused. */
export function step(model: Model, seq: number, parts: LedgerParts): Model | string {
  const draft: Draft = {
    ...model,
    accounts: new Map([...model.accounts].map(([id, account]) => [id, { ...account }])),
    holds: new Map(model.holds),
    journals: new Map(model.journals),
    reversedBy: new Map(model.reversedBy),
  };
  try {
    apply(draft, seq, parts);
    return draft;
  } catch (error) {
    if (error instanceof No) return error.message;
    throw error;
  }
}

function no(condition: boolean, reason: string): void {
  if (condition) throw new No(reason);
}

function apply(draft: Draft, seq: number, parts: LedgerParts): void {
  const { dateOpened, accounts = [], limits = [], states = [], journal, dateClosed } = parts;
  if (dateOpened !== undefined) openDate(draft, dateOpened);
  for (const { id, currency, cash, lowMinor, highMinor } of accounts) {
    const bounds = { low: bigOf(lowMinor), high: bigOf(highMinor) };
    const pieces = cash ? new Map() : null;
    draft.accounts.set(id, { currency, pieces, posted: 0n, ...bounds, state: 'open', lines: [] });
  }
  for (const { account, lowMinor, highMinor } of limits) {
    const found = accountIn(draft, account);
    no(found.state === 'closed', 'account-closed');
    Object.assign(found, { low: bigOf(lowMinor), high: bigOf(highMinor) });
    no(isBeyond(draft, account), 'limit-too-tight');
  }
  for (const each of states) if (each.state === 'open') setState(draft, each.account, each.state);
  if (journal) post(draft, seq, journal);
  for (const each of states) if (each.state !== 'open') setState(draft, each.account, each.state);
  if (dateClosed !== undefined) {
    no(draft.open !== dateClosed, 'date-not-open');
    draft.open = null;
  }
}

function openDate(draft: Draft, date: string): void {
  no(date <= draft.newest, 'date-not-later');
  no(draft.open !== null, 'date-still-open');
  draft.open = date;
  draft.newest = date;
}

function bigOf(minor: string | null): bigint | null {
  return minor === null ? null : BigInt(minor);
}

function accountIn(draft: Draft, id: number): ModelAccount {
  const found = draft.accounts.get(id);
  if (!found) throw new No('account-unknown');
  return found;
}

function setState(draft: Draft, id: number, state: AccountState): void {
  const account = accountIn(draft, id);
  no(account.state === 'closed', 'account-closed');
  const isEmpty =
    account.posted === 0n && heldOn(draft, id, 'debit') + heldOn(draft, id, 'credit') === 0n;
  no(state === 'closed' && !isEmpty, 'account-not-empty');
  account.state = state;
}

export function heldOn(model: Model, account: number, side: 'debit' | 'credit'): bigint {
  let sum = 0n;
  for (const hold of model.holds.values()) {
    if (hold.state === 'placed' && hold.account === account && hold.side === side)
      sum += hold.amount;
  }
  return sum;
}

function isBeyond(draft: Draft, id: number): boolean {
  const { posted, low, high } = accountIn(draft, id);
  return (
    (high !== null && posted + heldOn(draft, id, 'debit') > high) ||
    (low !== null && posted - heldOn(draft, id, 'credit') < low)
  );
}

function post(draft: Draft, seq: number, journal: JournalData): void {
  const { legs, holds, cash = [], reversalOf } = journal;
  for (const { hold, amountMinor } of holds?.capture ?? [])
    resolve(draft, hold, BigInt(amountMinor));
  for (const { hold } of holds?.release ?? []) resolve(draft, hold, null);
  if (reversalOf !== undefined && legs.length > 0) judgeReversal(draft, seq, journal, reversalOf);
  legs.forEach((leg, position) => {
    judgeLeg(draft, leg);
    if (reversalOf !== undefined) judgeMirror(draft, leg, position, journal, reversalOf);
    moveBoth(draft, seq * 1024 + position, leg);
  });
  for (const { account, pieces } of cash) {
    for (const [face, count] of Object.entries(pieces)) movePieces(draft, account, face, count);
  }
  holds?.place?.forEach((placed, position) => {
    placeHold(draft, seq * 1024 + position, placed);
  });
  const touched = [
    ...cash.map(({ account }) => account),
    ...legs.flatMap((leg) => [leg.debit, leg.credit]),
  ];
  for (const id of touched) no(isUncounted(accountIn(draft, id)), 'cash-does-not-add-up');
  draft.journals = new Map(draft.journals).set(seq, journal);
}

function resolve(draft: Draft, id: number, captured: bigint | null): void {
  const hold = draft.holds.get(id);
  if (!hold) throw new No('hold-unknown');
  no(hold.state !== 'placed', 'hold-resolved');
  no(captured !== null && (captured <= 0n || captured > hold.amount), 'captured-over-hold');
  draft.holds.set(id, { ...hold, state: captured === null ? 'released' : 'captured' });
}

function placeHold(draft: Draft, id: number, placed: HoldPlaced): void {
  const account = accountIn(draft, placed.account);
  const amount = BigInt(placed.amountMinor);
  no(account.state !== 'open', `account-${account.state}`);
  no(amount < 1n || amount > 2n ** 53n, 'amount-out-of-range');
  draft.holds.set(id, { account: placed.account, side: placed.side, amount, state: 'placed' });
  const reason = placed.side === 'debit' ? 'insufficient-funds' : 'below-limit';
  no(isBeyond(draft, placed.account), reason);
}

function judgeLeg(draft: Draft, leg: LegData): void {
  const debit = accountIn(draft, leg.debit);
  const credit = accountIn(draft, leg.credit);
  no(debit.currency !== leg.currency || credit.currency !== leg.currency, 'currency-differs');
  no(debit.state !== 'open', `account-${debit.state}`);
  no(credit.state !== 'open', `account-${credit.state}`);
  const amount = BigInt(leg.amountMinor);
  no(amount < 1n || amount > 2n ** 53n, 'amount-out-of-range');
  no(leg.debit === leg.credit, 'same-account');
  no(draft.open === null, 'date-not-open');
}

function moveBoth(draft: Draft, id: number, leg: LegData): void {
  const amount = BigInt(leg.amountMinor);
  move(accountIn(draft, leg.debit), id, amount);
  no(isBeyond(draft, leg.debit), 'insufficient-funds');
  move(accountIn(draft, leg.credit), id, -amount);
  no(isBeyond(draft, leg.credit), 'below-limit');
}

function move(account: ModelAccount, leg: number, amount: bigint): void {
  account.posted += amount;
  account.lines = [...account.lines, { leg, amount, balance: account.posted }];
}

function judgeReversal(draft: Draft, seq: number, _journal: JournalData, original: number): void {
  const reversed = draft.journals.get(original);
  no(!reversed || reversed.legs.length === 0, 'journal-unknown');
  no(reversed?.reversalOf !== undefined, 'reversal-of-reversal');
  no(draft.reversedBy.has(original), 'already-reversed');
  draft.reversedBy = new Map(draft.reversedBy).set(original, seq);
}

function judgeMirror(
  draft: Draft,
  leg: LegData,
  position: number,
  journal: JournalData,
  original: number,
): void {
  const legs = draft.journals.get(original)?.legs ?? [];
  const mirrored = legs[legs.length - 1 - position];
  const isMirror =
    legs.length === journal.legs.length &&
    mirrored?.debit === leg.credit &&
    mirrored.credit === leg.debit &&
    mirrored.amountMinor === leg.amountMinor;
  no(!isMirror, 'not-the-mirror');
}

function movePieces(draft: Draft, id: number, face: string, count: number): void {
  const account = accountIn(draft, id);
  if (!account.pieces) throw new No('not-a-cash-account');
  const pieces = (account.pieces.get(face) ?? 0) + count;
  no(pieces < 0, 'pieces-missing');
  Object.assign(account, { pieces: new Map(account.pieces).set(face, pieces) });
}

function isUncounted({ pieces, posted }: ModelAccount): boolean {
  if (!pieces) return false;
  let counted = 0n;
  for (const [face, count] of pieces) counted += BigInt(face) * BigInt(count);
  return counted !== posted;
}
