// Erases a customer's photo or signature: a supervisor's doing, with the reason, and the entry that proves it.
import { type FormEvent, useRef, useState } from 'react';
import type { PictureKind } from '#contract/pictures.ts';
import { Button } from '../../parts/Button.tsx';
import { Dialog, SubmitActions } from '../../parts/Dialog.tsx';
import { Field } from '../../parts/Field.tsx';
import { Select, TextInput } from '../../parts/Input.tsx';
import { errorAt, FaultNotice, Notice } from '../../parts/Notice.tsx';
import { useHotkeys } from '../../parts/useHotkeys.tsx';
import { useLast } from '../../state/last.ts';
import { useCommand } from '../../state/useCommand.ts';
import { useRole } from '../../state/useSession.ts';
import styles from './customers.module.css';

interface ErasePictureProps {
  readonly customer: number;
  readonly name: string;
  /** What there is of the customer. */
  readonly kinds: readonly PictureKind[];
}

/** The button beside the pictures, for who may erase them; nothing for anybody else. */
export function ErasePicture(props: ErasePictureProps) {
  const [isOpen, setOpen] = useState(false);
  const isSupervisor = useRole('supervisor');
  const key = { chord: 'E', what: 'erase a picture', run: () => setOpen(true) };
  useHotkeys('Pictures', [key], { isOff: !isSupervisor });
  if (!isSupervisor) return null;
  return (
    <>
      <Button kind="quiet" chord="E" onPress={() => setOpen(true)}>
        Erase a picture
      </Button>
      {isOpen ? <EraseDialog {...props} onClose={() => setOpen(false)} /> : null}
    </>
  );
}

function EraseDialog(props: ErasePictureProps & { onClose: () => void }) {
  const { customer, name, kinds, onClose } = props;
  const [kind, setKind] = useState<PictureKind>(kinds[0] ?? 'photo');
  const [reason, setReason] = useState('');
  const removing = useCommand('picture.remove');
  const say = useLast((last) => last.say);
  const first = useRef<HTMLSelectElement>(null);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const done = await removing.send({ customer, kind, reason });
    if (!done) return;
    say({
      state: 'done',
      title: `The ${kind} of ${name} is erased; entry ${done.entry} proves it`,
    });
    onClose();
  };
  return (
    <Dialog title={`Erase a picture of ${name}`} isOpen onClose={onClose} first={first}>
      <form className={styles.form} onSubmit={(event) => void submit(event)}>
        <Field label="Picture" error={errorAt(removing.fault, 'kind')}>
          <Select
            ref={first}
            value={kind}
            choices={kinds.map((each) => ({ value: each, label: each }))}
            onChange={setKind}
          />
        </Field>
        <Field label="Because" error={errorAt(removing.fault, 'reason')}>
          <TextInput value={reason} maxLength={280} onChange={setReason} />
        </Field>
        <Notice tone="amber">
          It cannot be had back. The log keeps that it was there, who erased it and why.
        </Notice>
        <FaultNotice fault={removing.fault} fields={['kind', 'reason']} />
        <SubmitActions label="Erase it" isOff={removing.isRunning} onClose={onClose} />
      </form>
    </Dialog>
  );
}
