// Takes an account number, grouped as it is read out, or any part of a name, and offers who it may be.
import { type Ref, useDeferredValue } from 'react';
import { useQuery } from '../state/useQuery.ts';
import { SearchInput } from './SearchInput.tsx';
import { formatAccount } from './words.ts';

interface AccountHit {
  readonly number: string;
  readonly name: string;
  readonly distinction: string;
}

export interface AccountInputProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly ref?: Ref<HTMLInputElement> | undefined;
}

/** The account number in what was typed, without blanks; undefined while it is a name. */
export function accountOf(typed: string): string | undefined {
  const number = typed.replaceAll(' ', '').toUpperCase();
  return /^[A-Z0-9]{1,34}$/.test(number) && /\d{4}/.test(number) ? number : undefined;
}

/** The shortest text worth asking the station for. */
const searchableLength = 2;

export function AccountInput(props: AccountInputProps) {
  const { value, onChange, ref } = props;
  const text = useDeferredValue(value.trim());
  const isSearched = text.length >= searchableLength;
  const { data } = useQuery('customer.search', isSearched ? { text, count: 8 } : null, {
    keep: true,
  });
  const hits: AccountHit[] = (data?.hits ?? []).flatMap((hit) =>
    hit.accounts.map((number) => ({ number, name: hit.name, distinction: hit.distinction })),
  );
  const isSettled = hits.length === 1 && hits[0]?.number === accountOf(value);
  return (
    <SearchInput<AccountHit>
      ref={ref}
      value={value}
      onChange={onChange}
      onChoose={(hit) => onChange(formatAccount(hit.number))}
      onBlur={() => {
        const number = accountOf(value);
        if (number) onChange(formatAccount(number));
      }}
      items={isSearched && !isSettled ? hits : []}
      itemKey={(hit) => hit.number}
      itemText={(hit) => formatAccount(hit.number)}
      isFirstTaken={accountOf(value) === undefined}
      placeholder="number or name"
      draw={(hit) => (
        <>
          <span>{formatAccount(hit.number)}</span>
          <span>{`${hit.name}, ${hit.distinction}`}</span>
        </>
      )}
    />
  );
}
