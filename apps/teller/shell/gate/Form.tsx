// A form at the gate: Enter sends, the refusal stands at its field or above the button, the first field has the focus.
import { type ReactNode, useEffect, useRef } from 'react';
import type { Fault } from '#contract/wire.ts';
import { Button } from '../../parts/Button.tsx';
import { classes } from '../../parts/classes.ts';
import { FaultNotice } from '../../parts/Notice.tsx';
import styles from './Gate.module.css';

export interface GateFormProps {
  readonly title: string;
  readonly action: string;
  readonly fault: Fault | undefined;
  /** Fields that show their own refusal. */
  readonly fields?: readonly string[];
  readonly isRunning: boolean;
  readonly onSubmit: () => void;
  readonly children: ReactNode;
  /** What else can be done here, left of the main action. */
  readonly more?: ReactNode;
  readonly isWide?: boolean;
  /** Whose password is asked for, where no field says it: for keepers of passwords and screen readers. */
  readonly user?: string | undefined;
}

export function GateForm(props: GateFormProps) {
  const form = useRef<HTMLFormElement>(null);
  const { fault } = props;
  useEffect(() => {
    form.current?.querySelector<HTMLInputElement>('input:not([hidden])')?.focus();
  }, []);
  useEffect(() => {
    if (!fault) return;
    const wrong = form.current?.querySelector<HTMLInputElement>('[aria-invalid="true"]');
    (wrong ?? form.current?.querySelector<HTMLInputElement>('input:not([hidden])'))?.focus();
  }, [fault]);
  return (
    <form
      ref={form}
      aria-label={props.title}
      className={classes(styles.form, props.isWide && styles.wide)}
      onSubmit={(event) => {
        event.preventDefault();
        props.onSubmit();
      }}
    >
      {props.user ? (
        <input hidden readOnly type="text" autoComplete="username" value={props.user} />
      ) : null}
      <h2 className={styles.all}>{props.title}</h2>
      {props.children}
      <div className={classes(styles.form, styles.all)}>
        <FaultNotice fault={fault} fields={props.fields ?? []} />
        <div className={styles.actions}>
          {props.more}
          <Button kind="main" chord="Enter" isOff={props.isRunning}>
            {props.action}
          </Button>
        </div>
      </div>
    </form>
  );
}
