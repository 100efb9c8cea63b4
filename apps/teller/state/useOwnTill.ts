// Finds the till the person at this window has open, with what it holds.
import type { TillView } from '#contract/tills.ts';
import { useQuery } from './useQuery.ts';
import { useRole, useSession } from './useSession.ts';

/** The own open till, or undefined while there is none or it is not known yet. */
export function useOwnTill(): TillView | undefined {
  const { till } = useSession();
  const mayRead = useRole('teller', 'supervisor');
  const { data } = useQuery('till.list', mayRead && till !== null ? {} : null);
  return data?.tills.find((each) => each.till === till);
}

/** What the own till holds by face value, where the person may know it. */
export function useOwnPieces(currency: string): Readonly<Record<string, number>> | null {
  const position = useOwnTill()?.positions.find((each) => each.currency === currency);
  return position?.denominations ?? null;
}
