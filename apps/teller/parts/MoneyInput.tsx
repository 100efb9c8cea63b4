// Reads an amount as typed; the text becomes minor units by the bank's own rule and never a float.
import { type Ref, useState } from 'react';
import { formatAmount, parseAmount } from '#contract/money.ts';
import { useField, useOwnProblem } from './Field.tsx';
import styles from './input.module.css';

export interface MoneyInputProps {
  /** What was typed, unchanged. */
  readonly value: string;
  readonly currency: string;
  readonly onChange: (value: string) => void;
  /** `large` is the amount the screen is about. */
  readonly size?: 'text' | 'large';
  readonly ref?: Ref<HTMLInputElement> | undefined;
}

/** The amount as minor units on the wire, or undefined while what is typed is not one. */
export function minorOf(typed: string, currency: string): string | undefined {
  const parsed = parseAmount(typed, currency);
  return parsed.ok ? parsed.minor.toString() : undefined;
}

export function MoneyInput(props: MoneyInputProps) {
  const { value, currency, onChange, size = 'text', ref } = props;
  const [isEdited, setEdited] = useState(false);
  const parsed = parseAmount(value, currency);
  // What somebody else filled in is shown as it is read out; what is being typed is left alone.
  const shown = parsed.ok && !isEdited ? formatAmount(parsed.minor, currency) : value;

  // Nobody is told while typing; whoever goes on to the next field is, before the notes are counted.
  const isLeft = !isEdited && value.trim() !== '' && currency !== '';
  useOwnProblem(isLeft && !parsed.ok ? parsed.message : undefined);

  const leave = (): void => {
    if (!isEdited) return;
    setEdited(false);
    if (parsed.ok) onChange(formatAmount(parsed.minor, currency));
  };
  return (
    <div className={styles.row}>
      <input
        {...useField()}
        ref={ref}
        className={`${styles.input} ${size === 'large' ? styles.money : styles.amount}`}
        value={shown}
        inputMode="decimal"
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => {
          setEdited(true);
          onChange(event.target.value);
        }}
        onBlur={leave}
      />
      <span>{currency}</span>
    </div>
  );
}
