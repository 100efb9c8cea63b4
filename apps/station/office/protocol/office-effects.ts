// Applies what an event says to head office: money set aside, reservations, allowances, visits.
import { endVisits, expectVisit, takeCard } from './office-cards.ts';
import { expectedVisit, recovered, rejoined, returnedBefore, visitKey } from './office-recovery.ts';
import { type DeviceState, handDown, type OfficeState, poolOf, raise } from './office-state.ts';
import {
  accountKey,
  type BookedPart,
  type ExceptionKind,
  type OfficePart,
  type OrderRefusedPart,
  type RecalledPart,
  type ReturnedPart,
  type SharedPart,
  type VisitPart,
} from './values.ts';

interface Place {
  readonly state: OfficeState;
  readonly device: DeviceState;
  readonly seq: number;
}

/**
 * A fact is never refused: where a rule does not fit, what can be booked is booked and the rest
 * becomes an exception with an owner and an action.
 */
export function applyPart(place: Place, part: OfficePart): void {
  const { state, device } = place;
  switch (part.kind) {
    case 'shared':
      return share(place, part);
    case 'recalled':
      return recall(place, part);
    case 'abandoned':
      return abandon(place, part.reservation);
    case 'returned':
      return giveBack(place, part);
    case 'visit':
      return visit(place, part);
    case 'booked':
      return booked(place, part);
    case 'order-refused':
      return orderRefused(place, part);
    case 'card':
      return takeCard(state, device, part);
    case 'card-ended':
      return endVisits(state, device, part.account);
    case 'rejoined':
      return rejoined(place);
    case 'recovered':
      return recovered(place, part.copy);
  }
}

/** What the lost head office gave back already is not handed down again: the branch has let go of it. */
function recall({ state, device }: Place, part: RecalledPart): void {
  if (part.account.branch !== device.branch) return;
  const pool = poolOf(state, part.account, part.currency);
  const wanted = BigInt(part.amountMinor);
  const before = returnedBefore(state, part.account);
  const given = before ?? (wanted < pool.freeMinor ? wanted : pool.freeMinor);
  if (given <= 0n) return;
  pool.freeMinor -= given;
  pool.sharedMinor -= given;
  if (before !== null) return;
  const { account, currency } = part;
  const amountMinor = String(given);
  handDown(device, { kind: 'share-returned', account, amountMinor, currency });
}

function share({ state, device }: Place, part: SharedPart): void {
  if (part.account.branch !== device.branch) return;
  const pool = poolOf(state, part.account, part.currency);
  pool.sharedMinor += BigInt(part.amountMinor);
  pool.freeMinor += BigInt(part.amountMinor);
  const left = pool.wantedMinor - BigInt(part.answersMinor);
  pool.wantedMinor = left > 0n ? left : 0n;
}

/** A reservation nobody made yet is remembered as released, so that a late request finds it ended. */
function abandon({ state, device }: Place, key: string): void {
  const known = state.reservations.get(key);
  if (!known) {
    const account = { branch: '', number: '' };
    state.reservations.set(key, {
      ...{ branch: device.branch, account, amountMinor: 0n, currency: '', state: 'released' },
    });
    return;
  }
  if (known.branch !== device.branch) return;
  if (known.state === 'reserved')
    poolOf(state, known.account, known.currency).freeMinor += known.amountMinor;
  if (known.state === 'reserved' || known.state === 'waiting') known.state = 'released';
}

function giveBack({ state, device, seq }: Place, part: ReturnedPart): void {
  const known = state.allowances.get(part.allowance);
  if (known?.allowance.branch !== device.branch || known.state !== 'open') return;
  const left = BigInt(known.allowance.amountMinor) - known.spentMinor;
  known.state = 'returned';
  poolOf(state, known.allowance.account, known.allowance.currency).freeMinor += left;
  if (BigInt(part.amountMinor) === left) return;
  raise(state, {
    ...{
      kind: 'allowance-overspent',
      branch: device.branch,
      seq,
      amountMinor: left - BigInt(part.amountMinor),
    },
    ...{ account: accountKey(known.allowance.account), currency: known.allowance.currency },
    message: `Branch ${device.branch} gives back ${part.amountMinor} of allowance ${part.allowance}, ${left} are left here.`,
    ...{ owner: 'head-office', action: 'compare the two logs' },
  });
}

interface Covered {
  coveredMinor: bigint;
}

function visit(place: Place, part: VisitPart): void {
  const { state, device, seq } = place;
  const { account, side, amountMinor, currency } = part;
  const at = { branch: device.branch, seq };
  const as = visitKey({ account, side, amountMinor, currency, ...at });
  const expected = expectedVisit(state, account, { ...at, as });
  const coveredMinor = side === 'debit' ? coverOf(place, part, expected) : 0n;
  const home = state.devices.get(account.branch);
  if (!home) {
    return complain(place, part, {
      kind: 'home-unknown',
      amountMinor: BigInt(amountMinor),
      message: `Account ${accountKey(account)} is kept at a branch nobody knows.`,
      action: 'find the account and book it by hand',
    });
  }
  const key = `${device.branch}#${seq}`;
  if (!expected?.isBooked) {
    state.inTransit.set(key, { account, side, amountMinor: BigInt(amountMinor), currency });
  }
  if (state.recovering.size > 0) state.covered.set(as, coveredMinor);
  expectVisit(state, account, device.branch);
  if (expected) {
    expected.isMatched = true;
    return;
  }
  handDown(home, {
    ...{ kind: 'visit', account, side, amountMinor, currency, branch: device.branch, seq },
    coveredMinor: String(coveredMinor),
  });
}

/** How much is covered; of a visit that the keeping branch was told already, what it was told. */
function coverOf(
  place: Place,
  part: VisitPart,
  expected: ReturnType<typeof expectedVisit>,
): bigint {
  const cover: Covered = { coveredMinor: 0n };
  coverByReservation(place, part, cover);
  for (const spent of part.spent) coverByAllowance(place, part, { ...spent, cover });
  const pool = poolOf(place.state, part.account, part.currency);
  if (expected) {
    const told = BigInt(expected.item.coveredMinor);
    pool.freeMinor -= told - cover.coveredMinor;
    cover.coveredMinor = told;
  }
  coverByPool(place, part, { cover, isTold: expected !== null });
  pool.sharedMinor -= cover.coveredMinor;
  return cover.coveredMinor;
}

function coverByReservation(place: Place, part: VisitPart, cover: Covered): void {
  const { state, device } = place;
  if (part.reservation === '') return;
  const known = state.reservations.get(part.reservation);
  const holds =
    known?.state === 'reserved' &&
    known.branch === device.branch &&
    accountKey(known.account) === accountKey(part.account) &&
    known.currency === part.currency;
  if (!holds) return coverByLost(place, part, cover);
  known.state = 'confirmed';
  const wanted = BigInt(part.amountMinor);
  const take = wanted < known.amountMinor ? wanted : known.amountMinor;
  cover.coveredMinor += take;
  poolOf(state, part.account, part.currency).freeMinor += known.amountMinor - take;
}

/** A branch that is not heard out may have had the reservation of the lost head office: it is believed. */
function coverByLost(place: Place, part: VisitPart, cover: Covered): void {
  const { state, device } = place;
  const { reservation: key, account, currency } = part;
  const known = state.reservations.get(key);
  const isLost = !known || (known.state === 'waiting' && known.branch === device.branch);
  if (isLost && state.recovering.has(device.branch)) {
    const amountMinor = BigInt(part.amountMinor);
    const { branch } = device;
    state.reservations.set(key, { branch, account, amountMinor, currency, state: 'confirmed' });
    poolOf(state, account, currency).freeMinor -= amountMinor;
    cover.coveredMinor += amountMinor;
    return;
  }
  complain(place, part, {
    kind: 'reservation-not-held',
    amountMinor: BigInt(part.amountMinor),
    message: `Reservation ${key} does not stand for ${accountKey(account)}.`,
    action: 'ask the branch what it saw',
  });
}

function coverByAllowance(
  place: Place,
  part: VisitPart,
  spent: { readonly allowance: string; readonly amountMinor: string; readonly cover: Covered },
): void {
  const known = place.state.allowances.get(spent.allowance);
  const wanted = BigInt(spent.amountMinor);
  const isOurs =
    known?.allowance.branch === place.device.branch &&
    accountKey(known.allowance.account) === accountKey(part.account);
  if (!known || !isOurs || known.state !== 'open') {
    const kind =
      known?.state === 'written-off' && isOurs ? 'spent-after-write-off' : 'allowance-unknown';
    return complain(place, part, {
      ...{ kind, amountMinor: wanted },
      message: `Allowance ${spent.allowance} ${known ? `is ${known.state}` : 'is unknown'} and was spent.`,
      action: 'decide who bears it',
    });
  }
  const left = BigInt(known.allowance.amountMinor) - known.spentMinor;
  const take = wanted < left ? wanted : left;
  known.spentMinor += take;
  spent.cover.coveredMinor += take;
  if (take === wanted) return;
  complain(place, part, {
    ...{ kind: 'allowance-overspent', amountMinor: wanted - take },
    message: `Allowance ${spent.allowance} had ${left} left, ${wanted} were spent.`,
    action: 'stop the device and compare the logs',
  });
}

/** What nothing covered yet is taken from what is free; what then is left is the bank's exposure. */
function coverByPool(
  place: Place,
  part: VisitPart,
  { cover, isTold }: { readonly cover: Covered; readonly isTold: boolean },
): void {
  const pool = poolOf(place.state, part.account, part.currency);
  const open = BigInt(part.amountMinor) - cover.coveredMinor;
  const room = isTold ? 0n : pool.freeMinor;
  const take = open < room ? open : room;
  if (take > 0n) {
    pool.freeMinor -= take;
    cover.coveredMinor += take;
  }
  if (open - (take > 0n ? take : 0n) <= 0n) return;
  complain(place, part, {
    ...{ kind: 'uncovered', amountMinor: BigInt(part.amountMinor) - cover.coveredMinor },
    message: `${accountKey(part.account)} was paid without cover at branch ${place.device.branch}.`,
    action: 'see whether the keeping branch could book it',
  });
}

function orderRefused({ state, device, seq }: Place, part: OrderRefusedPart): void {
  const { name, version, message } = part;
  raise(state, {
    ...{ kind: 'order-refused', branch: device.branch, seq, account: '', amountMinor: 0n },
    ...{ currency: '', owner: 'head-office', action: 'send a version that it can apply' },
    message: `Branch ${device.branch} could not apply ${name}, version ${version}: ${message}`,
  });
}

function booked({ state, device, seq }: Place, part: BookedPart): void {
  const isKnown = state.inTransit.delete(`${part.branch}#${part.seq}`);
  const lost = isKnown ? null : expectedVisit(state, part.account, part);
  if (lost) lost.isBooked = true;
  const shortMinor = BigInt(part.shortMinor);
  if (shortMinor === 0n) return;
  raise(state, {
    ...{ kind: 'short', branch: device.branch, seq, amountMinor: shortMinor },
    ...{ account: accountKey(part.account), currency: '' },
    message: `${accountKey(part.account)} could not bear ${shortMinor} paid at branch ${part.branch}.`,
    ...{ owner: 'branch-supervisor', action: 'recover it from the customer or write it off' },
  });
}

function complain(
  { state, device, seq }: Place,
  part: VisitPart,
  what: {
    readonly kind: ExceptionKind;
    readonly amountMinor: bigint;
    readonly message: string;
    readonly action: string;
  },
): void {
  const owner = what.kind === 'uncovered' ? 'branch-supervisor' : 'head-office';
  const { currency } = part;
  raise(state, {
    branch: device.branch,
    seq,
    account: accountKey(part.account),
    currency,
    owner,
    ...what,
  });
}
