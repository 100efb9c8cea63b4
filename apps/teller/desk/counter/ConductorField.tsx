// Who stands at the desk: for cash it is recorded by name, and money leaves only for somebody with the right to it.
import { Field } from '../../parts/Field.tsx';
import { Select, TextInput } from '../../parts/Input.tsx';
import styles from './counter.module.css';
import type { TypedConductor } from './form.ts';
import type { Person } from './useAccount.ts';

export interface ConductorFieldProps {
  readonly value: TypedConductor;
  readonly people: readonly Person[];
  /** Who counts while nobody is chosen. */
  readonly likely: Person | undefined;
  readonly error: string | undefined;
  readonly onChange: (value: TypedConductor) => void;
}

export function ConductorField(props: ConductorFieldProps) {
  const { value, people, likely, error, onChange } = props;
  const choices = [
    ...people.map(({ customer, name, role }) => ({
      value: String(customer),
      label: `${name}, ${role}`,
    })),
    { value: 'other', label: 'somebody else, with a document' },
  ];
  const who = value.who === '' ? String(likely?.customer ?? '') : value.who;
  return (
    <>
      <Field label="At the desk" error={value.who === 'other' ? undefined : error}>
        <Select
          value={who}
          choices={who === '' ? [{ value: '', label: '' }, ...choices] : choices}
          onChange={(chosen) => onChange({ ...value, who: chosen })}
        />
      </Field>
      {value.who === 'other' ? (
        <div className={styles.pair}>
          <Field label="Name" error={error}>
            <TextInput
              value={value.name}
              maxLength={140}
              onChange={(name) => onChange({ ...value, name })}
            />
          </Field>
          <Field label="Document">
            <TextInput
              value={value.document}
              maxLength={35}
              onChange={(document) => onChange({ ...value, document })}
            />
          </Field>
        </div>
      ) : null}
    </>
  );
}
