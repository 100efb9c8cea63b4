// The first start of a desk on the LAN: the code an administrator's screen shows at this moment.
import { useState } from 'react';
import { Field } from '../../parts/Field.tsx';
import { TextInput } from '../../parts/Input.tsx';
import { errorAt } from '../../parts/Notice.tsx';
import { useSessionCommand } from '../../state/useCommand.ts';
import { GateForm } from './Form.tsx';

/** Once the desk is enrolled its host lets the window go, and it comes back to the station's own way in. */
export function AttachDesk() {
  const [code, setCode] = useState('');
  const attaching = useSessionCommand('session.attachDesk');
  const { fault } = attaching;
  return (
    <GateForm
      title="Attach this desk"
      action="Attach"
      fault={fault?.code === 'lost' ? undefined : fault}
      fields={['code']}
      isRunning={attaching.isRunning}
      onSubmit={() => void attaching.send({ code })}
    >
      <Field
        label="Code"
        hint="Five groups of four, from an administrator’s screen (command: desks). Good once, for 15 minutes."
        error={errorAt(fault, 'code')}
      >
        <TextInput value={code} maxLength={40} onChange={setCode} />
      </Field>
    </GateForm>
  );
}
