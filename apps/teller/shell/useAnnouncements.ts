// Says in passing what the station says unasked: an approval waits, a decision came, cash was offered.
import { useEffect } from 'react';
import { tell } from '../parts/Toast.tsx';
import { useLast } from '../state/last.ts';
import { useStation } from '../state/station.tsx';

/** That something waits is no longer so once it is decided: the command bar must not go on saying it. */
function forgetWaiting(approval: number): void {
  const { done, clear } = useLast.getState();
  if (done?.state === 'parked' && done.approval === approval) clear();
}

export function useAnnouncements(): void {
  const { link } = useStation();
  useEffect(() => {
    const stops = [
      link.on('approval.waiting', ({ message, approval }) => tell(message, `approval ${approval}`)),
      link.on('approval.decided', ({ message, approval }) => {
        tell(message, `approval ${approval}`);
        forgetWaiting(approval);
      }),
      link.on('movement.waiting', ({ message, movement }) => tell(message, `movement ${movement}`)),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, [link]);
}
