// Tells the station that a person is at the keyboard, so that the idle lock waits; seldom, not at every key.
import { useEffect } from 'react';
import { useStation } from '../state/station.tsx';

/** At most one `session.touch` in this time; the lock comes after minutes. */
const everyMs = 20_000;

export function useTouch(): void {
  const { link } = useStation();
  useEffect(() => {
    let lastMs = -everyMs;
    const touch = (event: Event): void => {
      if (event.timeStamp - lastMs < everyMs) return;
      lastMs = event.timeStamp;
      // A window already locked is refused, which is as it should be.
      link.ask('session.touch', {}).catch(() => undefined);
    };
    window.addEventListener('keydown', touch);
    window.addEventListener('pointerdown', touch);
    return () => {
      window.removeEventListener('keydown', touch);
      window.removeEventListener('pointerdown', touch);
    };
  }, [link]);
}
