// Cuts a desk off: a reason, and it is done.
import { type FormEvent, useRef, useState } from 'react';
import type { DeskView } from '#contract/desks.ts';
import { Button } from '../../parts/Button.tsx';
import { Dialog, DialogActions } from '../../parts/Dialog.tsx';
import { Field } from '../../parts/Field.tsx';
import { TextInput } from '../../parts/Input.tsx';
import { errorAt, FaultNotice } from '../../parts/Notice.tsx';
import { useCommand } from '../../state/useCommand.ts';
import styles from './desks.module.css';

export function RevokeDesk(props: { desk: DeskView; onClose: () => void }) {
  const { desk, onClose } = props;
  const [reason, setReason] = useState('');
  const first = useRef<HTMLInputElement>(null);
  const { send, fault, isRunning } = useCommand('desk.revoke');
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (await send({ desk: desk.desk, reason })) onClose();
  };
  return (
    <Dialog title={`Revoke ${desk.name}`} isOpen onClose={onClose} first={first}>
      <form className={styles.form} onSubmit={(event) => void submit(event)}>
        <p>Its windows are cut at once. It comes back only by a new code, as another desk.</p>
        <Field label="Why" error={errorAt(fault, 'reason')}>
          <TextInput ref={first} value={reason} maxLength={280} onChange={setReason} />
        </Field>
        <FaultNotice fault={fault} fields={['reason']} />
        <DialogActions>
          <Button chord="Escape" onPress={onClose}>
            Leave it
          </Button>
          <Button kind="main" chord="Enter" isOff={isRunning}>
            Revoke
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
