// One-step correction: the mistaken journal is taken back and the right one posted, together, with the reason.
import { type FormEvent, useRef, useState } from 'react';
import type { DraftInput } from '#contract/drafts.ts';
import type { JournalView } from '#contract/journals.ts';
import { formatAmount } from '#contract/money.ts';
import { Field } from '../../parts/Field.tsx';
import { TextInput } from '../../parts/Input.tsx';
import { Notice, Waiting } from '../../parts/Notice.tsx';
import { formatAccount } from '../../parts/words.ts';
import { leaveDone } from '../../state/leave.ts';
import { useQuery } from '../../state/useQuery.ts';
import { Halves, Panel, useOpening, useTouched } from '../Screen.tsx';
import styles from './counter.module.css';
import { errorFor } from './fields.ts';
import { focusFirst, focusWrong } from './focus.ts';
import { blankItem, type ItemForm, type ItemTask, type Missing } from './form.ts';
import { ItemFields, proposedPieces } from './ItemFields.tsx';
import { PostAction } from './ItemScreen.tsx';
import { PreviewView } from './PreviewPanel.tsx';
import { Refusals } from './Refusals.tsx';
import { useItem } from './useItem.ts';
import { usePosting, usePreview } from './usePreview.ts';

const correctable: readonly string[] = ['cash.deposit', 'cash.withdrawal', 'transfer'];

/** The form as the mistaken journal was posted; for a transfer the other account is its other side. */
function formOf(journal: JournalView): ItemForm {
  const task = journal.kind as ItemTask;
  const [leg] = journal.legs;
  const accounts = task === 'transfer' && leg ? [leg.debit, leg.credit] : [journal.account, ''];
  return blankItem(task, {
    account: formatAccount(accounts[0] ?? ''),
    to: formatAccount(accounts[1] ?? ''),
    amount: formatAmount(journal.amountMinor.replace('-', ''), journal.currency),
    currency: journal.currency,
    narrative: journal.narrative,
  });
}

/** Fetches the journal first: what was posted is where the correction starts. */
export function CorrectionScreen(props: { journal: number }) {
  const reading = useQuery('journal.get', { journal: props.journal });
  const { data } = reading;
  if (data && correctable.includes(data.kind)) return <Correction journal={data} />;
  return (
    <Halves
      left={
        <Panel title={`Correct journal ${props.journal}`}>
          <Waiting for={reading} what="the journal" />
          {data ? (
            <Notice tone="red">
              {`A journal of kind ${data.kind} is not corrected in one step: reverse it and post it anew.`}
            </Notice>
          ) : null}
        </Panel>
      }
      right={<Panel title="What will happen">{null}</Panel>}
    />
  );
}

function Correction(props: { journal: JournalView }) {
  const { journal } = props;
  const [form, setForm] = useState(() => formOf(journal));
  const [reason, setReason] = useState('');
  const [missing, setMissing] = useState<readonly Missing[]>([]);
  const element = useRef<HTMLFormElement>(null);
  const item = useItem(form);
  const [isAsked, setAsked] = useState(false);
  const isReasoned = reason.trim().length >= 3;
  const draft: DraftInput | null =
    item.draft && isReasoned
      ? { task: 'journal.correction', journal: journal.journal, replacement: item.draft, reason }
      : null;
  const previewed = usePreview(draft);
  const posting = usePosting();
  useTouched(reason !== '' || form.amount !== formOf(journal).amount);
  useOpening(() => focusFirst(element.current));

  const path = 'replacement.';
  const { preview } = previewed;
  const wrong = { missing, refusals: preview?.refusals ?? [], fault: posting.fault, path };
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setMissing(item.missing);
    setAsked(true);
    const result = draft ? await posting.post(draft) : false;
    if (result === true) leaveDone();
    else focusWrong(element.current);
  };
  return (
    <Halves
      left={
        <Panel title={`Correct journal ${journal.journal}: ${journal.what}`}>
          <form ref={element} className={styles.form} onSubmit={(event) => void submit(event)}>
            <Field
              label="Why"
              error={isAsked && !isReasoned ? 'Say why, in three letters or more.' : undefined}
            >
              <TextInput
                value={reason}
                maxLength={280}
                placeholder="such as: amount mistyped"
                onChange={setReason}
              />
            </Field>
            <ItemFields
              {...item.fields(previewed)}
              proposed={proposedPieces(previewed.proposals, path)}
              onChange={setForm}
              errorOf={(field) => errorFor(wrong, field)}
            />
            <Refusals wrong={wrong} />
            <PostAction posting={posting} needsApproval={preview?.outcome === 'approval'} />
          </form>
        </Panel>
      }
      right={
        <Panel title="What will happen">
          {preview ? (
            <PreviewView preview={preview} isFresh={previewed.isFresh} />
          ) : (
            <p className={styles.dim}>
              Say why, and type what would have been right: the mistake is taken back and this
              posted, linked.
            </p>
          )}
          <Waiting for={{ ...previewed, data: preview }} what="the preview" />
        </Panel>
      }
    />
  );
}
