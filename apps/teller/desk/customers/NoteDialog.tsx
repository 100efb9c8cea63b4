// Writes a note about a customer, for everybody or as an alert.
import { type FormEvent, useRef, useState } from 'react';
import { Dialog, SubmitActions } from '../../parts/Dialog.tsx';
import { Field } from '../../parts/Field.tsx';
import { TextInput, Tick } from '../../parts/Input.tsx';
import { errorAt, FaultNotice } from '../../parts/Notice.tsx';
import { useCommand } from '../../state/useCommand.ts';
import styles from './customers.module.css';

export function NoteDialog(props: { customer: number; isOpen: boolean; onClose: () => void }) {
  const { customer, isOpen, onClose } = props;
  const [text, setText] = useState('');
  const [alert, setAlert] = useState(false);
  const noting = useCommand('customer.note');
  const first = useRef<HTMLInputElement>(null);

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (!(await noting.send({ customer, text, alert }))) return;
    setText('');
    setAlert(false);
    onClose();
  };
  return (
    <Dialog title="Note about the customer" isOpen={isOpen} onClose={onClose} first={first}>
      <form className={styles.form} onSubmit={(event) => void submit(event)}>
        <Field label="Note" error={errorAt(noting.fault, 'text')}>
          <TextInput ref={first} value={text} maxLength={280} onChange={setText} />
        </Field>
        <Tick
          label="Alert: everybody who serves the customer sees it first"
          isOn={alert}
          onChange={setAlert}
        />
        <FaultNotice fault={noting.fault} fields={['text']} />
        <SubmitActions label="Write" isOff={noting.isRunning} onClose={onClose} />
      </form>
    </Dialog>
  );
}
