// Sets aside in the guard what a running transaction moves: one hold an account over its whole net.
import { currencyNumber, type GuardedAccount, outsideOf } from './books.ts';
import { batchMax, type Guard, kinds, type Transfer, transferFlags, transferOf } from './guard.ts';
import { holdId, settlementId } from './hold-id.ts';

export interface Covers {
  /** Adds an event's nets to what is set aside. Throws the guard's refusal, having changed nothing. */
  add(seq: number, hash: string, nets: ReadonlyMap<number, bigint>): void;
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
  readonly hash: string;
}

interface Change {
  readonly account: number;
  readonly to: Cover;
}

const nothing: Cover = Object.freeze({ net: 0n, hold: null, held: 0n, seq: 0, hash: '' });

export function createCovers(parts: {
  readonly guard: Guard;
  readonly guarded: ReadonlyMap<number, GuardedAccount>;
}): Covers {
  const covers = new Map<number, Cover>();
  /** What covers were before each event of the transaction, oldest first. */
  let past: { readonly seq: number; readonly account: number; readonly before: Cover }[] = [];
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
    for (const some of chunks(changes, batchMax / 2)) {
      const made = some.map((one) => makeLegs(one, covers.get(one.account)?.hold ?? null));
      send(made.flatMap(({ legs }) => legs));
      for (const { account, cover } of made) covers.set(account, cover);
    }
  }

  /** Whether it takes more out of the account than its hold does: only that may be refused. */
  function isDrawn(account: number, { net, held }: Pick<Cover, 'net' | 'held'>): boolean {
    const spends = parts.guarded.get(account)?.spentBy === 'credit' ? -1n : 1n;
    return net * spends > 0n && net * spends > held * spends;
  }

  /** The transaction is undone whole: nothing stays set aside. */
  function releaseAll(): void {
    change([...covers.keys()].map((account) => ({ account, to: nothing })));
    covers.clear();
  }

  return Object.freeze({
    add(seq: number, hash: string, nets: ReadonlyMap<number, bigint>) {
      const changes: Change[] = [];
      for (const [account, net] of nets) {
        const before = covers.get(account) ?? nothing;
        past.push({ seq, account, before });
        const { hold, held } = before;
        const to = { net: before.net + net, hold, held, seq, hash };
        // Only what takes more out than is held can be refused: the rest waits for the end.
        if (isDrawn(account, to)) changes.push({ account, to });
        else covers.set(account, to);
      }
      change(changes);
    },
    complete() {
      const late = [...covers].filter(([, { net, held }]) => net !== held);
      change(late.map(([account, to]) => ({ account, to })));
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
        else if (isDrawn(account, { net: to.net, held })) changes.push({ account, to });
        else covers.set(account, { ...to, hold, held });
      }
      change(changes);
      if (past.length > 0) return;
      releaseAll();
    },
    settle() {
      const holds = [...covers.values()].flatMap(({ hold }) => (hold === null ? [] : [hold]));
      for (const some of chunks(holds, batchMax)) send(some.map(posting));
      covers.clear();
      past = [];
    },
    sent() {
      const count = sent;
      sent = 0;
      return count;
    },
  });
}

const posting = (hold: string): Transfer =>
  transferOf({ id: settlementId(hold, 'post'), kind: kinds.postPending, pendingId: hold });

const voiding = (hold: string): Transfer =>
  transferOf({ id: settlementId(hold, 'void'), kind: kinds.void, pendingId: hold });

/** Makes the legs that take an account from the hold it has to the one it shall have. */
function createLegs(parts: { readonly guarded: ReadonlyMap<number, GuardedAccount> }) {
  // Begins anywhere, so that the holds of two lives of the station do not share an id.
  let turn = Math.floor(performance.timeOrigin + performance.now()) >>> 0;

  function reservation(id: string, account: number, { net, hash }: Cover): Transfer {
    const { currency = '', spentBy } = parts.guarded.get(account) ?? {};
    const own = BigInt(account);
    const outside = outsideOf(currency);
    return transferOf({
      ...{ id, kind: kinds.reserve, meta: hash, currency: currencyNumber(currency) },
      ...(net > 0n ? { debit: own, credit: outside } : { debit: outside, credit: own }),
      amountMinor: net > 0n ? net : -net,
      // An allowance is what may be spent offline; a till is not asked for one.
      flags: spentBy === 'debit' && net > 0n ? transferFlags.offline : 0,
    });
  }

  return ({ account, to }: Change, hold: string | null) => {
    const legs: Transfer[] = hold === null ? [] : [voiding(hold)];
    if (to.net === 0n) return { account, legs, cover: { ...to, hold: null, held: 0n } };
    turn = (turn + 1) >>> 0;
    const id = holdId(to.seq, to.hash, turn);
    legs.push(reservation(id, account, to));
    return { account, legs, cover: { ...to, hold: id, held: to.net } };
  };
}

function chunks<T>(list: readonly T[], size: number): readonly (readonly T[])[] {
  const count = Math.ceil(list.length / size);
  return Array.from({ length: count }, (_, index) => list.slice(index * size, (index + 1) * size));
}
