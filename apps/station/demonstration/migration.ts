// Brings the branch over from the system before: cash into the vault, customers, accounts, what they held.
import type { PlannedAccount } from './accounts.ts';
import { branchTime, migrationDate } from './calendar.ts';
import type { PlannedCustomer } from './customers.ts';
import { type DemonstrationCurrency, demonstrationBranch } from './people.ts';
import { vaultStock } from './purses.ts';
import { worth } from './slips.ts';
import type { Stage } from './stage.ts';
import { tourOpening } from './tour.ts';

/** Ranges of what accounts come over with, in euros' worth. */
const ranges = {
  employer: [380_000, 620_000],
  landlord: [60_000, 140_000],
  utility: [90_000, 240_000],
  shop: [4_000, 38_000],
  club: [900, 7_500],
  checking: [350, 9_400],
  savings: [600, 38_000],
  credit: [-900, 400],
  loan: [-24_000, -4_000],
} as const;

/** What an account comes over with, in minor units, positive where it is the customer's. */
function opening(stage: Stage, account: PlannedAccount): bigint {
  const fixed = tourOpening(account.key);
  if (fixed !== null) return fixed;
  const dice = stage.dice.fork(`opening of ${account.key}`);
  const trade = stage.customers.get(account.holder)?.trade ?? null;
  const isMain = account.product === 'checking' && account.currency === 'EUR';
  const [low, high] = ranges[isMain && trade ? trade : account.product];
  const cents = account.currency === 'EUR' && account.product !== 'loan' ? dice.below(100) : 0;
  return worth(account.currency, dice.between(low, high)) + BigInt(cents);
}

/** Fills the vault up to its usual stock; the difference comes from the cash centre. */
function fillVault(stage: Stage, by: string, at: number): void {
  for (const currency of demonstrationBranch.currencies) {
    const denominations = vaultStock[currency] ?? {};
    stage.books.put('vault', currency, denominations);
    const cash = { currency, denominations };
    stage.add({ act: 'vault.receive', cash, reference: `MIGRATION ${currency}` }, by, at);
  }
}

/** The Friday of the migration, on which nobody is served. */
export function migrate(
  stage: Stage,
  customers: readonly PlannedCustomer[],
  accounts: readonly PlannedAccount[],
): void {
  const [by, second] = stage.duty(migrationDate);
  const at = branchTime(migrationDate, 9 * 60);
  stage.add({ act: 'day.open', date: migrationDate, vault: emptyPurse(), second }, by, at);
  fillVault(stage, by, at);
  for (const { key } of customers.filter((each) => each.since < migrationDate)) {
    stage.add({ act: 'customer.register', customer: key }, by, at);
  }
  for (const account of accounts.filter((each) => each.openedOn < migrationDate)) {
    const balanceMinor = opening(stage, account);
    stage.books.open(account, balanceMinor);
    stage.add({ act: 'account.migrate', account: account.key, balanceMinor }, by, at);
  }
  const vault = stage.books.purse('vault');
  stage.add({ act: 'day.countVault', vault, second }, by, branchTime(migrationDate, 15 * 60));
  stage.add({ act: 'day.close' }, by, branchTime(migrationDate, 15 * 60 + 20));
}

function emptyPurse(): Partial<Record<DemonstrationCurrency, Record<string, number>>> {
  return Object.fromEntries(demonstrationBranch.currencies.map((currency) => [currency, {}]));
}
