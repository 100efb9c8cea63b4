// What a desk does all day, as draws from a few accounts: deposits, withdrawals, transfers, previews, searches.
import type { DraftInput } from '#contract/drafts.ts';
import type { Seat } from './counter-station.ts';

export interface DeskWork {
  /** Does the operation of this turn; every tenth begins the round again. */
  operate(turn: number): Promise<void>;
  /** What came of the postings so far: posted, parked, and each reason refused. */
  readonly outcomes: ReadonlyMap<string, number>;
}

interface Account {
  readonly number: string;
  /** Who stands at the desk. */
  readonly holder: { readonly kind: 'customer'; readonly customer: number };
}

const five = { amountMinor: '500', currency: 'EUR' } as const;
const note = { denominations: { 500: 1 } } as const;
const queries = ['Keller', 'mueller', '1000 02', 'Jonas We', 'schmidt', 'иван', 'an'] as const;

/** Finds accounts that take and give 5.00 EUR, asking for what a posting would do; then works on them. */
export async function createDeskWork(
  teller: Seat,
  numbers: readonly string[],
  wanted: number,
): Promise<DeskWork> {
  const accounts: Account[] = [];
  const of = (task: 'cash.deposit' | 'cash.withdrawal', own: Account): DraftInput => ({
    ...{ task, account: own.number, conductor: own.holder, ...five, ...note },
  });
  for (const number of numbers) {
    if (accounts.length === wanted) break;
    const [owner] = (await teller.ask('account.get', { number })).owners;
    if (!owner) continue;
    const account = { number, holder: { kind: 'customer', customer: owner.customer } } as const;
    const given = await teller.ask('posting.preview', { draft: of('cash.deposit', account) });
    const taken = await teller.ask('posting.preview', { draft: of('cash.withdrawal', account) });
    if (given.outcome === 'post' && taken.outcome === 'post') accounts.push(account);
  }
  if (accounts.length < 2) throw new Error('too few accounts take and give 5.00 EUR');
  const outcomes = new Map<string, number>();
  const count = (what: string): void => void outcomes.set(what, (outcomes.get(what) ?? 0) + 1);
  const post = async (draft: DraftInput): Promise<void> => {
    await teller.ask('posting.post', { draft }).then(
      ({ state }) => count(state),
      (error: Error) => count(error.message),
    );
  };
  const operate = async (turn: number): Promise<void> => {
    const at = (offset: number) => accounts[(turn + offset) % accounts.length] as Account;
    const { number: from, holder: conductor } = at(0);
    const transfer = { task: 'transfer', from, to: at(1).number, conductor, ...five } as const;
    switch (turn % 10) {
      case 0:
      case 1:
        return post(of('cash.deposit', at(0)));
      case 2:
        return post(of('cash.withdrawal', at(0)));
      case 3:
      case 4:
        return post(transfer);
      case 5:
        return void (await teller.ask('posting.preview', { draft: transfer }));
      case 6:
        return void (await teller.ask('posting.preview', { draft: of('cash.deposit', at(0)) }));
      case 7:
        return void (await teller.ask('account.get', { number: from }));
      default: {
        const text = queries[turn % queries.length] as string;
        return void (await teller.ask('customer.search', { text, count: 12 }));
      }
    }
  };
  return Object.freeze({ operate, outcomes });
}
