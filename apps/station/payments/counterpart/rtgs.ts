// Plays the settlement system of central-bank money: a queue, the banks' liquidity, a cut-off, and offsetting.

/** A payment between two banks, as the settlement system sees it. */
export interface RtgsOrder {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly amountMinor: bigint;
}

/** What a network tells the sending bank: a status of ISO 20022, and a reason where it is a rejection. */
export interface NetworkAnswer {
  readonly id: string;
  readonly bank: string;
  readonly status: 'ACSP' | 'ACSC' | 'RJCT';
  readonly reason: string;
}

export interface Rtgs {
  /** Takes an order in: answers to it, and to any other it sets free. Times in ms. */
  submit(order: RtgsOrder, at: number): readonly NetworkAnswer[];
  /** Gives a bank more liquidity. */
  fund(bank: string, amountMinor: bigint): readonly NetworkAnswer[];
  /** The end of the day: what still lacks money is rejected. */
  close(): readonly NetworkAnswer[];
  /** What it says about an order when asked; null for one it never had. */
  enquire(id: string): NetworkAnswer | null;
  balance(bank: string): bigint;
  readonly queued: readonly RtgsOrder[];
}

/**
 * The largest part of a queue that settles at once against each other: while a bank would end below zero,
 * its newest order waits (Bech and Soramäki, "Gridlock resolution in interbank payment systems", 2001).
 */
export function offsetting(
  queue: readonly RtgsOrder[],
  balance: (bank: string) => bigint,
): readonly RtgsOrder[] {
  let chosen = [...queue];
  for (;;) {
    const after = new Map<string, bigint>();
    const add = (bank: string, change: bigint) =>
      void after.set(bank, (after.get(bank) ?? balance(bank)) + change);
    for (const { from, to, amountMinor } of chosen) {
      add(from, -amountMinor);
      add(to, amountMinor);
    }
    const newest = chosen.findLast(({ from }) => (after.get(from) ?? 0n) < 0n);
    if (!newest) return chosen;
    chosen = chosen.filter((each) => each !== newest);
  }
}

/** A settlement system in which the banks begin with some liquidity (minor units). */
export function createRtgs(given: {
  readonly liquidity: ReadonlyMap<string, bigint>;
  /** ms; an order at this instant is still in time. */
  readonly cutOffAt: number;
}): Rtgs {
  const money = new Map(given.liquidity);
  const known = new Map<string, NetworkAnswer>();
  let queue: readonly RtgsOrder[] = [];
  const balance = (bank: string): bigint => money.get(bank) ?? 0n;

  function answer(order: RtgsOrder, status: NetworkAnswer['status'], reason = ''): NetworkAnswer {
    const said = Object.freeze({ id: order.id, bank: order.from, status, reason });
    known.set(order.id, said);
    return said;
  }

  function settle(orders: readonly RtgsOrder[]): readonly NetworkAnswer[] {
    for (const { from, to, amountMinor } of orders) {
      money.set(from, balance(from) - amountMinor);
      money.set(to, balance(to) + amountMinor);
    }
    queue = queue.filter((each) => !orders.includes(each));
    return orders.map((order) => answer(order, 'ACSC'));
  }

  /** First in, first out; one that has its money passes those that wait for theirs. */
  function drain(): readonly NetworkAnswer[] {
    const answers: NetworkAnswer[] = [];
    for (;;) {
      const covered = queue.find(({ from, amountMinor }) => balance(from) >= amountMinor);
      const next = covered ? [covered] : offsetting(queue, balance);
      if (next.length === 0) return answers;
      answers.push(...settle(next));
    }
  }

  return Object.freeze({
    submit(order: RtgsOrder, at: number) {
      const before = known.get(order.id);
      if (before) return [before];
      if (at > given.cutOffAt) return [answer(order, 'RJCT', 'TM01')];
      queue = [...queue, order];
      const waiting = answer(order, 'ACSP');
      const answers = drain();
      return answers.some(({ id }) => id === order.id) ? answers : [waiting, ...answers];
    },
    fund(bank: string, amountMinor: bigint) {
      money.set(bank, balance(bank) + amountMinor);
      return drain();
    },
    close() {
      const left = queue;
      queue = [];
      return left.map((order) => answer(order, 'RJCT', 'AM04'));
    },
    enquire: (id: string) => known.get(id) ?? null,
    balance,
    get queued() {
      return queue;
    },
  });
}
