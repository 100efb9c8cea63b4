// The supervisor's way out: why a log that does not fit the guard is worked with all the same.
import { type FormEvent, useRef, useState } from 'react';
import { Button } from '../../parts/Button.tsx';
import { Field } from '../../parts/Field.tsx';
import { TextInput } from '../../parts/Input.tsx';
import { errorAt, FaultNotice } from '../../parts/Notice.tsx';
import { useCommand } from '../../state/useCommand.ts';
import { useTouched } from '../Screen.tsx';

export function Confirm() {
  const [reason, setReason] = useState('');
  const first = useRef<HTMLInputElement>(null);
  const { send, fault, isRunning } = useCommand('guard.confirm');
  useTouched(reason !== '');
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (reason.trim().length < 3) return first.current?.focus();
    await send({ reason });
  };
  return (
    <form onSubmit={(event) => void submit(event)}>
      <Field label="Why" error={errorAt(fault, 'reason')} hint="Recorded with your name.">
        <TextInput ref={first} value={reason} maxLength={280} onChange={setReason} />
      </Field>
      <FaultNotice fault={fault} fields={['reason']} />
      <Button kind="main" chord="Enter" isOff={isRunning}>
        Work with this log
      </Button>
    </form>
  );
}
