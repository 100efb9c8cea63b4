// Chooses the guard of this workstation: the kernel's where there is one for this branch, else memory.
import { hash } from 'node:crypto';
import { Refusal } from '#station/bank/refusal.ts';
import type { Chance, Clock } from '#station/ports.ts';
import { type SpentElsewhere, spentIn } from './allowances.ts';
import type { Books } from './books.ts';
import { GuardError } from './error.ts';
import type { Guard, GuardDevice } from './guard.ts';
import { createKeeper, type Keeper } from './keeper.ts';
import { createMemoryGuard } from './memory-guard.ts';
import { readSealedQuote, type Witnessed } from './sealed-quote.ts';
import { type Started, startGuard } from './start.ts';

export interface OpenGuardParts {
  readonly clock: Clock;
  readonly chance: Chance;
  /** The branch's database key; the guard is told only a hash of it, as the branch's name. */
  readonly key: Uint8Array;
  readonly books: Books;
  /** The kernel's guard, or a sentence why there is none. */
  readonly kernel: GuardDevice | string;
  /** What the witness kept of the last quote; read before the database was opened. */
  readonly witnessed: Witnessed | null;
  /** Hex hash of the head a supervisor has looked at and accepts in spite of the guard. */
  readonly acceptHead?: string | undefined;
  /** What was accepted before this start and no supervisor has confirmed yet. */
  readonly awaited?: Pick<Accepted, 'reason' | 'message'> | null;
  readonly report: (where: string, error: unknown) => void;
}

export interface Accepted {
  readonly reason: string;
  readonly message: string;
  /** Whether the log says so already: it was accepted before, and nobody has confirmed it since. */
  readonly isRecorded: boolean;
}

export interface OpenedGuard {
  readonly guard: Guard;
  readonly keeper: Keeper;
  readonly started: Started;
  /** Why it is not the kernel's, in words; null when it is. */
  readonly absence: string | null;
  /** Whether a kernel's guard is on this machine, though it may not be this branch's. */
  readonly isNear: boolean;
  /** What was accepted in spite of the kernel's guard, now or before a restart; null otherwise. */
  readonly accepted: Accepted | null;
  close(): void;
}

/** Refusals of the kernel's guard that a supervisor may accept, having looked at the head. */
const acceptable = ['log-behind-anchor', 'log-not-anchored', 'guard-differs', 'guard-frozen'];
/** Those that only say that this guard is not for us now. */
const elsewhere = ['guard-of-another-branch', 'guard-in-use'];

/** Name of the branch to its guard: told to the device, so it must not give the key away. */
export function guardDeviceId(key: Uint8Array): string {
  return hash('sha256', Buffer.concat([Buffer.from('qenex guard device'), key]), 'hex').slice(
    0,
    32,
  );
}

/** Opens the guard of the branch. Refuses as `startGuard` does, unless the exact head is accepted. */
export function openGuard(parts: OpenGuardParts): OpenedGuard {
  const { kernel } = parts;
  if (typeof kernel === 'string') return inMemory(parts, kernel, null);
  try {
    return begin({ ...parts, spentElsewhere: new Map() }, kernel.open(), null, null);
  } catch (error) {
    if (error instanceof GuardError) return inMemory(parts, absenceOf(error), null);
    if (!(error instanceof Refusal)) throw error;
    if (elsewhere.includes(error.reason)) {
      const isOurs = error.reason === 'guard-in-use' && mayBeOurs(parts, kernel);
      return inMemory(parts, error.message, null, isOurs ? null : new Map());
    }
    const isAccepted = parts.acceptHead === parts.books.head().hash;
    if (!acceptable.includes(error.reason) || !isAccepted) throw error;
    // The older file may say that an allowance is not spent which this guard knows as spent.
    const spent = spentOf(kernel);
    const { reason, message } = error;
    return inMemory(parts, message, { reason, message, isRecorded: false }, spent);
  }
}

function absenceOf({ code }: GuardError): string {
  const known: Readonly<Record<string, string>> = {
    ENOENT: 'The kernel module qenex_banking is not loaded on this machine.',
    EACCES: 'This account may not use /dev/qenex_banking: it belongs to the group qenex.',
    EPERM: 'This account may not use /dev/qenex_banking: it belongs to the group qenex.',
    ENOTTY: 'The kernel module qenex_banking is of another version than this program.',
  };
  return known[code] ?? `The kernel’s guard does not answer (${code}).`;
}

function inMemory(
  parts: OpenGuardParts,
  absence: string,
  accepted: Accepted | null,
  spentElsewhere: SpentElsewhere | null = new Map(),
): OpenedGuard {
  const { clock, chance } = parts;
  const device = createMemoryGuard({
    chance,
    clock: {
      bootNs: () => BigInt(Math.trunc(clock.monotonic() * 1e6)),
      realNs: () => BigInt(Math.trunc(clock.now())) * 1_000_000n,
    },
  });
  return begin({ ...parts, spentElsewhere }, device.open(), absence, accepted);
}

/** Whether the guard that is in use may hold this branch: then a copy of its folder asks, or a second station. */
function mayBeOurs({ key }: OpenGuardParts, kernel: GuardDevice): boolean {
  const guard = kernel.open();
  const { device } = guard.info();
  guard.close();
  return device === guardDeviceId(key) || /^0+$/.test(device);
}

function spentOf(kernel: GuardDevice): SpentElsewhere {
  const guard = kernel.open();
  const spent = spentIn(guard);
  guard.close();
  return spent;
}

function begin(
  parts: OpenGuardParts & { readonly spentElsewhere: SpentElsewhere | null },
  guard: Guard,
  absence: string | null,
  acceptedNow: Accepted | null,
): OpenedGuard {
  const { books, report, spentElsewhere, awaited = null } = parts;
  const accepted = acceptedNow ?? (awaited && { ...awaited, isRecorded: true });
  try {
    const device = guardDeviceId(parts.key);
    const sealed = readSealedQuote(parts.witnessed);
    const started = startGuard({ guard, books, device, spentElsewhere, sealed });
    const { guarded, counter } = started;
    const isHeld = accepted !== null;
    const keeper = createKeeper({ guard, guarded, counter, spentElsewhere, isHeld, report });
    const close = () => guard.close();
    const isNear = typeof parts.kernel !== 'string';
    return Object.freeze({ guard, keeper, started, absence, isNear, accepted, close });
  } catch (error) {
    guard.close();
    throw error;
  }
}
