// Founds the demonstration branch: its name, its staff with their passwords and factors, and its tills.
import { createCredentials, type HashCost } from '../desk/credentials.ts';
import type { Person } from '../desk/desk.ts';
import { fromBase32 } from '../desk/session-factor.ts';
import { foundation } from '../desk/till-chart.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { BranchData, StaffData } from '../ledger/projections/staff.ts';
import { factorSecret, passwordSecret, type Secrets } from '../ledger/projections/staff-secrets.ts';
import type { Chance } from '../ports.ts';
import type { TillName } from './acts.ts';
import { currenciesOf } from './cashroom.ts';
import type { Clerk } from './clerk.ts';
import { demonstrationPayments } from './payments.ts';
import { demonstrationBranch, demonstrationPeople } from './people.ts';

/** First event of a demonstration's log, and of no other. */
export const begunType = 'demonstration.begun';

/**
 * The passwords stand on the demonstration's card, so there is nothing to protect: hashes are made cheap, and
 * made again at full cost the first time each person signs in.
 */
const publicHashCost: HashCost = Object.freeze({ memoryKiB: 8_192, passes: 1, lanes: 1 });

export interface FoundingParts {
  /** What the branch was drawn from; its first event says so. */
  readonly seed: number;
  readonly ledger: Pick<Ledger, 'append' | 'write'>;
  readonly secrets: Secrets;
  readonly chance: Chance;
  /** What every hash of this branch is mixed with. */
  readonly pepper: Uint8Array;
}

/** Staff numbers follow the order of the list. */
export function staffPerson(user: string): Person {
  const index = demonstrationPeople.findIndex((each) => each.user === user);
  const found = demonstrationPeople[index];
  if (!found) throw new Error(`The demonstration has no ${user}.`);
  const { name, roles } = found;
  return Object.freeze({ id: index + 1, user, name, roles, customer: null });
}

/** Records the branch and its people. */
export async function found({
  seed,
  ledger,
  secrets,
  chance,
  pepper,
}: FoundingParts): Promise<void> {
  const credentials = createCredentials({ cost: publicHashCost, chance, pepper });
  const hashes = await Promise.all(
    demonstrationPeople.map(({ password }) => credentials.hash(password)),
  );
  const { bank, branchCode: code, branchName: name, country, timeZone } = demonstrationBranch;
  const { baseCurrency } = demonstrationBranch;
  const currencies = [...demonstrationBranch.currencies];
  const branch: BranchData = { bank, code, name, country, timeZone, baseCurrency, currencies };
  const append = (type: string, data: object) =>
    ledger.append({ type, actor: 'system', data: { ...data } });
  ledger.write(() => {
    append(begunType, { seed });
    append('branch.established', branch);
    append('payment.configured', { settings: demonstrationPayments, reason: 'demonstration' });
    for (const [index, each] of demonstrationPeople.entries()) {
      const staff = index + 1;
      const { user, name: called, mustChangePassword: mustChange, totpSecret } = each;
      const roles = [...each.roles];
      const data: StaffData = { staff, user, name: called, roles, customer: null, mustChange };
      append('staff.added', data);
      secrets.set(passwordSecret(staff), Buffer.from(hashes[index] ?? ''));
      if (totpSecret === null) continue;
      const factor = fromBase32(totpSecret);
      if (!factor) throw new Error(`The factor of ${user} is no base32.`);
      secrets.set(factorSecret(staff), factor);
      append('staff.factor-enrolled', { staff, step: 0, who: user });
    }
    for (const { type, data } of foundation(branch)) append(type, data);
  });
}

/** Adds the three tills; the vault is there already. Only inside a write. */
export function addTills(clerk: Clerk): Readonly<Record<TillName, number>> {
  const add = (name: string, till: TillName) => {
    const input = { name, currencies: [...currenciesOf(till)] };
    return clerk.record<{ till: number }>({ name: 'till.add', by: 'admin', input }).result.till;
  };
  return {
    vault: 1,
    'till-1': add('Till 1', 'till-1'),
    'till-2': add('Till 2', 'till-2'),
    'till-3': add('Till 3', 'till-3'),
  };
}
