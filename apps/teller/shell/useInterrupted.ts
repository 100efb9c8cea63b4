// After a crash: says what became of the posting that was in flight, and offers it again if it was not posted.
import { useEffect } from 'react';
import { tell } from '../parts/Toast.tsx';
import { type Interrupted, screenOf } from '../state/interrupted.ts';
import { useLast } from '../state/last.ts';
import { useScreens } from '../state/screens.ts';
import { type Station, useStation } from '../state/station.tsx';
import { useSession } from '../state/useSession.ts';

const title = 'what was in hand when the workstation stopped';

async function settle(station: Station, { key, draft }: Interrupted): Promise<void> {
  const outcome = await station.link.ask('outcome.find', { key });
  station.keeper.drop(key);
  if (outcome.state === 'refused') return tell(`Not posted: ${outcome.message}`);
  if (outcome.state === 'recorded') {
    useLast.getState().say({ state: 'posted', title, journal: outcome.seq });
    return;
  }
  const screen = screenOf(draft);
  tell(
    screen
      ? 'The workstation stopped before this was posted. Here it is again: nothing was booked.'
      : 'The workstation stopped before your last posting was booked: nothing of it was.',
  );
  if (screen) useScreens.getState().open(screen);
}

/** Looks once, when the person's frame opens. */
export function useInterrupted(): void {
  const station = useStation();
  const { person } = useSession();
  const id = person?.id;
  useEffect(() => {
    if (id === undefined) return;
    // What cannot be asked now stays kept, and is asked at the next opening.
    for (const entry of station.keeper.of(id)) settle(station, entry).catch(() => undefined);
  }, [station, id]);
}
