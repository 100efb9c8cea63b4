// Says who is at this window, and puts the answers of sign-in, lock and unlock where everybody reads them.
import { useCallback } from 'react';
import type { Role } from '#contract/operation.ts';
import type { SessionState } from '#contract/session.ts';
import { useStation } from './station.tsx';
import { type Reading, useQuery } from './useQuery.ts';

export function useSessionReading(): Reading<'session.state'> {
  return useQuery('session.state', {});
}

/** The session; only inside the frame, where there always is one. */
export function useSession(): SessionState {
  const { data } = useSessionReading();
  if (!data) throw new Error('a screen stands outside the session');
  return data;
}

/** Whether the person at this window holds at least one of the roles. */
export function useRole(...wanted: readonly Role[]): boolean {
  const { person } = useSession();
  return wanted.some((role) => person?.roles.includes(role) ?? false);
}

/** Takes over the session state that a session command answered with. */
export function useMoveSession(): (state: SessionState | undefined) => void {
  const { queries } = useStation();
  return useCallback(
    (state) => {
      if (state) queries.put('session.state', {}, state);
    },
    [queries],
  );
}
