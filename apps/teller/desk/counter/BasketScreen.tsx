// Several items for one customer, posted together or not at all.
import { type FormEvent, useRef, useState } from 'react';
import type { DraftInput } from '#contract/drafts.ts';
import { formatMoney } from '#contract/money.ts';
import { Button } from '../../parts/Button.tsx';
import { Field } from '../../parts/Field.tsx';
import { Select } from '../../parts/Input.tsx';
import { Empty, Waiting } from '../../parts/Notice.tsx';
import { useHotkeys } from '../../parts/useHotkeys.tsx';
import { formatAccount } from '../../parts/words.ts';
import { leaveDone } from '../../state/leave.ts';
import type { Preset } from '../../state/screens.ts';
import { Halves, Panel, useOpening, useTouched } from '../Screen.tsx';
import styles from './counter.module.css';
import { errorFor } from './fields.ts';
import { focusFirst, focusWrong } from './focus.ts';
import {
  blankItem,
  type ItemDraft,
  type ItemForm,
  type ItemTask,
  isTyped,
  type Missing,
  withProposals,
} from './form.ts';
import { ItemFields } from './ItemFields.tsx';
import { PreviewView } from './PreviewPanel.tsx';
import { Refusals } from './Refusals.tsx';
import { useItem } from './useItem.ts';
import { usePosting, usePreview } from './usePreview.ts';

const itemNames: Readonly<Record<ItemTask, string>> = {
  'cash.deposit': 'deposit',
  'cash.withdrawal': 'withdrawal',
  transfer: 'transfer',
};

/** Two items make a basket; fewer is shown as what it is. */
function draftOf(items: readonly ItemDraft[]): DraftInput | null {
  return items.length < 2 ? (items[0] ?? null) : { task: 'basket', items: [...items] };
}

export function BasketScreen(props: { preset: Preset }) {
  const account = formatAccount(props.preset.account ?? '');
  const [items, setItems] = useState<readonly ItemDraft[]>([]);
  const [form, setForm] = useState<ItemForm>(() => blankItem('cash.deposit', { account }));
  const [missing, setMissing] = useState<readonly Missing[]>([]);
  const element = useRef<HTMLFormElement>(null);
  const item = useItem(form);
  const single = usePreview(item.draft);
  const all = item.draft ? [...items, item.draft] : items;
  const whole = usePreview(draftOf(all));
  const posting = usePosting();
  useTouched(items.length > 0 || isTyped({ ...form, account: '' }));
  useOpening(() => focusFirst(element.current));

  const add = (): void => {
    setMissing(item.missing);
    if (!item.draft || single.preview?.outcome === 'refused') return focusWrong(element.current);
    setItems([...items, withProposals(item.draft, single.proposals)]);
    setForm(blankItem(form.task, { account: form.account }));
    requestAnimationFrame(() => focusFirst(element.current));
  };
  const post = async (): Promise<void> => {
    const draft = draftOf(all);
    if (draft && (await posting.post(draft)) === true) leaveDone();
  };
  useHotkeys('Session', [
    { chord: 'Ctrl+Enter', what: 'post all', run: () => void post() },
    {
      chord: 'Ctrl+Backspace',
      what: 'take the last item out',
      run: () => setItems(items.slice(0, -1)),
    },
  ]);
  const wrong = { missing, refusals: single.preview?.refusals ?? [], fault: undefined };
  return (
    <Halves
      left={
        <Panel title={`Session: ${items.length} in hand`}>
          <form
            ref={element}
            className={styles.form}
            onSubmit={(event: FormEvent) => {
              event.preventDefault();
              add();
            }}
          >
            <Field label="Next item">
              <Select
                value={form.task}
                choices={Object.entries(itemNames).map(([value, label]) => ({
                  value: value as ItemTask,
                  label,
                }))}
                onChange={(task) => setForm({ ...form, task })}
              />
            </Field>
            <ItemFields
              {...item.fields(single)}
              onChange={(next) => {
                setMissing([]);
                setForm(next);
              }}
              errorOf={(field) => errorFor(wrong, field)}
            />
            <div className={styles.actions}>
              <Button chord="Enter">Add</Button>
              <Button
                kind="main"
                chord="Ctrl+Enter"
                isOff={all.length === 0 || posting.isRunning}
                onPress={() => void post()}
              >
                {`Post ${all.length}`}
              </Button>
            </div>
          </form>
        </Panel>
      }
      right={
        <Panel title="What will happen">
          <ItemList items={items} />
          <Refusals wrong={{ missing: [], refusals: [], fault: posting.fault }} />
          {whole.preview ? (
            <PreviewView preview={whole.preview} isFresh={whole.isFresh} />
          ) : (
            <Empty>Add two items or more; together they are posted, or none of them is.</Empty>
          )}
          <Waiting for={{ ...whole, data: whole.preview }} what="the preview" />
        </Panel>
      }
    />
  );
}

function ItemList(props: { items: readonly ItemDraft[] }) {
  return (
    <ol>
      {props.items.map((item, index) => (
        <li key={`${index}${item.amountMinor}`} className={`${styles.grid} ${styles.limits}`}>
          <span>
            {`${index + 1}. ${itemNames[item.task]} `}
            {item.task === 'transfer'
              ? `${formatAccount(item.from)} → ${formatAccount(item.to)}`
              : formatAccount(item.account)}
          </span>
          <span className={styles.number}>{formatMoney(item.amountMinor, item.currency)}</span>
        </li>
      ))}
    </ol>
  );
}
