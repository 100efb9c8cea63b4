// The plain controls: a line of text, several lines, a choice, a tick; native, so that they behave as known.
import type { KeyboardEvent, Ref } from 'react';
import { useField } from './Field.tsx';
import styles from './input.module.css';

export interface TextInputProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly kind?: 'text' | 'password' | 'date' | 'search';
  readonly placeholder?: string | undefined;
  readonly maxLength?: number;
  readonly isReadOnly?: boolean;
  /** What the browser may fill in: only names and passwords ever, else nothing. */
  readonly autoComplete?:
    | 'username'
    | 'current-password'
    | 'new-password'
    | 'one-time-code'
    | undefined;
  readonly inputMode?: 'text' | 'numeric' | 'decimal';
  readonly onKeyDown?: (event: KeyboardEvent) => void;
  readonly ref?: Ref<HTMLInputElement> | undefined;
}

export function TextInput(props: TextInputProps) {
  const { value, onChange, kind = 'text', isReadOnly = false, autoComplete = 'off', ref } = props;
  return (
    <input
      {...useField()}
      ref={ref}
      className={styles.input}
      type={kind}
      value={value}
      readOnly={isReadOnly}
      placeholder={props.placeholder}
      maxLength={props.maxLength}
      autoComplete={autoComplete}
      inputMode={props.inputMode}
      spellCheck={false}
      onKeyDown={props.onKeyDown}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}

export interface TextAreaProps {
  readonly value: string;
  readonly rows: number;
  readonly onChange: (value: string) => void;
}

/** Several lines; its height is given in lines because a document is edited in it. */
export function TextArea(props: TextAreaProps) {
  return (
    <textarea
      {...useField()}
      className={`${styles.input} ${styles.document}`}
      value={props.value}
      rows={props.rows}
      spellCheck={false}
      onChange={(event) => props.onChange(event.target.value)}
    />
  );
}

export interface Choice<V extends string> {
  readonly value: V;
  readonly label: string;
}

export interface SelectProps<V extends string> {
  readonly value: V;
  readonly choices: readonly Choice<V>[];
  readonly onChange: (value: V) => void;
  readonly ref?: Ref<HTMLSelectElement> | undefined;
}

export function Select<V extends string>(props: SelectProps<V>) {
  return (
    <select
      {...useField()}
      ref={props.ref}
      className={styles.input}
      value={props.value}
      onKeyDown={(event) => {
        // Enter means the same in every field: send. The list opens by Alt+Down or the space bar.
        if (event.key !== 'Enter') return;
        event.preventDefault();
        event.currentTarget.form?.requestSubmit();
      }}
      onChange={(event) => props.onChange(event.target.value as V)}
    >
      {props.choices.map((choice) => (
        <option key={choice.value} value={choice.value}>
          {choice.label}
        </option>
      ))}
    </select>
  );
}

export function Tick(props: { label: string; isOn: boolean; onChange: (isOn: boolean) => void }) {
  return (
    <label className={styles.tick}>
      <input
        type="checkbox"
        checked={props.isOn}
        onChange={(event) => props.onChange(event.target.checked)}
      />
      {props.label}
    </label>
  );
}
