// Looks an account up while its number is typed, and says who may stand at the desk for it.
import type { AccountView } from '#contract/accounts.ts';
import type { Fault } from '#contract/wire.ts';
import { accountOf } from '../../parts/AccountInput.tsx';
import { useQuery } from '../../state/useQuery.ts';

export interface TypedAccount {
  readonly account: AccountView | undefined;
  readonly fault: Fault | undefined;
}

/** Numbers shorter than the bank's own are not asked for: they are still being typed. */
const shortestNumber = 8;

export function useAccount(typed: string): TypedAccount {
  const number = accountOf(typed);
  const isWhole = number !== undefined && number.length >= shortestNumber;
  const { data, fault } = useQuery('account.get', isWhole ? { number } : null);
  return { account: data, fault };
}

export interface Person {
  readonly customer: number;
  readonly name: string;
  /** What makes them somebody at the desk: `holder`, `joint`, `signatory`. */
  readonly role: string;
}

/** Owners first, then who holds a mandate that lets money move; each person once. */
export function peopleOf(account: AccountView | undefined): readonly Person[] {
  if (!account) return [];
  const owners: Person[] = account.owners.map((owner) => ({ ...owner }));
  const mandates: Person[] = account.mandates
    .filter((mandate) => mandate.kind !== 'view')
    .map(({ customer, name, kind }) => ({ customer, name, role: kind }));
  const known = new Set<number>();
  return [...owners, ...mandates].filter(({ customer }) => {
    const isNew = !known.has(customer);
    known.add(customer);
    return isNew;
  });
}

/** Who is taken to be at the desk: for an organisation somebody who signs for it, else the first owner. */
export function likelyPerson(
  people: readonly Person[],
  kind: 'person' | 'organisation' | undefined,
): Person | undefined {
  const signs = people.find(({ role }) => !['holder', 'joint'].includes(role));
  return kind === 'organisation' ? (signs ?? people[0]) : people[0];
}
