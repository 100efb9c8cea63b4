// Brings the demonstration branch to where work begins, without a page: the day open, a till with its float.
import { floatEur } from '#station/demonstration/purses.ts';
import { type People, vaultPieces } from './pages/demonstration.ts';
import type { Robot } from './robot.ts';

/** Who asks: a robot on the socket, or a window in this process. */
export type Asker = Pick<Robot, 'ask'>;

export interface OpenedCounter {
  /** Number of the teller's till. */
  readonly till: number;
}

export interface CounterPlan {
  readonly people: People;
  /** A supervisor's window, signed in. */
  readonly supervisor: Asker;
  /** A teller's window, signed in. */
  readonly teller: Asker;
  /** Name of a till that is closed and empty. */
  readonly till: string;
}

/**
 * Opens the branch on 20 November 2026 with the vault as booked, rita counting along, then the teller's till,
 * and moves the demonstration's float of 12,000.00 EUR into it.
 */
export async function openCounter(plan: CounterPlan): Promise<OpenedCounter> {
  const { people, supervisor, teller } = plan;
  const vaultCounts = Object.entries(await vaultPieces(supervisor)).map(([currency, pieces]) => ({
    currency,
    denominations: pieces,
  }));
  const second = await people.second('rita');
  await supervisor.ask('day.open', { date: '2026-11-20', vaultCounts, second });
  const { tills } = await teller.ask('till.list', {});
  const vault = tills.find(({ kind }) => kind === 'vault')?.till;
  const own = tills.find(({ name }) => name === plan.till)?.till;
  if (vault === undefined || own === undefined) throw new Error(`there is no ${plan.till}`);
  await teller.ask('till.open', { till: own, counts: [{ currency: 'EUR', denominations: {} }] });
  const denominations = { ...floatEur };
  const { movement } = await supervisor.ask('movement.offer', {
    ...{ from: vault, to: own, currency: 'EUR', denominations },
  });
  await teller.ask('movement.accept', { movement, denominations });
  return Object.freeze({ till: own });
}
