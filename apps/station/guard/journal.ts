// Reads of an event what a guard must know: the accounts it opens and what it nets on guarded ones.

/** An event of the log as far as the guard looks at it. */
export interface GuardedEvent {
  readonly seq: number;
  readonly type: string;
  readonly data: unknown;
}

interface Parts {
  readonly accounts?: readonly {
    readonly id: number;
    readonly product: string;
    readonly currency: string;
    readonly lowMinor: string | null;
  }[];
  readonly journal?: {
    readonly legs: readonly {
      readonly debit: number;
      readonly credit: number;
      readonly amountMinor: string;
    }[];
  };
}

/** A till that an event opens. */
export interface OpenedTill {
  readonly account: number;
  readonly currency: string;
  readonly lowMinor: bigint | null;
}

export function openedTills({ data }: GuardedEvent): readonly OpenedTill[] {
  const { accounts } = data as Parts;
  if (!accounts) return [];
  return accounts
    .filter(({ product }) => product === 'till')
    .map(({ id, currency, lowMinor }) => ({
      ...{ account: id, currency },
      lowMinor: lowMinor === null ? null : BigInt(lowMinor),
    }));
}

/** Debits minus credits of the event's journal, by guarded account; accounts that come out even are not named. */
export function netsOf(
  { data }: GuardedEvent,
  isGuarded: (account: number) => boolean,
): ReadonlyMap<number, bigint> {
  const nets = new Map<number, bigint>();
  const legs = (data as Parts).journal?.legs;
  if (!legs) return nets;
  for (const { debit, credit, amountMinor } of legs) {
    const isDebit = isGuarded(debit);
    const isCredit = isGuarded(credit);
    if (!isDebit && !isCredit) continue;
    const amount = BigInt(amountMinor);
    if (isDebit) addTo(nets, debit, amount);
    if (isCredit) addTo(nets, credit, -amount);
  }
  return nets;
}

function addTo(nets: Map<number, bigint>, account: number, amount: bigint): void {
  const net = (nets.get(account) ?? 0n) + amount;
  if (net === 0n) nets.delete(account);
  else nets.set(account, net);
}
