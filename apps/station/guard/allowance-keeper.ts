// Goes along with the log for the allowances: opens in the guard what head office grants, ends what is given back.
import { Refusal } from '#station/bank/refusal.ts';
import {
  allowanceNumber,
  freezeAllowance,
  type GuardedAllowance,
  numbered,
  openAllowance,
  type SpentElsewhere,
  withSpent,
} from './allowances.ts';
import type { AllowanceBalance, GuardedAccount } from './books.ts';
import type { Guard } from './guard.ts';
import type { GuardedEvent } from './journal.ts';

interface OfficeData {
  readonly items?: readonly { readonly body: string }[];
  readonly office?: {
    readonly kind: string;
    readonly allowance?: string;
    readonly spent?: readonly { readonly allowance: string; readonly amountMinor: string }[];
  };
}

interface Granted {
  readonly kind: string;
  readonly allowance:
    | string
    | { readonly id: string; readonly amountMinor: string; currency: string };
}

/** Nearly no event does: looked at before anything is made of it. */
function concernsAllowances({ type, data }: GuardedEvent): boolean {
  return type === 'office.received' || (data as OfficeData).office?.kind === 'returned';
}

/** What an event does to allowances: those it brings, and those it ends. */
function changesOf({ type, data }: GuardedEvent) {
  const granted: AllowanceBalance[] = [];
  const ended: number[] = [];
  const end = (id: string): void => {
    const account = allowanceNumber(id);
    if (account !== null) ended.push(account);
  };
  const { items, office } = data as OfficeData;
  if (office?.kind === 'returned' && office.allowance !== undefined) end(office.allowance);
  if (type !== 'office.received' || !items) return { granted: [], ended };
  for (const { body } of items) {
    const { kind, allowance } = JSON.parse(body) as Granted;
    if (kind === 'written-off' && typeof allowance === 'string') end(allowance);
    if (kind !== 'allowance' || typeof allowance === 'string') continue;
    const { id, currency, amountMinor } = allowance;
    const amounts = { amountMinor: BigInt(amountMinor), spentMinor: 0n };
    granted.push({ id, currency, ...amounts, isOpen: true });
  }
  return { granted: numbered(granted), ended };
}

/** Amounts an event spends of allowances, by their numbers in the guard; none for nearly every event. */
export function allowancesSpent({ data }: GuardedEvent): ReadonlyMap<number, bigint> | null {
  const spent = (data as OfficeData).office?.spent;
  if (!spent || spent.length === 0) return null;
  const sums = new Map<number, bigint>();
  for (const { allowance, amountMinor } of spent) {
    const account = allowanceNumber(allowance);
    if (account === null) throw unguarded(allowance);
    sums.set(account, (sums.get(account) ?? 0n) + BigInt(amountMinor));
  }
  return sums;
}

/** Refuses `allowance-unguarded`: what the guard does not hold could be spent by two at once. */
export function unguarded(id: string): Refusal {
  return new Refusal(
    'allowance-unguarded',
    `Allowance ${id} is not in the guard of this workstation, so it cannot be spent here: head office must be asked.`,
  );
}

export interface AllowanceKeeper {
  /** Takes in what the event brings. Throws the guard's refusal. */
  appended(event: GuardedEvent): void;
  undone(seq: number): void;
  /** Ends what the branch gave back or head office wrote off: that is durable now. */
  committed(): void;
}

export interface AllowanceParts {
  readonly guard: Guard;
  readonly guarded: Map<number, GuardedAccount>;
  /** null: another station of this branch has the guard, so none may be spent here. */
  readonly spentElsewhere: SpentElsewhere | null;
  readonly openOutside: (guard: Guard, currency: string) => void;
}

interface Noted {
  readonly seq: number;
  readonly account: number;
}

/**
 * Goes along with the log. An allowance is opened as it comes, whole, and never a second time: the account
 * that an undone event leaves behind is no allowance until it comes again. It is ended only after the commit.
 */
export function createAllowanceKeeper(parts: AllowanceParts): AllowanceKeeper {
  const { guard, guarded, spentElsewhere, openOutside } = parts;
  let opened: Noted[] = [];
  let ending: Noted[] = [];
  function open(seq: number, allowance: GuardedAllowance): void {
    const { account, currency } = allowance;
    if (spentElsewhere === null || guarded.has(account)) return;
    openOutside(guard, currency);
    if (!openAllowance(guard, withSpent(allowance, spentElsewhere))) return;
    guarded.set(account, { currency, spentBy: 'debit' });
    opened.push({ seq, account });
  }
  return Object.freeze({
    appended(event: GuardedEvent) {
      if (!concernsAllowances(event)) return;
      const { seq } = event;
      const { granted, ended } = changesOf(event);
      for (const allowance of granted) open(seq, allowance);
      for (const account of ended) ending.push({ seq, account });
    },
    undone(seq: number) {
      for (const one of opened) if (one.seq > seq) guarded.delete(one.account);
      opened = opened.filter((one) => one.seq <= seq);
      ending = ending.filter((one) => one.seq <= seq);
    },
    committed() {
      opened.length = 0;
      if (ending.length === 0) return;
      for (const { account } of ending.splice(0)) {
        if (guarded.has(account)) freezeAllowance(guard, account);
      }
    },
  });
}
