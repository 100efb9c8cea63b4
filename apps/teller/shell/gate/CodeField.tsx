// Six digits of an authenticator; sent by Enter, or by the sixth digit where the form wants that.
import type { Ref } from 'react';
import { Field } from '../../parts/Field.tsx';
import { TextInput } from '../../parts/Input.tsx';

export interface CodeFieldProps {
  readonly value: string;
  readonly onChange: (code: string) => void;
  readonly error: string | undefined;
  readonly label?: string;
  readonly place?: 'beside' | 'above';
  readonly ref?: Ref<HTMLInputElement> | undefined;
}

export function CodeField(props: CodeFieldProps) {
  return (
    <Field label={props.label ?? 'Code'} error={props.error} place={props.place ?? 'beside'}>
      <TextInput
        ref={props.ref}
        value={props.value}
        onChange={(text) => props.onChange(text.replace(/\D/g, '').slice(0, 6))}
        autoComplete="one-time-code"
        inputMode="numeric"
        placeholder="six digits"
      />
    </Field>
  );
}
