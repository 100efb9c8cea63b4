// Sets aside in the guard what a running transaction moves: one hold an account over its whole net.
import { currencyNumber, type GuardedAccount, outsideOf } from './books.ts';
import { batchMax, type Guard, kinds, type Transfer, transferFlags, transferOf } from './guard.ts';
import { hexOf, holdId, settlementId } from './hold-id.ts';

export interface Covers {
  /** Adds an event's nets to what is set aside. Throws the guard's refusal, having changed nothing. */
  add(seq: number, hash: Uint8Array, nets: ReadonlyMap<number, bigint>): void;
  /** Sets aside what was not urgent: the transaction is about to be decided. */
  complete(): void;
  /** Puts everything back to where it was after this event. */
  undo(seq: number): void;
  /** Posts every hold: the transaction is durable. */
  settle(): void;
  /** Transfers sent since the last call of `sent`. */
  sent(): number;
}

/** What is set aside for one account. Only the net, because within a commit money may come and go. */
interface Cover {
  readonly net: bigint;
  /** The hold, and how much it holds: what `complete` has yet to set aside differs from the net. */
  readonly hold: string | null;
  readonly held: bigint;
  /** The event it stands for, and its hash. */
  readonly seq: number;
  readonly hash: Uint8Array;
}

interface Change {
  readonly account: number;
  readonly to: Cover;
}

const none = new Uint8Array();
const nothing: Cover = Object.freeze({ net: 0n, hold: null, held: 0n, seq: 0, hash: none });

export function createCovers(parts: {
  readonly guard: Guard;
  readonly guarded: ReadonlyMap<number, GuardedAccount>;
}): Covers {
  const covers = new Map<number, Cover>();
  /** What covers were before each event of the transaction, oldest first. */
  const past: { readonly seq: number; readonly account: number; readonly before: Cover }[] = [];
  const makeLegs = createLegs(parts);
  let sent = 0;

  function send(legs: readonly Transfer[]): void {
    sent += legs.length;
    const [only] = legs;
    if (legs.length === 1 && only) parts.guard.transfer(only);
    else if (legs.length > 0) parts.guard.batch(legs);
  }

  /** Puts the covers where the changes say: the old hold of each ends as the new one begins. */
  function change(changes: readonly Change[]): void {
    for (let from = 0; from < changes.length; from += batchMax / 2) {
      const legs: Transfer[] = [];
      const made: Change[] = [];
      for (let at = from; at < Math.min(from + batchMax / 2, changes.length); at += 1) {
        const one = changes[at] as Change;
        made.push(makeLegs(one, covers.get(one.account)?.hold ?? null, legs));
      }
      send(legs);
      for (const { account, to } of made) covers.set(account, to);
    }
  }

  /** Whether it takes more out of the account than its hold does: only that may be refused. */
  function isDrawn(account: number, net: bigint, held: bigint): boolean {
    const isCredit = parts.guarded.get(account)?.spentBy === 'credit';
    return isCredit ? net < 0n && net < held : net > 0n && net > held;
  }

  /** The transaction is undone whole: nothing stays set aside. */
  function releaseAll(): void {
    change([...covers.keys()].map((account) => ({ account, to: nothing })));
    covers.clear();
  }

  return Object.freeze({
    add(seq: number, hash: Uint8Array, nets: ReadonlyMap<number, bigint>) {
      const changes: Change[] = [];
      for (const [account, net] of nets) {
        const before = covers.get(account) ?? nothing;
        past.push({ seq, account, before });
        const { hold, held } = before;
        const to = { net: before.net + net, hold, held, seq, hash };
        // Only what takes more out than is held can be refused: the rest waits for the end.
        if (isDrawn(account, to.net, held)) changes.push({ account, to });
        else covers.set(account, to);
      }
      if (changes.length > 0) change(changes);
    },
    complete() {
      let late: Change[] | null = null;
      for (const [account, to] of covers) {
        if (to.net === to.held) continue;
        if (late === null) late = [{ account, to }];
        else late.push({ account, to });
      }
      if (late !== null) change(late);
    },
    undo(seq: number) {
      const targets = new Map<number, Cover>();
      while ((past.at(-1)?.seq ?? 0) > seq) {
        const { account, before } = past.pop() as (typeof past)[number];
        targets.set(account, before);
      }
      const changes: Change[] = [];
      for (const [account, to] of targets) {
        const { hold, held } = covers.get(account) ?? nothing;
        // The hold of then is gone where another has taken its place since.
        if (hold === to.hold) covers.set(account, to);
        else if (isDrawn(account, to.net, held)) changes.push({ account, to });
        else covers.set(account, { ...to, hold, held });
      }
      change(changes);
      if (past.length > 0) return;
      releaseAll();
    },
    settle() {
      postAll(covers.values(), send);
      // One by one: to clear a map is to make it anew, and a commit has few accounts.
      for (const account of covers.keys()) covers.delete(account);
      past.length = 0;
    },
    sent() {
      const count = sent;
      sent = 0;
      return count;
    },
  });
}

/** Posts every hold, as many at a time as the guard takes. */
function postAll(covers: Iterable<Cover>, send: (legs: readonly Transfer[]) => void): void {
  let legs: Transfer[] | null = null;
  for (const { hold } of covers) {
    if (hold === null) continue;
    if (legs === null) legs = [posting(hold)];
    else legs.push(posting(hold));
    if (legs.length < batchMax) continue;
    send(legs);
    legs = null;
  }
  if (legs !== null) send(legs);
}

const posting = (hold: string): Transfer =>
  transferOf({ id: settlementId(hold, 'post'), kind: kinds.postPending, pendingId: hold });

const voiding = (hold: string): Transfer =>
  transferOf({ id: settlementId(hold, 'void'), kind: kinds.void, pendingId: hold });

/**
 * Makes the legs that take an account from the hold it has to the one it shall have, puts them behind
 * the others, and returns what the cover is then.
 */
function createLegs(parts: { readonly guarded: ReadonlyMap<number, GuardedAccount> }) {
  // Begins anywhere, so that the holds of two lives of the station do not share an id.
  let turn = Math.floor(performance.timeOrigin + performance.now()) >>> 0;

  const sides = new Map<number, Sides>();

  function sidesOf(account: number): Sides {
    const known = sides.get(account);
    if (known) return known;
    const { currency = '', spentBy } = parts.guarded.get(account) ?? {};
    const made = {
      ...{ own: BigInt(account), outside: outsideOf(currency) },
      ...{ currency: currencyNumber(currency), isAllowance: spentBy === 'debit' },
    };
    if (spentBy) sides.set(account, made);
    return made;
  }

  function reservation(id: string, hash: string, { account, to }: Change): Transfer {
    const { own, outside, currency, isAllowance } = sidesOf(account);
    const isDebit = to.net > 0n;
    return transferOf({
      id,
      kind: kinds.reserve,
      meta: hash,
      currency,
      debit: isDebit ? own : outside,
      credit: isDebit ? outside : own,
      amountMinor: isDebit ? to.net : -to.net,
      // An allowance is what may be spent offline; a till is not asked for one.
      flags: isAllowance && isDebit ? transferFlags.offline : 0,
    });
  }

  return (change: Change, hold: string | null, legs: Transfer[]): Change => {
    const { account, to } = change;
    const { net, seq, hash } = to;
    if (hold !== null) legs.push(voiding(hold));
    if (net === 0n) return { account, to: { net, hold: null, held: 0n, seq, hash } };
    turn = (turn + 1) >>> 0;
    const hex = hexOf(hash);
    const id = holdId(seq, hex, turn);
    legs.push(reservation(id, hex, change));
    return { account, to: { net, hold: id, held: net, seq, hash } };
  };
}

/** What of an account's holds is the same each time. */
interface Sides {
  readonly own: bigint;
  readonly outside: bigint;
  readonly currency: number;
  readonly isAllowance: boolean;
}
