// A branch as a pure state machine: its books reduced to what the protocol moves, for simulations.
import { type Canonical, canonicalText } from '#station/bank/canonical.ts';
import type { Problem } from '#station/bank/problem.ts';
import { type HeldAllowance, leftMinor } from './allowance.ts';
import { endOf, firstBroken, linkTo } from './chain.ts';
import type { Declaration } from './rejoin.ts';
import { type Cover, coverOffline, type FloorLimit } from './stand-in.ts';
import {
  accountKey,
  type CardState,
  type CardVersion,
  type DownItem,
  type Link,
  nowhere,
  type OfficeAccount,
  type OfficePart,
  type Position,
  type VisitPart,
} from './values.ts';

/** An account this branch keeps. `sharedMinor` is the hold for what was set aside for others. */
export interface KeptAccount {
  balanceMinor: bigint;
  sharedMinor: bigint;
  /** What others paid and the account could not bear. */
  shortMinor: bigint;
}

export interface AskedReservation {
  readonly account: OfficeAccount;
  readonly amountMinor: bigint;
  /** `asked` without an answer is in doubt: it is asked again, or given up by an event. */
  state: 'asked' | 'reserved' | 'ended';
}

export interface BranchState {
  readonly branch: string;
  readonly device: string;
  readonly currency: string;
  readonly log: Link[];
  readonly kept: Map<string, KeptAccount>;
  readonly allowances: Map<string, HeldAllowance>;
  readonly asked: Map<string, AskedReservation>;
  /** Cards of accounts that visit this branch, and own accounts whose card is wanted, with its version. */
  readonly cards: Map<string, CardVersion>;
  readonly shown: Map<string, number>;
  /** Orders of head office that took effect here, in their order. */
  readonly acted: Extract<DownItem, { kind: 'reference' }>[];
  /** Newest item of head office applied. */
  down: Position;
  /** The list it stands in, item by item, and every visit that ever came in it or in one that was lost. */
  items: Link[];
  readonly visits: Set<string>;
  /** Cash that came in less cash that went out. */
  cashMinor: bigint;
  /** What the rest of the bank owes this branch: cash paid for others less cash taken, and theirs of ours. */
  interbranchMinor: bigint;
  /** What was paid without cover, by the number of its event. */
  readonly exposures: {
    readonly seq: number;
    readonly account: string;
    readonly amountMinor: bigint;
  }[];
}

export function createBranchState(branch: string, device: string, currency = 'EUR'): BranchState {
  return {
    ...{ branch, device, currency, log: [], kept: new Map(), allowances: new Map() },
    ...{ cards: new Map(), shown: new Map() },
    ...{
      asked: new Map(),
      acted: [],
      down: nowhere,
      items: [],
      visits: new Set(),
      cashMinor: 0n,
      interbranchMinor: 0n,
      exposures: [],
    },
  };
}

/** Appends an event; with an `office` part head office acts on it. */
export function record(state: BranchState, type: string, office?: OfficePart): Link {
  const data = office === undefined ? {} : { office };
  const link = linkTo(endOf(state.log), canonicalText({ data, type } as unknown as Canonical));
  state.log.push(link);
  return link;
}

export function availableMinor(account: KeptAccount): bigint {
  return account.balanceMinor - account.sharedMinor;
}

function ownAccount(state: BranchState, number: string): KeptAccount {
  const known = state.kept.get(number);
  if (known) return known;
  const made: KeptAccount = { balanceMinor: 0n, sharedMinor: 0n, shortMinor: 0n };
  state.kept.set(number, made);
  return made;
}

export function deposit(state: BranchState, number: string, amountMinor: bigint): void {
  ownAccount(state, number).balanceMinor += amountMinor;
  state.cashMinor += amountMinor;
  record(state, 'journal.posted');
}

/** Pays from an account kept here, up to what this branch itself knows to be covered. */
export function withdraw(state: BranchState, number: string, amountMinor: bigint): boolean {
  const account = ownAccount(state, number);
  if (availableMinor(account) < amountMinor) return false;
  account.balanceMinor -= amountMinor;
  state.cashMinor -= amountMinor;
  record(state, 'journal.posted');
  return true;
}

/**
 * Sets money aside for other branches, as much as there is. What head office asked for is answered
 * even where there is nothing.
 */
export function share(
  state: BranchState,
  number: string,
  wantedMinor: bigint,
  answersMinor = 0n,
): bigint {
  const account = ownAccount(state, number);
  const available = availableMinor(account);
  const most = wantedMinor < available ? wantedMinor : available;
  const amountMinor = most > 0n ? most : 0n;
  if (amountMinor === 0n && answersMinor === 0n) return 0n;
  account.sharedMinor += amountMinor;
  const { branch, currency } = state;
  record(state, 'account.shared', {
    ...{ kind: 'shared', account: { branch, number }, currency },
    ...{ amountMinor: String(amountMinor), answersMinor: String(answersMinor) },
  });
  return amountMinor;
}

/** Records that a reservation is going to be asked for; only then may it be sent. */
export function ask(
  state: BranchState,
  key: string,
  account: OfficeAccount,
  amountMinor: bigint,
): void {
  state.asked.set(key, { account, amountMinor, state: 'asked' });
  record(state, 'reservation.asked');
}

export function answered(state: BranchState, key: string, isReserved: boolean): void {
  const asked = state.asked.get(key);
  if (asked?.state !== 'asked') return;
  if (isReserved) asked.state = 'reserved';
  else abandon(state, key);
}

/** Gives a reservation up, whatever became of it; head office's answer afterwards counts no more. */
export function abandon(state: BranchState, key: string): void {
  const asked = state.asked.get(key);
  if (!asked || asked.state === 'ended') return;
  asked.state = 'ended';
  record(state, 'reservation.abandoned', { kind: 'abandoned', reservation: key });
}

function pay(state: BranchState, part: VisitPart): void {
  const amountMinor = BigInt(part.amountMinor);
  state.cashMinor += part.side === 'debit' ? -amountMinor : amountMinor;
  state.interbranchMinor += part.side === 'debit' ? amountMinor : -amountMinor;
  const { seq } = record(state, 'journal.posted', part);
  const openMinor = BigInt(part.openMinor);
  if (openMinor === 0n) return;
  state.exposures.push({ seq, account: accountKey(part.account), amountMinor: openMinor });
}

/** Pays what a reservation covers; the event is its confirmation. */
export function payReserved(state: BranchState, key: string): boolean {
  const asked = state.asked.get(key);
  if (asked?.state !== 'reserved') return false;
  asked.state = 'ended';
  const { account, amountMinor } = asked;
  pay(state, {
    ...{ kind: 'visit', account, side: 'debit', amountMinor: String(amountMinor) },
    ...{ currency: state.currency, reservation: key, spent: [], openMinor: '0' },
  });
  return true;
}

export interface OfflineQuestion {
  readonly account: OfficeAccount;
  readonly amountMinor: bigint;
  readonly till: number;
  readonly now: number;
  readonly floor: FloorLimit;
  readonly isDecided: boolean;
  readonly isSigned: (note: Buffer, signature: string) => boolean;
  /** Head office has our log so far: exposures behind it are known there. */
  readonly received: number;
}

/** Pays from another branch's account inside the stand-in rules; returns how it was covered. */
export function payOffline(state: BranchState, question: OfflineQuestion): Cover {
  const { branch, device, currency } = state;
  const exposures = state.exposures.filter(
    ({ seq, account }) => seq > question.received && account === accountKey(question.account),
  );
  const cover = coverOffline({
    ...{ ...question, branch, device, currency, held: [...state.allowances.values()] },
    exposedMinor: exposures.reduce((sum, { amountMinor }) => sum + amountMinor, 0n),
    exposedTimes: exposures.length,
  });
  if (cover.kind !== 'covered') return cover;
  for (const { allowance, amountMinor } of cover.spent) {
    const held = state.allowances.get(allowance);
    if (held) {
      state.allowances.set(allowance, {
        ...held,
        spentMinor: held.spentMinor + BigInt(amountMinor),
      });
    }
  }
  pay(state, {
    ...{
      kind: 'visit',
      account: question.account,
      side: 'debit',
      amountMinor: String(question.amountMinor),
    },
    ...{ currency, reservation: '', spent: cover.spent, openMinor: String(cover.openMinor) },
  });
  return cover;
}

/** Takes cash in for an account of another branch. */
export function depositFor(state: BranchState, account: OfficeAccount, amountMinor: bigint): void {
  pay(state, {
    ...{ kind: 'visit', account, side: 'credit', amountMinor: String(amountMinor) },
    ...{ currency: state.currency, reservation: '', spent: [], openMinor: '0' },
  });
}

/** Gives back what is left of an allowance: the branch's word. */
export function giveBack(state: BranchState, id: string): void {
  const held = state.allowances.get(id);
  if (held?.state !== 'open') return;
  state.allowances.set(id, { ...held, state: 'returned' });
  record(state, 'allowance.returned', {
    kind: 'returned',
    allowance: id,
    amountMinor: String(leftMinor(held)),
  });
}

/** Says how an account stands that visits other branches; nothing of one whose card nobody wants. */
export function makeCard(state: BranchState, number: string, stands: CardState): boolean {
  const before = state.shown.get(number);
  if (before === undefined) return false;
  const version = before + 1;
  state.shown.set(number, version);
  record(state, 'card.made', {
    ...{ kind: 'card', account: { branch: state.branch, number }, version, state: stands },
    ...{ digest: version.toString(16).padStart(64, '0'), takesCredits: stands !== 'closed' },
    madeAt: version,
  });
  return true;
}

/** Erases what was known of an account of another branch; head office sends no more of it. */
export function endCard(state: BranchState, account: OfficeAccount): boolean {
  if (!state.cards.delete(accountKey(account))) return false;
  record(state, 'card.erased', { kind: 'card-ended', account });
  return true;
}

/** Asks head office to give back what is free of what was set aside. */
export function recall(state: BranchState, number: string, amountMinor: bigint): void {
  const { branch, currency } = state;
  record(state, 'share.recalled', {
    ...{ kind: 'recalled', account: { branch, number }, currency },
    amountMinor: String(amountMinor),
  });
}

/** What this branch had of a head office that lacks everything after `back`. */
export function declarationOf(state: BranchState, back: Position): Declaration {
  const { branch, device, down: from } = state;
  return { branch, device, back, from, items: state.items.slice(back.seq) };
}

/** Goes on by the list of the older copy, from the last item both have. */
export function rejoin(state: BranchState, back: Position): void {
  record(state, 'office.rejoined', { kind: 'rejoined', back, from: state.down });
  state.down = back;
  state.items = state.items.slice(0, back.seq);
}

/** Gives up what only the lost head office held for it, and says that nothing else is to come. */
export function recover(state: BranchState, copy: string): void {
  for (const [key, asked] of state.asked) if (asked.state === 'reserved') abandon(state, key);
  record(state, 'office.recovered', { kind: 'recovered', copy });
}

/**
 * Applies items of head office, each once, in order; what is behind our position is known already.
 * Returns false where the items do not follow from what was applied: another head office speaks.
 */
export function applyDown(
  state: BranchState,
  links: readonly Link[],
  judge: Judge = takesAll,
): boolean {
  const news = links.filter(({ seq }) => seq > state.down.seq);
  if (firstBroken(state.down, news) !== null) return false;
  for (const link of news) {
    state.down = { seq: link.seq, hash: link.hash };
    state.items.push(link);
    const item = JSON.parse(link.body) as DownItem;
    if (judge(item, state) === null) applyItem(state, item);
  }
  return true;
}

/** Why an item of head office must not act here, or null. */
export type Judge = (item: DownItem, state: BranchState) => Problem | null;
const takesAll: Judge = () => null;

function applyItem(state: BranchState, item: DownItem): void {
  if (item.kind === 'allowance') {
    const { allowance, signature } = item;
    if (state.allowances.has(allowance.id)) return;
    state.allowances.set(allowance.id, { allowance, signature, spentMinor: 0n, state: 'open' });
  } else if (item.kind === 'written-off') {
    const held = state.allowances.get(item.allowance);
    if (held?.state === 'open')
      state.allowances.set(item.allowance, { ...held, state: 'written-off' });
  } else if (item.kind === 'reference') {
    state.acted.push(item);
  } else if (item.kind === 'share-wanted') {
    const wanted = BigInt(item.amountMinor);
    share(state, item.account.number, wanted, wanted);
  } else if (item.kind === 'share-returned') {
    ownAccount(state, item.account.number).sharedMinor -= BigInt(item.amountMinor);
  } else if (item.kind === 'card') {
    const { kind: _kind, ...card } = item;
    state.cards.set(accountKey(card.account), card);
  } else if (item.kind === 'card-wanted') {
    state.shown.set(item.account.number, state.shown.get(item.account.number) ?? 0);
  } else if (item.kind === 'visit') bookVisit(state, item);
}

function bookVisit(state: BranchState, item: Extract<DownItem, { kind: 'visit' }>): void {
  // An older copy of head office may hand it down a second time.
  const key = `${item.branch}#${item.seq}`;
  if (state.visits.has(key)) return;
  state.visits.add(key);
  const account = ownAccount(state, item.account.number);
  const amountMinor = BigInt(item.amountMinor);
  let shortMinor = 0n;
  if (item.side === 'credit') account.balanceMinor += amountMinor;
  else {
    account.sharedMinor -= BigInt(item.coveredMinor);
    const room = availableMinor(account);
    const taken = amountMinor < room ? amountMinor : room > 0n ? room : 0n;
    shortMinor = amountMinor - taken;
    account.balanceMinor -= taken;
    account.shortMinor += shortMinor;
  }
  state.interbranchMinor += item.side === 'debit' ? -amountMinor : amountMinor;
  record(state, 'visit.booked', {
    ...{ kind: 'booked', account: item.account, branch: item.branch, seq: item.seq },
    shortMinor: String(shortMinor),
  });
}
