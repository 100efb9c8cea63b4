// The grid for notes and coins: typed with one hand, added up as typed, without ever taking the mouse.
import { type KeyboardEvent, useId, useRef } from 'react';
import { facesOf } from '#contract/faces.ts';
import { formatAmount } from '#contract/money.ts';
import { classes } from './classes.ts';
import styles from './DenominationInput.module.css';
import { Icon } from './Icon.tsx';
import { Money } from './Money.tsx';
import { readPieces, restIn, type TypedPieces } from './pieces.ts';

export interface DenominationInputProps {
  readonly label: string;
  readonly currency: string;
  readonly value: TypedPieces;
  readonly onChange: (value: TypedPieces) => void;
  /** What counts as long as nothing is typed: shown in the cells, and taken by Enter. */
  readonly proposed?: TypedPieces;
  /** The amount the pieces should come to; null for a count, in which nothing is expected. */
  readonly amountMinor: string | null;
  readonly error?: string | undefined;
  /** Pieces the station proposes to give back of what was typed, as `1×20`; nothing is wrong then. */
  readonly change?: string | undefined;
  /** `narrow` leaves out what each face comes to, so that two grids stand side by side. */
  readonly size?: 'wide' | 'narrow';
  /** Pieces in the drawer, where the person may know them. */
  readonly available?: Readonly<Record<string, number>> | null;
}

/** Moves from cell to cell with the arrows; columns are notes and coins. */
function moveFocus(grid: HTMLElement, event: KeyboardEvent<HTMLInputElement>): void {
  const cells = [...grid.querySelectorAll('input')];
  const at = cells.indexOf(event.currentTarget);
  const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  if (step === undefined) return;
  const next = cells[at + step];
  if (!next) return;
  event.preventDefault();
  next.focus();
}

export function DenominationInput(props: DenominationInputProps) {
  const { label, currency, value, onChange, amountMinor, error, available } = props;
  const isUntouched = Object.values(value).every((text) => text === '');
  const proposed = isUntouched ? (props.proposed ?? {}) : {};
  const grid = useRef<HTMLFieldSetElement>(null);
  const noteId = useId();
  const faces = facesOf(currency);
  if (!faces) return <p>{`The bank keeps no cash in ${currency}.`}</p>;

  const press = (face: number) => (event: KeyboardEvent<HTMLInputElement>) => {
    if (grid.current) moveFocus(grid.current, event);
    if (event.key !== '=' || amountMinor === null) return;
    event.preventDefault();
    const rest = restIn(value, face, BigInt(amountMinor));
    if (rest !== undefined) onChange({ ...value, [face]: rest === 0 ? '' : String(rest) });
  };
  const { wrong } = readPieces(value);
  const cell = (face: number) => (
    <Cell
      key={face}
      face={face}
      currency={currency}
      text={value[face] ?? ''}
      proposed={proposed[face] ?? ''}
      isWrong={wrong.includes(String(face))}
      left={available ? (available[face] ?? 0) : undefined}
      noteId={noteId}
      onChange={(text) => onChange({ ...value, [face]: text })}
      onKeyDown={press(face)}
    />
  );
  return (
    <fieldset className={classes(styles.grid, props.size === 'narrow' && styles.narrow)} ref={grid}>
      <legend>{label}</legend>
      <div className={styles.columns}>
        <div>{faces.notes.map(cell)}</div>
        <div>{faces.coins.map(cell)}</div>
      </div>
      <div className={styles.foot} id={noteId} aria-live="polite">
        <Total
          value={isUntouched ? proposed : value}
          currency={currency}
          amountMinor={amountMinor}
          isProposed={isUntouched && Object.keys(proposed).length > 0}
          change={isUntouched ? undefined : props.change}
        />
        {error ? (
          <p className={styles.error}>
            <Icon name="stop" size={12} /> {error}
          </p>
        ) : null}
      </div>
    </fieldset>
  );
}

interface CellProps {
  readonly face: number;
  readonly currency: string;
  readonly text: string;
  readonly proposed: string;
  readonly isWrong: boolean;
  readonly left: number | undefined;
  readonly noteId: string;
  readonly onChange: (text: string) => void;
  readonly onKeyDown: (event: KeyboardEvent<HTMLInputElement>) => void;
}

function Cell(props: CellProps) {
  const { face, currency, text, proposed, isWrong, left } = props;
  const count = Number((text || proposed).replace('\u2212', '-')) || 0;
  const name = formatAmount(BigInt(face), currency).replace(/\.0+$/, '');
  return (
    <label className={styles.cell}>
      <span className={styles.face}>{name}</span>
      <input
        className={styles.pieces}
        aria-label={`pieces of ${name} ${currency}`}
        aria-invalid={isWrong}
        aria-describedby={props.noteId}
        inputMode="numeric"
        autoComplete="off"
        value={text}
        placeholder={proposed}
        onChange={(event) => props.onChange(event.target.value)}
        onKeyDown={props.onKeyDown}
        onFocus={(event) => event.target.select()}
      />
      <span className={styles.left}>{left === undefined ? '' : `of ${left}`}</span>
      <span className={styles.product}>
        {count === 0 ? '' : formatAmount(BigInt(face) * BigInt(Math.trunc(count)), currency)}
      </span>
    </label>
  );
}

function Total(props: {
  value: TypedPieces;
  currency: string;
  amountMinor: string | null;
  isProposed: boolean;
  change: string | undefined;
}) {
  const { totalMinor } = readPieces(props.value);
  const rest = props.amountMinor === null ? 0n : BigInt(props.amountMinor) - totalMinor;
  return (
    <p className={styles.total}>
      <span>{props.isProposed ? 'proposed, Enter takes it' : 'total'}</span>
      <strong>
        <Money minor={totalMinor} currency={props.currency} />
      </strong>
      {props.amountMinor === null || rest === 0n ? null : (
        <span className={styles.rest}>
          {rest > 0n ? 'still ' : props.change ? 'give back ' : 'too much by '}
          <Money minor={rest > 0n ? rest : -rest} currency={props.currency} />
          {rest < 0n && props.change ? `: ${props.change}, Enter takes it` : ''}
        </span>
      )}
    </p>
  );
}
