// The window is locked; the half-filled form waits behind it for the same person.
import { useState } from 'react';
import { Button } from '../../parts/Button.tsx';
import { Field } from '../../parts/Field.tsx';
import { TextInput } from '../../parts/Input.tsx';
import { errorAt } from '../../parts/Notice.tsx';
import { useSessionCommand } from '../../state/useCommand.ts';
import { useMoveSession } from '../../state/useSession.ts';
import { GateForm } from './Form.tsx';

export function Unlock(props: { name: string; user: string | undefined }) {
  const [password, setPassword] = useState('');
  const unlocking = useSessionCommand('session.unlock');
  const leaving = useSessionCommand('session.close');
  const move = useMoveSession();

  const submit = async (): Promise<void> => {
    move(await unlocking.send({ password }));
    setPassword('');
  };
  return (
    <GateForm
      title={`Locked: ${props.name}`}
      user={props.user}
      action="Unlock"
      fault={unlocking.fault}
      fields={['password']}
      isRunning={unlocking.isRunning}
      onSubmit={() => void submit()}
      more={<Button onPress={() => void leaving.send({}).then(move)}>Sign out</Button>}
    >
      <Field
        label="Password"
        error={errorAt(unlocking.fault, 'password')}
        hint="What you were typing is kept. Signing out forgets it."
      >
        <TextInput
          value={password}
          onChange={setPassword}
          kind="password"
          autoComplete="current-password"
        />
      </Field>
    </GateForm>
  );
}
