// Sets a real branch up without a page, so that a test begins where its own question does.

import type { Page } from '@playwright/test';
import { accountNumberOf } from '#contract/account-number.ts';
import { openRobot, type Robot } from '../robot.ts';
import { type Authenticator, createAuthenticator } from './authenticator.ts';

/** What everybody of this branch signs in with, until they choose otherwise. */
export const passwords = {
  ada: 'ada keeps the keys of the house',
  sam: 'sam looks at everything twice',
  rita: 'rita looks at everything twice',
  ben: 'ben counts everything twice',
} as const;

export interface Branch {
  /** An account of Marta Keller in EUR, empty, older than the rules for young accounts ask. */
  readonly account: string;
  readonly sam: Robot;
  readonly ben: Robot;
  readonly authenticators: Readonly<Record<'sam', Authenticator>>;
  /** Number of ben's till. */
  readonly till: number;
}

/** Notes in ben's till at the start: 5,000.00 EUR. */
export const float = { 10000: 20, 5000: 40, 2000: 45, 1000: 10 };

/** What a newcomer signs in with the first time, and changes then. */
export const temporary = 'temporary, for a moment';

/** Somebody who is on the list of staff and has never signed in. */
export interface Newcomer {
  readonly user: string;
  readonly role: 'supervisor' | 'teller';
}

const currencies = ['EUR', 'USD', 'JPY', 'KWD'];
const address = { streetName: 'Quay', townName: 'Hamburg', country: 'DE' };

async function enter(robot: Robot, user: keyof typeof passwords): Promise<void> {
  await robot.ask('session.open', { user, password: temporary });
  await robot.ask('session.changePassword', { current: temporary, next: passwords[user] });
}

/** A further window of the workstation, without a page. */
export async function windowOf(page: Page, origin: string): Promise<Robot> {
  const answer = await page.request.post(`${origin}/window`, { headers: { origin } });
  return openRobot(((await answer.json()) as { url: string }).url);
}

/**
 * From the first window of an empty folder: names the branch, staffs it, opens the day, fills ben's till from the vault and gives Marta Keller an account.
 */
export async function setUpBranch(
  ada: Robot,
  branchCode = '001',
  newcomers: readonly Newcomer[] = [],
): Promise<Branch> {
  await ada.ask('branch.establish', {
    ...{ bank: 'Harbour Bank', branchCode, branchName: 'Quayside', country: 'DE' },
    ...{ baseCurrency: 'EUR', currencies },
    administrator: { user: 'ada', name: 'Ada Lind', password: passwords.ada },
  });
  for (const { user, role } of [
    { user: 'sam', role: 'supervisor' } as const,
    { user: 'rita', role: 'teller' } as const,
    { user: 'ben', role: 'teller' } as const,
    ...newcomers,
  ]) {
    await ada.ask('staff.add', {
      ...{ user, name: `${user[0]?.toUpperCase()}${user.slice(1)} Berg`, roles: [role] },
      password: temporary,
    });
  }
  const [sam, rita, ben] = [await ada.another(), await ada.another(), await ada.another()];
  await enter(sam, 'sam');
  const phone = createAuthenticator((await sam.ask('session.enrolFactor', {})).secret);
  await sam.ask('session.confirmFactor', { code: await phone.code() });
  await enter(rita, 'rita');
  await enter(ben, 'ben');
  rita.close();
  const { nextDate } = await sam.ask('day.state', {});
  await sam.ask('day.open', {
    date: nextDate,
    vaultCounts: currencies.map((currency) => ({ currency, denominations: {} })),
    second: { user: 'rita', password: passwords.rita },
  });
  await sam.ask('vault.receive', { currency: 'EUR', denominations: float, reference: 'van 1' });
  const till = await fillTill(sam, ben);
  ada.close();
  return { account: await openAccount(ben), sam, ben, till, authenticators: { sam: phone } };
}

async function fillTill(sam: Robot, ben: Robot): Promise<number> {
  const { till } = await sam.ask('till.add', { name: 'Till 1', currencies: ['EUR'] });
  await ben.ask('till.open', { till, counts: [{ currency: 'EUR', denominations: {} }] });
  const { tills } = await sam.ask('till.list', {});
  const vault = tills.find(({ kind }) => kind === 'vault')?.till ?? 0;
  const purse = { currency: 'EUR', denominations: float };
  const { movement } = await sam.ask('movement.offer', { from: vault, to: till, ...purse });
  await ben.ask('movement.accept', { movement, denominations: float });
  return till;
}

async function openAccount(ben: Robot): Promise<string> {
  const { customer } = await ben.ask('customer.register', {
    details: {
      ...{ kind: 'person', givenName: 'Marta', familyName: 'Keller', birthDate: '1970-02-03' },
      ...{ nationality: 'DE', address, phones: [], riskClass: 'normal' },
      documents: [{ kind: 'passport', number: 'C01X00T47', country: 'DE' }],
    },
  });
  const owners = [{ customer, role: 'holder' as const }];
  const { number } = await ben.ask('account.open', {
    product: 'checking',
    currency: 'EUR',
    owners,
  });
  return number;
}

/** A number with the right check digit that nobody has. */
export const nobodysAccount = accountNumberOf(9_999_990);
