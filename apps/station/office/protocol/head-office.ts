// Head office as a pure state machine: what PostgreSQL's functions must do, message for message.
import { type Canonical, canonicalText } from '#station/bank/canonical.ts';
import { Refusal, refuseUnless } from '#station/bank/refusal.ts';
import { allowanceMsMost, allowanceNote } from './allowance.ts';
import { endOf, firstBroken } from './chain.ts';
import { expectVisit, isBlocked } from './office-cards.ts';
import { applyPart } from './office-effects.ts';
import { takeOver } from './office-recovery.ts';
import { type DeviceState, handDown, type OfficeState, poolOf, raise } from './office-state.ts';
import { writeOffNote } from './orders.ts';
import type { Declaration } from './rejoin.ts';
import {
  type Allowance,
  accountKey,
  clockSkewMsMost,
  type ExceptionKind,
  type Link,
  nowhere,
  type OfficeAccount,
  type OfficePart,
  type Position,
  type Push,
  type PushRefusal,
  type PushReply,
  pullItemsMost,
  pushBytesMost,
  pushEventsMost,
  type ReserveReply,
  type ReserveRequest,
} from './values.ts';

export interface HeadOfficeParts {
  /** Head office's clock, ms since 1970. */
  readonly now: () => number;
  /** Signs with head office's key; hex. */
  readonly sign: (note: Buffer) => string;
}

export interface Opening {
  /** Head office's word on how far it has this branch's log. */
  readonly received: Position;
  /** Newest item for the branch. */
  readonly down: Position;
  /** Whether the branch's newest item is one of ours: if not, we are older than it. */
  readonly isFollowed: boolean;
  /** The copy that waits until this branch is heard out, or "". */
  readonly copy: string;
}

export interface GrantRequest {
  readonly branch: string;
  readonly account: OfficeAccount;
  readonly name?: string;
  readonly till: number | null;
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly lifeMs: number;
}

export interface HeadOffice {
  /**
   * Knows the device from now on, or again; refuses another key under the same branch. `down`: the newest
   * item the branch has.
   */
  open(branch: string, device: string, down?: Position): Opening;
  push(push: Push): PushReply;
  /** Items after the position, oldest first; refuses a position that is not in its list. */
  pull(branch: string, after: Position): readonly Link[];
  reserve(request: ReserveRequest): ReserveReply;
  /** Grants an allowance out of what is free; refuses more, and a life that is too long. */
  grant(request: GrantRequest): Allowance;
  /** A clerk says that the account is expected at the branch: it is sent the card. */
  announce(branch: string, account: OfficeAccount): void;
  /** A person's decision: what is left goes back to what is free, and the branch is told. */
  writeOff(id: string): void;
  /** A person's decision after a fork or a wrong signature: the device is heard again. */
  resume(branch: string): void;
  /** A person's decision: a branch that had items which this copy lacks is let in, with what it had. */
  rejoin(declaration: Declaration): void;
}

/** All state lies in `state`, so that a test may copy it, crash, and put an older one back. */
export function createHeadOffice(state: OfficeState, parts: HeadOfficeParts): HeadOffice {
  return Object.freeze({
    open: (branch: string, device: string, down = nowhere) => open(state, branch, { device, down }),
    push: (push: Push) => accept(state, push, parts.now()),
    pull: (branch: string, after: Position) => pull(state, branch, after),
    reserve: (request: ReserveRequest) => reserve(state, request),
    grant: (request: GrantRequest) => grant(state, request, parts),
    announce: (branch: string, account: OfficeAccount) => expectVisit(state, account, branch),
    writeOff: (id: string) => writeOff(state, id, parts),
    resume(branch: string) {
      deviceOf(state, branch).stopped = '';
    },
    rejoin: (declaration: Declaration) =>
      takeOver(state, declaration, (note, signature) => parts.sign(note) === signature),
  });
}

function deviceOf(state: OfficeState, branch: string): DeviceState {
  const device = state.devices.get(branch);
  refuseUnless(device, 'device-unknown', `Head office does not know branch ${branch}.`);
  return device;
}

function open(
  state: OfficeState,
  branch: string,
  { device, down }: { readonly device: string; readonly down: Position },
): Opening {
  let known = state.devices.get(branch);
  if (!known) {
    known = { branch, device, stopped: '', log: [], down: [] };
    state.devices.set(branch, known);
  }
  if (known.device !== device) {
    const message = `Branch ${branch} is known by another device's key: this one is not enrolled.`;
    alarm(state, known, 'device-foreign', message);
    throw new Refusal('device-foreign', message);
  }
  const isFollowed = down.seq === 0 || known.down[down.seq - 1]?.hash === down.hash;
  const copy = state.recovering.get(branch) ?? '';
  return { received: endOf(known.log), down: endOf(known.down), isFollowed, copy };
}

/** Judges the whole push before anything of it is taken. */
function accept(state: OfficeState, push: Push, now: number): PushReply {
  const device = state.devices.get(push.branch);
  if (!device || device.device !== push.device) {
    return no('device-unknown', `Branch ${push.branch} is not enrolled with this device.`);
  }
  if (device.stopped !== '') return no('device-stopped', device.stopped);
  const bytes = push.events.reduce((sum, { body }) => sum + Buffer.byteLength(body), 0);
  if (push.events.length > pushEventsMost || bytes > pushBytesMost) {
    const message = `${push.events.length} events of ${bytes} bytes: send fewer.`;
    alarm(state, device, 'push-too-large', message);
    return no('push-too-large', message);
  }
  if (Math.abs(push.sentAt - now) > clockSkewMsMost) {
    alarm(
      state,
      device,
      'clock-off',
      `The clock of branch ${push.branch} differs by more than a day.`,
    );
    return no('clock-off', 'The clock of the branch differs from head office by more than a day.');
  }
  return compare(state, device, push);
}

/** Gap, tampering and fork, in this order; then the new events are taken. */
function compare(state: OfficeState, device: DeviceState, push: Push): PushReply {
  const received = endOf(device.log);
  if (push.before.seq > received.seq) {
    const { branch } = device;
    const message = `Branch ${branch} goes on after event ${push.before.seq}; head office has ${received.seq}.`;
    alarm(state, device, 'gap', message);
    return { kind: 'gap', received };
  }
  const broken = firstBroken(push.before, push.events);
  if (broken !== null) {
    const message = `Event ${broken} of branch ${push.branch} does not carry its hash.`;
    alarm(state, device, 'event-tampered', message);
    return no('event-tampered', message);
  }
  const hashAt = (seq: number): string =>
    seq === 0 ? nowhere.hash : (device.log[seq - 1]?.hash ?? '');
  const forked = [push.before, ...push.events].find(
    ({ seq, hash }) => seq <= received.seq && hashAt(seq) !== hash,
  );
  if (forked) {
    const message = `Event ${forked.seq} of branch ${push.branch} is not the one head office has.`;
    device.stopped = message;
    alarm(state, device, 'log-forked', message);
    return no('log-forked', message);
  }
  const fresh = push.events.filter(({ seq }) => seq > received.seq);
  const parts = fresh.map(partOf);
  if (parts.includes(undefined)) {
    const message = 'An event is not the canonical text of an object.';
    alarm(state, device, 'event-not-canonical', message);
    return no('event-not-canonical', message);
  }
  fresh.forEach((event, index) => {
    device.log.push(event);
    const part = parts[index];
    if (part) applyPart({ state, device, seq: event.seq }, part);
  });
  const down = device.down.length;
  return { kind: 'accepted', received: endOf(device.log), fresh: fresh.length, down };
}

/** The event's `office` part, null when it has none, undefined when its text is not canonical. */
function partOf({ body }: Link): OfficePart | null | undefined {
  try {
    const event = JSON.parse(body) as { readonly data?: { readonly office?: OfficePart } };
    if (canonicalText(event as unknown as Canonical) !== body) return undefined;
    return event.data?.office ?? null;
  } catch {
    return undefined;
  }
}

function no(reason: PushRefusal, message: string): PushReply {
  return { kind: 'refused', reason, message };
}

function alarm(
  state: OfficeState,
  device: DeviceState,
  kind: ExceptionKind,
  message: string,
): void {
  const isOpen = state.exceptions.some((each) => each.kind === kind && each.message === message);
  // The same alarm is raised once.
  if (isOpen) return;
  raise(state, {
    ...{
      kind,
      branch: device.branch,
      seq: device.log.length,
      account: '',
      amountMinor: 0n,
      currency: '',
    },
    ...{
      message,
      owner: 'security',
      action: 'compare the two logs, then let the device in again or not',
    },
  });
}

function pull(state: OfficeState, branch: string, after: Position): readonly Link[] {
  const { down } = deviceOf(state, branch);
  const at = after.seq === 0 ? nowhere.hash : down[after.seq - 1]?.hash;
  refuseUnless(
    at === after.hash,
    'office-forked',
    `Item ${after.seq} is not the one head office sent.`,
  );
  return down.slice(after.seq, after.seq + pullItemsMost);
}

/** What an older copy says until it knows what was lent. */
export const recoveringText = (waits: string): string =>
  `Head office was put back to an older copy and lends nothing until it has heard out: ${waits}.`;

/** Idempotent by its key: whatever was answered for the key is answered again. */
function reserve(state: OfficeState, request: ReserveRequest): ReserveReply {
  const device = deviceOf(state, request.branch);
  const decline = (reason: string, message: string): ReserveReply => ({
    kind: 'declined',
    reason,
    message,
  });
  if (device.stopped !== '') return decline('device-stopped', device.stopped);
  const known = state.reservations.get(request.key);
  const isSame = known?.branch === request.branch && known.amountMinor === request.amountMinor;
  if (known && known.state !== 'waiting') {
    if (isSame && known.state === 'reserved') return { kind: 'reserved' };
    return decline('reservation-ended', 'This reservation was made, used or given up before.');
  }
  if (known && !isSame) return decline('key-reused', 'This key stands for something else.');
  if (state.recovering.size > 0) {
    const waits = [...state.recovering.keys()].sort().join(', ');
    return decline('office-recovering', recoveringText(waits));
  }
  const home = state.devices.get(request.account.branch);
  if (!home) return decline('home-unknown', `No branch ${request.account.branch} keeps accounts.`);
  if (isBlocked(state, request.account)) {
    if (known) known.state = 'released';
    return decline('account-not-open', 'The keeping branch says that the account is not open.');
  }
  const pool = poolOf(state, request.account, request.currency);
  if (pool.currency !== request.currency)
    return decline('wrong-currency', `The account is kept in ${pool.currency}.`);
  const { branch, account, amountMinor, currency } = request;
  const isCovered = pool.freeMinor >= amountMinor;
  state.reservations.set(request.key, {
    ...{ branch, account, amountMinor, currency, state: isCovered ? 'reserved' : 'waiting' },
  });
  expectVisit(state, account, branch);
  if (isCovered) {
    pool.freeMinor -= amountMinor;
    return { kind: 'reserved' };
  }
  // The keeping branch has answered all it was asked, and it is not enough.
  if (known && pool.wantedMinor === 0n) {
    known.state = 'released';
    state.reservations.set(request.key, known);
    return decline('not-enough-available', 'The account does not have as much available.');
  }
  const missing = amountMinor - pool.freeMinor;
  if (missing > pool.wantedMinor) {
    const more = String(missing - pool.wantedMinor);
    handDown(home, { kind: 'share-wanted', account, amountMinor: more, currency });
    pool.wantedMinor = missing;
  }
  return { kind: 'waiting', freeMinor: pool.freeMinor };
}

function grant(state: OfficeState, request: GrantRequest, parts: HeadOfficeParts): Allowance {
  const device = deviceOf(state, request.branch);
  const { account, amountMinor, currency, till, lifeMs } = request;
  const waits = [...state.recovering.keys()].sort().join(', ');
  refuseUnless(waits === '', 'office-recovering', recoveringText(waits));
  const pool = poolOf(state, account, currency);
  refuseUnless(
    lifeMs > 0 && lifeMs <= allowanceMsMost,
    'life-too-long',
    `An allowance lives ${allowanceMsMost / 3_600_000} hours at most.`,
  );
  refuseUnless(
    amountMinor > 0n && amountMinor <= pool.freeMinor && pool.currency === currency,
    'not-enough-shared',
    `${pool.freeMinor} of ${accountKey(account)} are free, ${amountMinor} were asked for.`,
  );
  refuseUnless(
    !isBlocked(state, account),
    'account-not-open',
    `The keeping branch says that ${accountKey(account)} is not open.`,
  );
  const issuedAt = Math.trunc(parts.now());
  const allowance: Allowance = {
    ...{
      id: String(state.nextAllowance),
      branch: device.branch,
      device: device.device,
      account,
      name: request.name ?? '',
      till,
    },
    ...{ amountMinor: String(amountMinor), currency, issuedAt, expiresAt: issuedAt + lifeMs },
  };
  state.nextAllowance += 1;
  pool.freeMinor -= amountMinor;
  const signature = parts.sign(allowanceNote(allowance));
  state.allowances.set(allowance.id, { allowance, signature, spentMinor: 0n, state: 'open' });
  handDown(device, { kind: 'allowance', allowance, signature });
  expectVisit(state, account, device.branch);
  return allowance;
}

function writeOff(state: OfficeState, id: string, { sign }: HeadOfficeParts): void {
  const known = state.allowances.get(id);
  if (known?.state !== 'open') throw new Refusal('allowance-ended', `Allowance ${id} is not open.`);
  known.state = 'written-off';
  const { account, currency, branch, amountMinor } = known.allowance;
  poolOf(state, account, currency).freeMinor += BigInt(amountMinor) - known.spentMinor;
  const signature = sign(writeOffNote({ branch, allowance: id }));
  handDown(deviceOf(state, branch), { kind: 'written-off', allowance: id, signature });
}
