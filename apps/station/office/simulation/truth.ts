// What really happened at the counters, kept beside every book: the simulation's own memory of cash.
import type { Order } from '../protocol/orders.ts';
import { accountKey, type OfficeAccount } from '../protocol/values.ts';

export interface Truth {
  /** Cash came in for an account (positive) or went out (negative). */
  moved(account: OfficeAccount, amountMinor: bigint): void;
  /** Cash in less cash out of an account. */
  of(key: string): bigint;
  keys(): readonly string[];
  /** A person wrote an allowance off: what its branch still spends of it is that person's loss. */
  writtenOff(key: string, amountMinor: bigint): void;
  writtenOffOf(key: string): bigint;
  /** A person at head office gave an order. */
  ordered(order: Order): void;
  orders(): readonly Order[];
}

export function createTruth(): Truth {
  const cash = new Map<string, bigint>();
  const lost = new Map<string, bigint>();
  const given: Order[] = [];
  const add = (map: Map<string, bigint>, key: string, amountMinor: bigint): void => {
    map.set(key, (map.get(key) ?? 0n) + amountMinor);
  };
  return Object.freeze({
    moved: (account: OfficeAccount, amountMinor: bigint) =>
      add(cash, accountKey(account), amountMinor),
    of: (key: string) => cash.get(key) ?? 0n,
    keys: () => [...cash.keys()],
    writtenOff: (key: string, amountMinor: bigint) => add(lost, key, amountMinor),
    ordered: (order: Order) => void given.push(order),
    orders: () => given,
    writtenOffOf: (key: string) => lost.get(key) ?? 0n,
  });
}
