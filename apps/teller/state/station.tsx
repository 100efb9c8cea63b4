// Hands the station to the components: the link, the remembered answers, and the exactly-once sender.
import { createContext, type ReactNode, useContext, useEffect, useSyncExternalStore } from 'react';
import type { DraftInput } from '#contract/drafts.ts';
import type { CommandName } from '#contract/index.ts';
import type { Keeper } from './interrupted.ts';
import { createLink, type Link, type LinkPorts, type LinkState } from './link.ts';
import { createQueries, type Queries } from './queries.ts';
import { createSubmissions, type Submissions } from './submissions.ts';

export interface Station {
  readonly link: Link;
  readonly queries: Queries;
  readonly submissions: Submissions;
  readonly keeper: Keeper;
}

/** Builds the page's side of the station and keeps the answers as fresh as its pushes say. */
export function createStation(
  ports: LinkPorts & { readonly makeKey: () => string; readonly keeper: Keeper },
): Station {
  const { keeper, makeKey } = ports;
  const link = createLink(ports);
  const queries = createQueries(link);
  link.on('changed', ({ topics }) => queries.invalidate(topics));
  link.on('session.moved', () => queries.invalidate(['session']));
  link.watch(() => {
    if (link.state() === 'online') queries.invalidate();
  });
  const keep = {
    sent(name: CommandName, input: unknown, key: string) {
      const person = queries.read('session.state', {}).data?.person?.id;
      if (name !== 'posting.post' || person === undefined) return;
      keeper.put({ key, person, draft: (input as { draft: DraftInput }).draft });
    },
    known: keeper.drop,
  };
  const submissions = createSubmissions({ link, makeKey, keep });
  return Object.freeze({ link, queries, submissions, keeper });
}

const StationContext = createContext<Station | null>(null);

export function StationProvider(props: { station: Station; children: ReactNode }) {
  return <StationContext value={props.station}>{props.children}</StationContext>;
}

export function useStation(): Station {
  const station = useContext(StationContext);
  if (!station) throw new Error('a screen stands outside the station provider');
  return station;
}

export function useLinkState(): LinkState {
  const { link } = useStation();
  return useSyncExternalStore(link.watch, link.state);
}

/** Calls the listener for each push of this event while the component is on the screen. */
export function usePush(...[event, listener]: Parameters<Link['on']>): void {
  const { link } = useStation();
  useEffect(() => link.on(event, listener), [link, event, listener]);
}
