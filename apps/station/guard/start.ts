// Begins a session with the guard: loads it from the ledger, or takes it over and settles what a death left.
import { Refusal } from '#station/bank/refusal.ts';
import {
  allowanceId,
  allowancesIn,
  freezeAllowance,
  type GuardedAllowance,
  isEnded,
  numbered,
  openAllowance,
  type SpentElsewhere,
  withSpent,
} from './allowances.ts';
import { type Books, type GuardedAccount, tillAccount } from './books.ts';
import { GuardError } from './error.ts';
import {
  type Guard,
  type GuardAccount,
  kinds,
  noHash,
  pageMax,
  roles,
  seals,
  type Transfer,
  transferOf,
} from './guard.ts';
import { seqOfHold, settlementId } from './hold-id.ts';
import { openOutside } from './keeper.ts';
import { openingAccounts } from './opening.ts';
import type { SealedQuote } from './sealed-quote.ts';

export interface StartParts {
  readonly guard: Guard;
  readonly books: Books;
  /** Who this branch is to the guard, 32 hex digits. */
  readonly device: string;
  /** Spent of allowances by what another guard here knows; null: none may be spent at this station. */
  readonly spentElsewhere: SpentElsewhere | null;
  /** What the witness kept of the last quote. */
  readonly sealed: SealedQuote | null;
}

export interface Started {
  /** loaded: the guard was empty; taken-over: it had outlived an earlier life of the station. */
  readonly how: 'loaded' | 'taken-over';
  readonly guarded: Map<number, GuardedAccount>;
  readonly counter: number;
  /** Holds found and settled against the log. */
  readonly posted: number;
  readonly voided: number;
}

/** The one place of posting of this workstation; a second station is refused. */
const stationTill = 1n;
/** Accounts kept free of allowances: for the outsides of currencies and tills opened later. */
const roomKept = 32;
const keptSealed = seals.limits | seals.reset | seals.attached;

/**
 * Refuses `guard-in-use` (another station has it), `guard-of-another-branch`, `guard-frozen`,
 * `log-behind-anchor` (the log is older than the guard), `log-not-anchored` (it does not lead to it) and
 * `guard-differs` (a balance is not the ledger's).
 */
export function startGuard(parts: StartParts): Started {
  const { guard } = parts;
  attach(guard);
  const { state } = guard.info();
  if (state === 'empty') return load(parts);
  if (state === 'loading') throw inUse();
  return takeOver(parts);
}

function inUse(): Refusal {
  return new Refusal(
    'guard-in-use',
    'Another station on this machine works with the guard. Close that one, or use it.',
  );
}

function attach(guard: Guard): void {
  try {
    guard.attach(roles.teller, stationTill);
  } catch (error) {
    if (error instanceof GuardError && error.code === 'EBUSY') throw inUse();
    throw error;
  }
}

function load({ guard, books, device, spentElsewhere, sealed }: StartParts): Started {
  const head = books.head();
  const previousDigest = sealed?.register ?? noHash;
  guard.loadBegin({ device, previousSeq: BigInt(head.seq), previousDigest });
  // A guard has room for so many accounts: what does not fit stays outside, and cannot be spent.
  const room = Math.max(0, guard.info().accountsMax - 2 * books.tills().length - roomKept);
  const allowances = openAllowances(books, spentElsewhere).slice(0, room);
  const accounts = openingAccounts(books, allowances);
  for (const account of accounts) guard.createAccount(account);
  guard.loadCommit(accounts.length, { counter: BigInt(head.seq), value: head.hash });
  guard.seal(keptSealed);
  const guarded = guardedIn(books, allowances);
  return { how: 'loaded', guarded, counter: head.seq, posted: 0, voided: 0 };
}

function openAllowances(
  books: Books,
  spentElsewhere: SpentElsewhere | null,
): readonly GuardedAllowance[] {
  if (spentElsewhere === null) return [];
  return numbered(books.allowances())
    .filter(({ isOpen }) => isOpen)
    .map((allowance) => withSpent(allowance, spentElsewhere));
}

function guardedIn(
  books: Books,
  allowances: readonly GuardedAllowance[],
): Map<number, GuardedAccount> {
  return new Map([
    ...books.tills().map(({ account, currency }) => [account, spent(currency, 'credit')] as const),
    ...allowances.map(({ account, currency }) => [account, spent(currency, 'debit')] as const),
  ]);
}

const spent = (currency: string, spentBy: GuardedAccount['spentBy']): GuardedAccount => ({
  currency,
  spentBy,
});

/** The order matters: what the log is must be known before anything is settled by it. */
function takeOver(parts: StartParts): Started {
  const { guard, books } = parts;
  const anchored = judgeLog(parts);
  const settled = settleHolds(guard, books);
  for (const till of books.tills()) {
    openOutside(guard, till.currency);
    const missing = tillAccount({ ...till, postedMinor: 0n });
    if (!hasAccount(guard, missing.id)) guard.createAccount(missing);
  }
  const guarded = guardedIn(books, takeOverAllowances(guard, books));
  for (const { account, postedMinor } of books.tills()) {
    judgeBalance(books, guard.account(BigInt(account)), postedMinor);
  }
  const head = books.head();
  if (head.seq > anchored) {
    guard.extend(BigInt(anchored), { counter: BigInt(head.seq), value: head.hash });
  }
  return { how: 'taken-over', guarded, counter: head.seq, ...settled };
}

/** The log must lead to where the guard saw it last. Returns that event's number. */
function judgeLog({ guard, books, device, sealed }: StartParts): number {
  const info = guard.info();
  if (info.device !== device) {
    throw new Refusal(
      'guard-of-another-branch',
      'The guard of this machine holds the accounts of another branch until the machine is restarted.',
    );
  }
  const quote = guard.quote(noHash);
  if (quote.state === 'frozen') {
    throw new Refusal(
      'guard-frozen',
      'The guard of this machine was frozen because something did not fit. A supervisor must look at it.',
    );
  }
  const anchored = Number(quote.counter);
  const head = books.head();
  if (head.seq < anchored) {
    throw new Refusal(
      'log-behind-anchor',
      `The log ends at event ${head.seq}, but the guard of this machine has seen event ${anchored}: the file was shortened or an older one put in its place. Restore the newer file. ${acceptance(head)}`,
    );
  }
  const isLeading = anchored === 0 || books.hashAt(anchored) === quote.value;
  // The witness may be one commit behind: it is told after the guard.
  const isSameRegister =
    sealed?.epoch !== quote.epoch || sealed.seq !== anchored || sealed.register === quote.register;
  if (!isLeading || !isSameRegister) {
    throw new Refusal(
      'log-not-anchored',
      `Event ${anchored} of the log is not the one the guard of this machine has seen: the file was rewritten or is another history. Restore the right file. ${acceptance(head)}`,
    );
  }
  return anchored;
}

/** The way out, in words: it names the exact head, so that it cannot be left standing for next time. */
export function acceptance({ seq, hash }: { readonly seq: number; readonly hash: string }): string {
  return `A supervisor who has looked at it may open the branch with --accept-head=${hash} (event ${seq}), which is recorded and must be confirmed at the desk.`;
}

/** Every hold that a death left is posted where the log has its event, and voided where it has not. */
function settleHolds(guard: Guard, books: Books): { posted: number; voided: number } {
  const counts = { posted: 0, voided: 0 };
  for (;;) {
    const { items } = guard.holds(0n, pageMax);
    if (items.length === 0) return counts;
    for (const { id, meta } of items) {
      const seq = seqOfHold(id);
      const isInLog = seq !== null && books.hashAt(seq) === meta;
      guard.transfer(settlement(id, isInLog));
      counts[isInLog ? 'posted' : 'voided'] += 1;
    }
  }
}

function settlement(hold: string, isInLog: boolean): Transfer {
  const how = isInLog ? 'post' : 'void';
  const kind = isInLog ? kinds.postPending : kinds.void;
  return transferOf({ id: settlementId(hold, how), kind, pendingId: hold });
}

function hasAccount(guard: Guard, id: bigint): boolean {
  try {
    guard.account(id);
    return true;
  } catch (error) {
    if (error instanceof GuardError && error.code === 'ENOENT') return false;
    throw error;
  }
}

/** Every allowance as the ledger has it: a missing one is opened, an ended one ends here too. Returns the open ones. */
function takeOverAllowances(guard: Guard, books: Books): readonly GuardedAllowance[] {
  const known = allowancesIn(guard);
  return numbered(books.allowances()).filter((allowance) => {
    const { account, currency, amountMinor, spentMinor, isOpen } = allowance;
    const held = known.get(account);
    if (held) {
      judgeBalance(books, held, spentMinor - amountMinor);
      if (!isOpen && !isEnded(held)) freezeAllowance(guard, account);
      return isOpen;
    }
    if (isOpen) openOutside(guard, currency);
    return isOpen && openAllowance(guard, allowance);
  });
}

function judgeBalance(books: Books, held: GuardAccount, inLedger: bigint): void {
  const { id, debitsPosted, creditsPosted } = held;
  const inGuard = debitsPosted - creditsPosted;
  if (inGuard === inLedger) return;
  const allowance = allowanceId(id);
  const what = allowance === null ? `Account ${id}` : `Allowance ${allowance}`;
  throw new Refusal(
    'guard-differs',
    `${what} stands at ${inLedger} minor units in the ledger and at ${inGuard} in the guard of this machine. ${acceptance(books.head())}`,
  );
}
