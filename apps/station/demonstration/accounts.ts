// Draws the 400 accounts of the demonstration branch and who owns and may use them.
import { addDays } from '../bank/calendar.ts';
import { migrationDate, newDate } from './calendar.ts';
import { isNamed, named, type PlannedCustomer } from './customers.ts';
import type { Dice } from './dice.ts';
import type { DemonstrationCurrency } from './people.ts';

export type PlannedProduct = 'checking' | 'savings' | 'loan' | 'credit';

/** An account before the station gave it a number. */
export interface PlannedAccount {
  /** Name of the account inside the plan, such as `person-de-4/checking/EUR`. */
  readonly key: string;
  /** Key of the holder. */
  readonly holder: string;
  readonly product: PlannedProduct;
  readonly currency: DemonstrationCurrency;
  /** Key of a second owner, or null. */
  readonly joint: string | null;
  /** Key of a person who may sign, and in what capacity, or null. */
  readonly mandate: { readonly customer: string; readonly kind: 'signatory' | 'attorney' } | null;
  readonly openedOn: string;
  readonly state: 'open' | 'dormant' | 'frozen';
  /** How far below zero it may go, in minor units. */
  readonly overdraftMinor: bigint;
}

export const accountCount = 400;
const savingsCount = 112;
const loanCount = 14;
const creditCount = 8;
const jointCount = 24;
const dormantCount = 8;
const frozenCount = 2;

type Opening = Pick<PlannedAccount, 'holder' | 'product' | 'currency'>;

/** The key of a customer's account. */
export function accountKey(
  holder: string,
  product: PlannedProduct,
  currency: DemonstrationCurrency,
): string {
  return `${holder}/${product}/${currency}`;
}

/** All accounts: every customer has one for payments, many a savings account, some a loan or foreign money. */
export function drawAccounts(dice: Dice, customers: readonly PlannedCustomer[]): PlannedAccount[] {
  const people = customers.filter((each) => each.details.kind === 'person');
  const others = dice.shuffled(people.filter((each) => !isNamed(each.key)));
  const openings: Opening[] = customers.map((each) => ({
    holder: each.key,
    product: 'checking',
    currency: currencyOf(dice, each),
  }));
  openings.push({ holder: named.alex, product: 'savings', currency: 'USD' });
  const take = (count: number, product: PlannedProduct) => {
    for (const { key } of others.slice(0, count)) {
      openings.push({ holder: key, product, currency: 'EUR' });
    }
  };
  take(savingsCount - 1, 'savings');
  others.reverse();
  take(loanCount, 'loan');
  others.push(...others.splice(0, loanCount));
  take(creditCount, 'credit');
  const held = new Set(
    openings.map((each) => accountKey(each.holder, each.product, each.currency)),
  );
  for (const opening of foreign(dice, customers, accountCount - openings.length, held)) {
    openings.push(opening);
  }
  return complete(dice, openings, customers);
}

/** The money a customer lives in: that of home for most from overseas, the euro for all others. */
function currencyOf(dice: Dice, customer: PlannedCustomer): DemonstrationCurrency {
  const overseas = { US: 'USD', JP: 'JPY', KW: 'KWD' } as const;
  const own = overseas[customer.country as keyof typeof overseas];
  if (customer.key === named.alex) return 'USD';
  return own && customer.trade === null && dice.happens(3, 4) ? own : 'EUR';
}

/** Second accounts in foreign money, for companies that trade abroad first. */
function foreign(
  dice: Dice,
  customers: readonly PlannedCustomer[],
  count: number,
  held: ReadonlySet<string>,
): Opening[] {
  const traders = customers.filter((each) => each.trade === 'shop' || each.trade === 'employer');
  const people = customers.filter((each) => each.trade === null && !isNamed(each.key));
  const found: Opening[] = [];
  const taken = new Set(held);
  while (found.length < count) {
    const holder = dice.pick(found.length < 12 ? traders : people).key;
    const currency = dice.weighted({ USD: 5, JPY: 2, KWD: 2 });
    const key = accountKey(holder, 'checking', currency);
    if (taken.has(key)) continue;
    taken.add(key);
    found.push({ holder, product: 'checking', currency });
  }
  return found;
}

/** Adds owners, mandates, dates, states and limits to what was opened. */
function complete(
  dice: Dice,
  openings: readonly Opening[],
  customers: readonly PlannedCustomer[],
): PlannedAccount[] {
  const byKey = new Map(customers.map((each) => [each.key, each]));
  const people = customers.filter((each) => each.trade === null && each.since < migrationDate);
  const quiet = (opening: Opening) =>
    !isNamed(opening.holder) && sinceOf(byKey, opening) < addDays(migrationDate, -500);
  const settled = openings.filter(quiet);
  const checking = dice.shuffled(
    settled.filter((each) => each.product === 'checking' && each.holder.startsWith('person')),
  );
  const savings = dice.shuffled(settled.filter((each) => each.product === 'savings'));
  const joint = new Set(checking.slice(0, jointCount));
  const frozen = new Set(checking.slice(-frozenCount));
  const attorney = new Set(checking.slice(jointCount, jointCount + 6));
  const dormant = new Set([...savings.slice(0, dormantCount - 2), ...checking.slice(40, 42)]);
  return openings.map((opening): PlannedAccount => {
    const { holder, product, currency } = opening;
    const country = byKey.get(holder)?.country;
    const partner = dice.pick(people.filter((each) => each.key !== holder));
    const relative = dice.pick(
      people.filter((each) => each.country === country && each.key !== holder),
    );
    const kind: 'signatory' | 'attorney' = holder.startsWith('company') ? 'signatory' : 'attorney';
    const hasMandate = attorney.has(opening) || kind === 'signatory';
    const state = frozen.has(opening) ? 'frozen' : dormant.has(opening) ? 'dormant' : 'open';
    const since = sinceOf(byKey, opening);
    const drawn = openedOn(dice, opening, since);
    const opened = state === 'open' ? drawn : since;
    const overdraftMinor = overdraft(dice, opening);
    return Object.freeze({
      ...opening,
      key: accountKey(holder, product, currency),
      joint: joint.has(opening) ? relative.key : null,
      mandate: hasMandate ? { customer: partner.key, kind } : null,
      openedOn: opened,
      state,
      overdraftMinor: opened > migrationDate ? 0n : overdraftMinor,
    });
  });
}

function sinceOf(byKey: ReadonlyMap<string, PlannedCustomer>, opening: Opening): string {
  return byKey.get(opening.holder)?.since ?? migrationDate;
}

/** With the customer, or up to two years later; ten of a hundred second accounts are new in the ninety days. */
function openedOn(dice: Dice, opening: Opening, since: string): string {
  if (opening.product === 'checking' && opening.currency === 'EUR') return since;
  if (isNamed(opening.holder)) return since;
  const later = addDays(since, dice.between(0, 700));
  const isNew = opening.product !== 'loan' && dice.happens(1, 12);
  if (since > migrationDate) return since;
  if (isNew) return newDate(dice);
  return later < addDays(migrationDate, -60) ? later : since;
}

/** Credit accounts are made to be drawn; one checking account in ten may be overdrawn a little. */
function overdraft(dice: Dice, opening: Opening): bigint {
  const hundreds = dice.between(5, 30);
  if (opening.currency !== 'EUR' || isNamed(opening.holder)) return 0n;
  if (opening.product === 'credit') return BigInt(hundreds) * 20_000n;
  const isLent = opening.product === 'checking' && dice.happens(1, 10);
  return isLent ? BigInt(hundreds) * 5_000n : 0n;
}
