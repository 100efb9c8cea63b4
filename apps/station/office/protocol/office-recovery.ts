// Lets an older copy of head office learn from the branches what it has lost, before it lends anything again.
import { refuseUnless } from '#station/bank/refusal.ts';
import { expectVisit } from './office-cards.ts';
import {
  type DeviceState,
  handDown,
  type LostItem,
  type OfficeState,
  poolOf,
  raise,
} from './office-state.ts';
import { allBranches, orderNote } from './orders.ts';
import { type Declaration, declarationProblem, lostItem, lostItemProblem } from './rejoin.ts';
import { type Allowance, accountKey, type DownItem, type OfficeAccount } from './values.ts';

export type IsSigned = (note: Buffer, signature: string) => boolean;

/** So far numbers jump when a copy takes over: a number the lost head office gave is not given again. */
export const lostNumbersMost = 100_000;

/**
 * An older copy has taken head office's place: until every branch has been heard out, nothing is lent, as only
 * they know what was. `copy` names the occasion. Said again before the end, it forgets nothing that was learnt.
 */
export function beginRecovery(state: OfficeState, copy: string): void {
  for (const branch of state.devices.keys()) state.recovering.set(branch, copy);
  state.nextAllowance += lostNumbersMost;
}

/**
 * A person lets in a branch that had items the copy lacks: what it was lent is lent at its full amount, what
 * was booked for others is expected, and what nobody can make good is raised. Said again it changes nothing.
 * Refuses `items-broken`.
 */
export function takeOver(state: OfficeState, declaration: Declaration, isSigned: IsSigned): void {
  const device = state.devices.get(declaration.branch);
  refuseUnless(device, 'device-unknown', `Head office does not know ${declaration.branch}.`);
  const wrong = declarationProblem(declaration);
  refuseUnless(wrong === null, 'items-broken', wrong?.message ?? '');
  const known = state.lost.get(device.branch) ?? [];
  state.lost.set(device.branch, known);
  const judging = { branch: device.branch, isSigned };
  for (const { hash, body } of declaration.items) {
    if (body === null || known.some((each) => each.hash === hash)) continue;
    const item = lostItem(body);
    const wrong = lostItemProblem(item, judging);
    if (wrong) differ(state, device, { message: wrong.message });
    if (!item) continue;
    const lost: LostItem = { hash, item, isMatched: true, isBooked: false };
    known.push(lost);
    if (!wrong) takeItem({ state, device, isSigned }, item, lost);
  }
}

type Reference = Extract<DownItem, { kind: 'reference' }>;

interface Place {
  readonly state: OfficeState;
  readonly device: DeviceState;
}

function takeItem(
  place: Place & { readonly isSigned: IsSigned },
  item: DownItem,
  lost: LostItem,
): void {
  const { state, device, isSigned } = place;
  switch (item.kind) {
    case 'allowance':
      return takeAllowance(place, item.allowance, item.signature);
    case 'visit':
      return awaitVisit(place, item, lost);
    case 'share-wanted':
      poolOf(state, item.account, item.currency).wantedMinor += BigInt(item.amountMinor);
      return;
    case 'share-returned':
    case 'written-off':
      // The one waits for the branch's word that caused it, the other for all that was spent before.
      lost.isMatched = false;
      return;
    case 'card':
      return expectVisit(state, item.account, device.branch);
    case 'reference':
      if (item.branch === allBranches) regain(place, item, isSigned);
      return;
    default:
      return;
  }
}

function takeAllowance({ state, device }: Place, allowance: Allowance, signature: string): void {
  const { id, account, currency } = allowance;
  const known = state.allowances.get(id);
  if (known) {
    if (known.signature === signature) return;
    const message = `Allowance ${id} of the lost head office is another here: nobody covers it.`;
    return differ(state, device, { message, account, amountMinor: BigInt(allowance.amountMinor) });
  }
  state.allowances.set(id, { allowance, signature, spentMinor: 0n, state: 'open' });
  poolOf(state, account, currency).freeMinor -= BigInt(allowance.amountMinor);
  expectVisit(state, account, device.branch);
}

type Visit = Extract<DownItem, { kind: 'visit' }>;

/** A visit as both of its ends know it: where one of these differs, it is another. */
export function visitKey(
  visit: Pick<Visit, 'account' | 'side' | 'amountMinor' | 'currency' | 'branch' | 'seq'>,
): string {
  const { account, side, amountMinor, currency, branch, seq } = visit;
  return [branch, seq, accountKey(account), side, amountMinor, currency].join('#');
}

/** The branch was told what covers the visit and acts on that: where it came again already, our books follow. */
function awaitVisit({ state }: Place, item: Visit, lost: LostItem): void {
  const covered = state.covered.get(visitKey(item));
  if (covered === undefined) {
    lost.isMatched = false;
    return;
  }
  const pool = poolOf(state, item.account, item.currency);
  const more = BigInt(item.coveredMinor) - covered;
  pool.freeMinor -= more;
  pool.sharedMinor -= more;
}

/** Keeps the newest order for all that only a branch knew, and gives it to those who were heard out. */
function regain({ state }: Place, item: Reference, isSigned: IsSigned): void {
  const ours = [...state.devices.values()].flatMap(({ down }) =>
    down.map(({ body }) => JSON.parse(body) as DownItem),
  );
  const isOld = [...ours, ...state.regained.values()].some(
    (other) =>
      other.kind === 'reference' &&
      other.name === item.name &&
      other.branch === allBranches &&
      other.version >= item.version &&
      isSigned(orderNote(other), other.signature),
  );
  if (isOld) return;
  state.regained.set(item.name, item);
  for (const device of state.devices.values()) {
    if (!state.recovering.has(device.branch)) spreadOrders(state, device);
  }
}

/** Hands a branch the regained orders it has not got. */
function spreadOrders(state: OfficeState, device: DeviceState): void {
  const own = device.down.map(({ body }) => JSON.parse(body) as DownItem);
  const had = [...own, ...(state.lost.get(device.branch) ?? []).map(({ item }) => item)];
  for (const order of state.regained.values()) {
    const isKnown = had.some(
      (item) =>
        item.kind === 'reference' && item.name === order.name && item.signature === order.signature,
    );
    if (!isKnown) handDown(device, order);
  }
}

/**
 * The visit that the keeping branch has booked or will book by the lost head office's word, or null. With `as`
 * it is that very one: account, side and amount too.
 */
export function expectedVisit(
  state: OfficeState,
  account: OfficeAccount,
  at: { readonly branch: string; readonly seq: number; readonly as?: string },
): (LostItem & { readonly item: Visit }) | null {
  const { branch, seq, as } = at;
  const found = state.lost.get(account.branch)?.find(({ item, isMatched }) => {
    if (isMatched || item.kind !== 'visit') return false;
    return (
      item.branch === branch && item.seq === seq && (as === undefined || visitKey(item) === as)
    );
  });
  return (found as (LostItem & { readonly item: Visit }) | undefined) ?? null;
}

/** What the lost head office gave back of the account, in its order: the branch has let go of that much. */
export function returnedBefore(state: OfficeState, account: OfficeAccount): bigint | null {
  const found = state.lost
    .get(account.branch)
    ?.find(
      ({ item, isMatched }) =>
        !isMatched &&
        item.kind === 'share-returned' &&
        accountKey(item.account) === accountKey(account),
    );
  if (found?.item.kind !== 'share-returned') return null;
  found.isMatched = true;
  return BigInt(found.item.amountMinor);
}

/** The branch goes on by the copy's list: what it was told to write off is written off after all it spent. */
export function rejoined({ state, device }: Place): void {
  for (const lost of state.lost.get(device.branch) ?? []) {
    if (lost.isMatched || lost.item.kind !== 'written-off') continue;
    lost.isMatched = true;
    const known = state.allowances.get(lost.item.allowance);
    if (known?.state !== 'open') continue;
    known.state = 'written-off';
    const { account, currency, amountMinor } = known.allowance;
    poolOf(state, account, currency).freeMinor += BigInt(amountMinor) - known.spentMinor;
  }
}

/** The branch has been heard out; with the last one the copy is head office, and what is left is raised. */
export function recovered({ state, device }: Place, copy: string): void {
  if (state.recovering.get(device.branch) !== copy) return;
  state.recovering.delete(device.branch);
  spreadOrders(state, device);
  if (state.recovering.size > 0) return;
  for (const [branch, all] of state.lost) {
    const home = state.devices.get(branch);
    for (const lost of all) if (home && !lost.isMatched) raiseLost({ state, device: home }, lost);
  }
  for (const [key, pool] of state.pools) if (pool.freeMinor < 0n) raiseOverlent(state, key);
  state.covered.clear();
}

/** Nobody's log has what caused the item: the branch acted on it, so our books follow and a person looks. */
function raiseLost({ state, device }: Place, lost: LostItem): void {
  const { item } = lost;
  lost.isMatched = true;
  if (item.kind !== 'visit' && item.kind !== 'share-returned') return;
  const { account, currency } = item;
  const takenMinor = BigInt(item.kind === 'visit' ? item.coveredMinor : item.amountMinor);
  const pool = poolOf(state, account, currency);
  pool.freeMinor -= takenMinor;
  pool.sharedMinor -= takenMinor;
  const what =
    item.kind === 'visit'
      ? `visit ${item.seq} of branch ${item.branch}`
      : `${item.amountMinor} of what it had set aside`;
  const message = `Branch ${device.branch} had ${what} for ${accountKey(account)}, which is in no log.`;
  differ(state, device, { message, account, amountMinor: BigInt(item.amountMinor) });
}

function raiseOverlent(state: OfficeState, key: string): void {
  const [branch = '', number = ''] = key.split('/');
  const pool = state.pools.get(key);
  if (!pool) return;
  raise(state, {
    ...{ kind: 'overlent', branch, seq: 0, account: key, amountMinor: -pool.freeMinor },
    ...{ currency: pool.currency, owner: 'head-office' },
    message: `Of ${branch}/${number} ${-pool.freeMinor} more are lent than were set aside.`,
    action: 'write an allowance on it off, or have more set aside',
  });
}

function differ(
  state: OfficeState,
  { branch, log }: DeviceState,
  what: {
    readonly message: string;
    readonly account?: OfficeAccount;
    readonly amountMinor?: bigint;
  },
): void {
  const { message, account, amountMinor = 0n } = what;
  raise(state, {
    ...{ kind: 'lost-item', branch, seq: log.length, amountMinor, currency: '', message },
    account: account ? accountKey(account) : '',
    ...{ owner: 'head-office', action: 'ask the branch what it did, then decide who bears it' },
  });
}
