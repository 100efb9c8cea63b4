// The workstation: status line, command bar, what I say, what will be, what was, and the keys; always the same places.
import { Activity, useState } from 'react';
import { ScreenContext } from '../desk/Screen.tsx';
import { Toasts } from '../parts/Toast.tsx';
import { frontOf, useScreens } from '../state/screens.ts';
import { CommandBar } from './CommandBar.tsx';
import { Desk } from './Desk.tsx';
import { Discard } from './Discard.tsx';
import styles from './Frame.module.css';
import { Help } from './Help.tsx';
import { JournalTail } from './JournalTail.tsx';
import { KeyLine } from './KeyLine.tsx';
import { StatusLine } from './StatusLine.tsx';
import { useAnnouncements } from './useAnnouncements.ts';
import { useFocusKeeper } from './useFocusKeeper.ts';
import { useInterrupted } from './useInterrupted.ts';
import { useResumeKey } from './useResumeKey.ts';
import { useShellKeys } from './useShellKeys.ts';
import { useTouch } from './useTouch.ts';
import { useWrongField } from './useWrongField.ts';

export function Frame() {
  const [help, setHelp] = useState<'help' | 'keys' | null>(null);
  const stack = useScreens((screens) => screens.stack);
  const front = frontOf(stack);
  const [leaving, setLeaving] = useState(false);
  useShellKeys({ onHelp: setHelp, onLeave: () => setLeaving(true) });
  useFocusKeeper();
  useWrongField();
  useResumeKey();
  useTouch();
  useInterrupted();
  useAnnouncements();
  return (
    <div className={styles.frame}>
      <StatusLine />
      <CommandBar onHelp={setHelp} />
      <main className={styles.desk}>
        {stack.map((open) => (
          <Activity key={open.id} mode={open === front ? 'visible' : 'hidden'}>
            <ScreenContext value={open.id}>
              <Desk screen={open.screen} />
            </ScreenContext>
          </Activity>
        ))}
      </main>
      <div className={styles.past}>
        <Toasts />
        <JournalTail />
      </div>
      <KeyLine />
      <Help view={help} screen={front.screen.name} onClose={() => setHelp(null)} />
      <Discard isOpen={leaving} onClose={() => setLeaving(false)} />
    </div>
  );
}
