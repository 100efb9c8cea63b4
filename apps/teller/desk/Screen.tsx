// The two halves of every screen: left what I say, right what will be; and whether leaving would lose something.
import { createContext, type ReactNode, useContext, useEffect } from 'react';
import { classes } from '../parts/classes.ts';
import { useScreens } from '../state/screens.ts';
import styles from './Screen.module.css';

/** Number of the open screen a component belongs to. */
export const ScreenContext = createContext(0);

export function Halves(props: { left: ReactNode; right: ReactNode }) {
  return (
    <div className={styles.halves}>
      {props.left}
      {props.right}
    </div>
  );
}

export interface PanelProps {
  readonly title: string;
  readonly children: ReactNode;
  /** Stands at the right end of the title line. */
  readonly aside?: ReactNode;
  /** The content takes the whole panel and scrolls itself (a table), else the panel scrolls. */
  readonly isFull?: boolean;
}

export function Panel(props: PanelProps) {
  return (
    <section className={styles.panel} aria-label={props.title}>
      <header className={styles.head}>
        <h2>{props.title}</h2>
        {props.aside}
      </header>
      <div className={classes(styles.body, props.isFull && styles.full)}>{props.children}</div>
    </section>
  );
}

/** Tells the shell that leaving this screen would lose something typed, so that Escape asks first. */
export function useTouched(isTouched: boolean): void {
  const id = useContext(ScreenContext);
  const touch = useScreens((screens) => screens.touch);
  useEffect(() => {
    touch(id, isTouched);
  }, [id, isTouched, touch]);
  useEffect(() => () => touch(id, false), [id, touch]);
}
