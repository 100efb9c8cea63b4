// Finds a customer by any part of a name, number, document or phone while it is typed.

import { type Ref, useDeferredValue } from 'react';
import type { Output } from '#contract/index.ts';
import { useQuery } from '../state/useQuery.ts';
import { SearchInput } from './SearchInput.tsx';
import { isSearchable } from './searchable.ts';

export type CustomerHit = Output<'customer.search'>['hits'][number];

export interface CustomerInputProps {
  readonly value: string;
  readonly onChange: (text: string) => void;
  readonly onChoose: (hit: CustomerHit) => void;
  readonly placeholder?: string;
  readonly ref?: Ref<HTMLInputElement> | undefined;
}

export function CustomerInput(props: CustomerInputProps) {
  const { value, onChange, onChoose, placeholder = 'any part of a name or number', ref } = props;
  const text = useDeferredValue(value.trim());
  const { data } = useQuery('customer.search', isSearchable(text) ? { text, count: 8 } : null, {
    keep: true,
  });
  return (
    <SearchInput<CustomerHit>
      ref={ref}
      value={value}
      onChange={onChange}
      onChoose={onChoose}
      items={isSearchable(text) ? (data?.hits ?? []) : []}
      itemKey={(hit) => String(hit.customer)}
      itemText={(hit) => hit.name}
      isFirstTaken
      placeholder={placeholder}
      draw={(hit) => (
        <>
          <span>{hit.name}</span>
          <span>{hit.distinction}</span>
        </>
      )}
    />
  );
}
