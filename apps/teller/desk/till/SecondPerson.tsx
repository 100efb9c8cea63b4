// The second person of a count by two proves who they are: their own name, password and code.
import type { Fault } from '#contract/wire.ts';
import { Field } from '../../parts/Field.tsx';
import { TextInput } from '../../parts/Input.tsx';
import { errorAt } from '../../parts/Notice.tsx';
import { CodeField } from '../../shell/gate/CodeField.tsx';
import styles from './till.module.css';

export interface TypedSecond {
  readonly user: string;
  readonly password: string;
  readonly code: string;
}

export const nobody: TypedSecond = Object.freeze({ user: '', password: '', code: '' });

/** Fields of a refusal that stand at this part of the form. */
export const secondFields: readonly string[] = ['second.user', 'second.password', 'second.code'];

/** The second person as the station takes them; the code only where one was typed. */
export function secondOf({ user, password, code }: TypedSecond) {
  return code === '' ? { user, password } : { user, password, code };
}

export function SecondPerson(props: {
  typed: TypedSecond;
  fault: Fault | undefined;
  onType: (typed: TypedSecond) => void;
  /** What the second person does; as a rule they have counted along. */
  legend?: string;
}) {
  const { fault, onType } = props;
  const { user, password, code } = props.typed;
  const typed = { user, password, code };
  return (
    <fieldset className={styles.second}>
      <legend>{props.legend ?? 'Counted with'}</legend>
      <Field label="User" place="above" error={errorAt(fault, 'second.user')}>
        <TextInput
          value={user}
          maxLength={32}
          onChange={(text) => onType({ ...typed, user: text })}
        />
      </Field>
      <Field label="Password" place="above" error={errorAt(fault, 'second.password')}>
        <TextInput
          kind="password"
          value={password}
          maxLength={128}
          onChange={(text) => onType({ ...typed, password: text })}
        />
      </Field>
      <CodeField
        label="Code"
        place="above"
        value={code}
        onChange={(text) => onType({ ...typed, code: text })}
        error={errorAt(fault, 'second.code')}
      />
    </fieldset>
  );
}
