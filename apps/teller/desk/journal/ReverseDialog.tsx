// Takes an entry back with a new one, linked, for a reason; what it does is shown before it is done.
import { type FormEvent, useRef, useState } from 'react';
import type { JournalView } from '#contract/journals.ts';
import { Dialog, SubmitActions } from '../../parts/Dialog.tsx';
import { Field } from '../../parts/Field.tsx';
import { TextInput } from '../../parts/Input.tsx';
import { FaultNotice, Notice } from '../../parts/Notice.tsx';
import { PreviewView } from '../counter/PreviewPanel.tsx';
import { usePosting, usePreview } from '../counter/usePreview.ts';
import styles from './journal.module.css';

export function ReverseDialog(props: { journal: JournalView; onClose: () => void }) {
  const { journal, onClose } = props;
  const [reason, setReason] = useState('');
  const first = useRef<HTMLInputElement>(null);
  const isReady = reason.trim().length >= 3;
  const draft = { task: 'journal.reversal' as const, journal: journal.journal, reason };
  const { preview, isFresh } = usePreview(isReady ? draft : null);
  const posting = usePosting();

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (!isReady) return first.current?.focus();
    if ((await posting.post(draft)) === true) onClose();
  };
  return (
    <Dialog
      title={`Reverse entry ${journal.journal}: ${journal.what}`}
      isOpen
      onClose={onClose}
      first={first}
    >
      <form className={styles.entry} onSubmit={(event) => void submit(event)}>
        <Field label="Why">
          <TextInput ref={first} value={reason} maxLength={280} onChange={setReason} />
        </Field>
        {preview ? <PreviewView preview={preview} isFresh={isFresh} /> : null}
        {(preview?.refusals ?? [])
          .filter((refusal) => refusal.field !== null)
          .map((refusal) => (
            <Notice key={refusal.reason} tone="red">
              {refusal.message}
            </Notice>
          ))}
        <FaultNotice fault={posting.fault} />
        <SubmitActions
          label={preview?.outcome === 'approval' ? 'Send to a supervisor' : 'Reverse'}
          isOff={posting.isRunning}
          onClose={onClose}
        />
      </form>
    </Dialog>
  );
}
