// Names and what they stand for, one under the other: the plain way to show a few facts.
import type { ReactNode } from 'react';
import { classes } from './classes.ts';
import styles from './Pairs.module.css';

export interface Pair {
  readonly label: string;
  readonly text: ReactNode;
}

export function Pairs(props: { pairs: readonly Pair[]; isWide?: boolean }) {
  return (
    <dl className={classes(styles.pairs, props.isWide && styles.wide)}>
      {props.pairs.map(({ label, text }) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  );
}
