// Says in passing what the station says unasked: an approval waits, a decision came, cash was offered.
import { useEffect } from 'react';
import { tell } from '../parts/Toast.tsx';
import { useStation } from '../state/station.tsx';

export function useAnnouncements(): void {
  const { link } = useStation();
  useEffect(() => {
    const stops = [
      link.on('approval.waiting', ({ message }) => tell(message)),
      link.on('approval.decided', ({ message }) => tell(message)),
      link.on('movement.waiting', ({ message }) => tell(message)),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, [link]);
}
