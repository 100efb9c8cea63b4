// Name and password; in a demonstration branch also the card with everybody's.
import { useState } from 'react';
import { Button } from '../../parts/Button.tsx';
import { Field } from '../../parts/Field.tsx';
import { TextInput } from '../../parts/Input.tsx';
import { errorAt } from '../../parts/Notice.tsx';
import { useSessionCommand } from '../../state/useCommand.ts';
import { useQuery } from '../../state/useQuery.ts';
import { useMoveSession } from '../../state/useSession.ts';
import { GateForm } from './Form.tsx';
import styles from './Gate.module.css';

export function SignIn(props: { isDemonstration: boolean }) {
  const [user, setUser] = useState('');
  const [password, setPassword] = useState('');
  const opening = useSessionCommand('session.open');
  const move = useMoveSession();

  const submit = async (): Promise<void> => {
    move(await opening.send({ user, password }));
    setPassword('');
  };
  return (
    <>
      <GateForm
        title="Sign in"
        action="Sign in"
        fault={opening.fault}
        fields={['user', 'password']}
        isRunning={opening.isRunning}
        onSubmit={() => void submit()}
      >
        <Field label="User" error={errorAt(opening.fault, 'user')}>
          <TextInput value={user} onChange={setUser} autoComplete="username" />
        </Field>
        <Field label="Password" error={errorAt(opening.fault, 'password')}>
          <TextInput
            value={password}
            onChange={setPassword}
            kind="password"
            autoComplete="current-password"
          />
        </Field>
      </GateForm>
      {props.isDemonstration ? null : (
        <p className={styles.dim}>
          Password forgotten or telephone lost? An administrator sets a new password, or takes the
          old authenticator away, under staff.
        </p>
      )}
      {props.isDemonstration ? (
        <DemonstrationCard
          onTake={(name, word) => {
            setUser(name);
            setPassword(word);
          }}
        />
      ) : null}
    </>
  );
}

function DemonstrationCard(props: { onTake: (user: string, password: string) => void }) {
  const { data } = useQuery('demonstration.card', {});
  if (!data) return null;
  return (
    <ul className={styles.people} aria-label="People of the demonstration branch">
      {data.people.map((person) => (
        <li key={person.user}>
          <Button kind="quiet" onPress={() => props.onTake(person.user, person.password)}>
            {person.user}
          </Button>
          <span>{`${person.name}, ${person.roles.join(', ')}`}</span>
          <span className={styles.dim}>{person.password}</span>
          <span className={styles.dim}>{person.code ?? ''}</span>
        </li>
      ))}
    </ul>
  );
}
