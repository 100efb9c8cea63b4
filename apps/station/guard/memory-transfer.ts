// Judges transfers in the order of the header and carries them out: the oracle of the kernel's rules.
import { GuardError, type RefusedName, refusedFor } from './error.ts';
import {
  accountFlags,
  batchMax,
  expiryMaxNs,
  kinds,
  largest,
  noId,
  type Receipt,
  recordKinds,
  roles,
  seals,
  type Transfer,
  transferFlags,
  transferStates,
} from './guard.ts';
import { addHold, dropHold, forget, keep, makeRoom, newEntry, retire } from './memory-entries.ts';
import {
  appendRecord,
  type Entry,
  type Held,
  type MemoryState,
  recordFlags,
  type Session,
} from './memory-state.ts';

type Undo = () => void;

/** A leg that may go through: what it will be remembered as, and what is needed to take it back. */
interface Admitted {
  readonly entry: Entry;
  readonly hold: Entry | null;
  readonly isSoft: boolean;
  /** Puts offline use back; null where it was not touched. */
  readonly giveUseBack: Undo | null;
}

/** One transfer: what a batch of one is, without its lists, because every posting makes two. */
export function transferOne(state: MemoryState, session: Session, leg: Transfer): Receipt {
  if (!mayChange(state, session)) throw refusedFor('NOT_PERMITTED');
  const wrong = badShape(state, leg);
  if (wrong !== null) throw refusedFor(wrong, 0);
  const standing = notActive(state);
  if (standing !== null) throw refusedFor(standing);
  const known = state.entries.get(leg.id);
  if (known) return replayOf(state, known, leg);
  const one = admitUnknown(state, session, leg);
  if (typeof one === 'string') throw refusedFor(one, 0);
  return record(state, session, one);
}

function replayOf(state: MemoryState, known: Entry, leg: Transfer): Receipt {
  if (!isSame(known, leg)) throw refusedFor('ID_DIFFERS', 0);
  state.counts.replayed += 1n;
  return receiptOf(known, 'REPLAYED');
}

/** 1 to 16 transfers, all or none. Throws a GuardError that names the leg. */
export function transferBatch(
  state: MemoryState,
  session: Session,
  legs: readonly Transfer[],
): readonly Receipt[] {
  if (!mayChange(state, session)) throw refusedFor('NOT_PERMITTED');
  for (let index = 0; index < legs.length; index++) {
    const wrong = badShape(state, legs[index] as Transfer);
    if (wrong !== null) throw refusedFor(wrong, index);
  }
  const standing = notActive(state);
  if (standing !== null) throw refusedFor(standing);
  const replayed = replays(state, legs);
  if (replayed !== null) return replayed;
  const admitted: Admitted[] = [];
  for (let index = 0; index < legs.length; index++) {
    const one = admit(state, session, legs[index] as Transfer);
    if (typeof one === 'string') {
      for (const done of admitted.reverse()) undo(state, done);
      throw refusedFor(one, index);
    }
    admitted.push(one);
  }
  return admitted.map((one) => record(state, session, one));
}

export function notActive(state: MemoryState): RefusedName | null {
  if (state.state === 'frozen') return 'GUARD_FROZEN';
  return state.state === 'active' ? null : 'NOT_ACTIVE';
}

const inRange = (value: bigint): boolean => value >= 1n && value <= largest;

function badShape(state: MemoryState, leg: Transfer): RefusedName | null {
  const isNew = leg.kind === kinds.post || leg.kind === kinds.reserve;
  const isOld = leg.kind === kinds.postPending || leg.kind === kinds.void;
  if (leg.id === noId || (leg.flags & ~transferFlags.all) !== 0) return 'BAD_FIELD';
  if (isNew) return badNew(state, leg);
  return isOld && !badOld(leg) ? null : 'BAD_FIELD';
}

function badNew(state: MemoryState, leg: Transfer): RefusedName | null {
  const { kind, flags, expiresBootNs } = leg;
  if (leg.pendingId !== noId) return 'BAD_FIELD';
  if (!inRange(leg.debit) || !inRange(leg.credit) || !inRange(leg.amountMinor)) return 'BAD_FIELD';
  if (leg.currency < 1 || leg.currency > 999) return 'BAD_FIELD';
  if (kind === kinds.post && (expiresBootNs !== 0n || (flags & transferFlags.abandon) !== 0)) {
    return 'BAD_FIELD';
  }
  const isFar = expiresBootNs !== 0n && expiresBootNs > state.clock.bootNs() + expiryMaxNs;
  if (isFar) return 'BAD_FIELD';
  return leg.debit === leg.credit ? 'SAME_ACCOUNT' : null;
}

function badOld(leg: Transfer): boolean {
  const { kind, amountMinor } = leg;
  const hasMore = leg.debit !== 0n || leg.credit !== 0n || leg.currency !== 0;
  if (hasMore || leg.flags !== 0 || leg.expiresBootNs !== 0n || leg.pendingId === noId) return true;
  return kind === kinds.void ? amountMinor !== 0n : amountMinor < 0n || amountMinor > largest;
}

/** What the same legs were answered before; null when they are new. */
function replays(state: MemoryState, legs: readonly Transfer[]): readonly Receipt[] | null {
  const known: Entry[] = [];
  for (let index = 0; index < legs.length; index++) {
    const leg = legs[index] as Transfer;
    const entry = state.entries.get(leg.id);
    if (entry && !isSame(entry, leg)) throw refusedFor('ID_DIFFERS', index);
    if (entry ? known.length !== index : known.length > 0) throw refusedFor('BATCH_MIXED', index);
    if (entry) known.push(entry);
  }
  if (known.length === 0) return null;
  state.counts.replayed += 1n;
  return known.map((entry) => receiptOf(entry, 'REPLAYED'));
}

function isSame(entry: Entry, leg: Transfer): boolean {
  return (
    entry.kind === leg.kind &&
    entry.flags === leg.flags &&
    entry.pendingId === leg.pendingId &&
    entry.debitSent === leg.debit &&
    entry.creditSent === leg.credit &&
    entry.amountSent === leg.amountMinor &&
    entry.currencySent === leg.currency &&
    entry.code === leg.code &&
    entry.expiresBootNs === leg.expiresBootNs &&
    entry.meta === leg.meta
  );
}

function receiptOf(entry: Entry, result: Receipt['result']): Receipt {
  return { result, state: entry.state, seq: entry.seq, digest: entry.digest };
}

function admit(state: MemoryState, session: Session, leg: Transfer): Admitted | RefusedName {
  return state.entries.has(leg.id) ? 'ID_DIFFERS' : admitUnknown(state, session, leg);
}

/** A leg whose id is not remembered. */
function admitUnknown(state: MemoryState, session: Session, leg: Transfer): Admitted | RefusedName {
  const isNew = leg.kind === kinds.post || leg.kind === kinds.reserve;
  return isNew ? admitNew(state, session, leg) : admitOld(state, session, leg);
}

/** Steps 8 to 15 of the header for what names its accounts. */
function admitNew(state: MemoryState, session: Session, leg: Transfer): Admitted | RefusedName {
  const debit = state.accounts.get(leg.debit);
  if (!debit) return 'NO_DEBIT';
  const credit = state.accounts.get(leg.credit);
  if (!credit) return 'NO_CREDIT';
  if (debit.currency !== leg.currency || credit.currency !== leg.currency) return 'CURRENCY';
  if (leg.expiresBootNs !== 0n && leg.expiresBootNs <= state.clock.bootNs()) return 'EXPIRED';
  const no =
    frozenReason(debit, credit) ?? moneyReason(debit, credit, leg) ?? spaceReason(state, leg);
  if (no !== null) return no;
  const isOffline = (leg.flags & transferFlags.offline) !== 0;
  const debitOffline = isOffline && (debit.flags & accountFlags.debitLimited) !== 0;
  const creditOffline = isOffline && (credit.flags & accountFlags.creditLimited) !== 0;
  const isPending = leg.kind === kinds.reserve;
  const giveUseBack = isOffline ? rememberUse(debit, credit) : null;
  move(debit, credit, isPending, leg.amountMinor);
  if (debitOffline) useOffline(debit, leg.amountMinor);
  if (creditOffline) useOffline(credit, leg.amountMinor);
  const isSoft =
    (debitOffline && debit.offlineUsed > debit.offlineSoft) ||
    (creditOffline && credit.offlineUsed > credit.offlineSoft);
  const entry = newEntry(session, leg, leg, { debitHeld: debit, creditHeld: credit });
  entry.debitOffline = debitOffline;
  entry.creditOffline = creditOffline;
  entry.state = isPending ? transferStates.pending : transferStates.posted;
  keep(state, entry);
  return { entry, hold: null, isSoft, giveUseBack };
}

/** Takes back what was admitted last. */
function undo(state: MemoryState, { entry, hold, giveUseBack }: Admitted): void {
  const { debitHeld: debit, creditHeld: credit } = entry;
  if (hold === null) {
    move(debit, credit, entry.kind === kinds.reserve, -entry.amountMinor);
  } else {
    if (entry.kind === kinds.postPending) move(debit, credit, false, -entry.amountMinor);
    move(debit, credit, true, hold.amountMinor);
    hold.state = transferStates.pending;
    addHold(state, hold);
  }
  giveUseBack?.();
  forget(state, entry);
}

/** Adds to the totals of both sides, held or posted; takes away what is negative. */
function move(debit: Held, credit: Held, isPending: boolean, amount: bigint): void {
  if (isPending) {
    debit.debitsPending += amount;
    credit.creditsPending += amount;
  } else {
    debit.debitsPosted += amount;
    credit.creditsPosted += amount;
  }
}

/** Returns what puts the offline use of both back to where it is now. */
function rememberUse(debit: Held, credit: Held): Undo {
  const { offlineUsed: debitUsed, offlineCount: debitCount } = debit;
  const { offlineUsed: creditUsed, offlineCount: creditCount } = credit;
  return () => {
    debit.offlineUsed = debitUsed;
    debit.offlineCount = debitCount;
    credit.offlineUsed = creditUsed;
    credit.offlineCount = creditCount;
  };
}

function useOf(hold: Entry): Undo {
  return rememberUse(hold.debitHeld, hold.creditHeld);
}

function frozenReason(debit: Held, credit: Held): RefusedName | null {
  if ((debit.flags & accountFlags.frozen) !== 0) return 'DEBIT_FROZEN';
  return (credit.flags & accountFlags.frozen) !== 0 ? 'CREDIT_FROZEN' : null;
}

/** Steps 13 and 14: what the accounts cover and can count. */
function moneyReason(debit: Held, credit: Held, leg: Transfer): RefusedName | null {
  const amount = leg.amountMinor;
  const isAbove = (account: Held) => account.transferMax !== 0n && amount > account.transferMax;
  if (isAbove(debit) || isAbove(credit)) return 'TRANSFER_MAX';
  if ((debit.flags & accountFlags.debitLimited) !== 0) {
    const cover = debit.creditsPosted + debit.overdraft - debit.debitsPosted - debit.debitsPending;
    if (amount > cover) return 'INSUFFICIENT';
  }
  if ((credit.flags & accountFlags.creditLimited) !== 0) {
    const used = credit.creditsPosted + credit.creditsPending;
    if (amount > credit.debitsPosted + credit.overdraft - used) return 'INSUFFICIENT_CREDIT';
  }
  const offline = (leg.flags & transferFlags.offline) !== 0;
  const debitOffline = offline && (debit.flags & accountFlags.debitLimited) !== 0;
  const creditOffline = offline && (credit.flags & accountFlags.creditLimited) !== 0;
  const no =
    (debitOffline ? offlineReason(debit, amount) : null) ??
    (creditOffline ? offlineReason(credit, amount) : null);
  if (no !== null) return no;
  if (debit.debitsPosted + debit.debitsPending + amount > largest) return 'OVERFLOW_DEBIT';
  const credits = credit.creditsPosted + credit.creditsPending;
  return credits + amount > largest ? 'OVERFLOW_CREDIT' : null;
}

function offlineReason(account: Held, amount: bigint): RefusedName | null {
  if (account.offlineUsed + amount > account.offlineHard) return 'OFFLINE_AMOUNT';
  return account.offlineCount >= account.offlineCountMax ? 'OFFLINE_COUNT' : null;
}

function useOffline(account: Held, amount: bigint): void {
  account.offlineUsed += amount;
  account.offlineCount += 1;
}

function spaceReason(state: MemoryState, leg: Transfer): RefusedName | null {
  const isHold = leg.kind === kinds.reserve ? 1 : 0;
  if (!makeRoom(state, 1 + state.holds.length + isHold)) return 'TRANSFERS_FULL';
  return leg.kind === kinds.reserve && state.holds.length >= state.sizes.holdsMax
    ? 'HOLDS_FULL'
    : null;
}

/** Steps 8 to 15 for what settles a hold. */
function admitOld(state: MemoryState, session: Session, leg: Transfer): Admitted | RefusedName {
  const hold = state.entries.get(leg.pendingId);
  if (!hold || hold.kind !== kinds.reserve) return 'NO_PENDING';
  if (hold.state === transferStates.expired) return 'EXPIRED';
  if (hold.state !== transferStates.pending) return 'SETTLED';
  if (leg.amountMinor > hold.amountMinor) return 'ABOVE_PENDING';
  const isPost = leg.kind === kinds.postPending;
  if (!makeRoom(state, state.holds.length)) return 'TRANSFERS_FULL';
  const giveUseBack = hold.debitOffline || hold.creditOffline ? useOf(hold) : null;
  const posted = !isPost ? 0n : leg.amountMinor === 0n ? hold.amountMinor : leg.amountMinor;
  releaseHold(state, hold, posted);
  hold.state = isPost ? transferStates.posted : transferStates.voided;
  const { currency } = hold;
  const amountMinor = isPost ? posted : hold.amountMinor;
  const moved = { debit: hold.debit, credit: hold.credit, currency, amountMinor };
  const entry = newEntry(session, leg, moved, hold);
  entry.state = isPost ? transferStates.posted : transferStates.voided;
  keep(state, entry);
  return { entry, hold, isSoft: false, giveUseBack };
}

/** Takes a hold off its accounts; `posted` of it moves, the rest is given back. */
export function releaseHold(state: MemoryState, hold: Entry, posted: bigint): void {
  const { debitHeld: debit, creditHeld: credit } = hold;
  debit.debitsPending -= hold.amountMinor;
  credit.creditsPending -= hold.amountMinor;
  debit.debitsPosted += posted;
  credit.creditsPosted += posted;
  if (hold.debitOffline) giveBack(debit, hold.amountMinor, posted);
  if (hold.creditOffline) giveBack(credit, hold.amountMinor, posted);
  dropHold(state, hold);
}

/** What was set aside offline and not spent may be spent again, unless it was set back meanwhile. */
function giveBack(account: Held, held: bigint, posted: bigint): void {
  const rest = held - posted;
  account.offlineUsed = account.offlineUsed > rest ? account.offlineUsed - rest : 0n;
  if (posted === 0n && account.offlineCount > 0) account.offlineCount -= 1;
}

const recordKindOf: Readonly<Record<number, number>> = {
  [kinds.post]: recordKinds.post,
  [kinds.reserve]: recordKinds.reserve,
  [kinds.postPending]: recordKinds.postPending,
  [kinds.void]: recordKinds.void,
};

/** The leg stands: it becomes a record, and its receipt. */
function record(state: MemoryState, session: Session, one: Admitted): Receipt {
  const { entry, hold, isSoft } = one;
  const offline = (entry.flags & transferFlags.offline) === 0 ? 0 : recordFlags.offline;
  entry.seq = appendRecord(state, session, {
    id: entry.id,
    pendingId: entry.pendingId,
    debit: entry.debit,
    credit: entry.credit,
    amountMinor: entry.amountMinor,
    currency: entry.currency,
    code: entry.code,
    kind: recordKindOf[entry.kind] ?? 0,
    meta: entry.meta,
    flags: offline | (isSoft ? recordFlags.softLimit : 0),
  });
  entry.digest = state.digest;
  if (hold) retire(state, hold, entry.seq);
  if (entry.kind !== kinds.reserve) retire(state, entry, entry.seq);
  entry.debitHeld.version = entry.seq;
  entry.creditHeld.version = entry.seq;
  count(state, entry, isSoft);
  return receiptOf(entry, isSoft ? 'SOFT_LIMIT' : 'OK');
}

/** An observer changes nothing; once sealed, nobody who has not said who he is. */
export function mayChange(state: MemoryState, { role }: Session): boolean {
  const isOutside = (state.seals & seals.attached) !== 0 && role === roles.none;
  return role !== roles.observer && !isOutside;
}

function count({ counts }: MemoryState, { kind }: Entry, isSoft: boolean): void {
  if (kind === kinds.reserve) counts.reservedHolds += 1n;
  else if (kind === kinds.postPending) counts.postedHolds += 1n;
  else if (kind === kinds.post) counts.posted += 1n;
  else counts.voided += 1n;
  if (isSoft) counts.softLimits += 1n;
}

/** A batch of another size than 1 to 16. */
export function refuseCount(count: number): void {
  if (count < 1 || count > batchMax) throw new GuardError('EINVAL');
}
