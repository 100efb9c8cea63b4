// A deposit, a withdrawal or a transfer: the form on the left, on the right what it will do.
import { type FormEvent, useRef, useState } from 'react';
import { Button } from '../../parts/Button.tsx';
import { Notice, Waiting } from '../../parts/Notice.tsx';
import { formatAccount } from '../../parts/words.ts';
import { leaveDone } from '../../state/leave.ts';
import type { Preset } from '../../state/screens.ts';
import { Halves, Panel, useOpening, useTouched } from '../Screen.tsx';
import { AccountCard } from './AccountCard.tsx';
import styles from './counter.module.css';
import { errorFor } from './fields.ts';
import { focusFirst, focusWrong } from './focus.ts';
import { blankItem, type ItemForm, type ItemTask, isTyped, type Missing } from './form.ts';
import { ItemFields } from './ItemFields.tsx';
import { PreviewView } from './PreviewPanel.tsx';
import { Refusals } from './Refusals.tsx';
import { type Item, useItem } from './useItem.ts';
import { type Previewed, usePosting, usePreview } from './usePreview.ts';

const titles: Readonly<Record<ItemTask, string>> = {
  'cash.deposit': 'Cash deposit',
  'cash.withdrawal': 'Cash withdrawal',
  transfer: 'Transfer',
};

/** The form as the command line or another screen filled it in. */
export function presetItem(task: ItemTask, preset: Preset): ItemForm {
  const { account = '', to = '', amount = '', currency = '', narrative = '' } = preset;
  return blankItem(task, {
    account: formatAccount(account),
    to: formatAccount(to),
    amount,
    currency,
    narrative,
  });
}

export function ItemScreen(props: { task: ItemTask; preset: Preset }) {
  const [form, setForm] = useState(() => presetItem(props.task, props.preset));
  const [missing, setMissing] = useState<readonly Missing[]>([]);
  const element = useRef<HTMLFormElement>(null);
  const item = useItem(form);
  const previewed = usePreview(item.draft);
  const posting = usePosting();
  useTouched(isTyped(form));
  useOpening(() => focusFirst(element.current));

  const { preview } = previewed;
  const wrong = { missing, refusals: preview?.refusals ?? [], fault: posting.fault };
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const read = await item.complete();
    setMissing(read.ok ? [] : read.missing);
    if (!read.ok) return focusWrong(element.current);
    const result = await posting.post(read.draft);
    if (result === true) leaveDone();
    else focusWrong(element.current);
  };
  return (
    <Halves
      left={
        <Panel title={titles[form.task]}>
          <form ref={element} className={styles.form} onSubmit={(event) => void submit(event)}>
            <ItemFields
              {...item.fields(previewed)}
              onChange={(next) => {
                setMissing([]);
                setForm(next);
              }}
              errorOf={(field) =>
                errorFor(wrong, field) ?? (field === 'account' ? item.accountError : undefined)
              }
            />
            {preview ? null : <Refusals wrong={wrong} />}
            <PostAction posting={posting} needsApproval={preview?.outcome === 'approval'} />
          </form>
        </Panel>
      }
      right={
        <Panel title="What will happen">
          <ItemOutlook item={item} previewed={previewed} />
        </Panel>
      }
    />
  );
}

/** What the item will do, or whose account it is while something is missing. */
export function ItemOutlook(props: { item: Item; previewed: Previewed }) {
  const { item, previewed } = props;
  const { preview, fault, isFresh, isSlow } = previewed;
  return (
    <>
      {preview ? (
        <PreviewView preview={preview} isFresh={isFresh} />
      ) : (
        <AccountCard number={item.account?.number} />
      )}
      {item.draft ? <Waiting for={{ data: preview, fault, isSlow }} what="the preview" /> : null}
    </>
  );
}

/** The button that posts, and what it says while that is not certain. */
export function PostAction(props: {
  posting: Pick<ReturnType<typeof usePosting>, 'isRunning' | 'isUnsure' | 'fault'>;
  needsApproval: boolean;
  chord?: string;
}) {
  const { posting, needsApproval, chord = 'Enter' } = props;
  return (
    <div className={styles.actions}>
      {posting.isUnsure ? (
        <Notice tone="amber" isLoud>
          The connection was lost. Finding out whether it was posted …
        </Notice>
      ) : null}
      <Button kind="main" chord={chord} isOff={posting.isRunning}>
        {needsApproval ? 'Send to a supervisor' : 'Post'}
      </Button>
    </div>
  );
}
