// What stands in the window while there is no workstation to show: opening, stopped, refused.
import { useEffect, useRef } from 'react';
import type { Fault } from '#contract/wire.ts';
import { Icon } from '../parts/Icon.tsx';
import { Notice } from '../parts/Notice.tsx';
import { Brand } from './Brand.tsx';
import styles from './Opening.module.css';

export function Opening(props: { isSlow: boolean }) {
  return (
    <main className={styles.centre} aria-busy="true">
      <Brand />
      {props.isSlow ? <p role="status">Opening the branch …</p> : null}
    </main>
  );
}

/** At a desk on the LAN the line may come and go: one quiet bar says so, and the form stays as it is. */
export function LineLost() {
  return (
    <div className={styles.bar} role="status">
      <Icon name="unlink" size={14} />
      <strong>The station does not answer; what you typed is kept.</strong>
      <span>
        It is being looked for, and this goes away by itself. What was being posted is then looked
        up: never twice.
      </span>
    </div>
  );
}

/** Lies over everything while the workstation is away, so that nothing is typed into the void. */
export function Stopped() {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    box.current?.focus();
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return (
    <div className={styles.veil}>
      <div
        className={styles.box}
        role="alertdialog"
        aria-label="The workstation has stopped"
        tabIndex={-1}
        ref={box}
      >
        <Notice tone="amber" isLoud>
          <strong>The workstation has stopped.</strong>
          <p>
            What you typed is kept and it is being looked for; this goes away by itself. If it does
            not, start the workstation again. What was being posted is then looked up: it is never
            posted twice.
          </p>
        </Notice>
      </div>
    </div>
  );
}

/** The station is there but will not open the branch: why, in its own words. */
export function Refused(props: { fault: Fault }) {
  return (
    <main className={styles.centre}>
      <Brand />
      <Notice tone="red" isLoud>
        <strong>The branch was not opened.</strong>
        <p>{props.fault.message}</p>
        <p>{`Tell your administrator: ${props.fault.reason}.`}</p>
      </Notice>
    </main>
  );
}
