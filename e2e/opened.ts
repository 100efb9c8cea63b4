// Brings the demonstration branch to where work begins, without a page: the day open, a till with its float.
import { floatEur, vaultStock } from '#station/demonstration/purses.ts';
import type { People } from './pages/demonstration.ts';
import type { Robot } from './robot.ts';

/** Who asks: a robot on the socket, or a window in this process. */
export type Asker = Pick<Robot, 'ask'>;

export interface CounterPlan {
  readonly people: Pick<People, 'second'>;
  /** A supervisor's window, signed in. */
  readonly supervisor: Asker;
  /** A teller's window, signed in. */
  readonly teller: Asker;
  /** Name of a till that is closed and empty. */
  readonly till: string;
}

const business = '2026-11-20';

/**
 * Opens the branch on 20 November 2026, the vault counted with rita, then the teller's till, and moves the
 * demonstration's float of 12,000.00 EUR into it. Returns the number of the till.
 */
export async function openCounter(plan: CounterPlan): Promise<number> {
  const { people, supervisor, teller } = plan;
  const vaultCounts = Object.entries(vaultStock).map(([currency, pieces]) => ({
    ...{ currency, denominations: { ...pieces } },
  }));
  const second = await people.second('rita');
  await supervisor.ask('day.open', { date: business, vaultCounts, second });
  const { tills } = await teller.ask('till.list', {});
  const vault = tills.find(({ kind }) => kind === 'vault')?.till;
  const own = tills.find(({ name }) => name === plan.till)?.till;
  if (vault === undefined || own === undefined) throw new Error(`there is no ${plan.till}`);
  await teller.ask('till.open', { till: own, counts: [{ currency: 'EUR', denominations: {} }] });
  const denominations = { ...floatEur };
  const offer = { from: vault, to: own, currency: 'EUR', denominations };
  const { movement } = await supervisor.ask('movement.offer', offer);
  await teller.ask('movement.accept', { movement, denominations });
  return own;
}
