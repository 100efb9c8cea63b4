// Plays the people of the five-minute tour, so that their accounts stand on its figures to the cent.
import { accountKey } from './accounts.ts';
import { monthly } from './calendar.ts';
import { named } from './customers.ts';
import type { Slips } from './slips.ts';
import { type Stage, type Teller, tillOf } from './stage.ts';

/** Accounts of the tour. */
export const tourAccounts = Object.freeze({
  marta: accountKey(named.marta, 'checking', 'EUR'),
  jonas: accountKey(named.jonas, 'checking', 'EUR'),
  alexChecking: accountKey(named.alex, 'checking', 'USD'),
  alexSavings: accountKey(named.alex, 'savings', 'USD'),
});

/** What they hold on the morning of the tour, in minor units. */
const targets: Readonly<Record<string, bigint>> = {
  [tourAccounts.marta]: 214_035n,
  [tourAccounts.jonas]: 1_846_010n,
  [tourAccounts.alexChecking]: 100_000n,
  [tourAccounts.alexSavings]: 500_000n,
};

/** One thing they did; a null side is cash. */
export interface TourStep {
  readonly date: string;
  /** Minutes after midnight at the branch. */
  readonly minute: number;
  readonly teller: Teller;
  readonly from: string | null;
  readonly to: string | null;
  readonly amountMinor: bigint;
  readonly narrative: string;
}

const clinic = accountKey('company-2', 'checking', 'EUR');
const works = accountKey('company-1', 'checking', 'EUR');
const landlord = accountKey('company-7', 'checking', 'EUR');
const power = accountKey('company-9', 'checking', 'EUR');
const bookshop = accountKey('company-14', 'checking', 'EUR');

type Money = Pick<TourStep, 'from' | 'to' | 'amountMinor' | 'narrative'>;

/** The same transfer on a day of each month. */
function each(day: number, money: Money): TourStep[] {
  return monthly(day).map((date) => ({ date, minute: 562, teller: 'chloe', ...money }));
}

function cash(date: string, teller: Teller, money: Omit<Money, 'narrative'>): TourStep {
  return { date, minute: teller === 'ana' ? 747 : 634, teller, ...money, narrative: '' };
}

const { marta, jonas, alexChecking, alexSavings } = tourAccounts;
const out = (from: string, amountMinor: bigint) => ({ from, to: null, amountMinor });
const into = (to: string, amountMinor: bigint) => ({ from: null, to, amountMinor });

/** Jonas Weber's two withdrawals before the tour: with its 9,800.00 they make 29,300.00 EUR in four days. */
const jonasBefore: readonly TourStep[] = [
  cash('2026-11-17', 'ana', out(jonas, 970_000n)),
  cash('2026-11-18', 'chloe', out(jonas, 980_000n)),
];

export const tourSteps: readonly TourStep[] = Object.freeze([
  ...each(25, { from: clinic, to: marta, amountMinor: 198_040n, narrative: 'Wages' }),
  ...each(1, { from: marta, to: landlord, amountMinor: 124_000n, narrative: 'Rent flat 12' }),
  ...each(5, { from: marta, to: power, amountMinor: 6_490n, narrative: 'Contract 4471902' }),
  cash('2026-08-28', 'ben', out(marta, 10_000n)),
  cash('2026-09-11', 'ana', into(marta, 7_500n)),
  cash('2026-09-18', 'chloe', out(marta, 12_000n)),
  cash('2026-10-02', 'ben', out(marta, 20_000n)),
  { ...cash('2026-10-15', 'ana', out(marta, 4_560n)), to: bookshop, narrative: 'Two atlases' },
  cash('2026-10-30', 'ben', out(marta, 8_000n)),
  cash('2026-11-13', 'chloe', out(marta, 15_000n)),
  ...each(25, { from: works, to: jonas, amountMinor: 520_000n, narrative: 'Wages' }),
  ...each(1, { from: jonas, to: landlord, amountMinor: 145_000n, narrative: 'Rent flat 40' }),
  cash('2026-09-04', 'ana', out(jonas, 30_000n)),
  cash('2026-10-09', 'ben', out(jonas, 25_000n)),
  ...jonasBefore,
  ...each(1, {
    from: alexChecking,
    to: alexSavings,
    amountMinor: 10_000n,
    narrative: 'Monthly savings',
  }),
  cash('2026-09-14', 'ana', into(alexChecking, 40_000n)),
  cash('2026-10-20', 'ana', out(alexChecking, 6_000n)),
]);

/** What an account of the tour must come over with to end on its figure, or null for any other account. */
export function tourOpening(account: string): bigint | null {
  const target = targets[account];
  if (target === undefined) return null;
  return tourSteps.reduce((left, { from, to, amountMinor }) => {
    if (to === account) return left - amountMinor;
    return from === account ? left + amountMinor : left;
  }, target);
}

/** Posts one step. */
export function playStep(stage: Stage, slips: Slips, step: TourStep, at: number): void {
  const { from, to, amountMinor, narrative, teller } = step;
  const till = tillOf[teller] ?? 'vault';
  const slip =
    from && to
      ? slips.transfer(from, to, amountMinor, narrative)
      : to
        ? slips.deposit(to, amountMinor)
        : slips.withdrawal(till, from ?? '', amountMinor);
  if (!slip) throw new Error(`${till} cannot pay ${amountMinor} for the tour on ${step.date}.`);
  stage.post(slip, teller, at, { comment: 'Buys a used boat, contract seen.' });
}
