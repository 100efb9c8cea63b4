// The guard without a kernel: the same semantics in this process, and the oracle of the module's rules.
import {
  createRecordLink,
  decodeRecord,
  firstDigest,
  firstRegister,
  nextKey,
  nextRegister,
  quoteDigest,
  quoteMac,
} from './chain.ts';
import { GuardError } from './error.ts';
import {
  type AnchorPoint,
  type Guard,
  type GuardDevice,
  guardStates,
  type KeptTransfer,
  type LoadBegin,
  largest,
  noHash,
  noId,
  pageMax,
  type Quote,
  recordKinds,
  roles,
  seals,
  type Transfer,
} from './guard.ts';
import {
  accountOrRefuse,
  createAccount,
  resetOffline,
  setLimits,
  viewOf,
  wantActive,
} from './memory-accounts.ts';
import { abandonHolds, expireHolds } from './memory-settle.ts';
import {
  appendRecord,
  type Entry,
  emptyState,
  type GuardClock,
  type GuardSizes,
  type MemoryState,
  newState,
  oldestSeq,
  recordOf,
  type Session,
  usualSizes,
} from './memory-state.ts';
import { stream } from './memory-stream.ts';
import { mayChange, refuseCount, transferBatch, transferOne } from './memory-transfer.ts';

export interface MemoryOptions {
  readonly clock: GuardClock;
  readonly chance: { bytes(count: number): Uint8Array };
  readonly sizes?: Partial<GuardSizes>;
  /** Recorded as the caller of every change. */
  readonly uid?: number;
  /** Whether sessions may be admin, as a process with CAP_SYS_ADMIN may. */
  readonly mayAdmin?: boolean;
}

/** A guard in memory, empty. Its state lasts as long as this process, and is seen by it alone. */
export function createMemoryGuard(options: MemoryOptions): GuardDevice {
  const { clock, chance, mayAdmin = true } = options;
  const newEpoch = () => Buffer.from(chance.bytes(16)).toString('hex');
  const sizes = { ...usualSizes, ...options.sizes };
  const kept = { clock, uid: options.uid ?? 0, sizes, link: createRecordLink() };
  const state = newState(kept, newEpoch());
  return Object.freeze({
    open(): Guard {
      if (state.sessions.size >= state.sizes.sessionsMax) throw new GuardError('EBUSY');
      const session: Session = {
        ...{ role: roles.none, till: 0n, isAttached: false, isLoading: false, isOpen: true },
      };
      state.sessions.add(session);
      return openSession(state, session, { newEpoch, mayAdmin });
    },
  });
}

interface Place {
  readonly newEpoch: () => string;
  readonly mayAdmin: boolean;
}

function openSession(state: MemoryState, session: Session, place: Place): Guard {
  const enter = (): void => {
    if (!session.isOpen) throw new GuardError('EBADF');
    expireHolds(state);
  };
  const live = <A extends unknown[], R>(work: (...given: A) => R) => {
    return (...given: A): R => {
      enter();
      return work(...given);
    };
  };
  /** Only for who may change something, and after the rules about who that is. */
  const changing = <A extends unknown[], R>(work: (...given: A) => R) =>
    live((...given: A): R => {
      if (!mayChange(state, session)) throw new GuardError('EPERM');
      return work(...given);
    });
  return Object.freeze({
    kind: 'memory',
    ...lookers(state, session, live),
    ...movers(state, session, enter),
    ...keepers(state, session, place, { live, changing }),
    events: live((arrived: Parameters<Guard['events']>[0]) => stream(state, session, arrived)),
    close: () => closeSession(state, session),
  });
}

type Wrap = <A extends unknown[], R>(work: (...given: A) => R) => (...given: A) => R;

/** What changes nothing. */
function lookers(state: MemoryState, session: Session, live: Wrap) {
  // A count that is none is refused before the guard is touched: nothing expires by it.
  const counted = <A, R>(work: (first: A, count: number) => R) => {
    const asked = live(work);
    return (first: A, count: number): R => {
      refusePage(count);
      return asked(first, count);
    };
  };
  return {
    info: live(() => ({
      ...{ abi: 1, state: state.state, seals: state.seals, role: session.role, till: session.till },
      ...{ seq: state.seq, ackedSeq: state.ackedSeq, digest: state.digest },
      ...{ accounts: state.accounts.size, accountsMax: state.sizes.accountsMax },
      ...{ transfers: state.entries.size, transfersMax: state.sizes.transfersMax },
      ...{ holds: state.holds.length, holdsMax: state.sizes.holdsMax },
      ...{ keyLevel: state.firstKey === null ? 0 : 1, epoch: state.epoch, device: state.device },
    })),
    account: live((id: bigint) => viewOf(accountOrRefuse(state, id))),
    accounts: counted((first: number, count: number) => {
      const all = [...state.accounts.values()];
      const items = all.slice(first, first + count).map(viewOf);
      return { items, total: all.length, seq: state.seq };
    }),
    lookup: live((id: string) => {
      if (id === noId) throw new GuardError('EINVAL');
      if (state.state === 'empty') throw new GuardError('ENODATA');
      const entry = state.entries.get(id);
      if (!entry) throw new GuardError('ESRCH');
      return keptOf(entry);
    }),
    holds: counted((after: bigint, count: number) => {
      const all = [...state.holds].sort((one, other) => Number(one.seq - other.seq));
      const items = all.filter(({ seq }) => seq > after).slice(0, count);
      return { items: items.map(keptOf), total: all.length, seq: state.seq };
    }),
    statistics: live(() => ({ ...state.counts, latency: [...state.latency] })),
    quote: live((nonce: string) => quoteOf(state, nonce)),
  };
}

function refusePage(count: number): void {
  if (!(count >= 1 && count <= pageMax)) throw new GuardError('EINVAL');
}

/** As it was sent, with the accounts filled in, and its receipt. */
function keptOf(entry: Entry): KeptTransfer {
  const { id, pendingId, debit, credit, currency, code, kind, flags, expiresBootNs, meta } = entry;
  const { state, seq, digest } = entry;
  return {
    ...{
      id,
      pendingId,
      debit,
      credit,
      amountMinor: entry.amountMinor,
      currency,
      code,
      kind,
      flags,
    },
    ...{ expiresBootNs, meta, result: 'OK', state, seq, digest },
  };
}

/** What moves money. */
function movers(state: MemoryState, session: Session, enter: () => void) {
  const measured = <A, R>(
    work: (state: MemoryState, session: Session, given: A) => R,
    given: A,
  ) => {
    const from = calls % measuredEvery === 0 ? state.clock.bootNs() : null;
    calls += 1;
    try {
      return work(state, session, given);
    } catch (error) {
      state.counts.refused += 1n;
      throw error;
    } finally {
      if (from !== null) measure(state, state.clock.bootNs() - from);
    }
  };
  let calls = 0;
  return {
    transfer(leg: Transfer) {
      enter();
      return measured(transferOne, leg);
    },
    batch(legs: readonly Transfer[]) {
      refuseCount(legs.length);
      enter();
      return measured(transferBatch, legs);
    },
  };
}

/** One call in so many is measured, as in the module: reading the clock costs as much as a check. */
const measuredEvery = 8;

function measure(state: MemoryState, tookNs: bigint): void {
  const bucket = Math.max(
    0,
    31 - Math.clz32(Number(tookNs > 0xffff_ffffn ? 0xffff_ffffn : tookNs)),
  );
  state.latency[bucket] = (state.latency[bucket] ?? 0n) + 1n;
}

/** What begins, bounds and ends the guard's life. */
function keepers(
  state: MemoryState,
  session: Session,
  place: Place,
  { live, changing }: { readonly live: Wrap; readonly changing: Wrap },
) {
  return {
    attach: live((role: number, till: bigint) => attach(state, session, place, { role, till })),
    loadBegin: changing((begin: LoadBegin) => {
      if (begin.previousSeq < 0n || begin.previousSeq > largest) throw new GuardError('EINVAL');
      if (state.state === 'frozen') throw new GuardError('EHOSTDOWN');
      if (state.state !== 'empty') throw new GuardError('EISCONN');
      Object.assign(state, { state: 'loading', device: begin.device });
      state.digest = firstDigest({ epoch: state.epoch, ...begin });
      session.isLoading = true;
    }),
    loadCommit: changing((accounts: number, head: AnchorPoint) => {
      loadCommit(state, session, accounts, head);
    }),
    createAccount: changing((account: Parameters<Guard['createAccount']>[0]) =>
      createAccount(state, session, account),
    ),
    setLimits: changing((limits: Parameters<Guard['setLimits']>[0]) =>
      setLimits(state, session, limits),
    ),
    resetOffline: changing((id: bigint, token: string) =>
      resetOffline(state, session, id, { token, mayAdmin: place.mayAdmin }),
    ),
    checkpoint: changing((seq: bigint, digest: string) => checkpoint(state, session, seq, digest)),
    setKey: live((key: string) => {
      if (session.role !== roles.admin) throw new GuardError('EPERM');
      if (key === noHash) throw new GuardError('EINVAL');
      if (state.firstKey !== null) throw new GuardError('EALREADY');
      if (state.state !== 'empty') throw new GuardError('EISCONN');
      state.firstKey = key;
      state.key = key;
    }),
    seal: changing((bits: number) => {
      if (bits === 0 || (bits & ~seals.all) !== 0) throw new GuardError('EINVAL');
      wantActive(state);
      if ((state.seals | bits) === state.seals) return;
      state.seals |= bits;
      appendRecord(state, session, { kind: recordKinds.seal, amountMinor: BigInt(state.seals) });
    }),
    freeze: changing((reason: string) => {
      wantActive(state);
      state.state = 'frozen';
      appendRecord(state, session, { kind: recordKinds.freeze, meta: reason });
    }),
    thaw: live((reason: string) => {
      if (session.role !== roles.admin) throw new GuardError('EPERM');
      if (state.state !== 'frozen') throw new GuardError('ENODATA');
      if ((state.seals & seals.reset) !== 0) throw new GuardError('EROFS');
      state.state = 'active';
      appendRecord(state, session, { kind: recordKinds.thaw, meta: reason });
    }),
    reset: live(() => {
      if (session.role !== roles.admin) throw new GuardError('EPERM');
      if ((state.seals & seals.reset) !== 0) throw new GuardError('EROFS');
      emptyState(state, place.newEpoch());
      for (const one of state.sessions) one.isLoading = false;
    }),
    extend: changing((previous: bigint, head: AnchorPoint) => extend(state, previous, head)),
  };
}

function attach(
  state: MemoryState,
  session: Session,
  place: Place,
  { role, till }: { readonly role: number; readonly till: bigint },
): void {
  if (role === roles.admin && !place.mayAdmin) throw new GuardError('EPERM');
  const isTeller = role === roles.teller;
  const isKnown = role === roles.observer || isTeller || role === roles.admin;
  if (!isKnown || (till !== 0n) !== isTeller) throw new GuardError('EINVAL');
  if (session.isAttached) throw new GuardError('EALREADY');
  const holder = [...state.sessions].some((one) => one.role === roles.teller && one.till === till);
  if (isTeller && holder) throw new GuardError('EBUSY');
  Object.assign(session, { role, till, isAttached: true });
}

function loadCommit(
  state: MemoryState,
  session: Session,
  accounts: number,
  head: AnchorPoint,
): void {
  if (state.state === 'loading' && !session.isLoading) throw new GuardError('EPERM');
  if (head.counter < 0n || head.counter > largest) throw new GuardError('EINVAL');
  if (state.state === 'frozen') throw new GuardError('EHOSTDOWN');
  if (state.state !== 'loading') throw new GuardError('ENODATA');
  if (accounts !== state.accounts.size) throw new GuardError('EBADMSG');
  session.isLoading = false;
  state.state = 'active';
  Object.assign(state, head);
  state.register = firstRegister(state.epoch, state.device, head);
  appendRecord(state, session, {
    ...{ kind: recordKinds.genesis, amountMinor: BigInt(accounts) },
    ...{ debit: head.counter, meta: head.value },
  });
}

const isCounter = (value: bigint): boolean => value >= 0n && value <= largest;

function extend(state: MemoryState, previous: bigint, head: AnchorPoint): string {
  if (!isCounter(previous) || !isCounter(head.counter)) throw new GuardError('EINVAL');
  wantActive(state);
  if (head.counter === state.counter && head.value === state.value) return state.register;
  if (previous !== state.counter || head.counter <= state.counter) throw new GuardError('EILSEQ');
  state.counter = head.counter;
  state.value = head.value;
  state.register = nextRegister(state.register, head);
  state.counts.anchored += 1n;
  return state.register;
}

function quoteOf(state: MemoryState, nonce: string): Quote {
  if (state.state === 'empty' || state.state === 'loading') throw new GuardError('ENODATA');
  state.counts.quotes += 1n;
  const said = {
    ...{ counter: state.counter, value: state.value, register: state.register },
    ...{ epoch: state.epoch, seq: state.seq, chain: state.digest, seals: state.seals },
    keyIndex: state.keyIndex,
  };
  const number = guardStates.indexOf(state.state);
  const digest = quoteDigest({ ...said, nonce, bootNs: state.clock.bootNs(), state: number });
  const mac = state.key === null ? noHash : quoteMac(state.key, digest);
  if (state.key !== null) {
    state.key = nextKey(state.key);
    state.keyIndex += 1n;
  }
  return { ...said, state: state.state, digest, mac };
}

function checkpoint(state: MemoryState, session: Session, seq: bigint, digest: string): void {
  wantActive(state);
  if (seq > state.seq || seq < state.ackedSeq || seq === 0n) throw new GuardError('ERANGE');
  if (seq < oldestSeq(state)) throw new GuardError('ETIME');
  if (decodeRecord(recordOf(state, seq)).digest !== digest) {
    state.state = 'frozen';
    appendRecord(state, session, { kind: recordKinds.freeze });
    throw new GuardError('EBADMSG');
  }
  state.ackedSeq = seq;
  appendRecord(state, session, { kind: recordKinds.checkpoint, amountMinor: seq, meta: digest });
}

function closeSession(state: MemoryState, session: Session): void {
  if (!session.isOpen) return;
  expireHolds(state);
  session.isOpen = false;
  abandonHolds(state, session);
  state.sessions.delete(session);
  if (session.isLoading && state.state === 'loading') emptyState(state, state.epoch);
}
