// Decides what the window shows: the way in, the workstation itself, or why there is none.
import { Activity, useEffect, useRef, useState } from 'react';
import type { SessionState } from '#contract/session.ts';
import { setWallClock } from '../parts/wallClock.ts';
import { resetForms } from '../state/forms.ts';
import { useScreens } from '../state/screens.ts';
import { useLinkState, useStation } from '../state/station.tsx';
import { useSessionReading } from '../state/useSession.ts';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import { Frame } from './Frame.tsx';
import { Gate } from './gate/Gate.tsx';
import { LineLost, Opening, Refused, Stopped } from './Opening.tsx';

/**
 * The person whose work stands behind the gate. Locked or cut off, the half-filled form waits for the same
 * person; for anybody else everything is forgotten first.
 */
function useOwner(session: SessionState | undefined): number | null {
  const { queries } = useStation();
  const owner = useRef<number | null>(null);
  const present = session?.stage === 'open' ? (session.person?.id ?? null) : owner.current;
  useEffect(() => {
    if (present === owner.current) return;
    if (owner.current !== null) {
      queries.clear();
      resetForms();
      useScreens.getState().home();
    }
    owner.current = present;
  }, [present, queries]);
  return present;
}

/** Why the station closed or locked this window, as it said; forgotten once it is open again. */
function useWhyMoved(stage: SessionState['stage'] | undefined): string {
  const { link } = useStation();
  const [message, setMessage] = useState('');
  useEffect(() => link.on('session.moved', (moved) => setMessage(moved.message)), [link]);
  useEffect(() => {
    if (stage === 'open') setMessage('');
  }, [stage]);
  return message;
}

/**
 * What was asked while the window was locked was refused, because nobody was there: once somebody is, it is
 * asked again, or the form that waited would stay dead behind its refusal.
 */
function useAskingAgain(isOpen: boolean): void {
  const { queries } = useStation();
  const wasShut = useRef(false);
  useEffect(() => {
    if (isOpen && wasShut.current) queries.invalidate();
    wasShut.current = !isOpen;
  }, [isOpen, queries]);
}

export function App() {
  const link = useLinkState();
  const reading = useSessionReading();
  const session = reading.data;
  const owner = useOwner(session);
  const isOpen = session?.stage === 'open';
  // Before anything below is drawn: every time on the screen is the branch's.
  if (session?.branch) setWallClock(session.branch.timeZone);
  useAskingAgain(isOpen);
  const message = useWhyMoved(session?.stage);
  if (!session) {
    if (reading.fault && reading.fault.code !== 'lost') return <Refused fault={reading.fault} />;
    return link === 'stopped' ? <Stopped /> : <Opening isSlow={reading.isSlow} />;
  }
  return (
    <ErrorBoundary>
      {isOpen ? null : <Gate session={session} message={message} />}
      {owner === null ? null : (
        <Activity key={owner} mode={isOpen ? 'visible' : 'hidden'}>
          <Frame />
        </Activity>
      )}
      {link === 'stopped' ? session.desk === null ? <Stopped /> : <LineLost /> : null}
    </ErrorBoundary>
  );
}
