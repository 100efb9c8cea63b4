// A button with the key that presses it written on it.
import type { ReactNode, Ref } from 'react';
import styles from './Button.module.css';
import { classes } from './classes.ts';
import { Key } from './Key.tsx';

export interface ButtonProps {
  readonly children: ReactNode;
  /** `main` is the one thing Enter does here; `quiet` stands in lines and lists. */
  readonly kind?: 'main' | 'plain' | 'quiet' | 'danger';
  readonly chord?: string;
  readonly isOff?: boolean;
  /** A submit button has no `onPress`: its form is what runs. */
  readonly onPress?: () => void;
  readonly ref?: Ref<HTMLButtonElement> | undefined;
}

export function Button(props: ButtonProps) {
  const { children, kind = 'plain', chord, isOff = false, onPress, ref } = props;
  return (
    <button
      ref={ref}
      type={onPress ? 'button' : 'submit'}
      className={classes(styles.button, styles[kind])}
      aria-disabled={isOff}
      onClick={(event) => {
        if (isOff) event.preventDefault();
        else onPress?.();
      }}
    >
      {children}
      {chord ? <Key chord={chord} /> : null}
    </button>
  );
}
