// A list under its filters: the search field above it, from which the arrow down leads into the rows.
import type { ReactNode, Ref, RefObject } from 'react';
import { Field } from '../parts/Field.tsx';
import { TextInput } from '../parts/Input.tsx';
import styles from './ListFilter.module.css';

export interface ListFilterProps {
  readonly value: string;
  readonly onChange: (text: string) => void;
  /** What may be typed. */
  readonly placeholder: string;
  /** The list that the arrow down and Enter lead to. */
  readonly list: RefObject<HTMLElement | null>;
  readonly ref?: Ref<HTMLInputElement> | undefined;
  /** A second field beside the search. */
  readonly children: ReactNode;
}

export function ListFilter(props: ListFilterProps) {
  return (
    <div className={styles.filter}>
      <Field label="Holds">
        <TextInput
          ref={props.ref}
          kind="search"
          value={props.value}
          maxLength={70}
          placeholder={props.placeholder}
          onChange={props.onChange}
          onKeyDown={(event) => {
            if (event.key !== 'ArrowDown' && event.key !== 'Enter') return;
            event.preventDefault();
            props.list.current?.focus();
          }}
        />
      </Field>
      {props.children}
    </div>
  );
}

/** The filters stay where they are, what is below takes the rest and scrolls itself. */
export function FilteredList(props: { filter: ReactNode; children: ReactNode }) {
  return (
    <div className={styles.list}>
      {props.filter}
      {props.children}
    </div>
  );
}

/** What stands in the place of the rows where there are none. */
export function NoRows(props: { children: ReactNode }) {
  return <div className={styles.empty}>{props.children}</div>;
}
