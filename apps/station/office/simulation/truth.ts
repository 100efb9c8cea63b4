// What really happened at the counters, kept beside every book: the simulation's own memory of cash.

import type { OfficeState } from '../protocol/office-state.ts';
import type { Order } from '../protocol/orders.ts';
import { accountKey, type DownItem, type OfficeAccount } from '../protocol/values.ts';

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
  /** Head office knows no more than its copy: what it had of each log, and which orders only it had. */
  forgotten(state: OfficeState, copy: OfficeState): void;
  /** So many events of the branch head office had at most, before and after any copy took over. */
  heardOf(branch: string): number;
  /** Orders that stand in the list of a copy no more. */
  isForgotten(order: Order): boolean;
}

export function createTruth(): Truth {
  const cash = new Map<string, bigint>();
  const lost = new Map<string, bigint>();
  const given: Order[] = [];
  const heard = new Map<string, number>();
  const gone = new Set<Order>();
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
    forgotten(state: OfficeState, copy: OfficeState) {
      for (const [branch, { log }] of state.devices) {
        heard.set(branch, Math.max(heard.get(branch) ?? 0, log.length));
      }
      for (const order of given) if (!hasOrder(copy, order)) gone.add(order);
    },
    heardOf: (branch: string) => heard.get(branch) ?? 0,
    isForgotten: (order: Order) => gone.has(order),
    writtenOffOf: (key: string) => lost.get(key) ?? 0n,
  });
}

/** Somebody may have made up another of that name and number. */
function hasOrder({ devices }: OfficeState, { branch, name, version, value }: Order): boolean {
  return [...devices.values()].some(({ down }) =>
    down.some(({ body }) => {
      const item = JSON.parse(body) as DownItem;
      if (item.kind !== 'reference' || item.branch !== branch) return false;
      const isNamed = item.name === name && item.version === version;
      return isNamed && JSON.stringify(item.value) === JSON.stringify(value);
    }),
  );
}
