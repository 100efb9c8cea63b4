// The two halves of every screen: left what I say, right what will be; and whether leaving would lose something.
import {
  createContext,
  type ReactNode,
  type RefObject,
  useContext,
  useEffect,
  useRef,
  useState,
} from 'react';
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

/** A screen whose first answer has not come. */
export function WaitingHalves(props: { left: string; right: string; children: ReactNode }) {
  return (
    <Halves
      left={<Panel title={props.left}>{props.children}</Panel>}
      right={<Panel title={props.right}>{null}</Panel>}
    />
  );
}

/** Whether the element holds more than it shows and nothing in it takes the focus: then it takes it itself. */
function needsFocus(element: HTMLElement): boolean {
  const holdsMore = element.scrollHeight > element.clientHeight + 1;
  return holdsMore && !element.querySelector('button, input, select, a, [tabindex="0"]');
}

/** Makes a panel that scrolls reachable by keyboard, and only such a one. */
function useScrollable(): { ref: RefObject<HTMLDivElement | null>; tabIndex: number | undefined } {
  const ref = useRef<HTMLDivElement>(null);
  const [isStop, setStop] = useState(false);
  useEffect(() => {
    const element = ref.current;
    if (!element) return;
    const look = (): void => setStop(needsFocus(element));
    const observer = new MutationObserver(look);
    observer.observe(element, { childList: true, subtree: true });
    look();
    return () => observer.disconnect();
  }, []);
  return { ref, tabIndex: isStop ? 0 : undefined };
}

export function Panel(props: PanelProps) {
  const scrollable = useScrollable();
  return (
    <section className={styles.panel} aria-label={props.title}>
      <header className={styles.head}>
        <h2>{props.title}</h2>
        {props.aside}
      </header>
      <div {...scrollable} className={classes(styles.body, props.isFull && styles.full)}>
        {props.children}
      </div>
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

/**
 * Puts the focus where the hand begins, once, when the screen opens or its first answer is there. A screen that
 * comes back into sight leaves the focus where it is: in the command bar, from which Escape went back.
 */
export function useOpening(begin: () => void, isReady = true): void {
  const isDone = useRef(false);
  const newest = useRef(begin);
  useEffect(() => {
    newest.current = begin;
  });
  useEffect(() => {
    if (!isReady || isDone.current) return;
    isDone.current = true;
    newest.current();
  }, [isReady]);
}
