// Makes the one-time code for a desk, and shows it once.
import { useEffect, useRef, useState } from 'react';
import { Button } from '../../parts/Button.tsx';
import { DialogActions } from '../../parts/Dialog.tsx';
import { Field } from '../../parts/Field.tsx';
import { TextInput } from '../../parts/Input.tsx';
import { LeavableForm } from '../../parts/LeavableForm.tsx';
import { errorAt, FaultNotice, Notice } from '../../parts/Notice.tsx';
import { formatInstant } from '../../parts/words.ts';
import { useCommand } from '../../state/useCommand.ts';
import { useTouched } from '../Screen.tsx';
import styles from './desks.module.css';

export interface Invited {
  readonly desk: number;
  readonly name: string;
  readonly until: string;
  /** Null where the answer that held it was lost on the way. */
  readonly code: string | null;
}

export function InviteDesk(props: { onClose: () => void; onInvited: (invited: Invited) => void }) {
  const { onClose, onInvited } = props;
  const [name, setName] = useState('');
  const first = useRef<HTMLInputElement>(null);
  const inviting = useCommand('desk.invite');
  const { fault } = inviting;
  useTouched(name !== '');
  useEffect(() => first.current?.focus(), []);
  const submit = async (): Promise<void> => {
    const made = await inviting.send({ name });
    if (made) onInvited({ ...made, name });
  };
  return (
    <LeavableForm className={styles.form} onSubmit={submit} onLeave={onClose}>
      <Field
        label="Name"
        hint="What is written on the desk, such as Desk 2; the audit trail names it."
        error={errorAt(fault, 'name')}
      >
        <TextInput ref={first} value={name} maxLength={40} onChange={setName} />
      </Field>
      <FaultNotice fault={fault} fields={['name']} />
      <DialogActions>
        <Button chord="Escape" onPress={onClose}>
          Leave it
        </Button>
        <Button kind="main" chord="Enter" isOff={inviting.isRunning}>
          Make the code
        </Button>
      </DialogActions>
    </LeavableForm>
  );
}

/** The code, until somebody says that it was taken down. */
export function ShownCode(props: { invited: Invited; address: string | null; onDone: () => void }) {
  const { invited, address, onDone } = props;
  const done = useRef<HTMLDivElement>(null);
  useEffect(() => done.current?.querySelector('button')?.focus(), []);
  return (
    <div className={styles.facts} ref={done}>
      {invited.code === null ? (
        <Notice tone="amber" isLoud>
          The code was lost on its way and cannot be shown again: revoke this desk and invite it
          anew.
        </Notice>
      ) : (
        <>
          <p className={styles.code}>{invited.code}</p>
          <p>
            {`Type it at ${invited.name} before ${formatInstant(invited.until)}. It is shown once, counts once, and nobody can look it up later.`}
          </p>
          <p>{`Start that desk with: npm start -- --attach ${address ?? 'HOST:PORT'}`}</p>
          {address === null ? (
            <Notice tone="amber">
              This station does not serve the LAN: start it with --serve-lan HOST:PORT.
            </Notice>
          ) : null}
        </>
      )}
      <DialogActions>
        <Button kind="main" onPress={onDone}>
          I have it
        </Button>
      </DialogActions>
    </div>
  );
}
