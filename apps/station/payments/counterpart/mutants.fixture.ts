// Breaks the branch in the ways that lose or make money, to see that the plays notice each.
import type { Counter } from '#station/desk/counter.ts';
import { budgetMs } from './instant.ts';
import type { Habits } from './play.fixture.ts';

export interface Mutant {
  readonly name: string;
  /** The fault that must stand in the books. */
  readonly shows: string;
  readonly amend?: (counter: Counter) => Counter;
  readonly habits?: Habits;
}

type Payments = Counter['payments'];

const withPayments = (change: (payments: Payments) => Partial<Payments>) => (counter: Counter) => ({
  ...counter,
  payments: { ...counter.payments, ...change(counter.payments) },
});

export const mutants: readonly Mutant[] = [
  {
    name: 'answers are taken twice',
    shows: 'payment.settled twice',
    amend: withPayments(({ matching }) => ({
      matching: (ids, direction) =>
        matching(ids, direction).map((row) => ({ ...row, state: 'sent' as const })),
    })),
  },
  {
    name: 'a late answer is ignored',
    shows: 'an answer that came was not taken',
    habits: { hears: (ageMs) => ageMs <= budgetMs },
  },
  {
    name: 'silence counts as settled',
    shows: 'settled without evidence',
    habits: { silence: 'ACSC' },
  },
  {
    name: 'silence gives the money back',
    shows: 'rejected against the truth',
    habits: { silence: 'RJCT' },
  },
  {
    name: 'an answer finds another payment of the amount',
    shows: 'settled without evidence',
    amend: withPayments(({ matching, page }) => ({
      matching: (ids, direction) =>
        matching(ids, direction).map((row) => {
          const open = page({ scope: 'open', text: '', before: Number.MAX_SAFE_INTEGER, count: 9 });
          return open.find(({ amountMinor }) => amountMinor === row.amountMinor) ?? row;
        }),
    })),
  },
  {
    name: 'accepted counts as settled',
    shows: 'settled without evidence',
    habits: { status: (status) => (status === 'ACSP' ? 'ACSC' : status) },
  },
  {
    name: 'a rejection is read as its contrary',
    shows: 'settled without evidence',
    habits: { status: (status) => (status === 'RJCT' ? 'ACSC' : status) },
  },
];
