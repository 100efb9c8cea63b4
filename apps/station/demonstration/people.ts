// Names the staff of the demonstration branch and what they sign in with; printed on its card, secret from nobody.
import type { Role } from '#contract/operation.ts';

/** A member of the demonstration's staff, with the credentials its card shows. */
export interface DemonstrationPerson {
  readonly user: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly password: string;
  /** Base32 secret of the second factor (SHA-1, 6 digits, 30 s), or null where the person has none. */
  readonly totpSecret: string | null;
  /** True for the two users a visitor knows from elsewhere: the first sign-in asks for a new password. */
  readonly mustChangePassword: boolean;
}

/** The bank and branch as `branch.establish` would name them. */
export const demonstrationBranch = Object.freeze({
  bank: 'Qenex Demo Bank',
  branchCode: '001',
  branchName: 'Riverside',
  country: 'DE',
  timeZone: 'Europe/Berlin',
  baseCurrency: 'EUR',
  currencies: Object.freeze(['EUR', 'USD', 'JPY', 'KWD'] as const),
});

export type DemonstrationCurrency = (typeof demonstrationBranch.currencies)[number];

const person = (
  user: string,
  name: string,
  role: Role,
  password: string,
  totpSecret: string | null = null,
): DemonstrationPerson =>
  Object.freeze({
    user,
    name,
    roles: Object.freeze([role]),
    password,
    totpSecret,
    mustChangePassword: user === 'admin' || user === 'demo',
  });

/** In the order of their staff numbers: the first is who established the branch. */
export const demonstrationPeople: readonly DemonstrationPerson[] = Object.freeze([
  person('admin', 'Ada Lindqvist', 'administrator', 'AdminPass123!'),
  person('demo', 'Demo Teller', 'teller', 'DemoPass123!'),
  person('ana', 'Ana Ribeiro', 'teller', 'ana counts twice'),
  person('ben', 'Ben Okafor', 'teller', 'ben counts twice', 'JBSWY3DPEHPK3PXPBENTELLER2345672'),
  person('chloe', 'Chloe Martin', 'teller', 'chloe counts twice'),
  person(
    'sam',
    'Sam Lindgren',
    'supervisor',
    'sam looks twice',
    'JBSWY3DPEHPK3PXPSAMSUPER23456722',
  ),
  person(
    'rita',
    'Rita Moreau',
    'supervisor',
    'rita looks twice',
    'JBSWY3DPEHPK3PXPRITASUPER2345672',
  ),
  person(
    'cora',
    'Cora Jansen',
    'compliance',
    'cora asks twice',
    'JBSWY3DPEHPK3PXPCORACOMPL2345672',
  ),
  person('otto', 'Otto Brandt', 'auditor', 'otto only reads'),
]);

/** The person with this user name. */
export function demonstrationPerson(user: string): DemonstrationPerson {
  const found = demonstrationPeople.find((each) => each.user === user);
  if (!found) throw new Error(`The demonstration has no ${user}.`);
  return found;
}
