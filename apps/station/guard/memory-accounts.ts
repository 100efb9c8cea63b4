// Makes, limits and lists the accounts of a guard in memory.
import { resetToken } from './chain.ts';
import { GuardError } from './error.ts';
import {
  accountFlags,
  type GuardAccount,
  largest,
  type NewAccount,
  type NewLimits,
  noHash,
  recordKinds,
  seals,
} from './guard.ts';
import { appendAccount, type Held, type MemoryState, type Session } from './memory-state.ts';

const counted = (value: bigint): boolean => value >= 0n && value <= largest;
const countMax = 0xffff_ffff;

/** The first account of an EMPTY guard makes it ACTIVE, as the predecessor's programs expect. */
export function createAccount(state: MemoryState, session: Session, account: NewAccount): void {
  const isLoading = state.state === 'loading';
  if (isLoading && !session.isLoading) throw new GuardError('EPERM');
  if (!isWhole(account, isLoading)) throw new GuardError('EINVAL');
  if (state.state === 'frozen') throw new GuardError('EHOSTDOWN');
  if ((state.seals & seals.accounts) !== 0) throw new GuardError('EROFS');
  if (state.accounts.has(account.id)) throw new GuardError('EEXIST');
  if (state.accounts.size >= state.sizes.accountsMax) throw new GuardError('ENOSPC');
  if (state.state === 'empty') state.state = 'active';
  const held: Held = { ...account, debitsPending: 0n, creditsPending: 0n, version: 0n };
  state.accounts.set(account.id, held);
  appendAccount(state, session, held, recordKinds.account);
}

function isWhole(account: NewAccount, isLoading: boolean): boolean {
  const totals = [account.debitsPosted, account.creditsPosted, account.offlineUsed];
  const hasUse = account.offlineUsed !== 0n || account.offlineCount !== 0;
  return (
    account.id >= 1n &&
    [account.id, ...totals].every(counted) &&
    areLimits(account) &&
    account.currency >= 1 &&
    account.currency <= 999 &&
    account.offlineCount <= countMax &&
    (isLoading || !hasUse)
  );
}

function areLimits(limits: NewLimits): boolean {
  const { overdraft, transferMax, offlineSoft, offlineHard } = limits;
  return (
    [overdraft, transferMax, offlineSoft, offlineHard].every(counted) &&
    limits.offlineCountMax <= countMax &&
    (limits.flags & ~accountFlags.all) === 0
  );
}

export function accountOrRefuse(state: MemoryState, id: bigint): Held {
  if (id < 1n || id > largest) throw new GuardError('EINVAL');
  const account = state.accounts.get(id);
  if (!account) throw new GuardError('ENOENT');
  return account;
}

/** New limits; once sealed they are only ever tightened. */
export function setLimits(state: MemoryState, session: Session, limits: NewLimits): void {
  if (limits.id < 1n || limits.id > largest || !areLimits(limits)) throw new GuardError('EINVAL');
  wantActive(state);
  const account = state.accounts.get(limits.id);
  if (!account) throw new GuardError('ENOENT');
  if ((state.seals & seals.limits) !== 0 && !isTighter(account, limits)) {
    throw new GuardError('EROFS');
  }
  const { flags, overdraft, transferMax, offlineSoft, offlineHard, offlineCountMax } = limits;
  Object.assign(account, {
    ...{ flags, overdraft, transferMax, offlineSoft, offlineHard, offlineCountMax },
  });
  appendAccount(state, session, account, recordKinds.limits);
}

function isTighter(account: Held, limits: NewLimits): boolean {
  const { transferMax } = limits;
  return (
    (account.flags & ~limits.flags) === 0 &&
    limits.overdraft <= account.overdraft &&
    (account.transferMax === 0n || (transferMax !== 0n && transferMax <= account.transferMax)) &&
    limits.offlineSoft <= account.offlineSoft &&
    limits.offlineHard <= account.offlineHard &&
    limits.offlineCountMax <= account.offlineCountMax
  );
}

/** Offline use back to nothing: by head office's token where there is a key. */
export function resetOffline(
  state: MemoryState,
  session: Session,
  id: bigint,
  { token, mayAdmin }: { readonly token: string; readonly mayAdmin: boolean },
): void {
  const isSealed = (state.seals & seals.limits) !== 0;
  if (state.firstKey === null && isSealed && !mayAdmin) throw new GuardError('EPERM');
  if (id < 1n || id > largest) throw new GuardError('EINVAL');
  if (state.firstKey === null && token !== noHash) throw new GuardError('EINVAL');
  wantActive(state);
  const account = state.accounts.get(id);
  if (!account) throw new GuardError('ENOENT');
  if (state.firstKey !== null) {
    const due = resetToken(state.firstKey, { epoch: state.epoch, id, version: account.version });
    if (token !== due) throw new GuardError('EKEYREJECTED');
  }
  account.offlineUsed = 0n;
  account.offlineCount = 0;
  appendAccount(state, session, account, recordKinds.offlineReset);
}

export function wantActive(state: MemoryState): void {
  if (state.state === 'frozen') throw new GuardError('EHOSTDOWN');
  if (state.state !== 'active') throw new GuardError('ENODATA');
}

export function viewOf(account: Held): GuardAccount {
  return { ...account };
}
