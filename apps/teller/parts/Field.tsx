// Puts label, control, hint and refusal of one field together, for the eye and for a screen reader.
import { createContext, type ReactNode, useContext, useEffect, useId, useState } from 'react';
import { classes } from './classes.ts';
import styles from './Field.module.css';
import { Icon } from './Icon.tsx';

export interface FieldProps {
  readonly label: string;
  readonly children: ReactNode;
  /** What is wrong with it, in a sentence; the word of the station or of our own reading. */
  readonly error?: string | undefined;
  readonly hint?: ReactNode;
  /** `above` puts the label over a control that needs the whole width. */
  readonly place?: 'beside' | 'above';
}

interface Wiring {
  readonly id: string;
  readonly 'aria-describedby': string | undefined;
  readonly 'aria-invalid': boolean;
}

const FieldContext = createContext<Wiring | null>(null);
const ProblemContext = createContext<(problem: string | undefined) => void>(() => undefined);

/** What the control itself cannot read of what stands in it: shown where nobody else says what is wrong. */
export function useOwnProblem(problem: string | undefined): void {
  const report = useContext(ProblemContext);
  useEffect(() => {
    report(problem);
  }, [problem, report]);
}

/** What a control in a field puts on its element, so that label, hint and refusal belong to it. */
export function useField(): Wiring {
  const wiring = useContext(FieldContext);
  if (!wiring) throw new Error('a control stands outside a field');
  return wiring;
}

export function Field(props: FieldProps) {
  const { label, children, hint, place = 'beside' } = props;
  const [own, setOwn] = useState<string | undefined>(undefined);
  const error = props.error ?? own;
  const id = useId();
  const noteId = `${id}-note`;
  const hasNote = Boolean(error ?? hint);
  const wiring: Wiring = {
    id,
    'aria-describedby': hasNote ? noteId : undefined,
    'aria-invalid': Boolean(error),
  };
  return (
    <div className={classes(styles.field, place === 'above' && styles.above)}>
      <label className={styles.label} htmlFor={id}>
        {label}
      </label>
      <div className={styles.control}>
        <FieldContext value={wiring}>
          <ProblemContext value={setOwn}>{children}</ProblemContext>
        </FieldContext>
        {error ? (
          <p className={styles.error} id={noteId} role="alert">
            <Icon name="stop" size={12} />
            {error}
          </p>
        ) : null}
        {!error && hint ? (
          <div className={styles.hint} id={noteId}>
            {hint}
          </div>
        ) : null}
      </div>
    </div>
  );
}
