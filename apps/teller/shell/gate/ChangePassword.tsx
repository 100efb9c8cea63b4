// A password somebody else knows, or has set, must be changed before anything else.
import { useState } from 'react';
import { Field } from '../../parts/Field.tsx';
import { TextInput } from '../../parts/Input.tsx';
import { errorAt } from '../../parts/Notice.tsx';
import { useSessionCommand } from '../../state/useCommand.ts';
import { useMoveSession } from '../../state/useSession.ts';
import { GateForm } from './Form.tsx';

export function ChangePassword(props: { name: string; user: string | undefined }) {
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [again, setAgain] = useState('');
  const [isDifferent, setDifferent] = useState(false);
  const changing = useSessionCommand('session.changePassword');
  const move = useMoveSession();

  const submit = async (): Promise<void> => {
    setDifferent(next !== again);
    if (next === again) move(await changing.send({ current, next }));
  };
  const { fault } = changing;
  return (
    <GateForm
      title={`${props.name}: choose your own password`}
      user={props.user}
      action="Change"
      fault={fault}
      fields={['current', 'next']}
      isRunning={changing.isRunning}
      onSubmit={() => void submit()}
    >
      <Field label="Present one" error={errorAt(fault, 'current')}>
        <TextInput
          value={current}
          onChange={setCurrent}
          kind="password"
          autoComplete="current-password"
        />
      </Field>
      <Field
        label="New one"
        error={errorAt(fault, 'next')}
        hint="Fifteen characters or more, eight beside a second factor: a sentence is good."
      >
        <TextInput value={next} onChange={setNext} kind="password" autoComplete="new-password" />
      </Field>
      <Field
        label="New one again"
        error={isDifferent ? 'This is not what stands above: type the same twice.' : undefined}
      >
        <TextInput value={again} onChange={setAgain} kind="password" autoComplete="new-password" />
      </Field>
    </GateForm>
  );
}
