// What really happened at the counters, kept beside every book: the simulation's own memory of cash.
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
}

export function createTruth(): Truth {
  const cash = new Map<string, bigint>();
  const lost = new Map<string, bigint>();
  const add = (map: Map<string, bigint>, key: string, amountMinor: bigint): void => {
    map.set(key, (map.get(key) ?? 0n) + amountMinor);
  };
  return Object.freeze({
    moved: (account: OfficeAccount, amountMinor: bigint) =>
      add(cash, accountKey(account), amountMinor),
    of: (key: string) => cash.get(key) ?? 0n,
    keys: () => [...cash.keys()],
    writtenOff: (key: string, amountMinor: bigint) => add(lost, key, amountMinor),
    writtenOffOf: (key: string) => lost.get(key) ?? 0n,
  });
}
