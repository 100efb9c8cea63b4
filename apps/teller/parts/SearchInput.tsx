// A line of text with a list of what it may mean; typing goes on, arrows choose, Enter takes.
import { Autocomplete } from '@base-ui/react/autocomplete';
import { type ReactNode, type Ref, useState } from 'react';
import { useField } from './Field.tsx';
import input from './input.module.css';
import styles from './SearchInput.module.css';

export interface SearchInputProps<T> {
  readonly value: string;
  readonly onChange: (text: string) => void;
  /** Called with what was chosen from the list. */
  readonly onChoose: (item: T) => void;
  readonly items: readonly T[];
  readonly itemKey: (item: T) => string;
  /** What the line holds once the item is chosen. */
  readonly itemText: (item: T) => string;
  readonly draw: (item: T) => ReactNode;
  /** The first of the list is taken by Enter without choosing it. */
  readonly isFirstTaken?: boolean;
  readonly placeholder?: string;
  readonly onBlur?: () => void;
  readonly ref?: Ref<HTMLInputElement> | undefined;
}

export function SearchInput<T>(props: SearchInputProps<T>) {
  const { value, items, itemKey, itemText, draw } = props;
  const [isOpen, setOpen] = useState(false);
  return (
    <Autocomplete.Root
      items={items as T[]}
      filter={null}
      autoHighlight={props.isFirstTaken ?? false}
      value={value}
      open={isOpen && items.length > 0}
      onOpenChange={setOpen}
      itemToStringValue={itemText}
      onValueChange={(text, details) => {
        const chosen = items.find((item) => itemText(item) === text);
        if (details.reason === 'item-press' && chosen) props.onChoose(chosen);
        else props.onChange(text);
      }}
    >
      <Autocomplete.Input
        {...useField()}
        ref={props.ref}
        className={input.input}
        placeholder={props.placeholder}
        autoComplete="off"
        spellCheck={false}
        onBlur={props.onBlur}
      />
      <Autocomplete.Portal>
        <Autocomplete.Positioner className={styles.place} sideOffset={2} align="start">
          <Autocomplete.Popup className={styles.popup}>
            <Autocomplete.List>
              {(item: T) => (
                <Autocomplete.Item key={itemKey(item)} value={item} className={styles.item}>
                  {draw(item)}
                </Autocomplete.Item>
              )}
            </Autocomplete.List>
          </Autocomplete.Popup>
        </Autocomplete.Positioner>
      </Autocomplete.Portal>
    </Autocomplete.Root>
  );
}
