// Sets a new policy as one checked document: what is wrong is named by the station, nothing typed is lost.
import { useState } from 'react';
import type { PolicyInput } from '#contract/policy.ts';
import { Button } from '../../parts/Button.tsx';
import { DialogActions } from '../../parts/Dialog.tsx';
import { Field } from '../../parts/Field.tsx';
import { TextArea, TextInput } from '../../parts/Input.tsx';
import { LeavableForm } from '../../parts/LeavableForm.tsx';
import { errorAt, FaultNotice } from '../../parts/Notice.tsx';
import { useCommand } from '../../state/useCommand.ts';
import { useTouched } from '../Screen.tsx';
import styles from './policy.module.css';

type Read = { readonly ok: true; readonly value: unknown } | { readonly ok: false };

function read(text: string): Read {
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch {
    return { ok: false };
  }
}

export function PolicyEditor(props: { policy: PolicyInput; onClose: () => void }) {
  const { policy, onClose } = props;
  const [text, setText] = useState(() => JSON.stringify(policy, null, 2));
  const [reason, setReason] = useState('');
  const [problem, setProblem] = useState<string>();
  const setting = useCommand('policy.set');
  useTouched(text !== JSON.stringify(policy, null, 2));

  const submit = async (): Promise<void> => {
    const written = read(text);
    setProblem(
      written.ok ? undefined : 'is not written as JSON: a bracket, comma or quote is amiss.',
    );
    if (written.ok && (await setting.send({ policy: written.value, reason }))) onClose();
  };
  return (
    <LeavableForm className={styles.form} onSubmit={submit} onLeave={onClose}>
      <Field
        label="Policy (amounts in minor units)"
        place="above"
        error={problem ?? errorAt(setting.fault, 'policy')}
      >
        <TextArea value={text} rows={18} onChange={setText} />
      </Field>
      <Field label="Why" error={errorAt(setting.fault, 'reason')}>
        <TextInput value={reason} maxLength={280} onChange={setReason} />
      </Field>
      <FaultNotice fault={setting.fault} fields={['policy', 'reason']} />
      <DialogActions>
        <Button chord="Escape" onPress={onClose}>
          Leave it
        </Button>
        <Button kind="main" isOff={setting.isRunning}>
          Set the policy
        </Button>
      </DialogActions>
    </LeavableForm>
  );
}
