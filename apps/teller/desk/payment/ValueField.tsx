// One value of a message as a field: of which kind, how long, which codes, all from the definition.
import type { Payee, PaymentField } from '#contract/payments.ts';
import { Field } from '../../parts/Field.tsx';
import { Select, TextInput } from '../../parts/Input.tsx';
import { SearchInput } from '../../parts/SearchInput.tsx';
import { groupedIban, ibanPath } from './form.ts';

export interface ValueFieldProps {
  readonly field: PaymentField;
  readonly value: string;
  readonly error: string | undefined;
  readonly hint: string | undefined;
  readonly payees: readonly Payee[];
  readonly onChange: (text: string) => void;
  readonly onPayee: (payee: Payee) => void;
}

function Control(props: ValueFieldProps) {
  const { field, value, onChange, payees } = props;
  if (field.path === ibanPath) {
    return (
      <SearchInput<Payee>
        value={value}
        onChange={onChange}
        onChoose={props.onPayee}
        onBlur={() => onChange(groupedIban(value))}
        items={payees}
        itemKey={({ iban }) => iban}
        itemText={({ iban }) => groupedIban(iban)}
        placeholder="IBAN, or a payee of before"
        draw={(payee) => (
          <>
            <span>{payee.name}</span>
            <span>{`${groupedIban(payee.iban)}, ${payee.times} times`}</span>
          </>
        )}
      />
    );
  }
  if (field.kind === 'choice') {
    const choices = field.options.map(({ code, label }) => ({ value: code, label }));
    return (
      <Select value={value} choices={[{ value: '', label: '' }, ...choices]} onChange={onChange} />
    );
  }
  return (
    <TextInput
      value={value}
      kind={field.kind === 'date' ? 'date' : 'text'}
      maxLength={Math.min(140, field.maxLength ?? 140)}
      onChange={onChange}
    />
  );
}

export function ValueField(props: ValueFieldProps) {
  const { field, error, hint } = props;
  return (
    <Field label={field.label} error={error} hint={hint}>
      <Control {...props} />
    </Field>
  );
}
