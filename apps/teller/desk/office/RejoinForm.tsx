// Asks, by two people here, to go on with an older copy of head office that lacks what this branch had from it.
import { useState } from 'react';
import { Field } from '../../parts/Field.tsx';
import { TextInput } from '../../parts/Input.tsx';
import { errorAt, FaultNotice } from '../../parts/Notice.tsx';
import { useCommand } from '../../state/useCommand.ts';
import { useTouched } from '../Screen.tsx';
import { nobody, SecondPerson, secondFields, secondOf } from '../till/SecondPerson.tsx';
import { Form } from './Cover.tsx';

export function RejoinForm() {
  const [reason, setReason] = useState('');
  const [second, setSecond] = useState(nobody);
  const asking = useCommand('office.rejoin');
  useTouched(reason !== '' || second !== nobody);
  const { fault } = asking;
  const send = async (): Promise<void> => {
    await asking.send({ reason, second: secondOf(second) });
  };
  return (
    <Form action="Ask to go on with this head office" isOff={asking.isRunning} onSubmit={send}>
      <Field label="What was found" error={errorAt(fault, 'reason')}>
        <TextInput value={reason} maxLength={280} onChange={setReason} />
      </Field>
      <SecondPerson legend="Decided with" typed={second} fault={fault} onType={setSecond} />
      <FaultNotice fault={fault} fields={['reason', ...secondFields]} />
    </Form>
  );
}
