// A payment to another bank: the form drawn from its message on the left, on the right what will go out and be booked.

import { type FormEvent, useRef, useState } from 'react';
import type { AccountView } from '#contract/accounts.ts';
import { isIbanLike } from '#contract/iban.ts';
import { formatMoney } from '#contract/money.ts';
import { AccountInput } from '../../parts/AccountInput.tsx';
import { classes } from '../../parts/classes.ts';
import { Field } from '../../parts/Field.tsx';
import { Select } from '../../parts/Input.tsx';
import { MoneyInput } from '../../parts/MoneyInput.tsx';
import { Notice } from '../../parts/Notice.tsx';
import { useHotkeys } from '../../parts/useHotkeys.tsx';
import { formatAccount } from '../../parts/words.ts';
import { type Preset, useScreens } from '../../state/screens.ts';
import { ConductorField } from '../counter/ConductorField.tsx';
import counter from '../counter/counter.module.css';
import { focusFirst, focusWrong } from '../counter/focus.ts';
import { PostAction } from '../counter/ItemScreen.tsx';
import { PreviewView } from '../counter/PreviewPanel.tsx';
import { usePosting, usePreview } from '../counter/usePreview.ts';
import { Halves, Panel, useOpening, useTouched } from '../Screen.tsx';
import {
  bicPath,
  blankPayment,
  channels,
  ibanPath,
  isTypedPayment,
  namePath,
  type PaymentForm,
  textPath,
} from './form.ts';
import { MessagePanel, type MessageView, viewAfter } from './MessagePanel.tsx';
import styles from './payment.module.css';
import { type PaymentState, usePayment } from './usePayment.ts';
import { ValueField } from './ValueField.tsx';

/** The sentence for a field: only about what has been typed, until Enter asks for the rest. */
function errorOf(
  state: PaymentState,
  form: PaymentForm,
  at: { readonly field: string; readonly isAsked: boolean; readonly refusals: readonly Refused[] },
): string | undefined {
  const path = at.field.replace(/^values\./, '');
  const isTyped = at.field !== path && (form.values[path] ?? '') !== '';
  const derived = path === bicPath && (form.values[ibanPath] ?? '') !== '';
  if (!at.isAsked && !isTyped && !derived) return undefined;
  const said = [...at.refusals, ...(state.composed?.errors ?? [])];
  const found = said.find(({ field }) => field?.replace(/^draft\./, '') === at.field)?.message;
  const isWrong = path === ibanPath && isTyped && !isIbanLike(form.values[ibanPath] ?? '');
  return found ?? (isWrong ? wrongIban : undefined);
}

/** Stands at the field with the key itself, until the station says what is wrong and what may be meant. */
const wrongIban = 'This IBAN is not right: its length or check digits do not fit.';

interface Refused {
  readonly field?: string | null | undefined;
  readonly message: string;
}

export function PaymentScreen(props: { preset: Preset }) {
  const [form, setForm] = useState(() => {
    const blank = blankPayment(props.preset);
    return { ...blank, from: formatAccount(blank.from) };
  });
  const [isAsked, setAsked] = useState(false);
  const [view, setView] = useState<MessageView>('words');
  const element = useRef<HTMLFormElement>(null);
  const state = usePayment(form);
  const previewed = usePreview(state.draft);
  const posting = usePosting();
  const back = useScreens((screens) => screens.back);
  useTouched(isTypedPayment(form));
  useOpening(() => focusFirst(element.current), state.fields.length > 0);
  useHotkeys('Payment', [
    { chord: 'Alt+M', what: 'the message in another form', run: () => setView(viewAfter(view)) },
  ]);

  const { preview } = previewed;
  const refusals = [...(preview?.refusals ?? []), ...(posting.fault ? [posting.fault] : [])];
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setAsked(true);
    if (!state.draft || (state.composed?.errors.length ?? 1) > 0)
      return focusWrong(element.current);
    if ((await posting.post(state.draft)) === true) back();
    else focusWrong(element.current);
  };
  const error = (field: string) => errorOf(state, form, { field, isAsked, refusals });
  return (
    <Halves
      left={
        <Panel title="Payment">
          <form
            ref={element}
            className={classes(counter.form, styles.form)}
            onSubmit={(event) => void submit(event)}
          >
            <PaymentFields form={form} state={state} error={error} onChange={setForm} />
            <PostAction posting={posting} needsApproval={preview?.outcome === 'approval'} />
          </form>
        </Panel>
      }
      right={
        <Panel title="What will happen">
          {view === 'words' ? (
            <>
              <Derived state={state} />
              {preview ? <PreviewView preview={preview} isFresh={previewed.isFresh} /> : null}
            </>
          ) : null}
          {state.composed ? (
            <MessagePanel shown={state.composed} view={view} onView={setView} />
          ) : null}
        </Panel>
      }
    />
  );
}

function amountError(error: (field: string) => string | undefined): string | undefined {
  return error('amountMinor') ?? error('currency');
}

function PaymentFields(props: {
  form: PaymentForm;
  state: PaymentState;
  error: (field: string) => string | undefined;
  onChange: (form: PaymentForm) => void;
}) {
  const { form, state, error, onChange } = props;
  const set = (change: Partial<PaymentForm>): void => onChange({ ...form, ...change });
  const setValue = (path: string, text: string): void =>
    set({ values: { ...form.values, [path]: text } });
  const { account, composed } = state;
  const hints: Readonly<Record<string, string | undefined>> = {
    [ibanPath]: bankWords(composed),
    [namePath]: state.verification?.message,
  };
  return (
    <>
      <Field
        label="From"
        error={state.accountError ?? error('from')}
        hint={account ? ownWords(account) : undefined}
      >
        <AccountInput value={form.from} onChange={(from) => set({ from })} />
      </Field>
      {state.fields.map((field) => (
        <ValueField
          key={field.path}
          field={field}
          value={form.values[field.path] ?? ''}
          error={error(`values.${field.path}`)}
          hint={hints[field.path]}
          payees={state.payees}
          onChange={(text) => setValue(field.path, text)}
          onPayee={(payee) =>
            set({
              values: {
                ...form.values,
                ...{ [ibanPath]: payee.iban, [namePath]: payee.name, [bicPath]: payee.bic },
                ...(form.values[textPath] ? {} : { [textPath]: payee.text }),
              },
            })
          }
        />
      ))}
      <Field label="Amount" error={amountError(error)}>
        <MoneyInput
          size="large"
          value={form.amount}
          currency={state.currency}
          onChange={(amount) => set({ amount })}
        />
      </Field>
      <Field label="Network" error={error('channel')} hint={composed?.cutOff}>
        <Select value={form.channel} choices={channels} onChange={(channel) => set({ channel })} />
      </Field>
      <ConductorField
        value={form.conductor}
        people={state.people}
        likely={state.likely}
        error={error('conductor')}
        onChange={(conductor) => set({ conductor })}
      />
    </>
  );
}

/** Whose account it is and what it can pay. */
function ownWords({ name, product, availableMinor, currency }: AccountView): string {
  return `${name}, ${product}, available ${formatMoney(BigInt(availableMinor), currency)}`;
}

function bankWords(composed: PaymentState['composed']): string | undefined {
  if (!composed?.country) return undefined;
  return composed.bank === '' ? composed.country : `${composed.bank}, ${composed.country}`;
}

/** What the bank has found out by itself: the payee verified, characters written otherwise, repeats. */
function Derived(props: { state: PaymentState }) {
  const { verification, composed } = props.state;
  const replaced = (composed?.losses ?? []).filter(({ code }) => code === 'T0000R');
  return (
    <>
      {verification ? (
        <Notice tone={verification.outcome === 'no-match' ? 'red' : verificationTone(verification)}>
          {verification.message}
          <span className={styles.dim}>{` Said by ${verification.source}.`}</span>
        </Notice>
      ) : null}
      {replaced.slice(0, 2).map((loss) => (
        <Notice key={loss.message} tone="calm">
          {loss.message}
        </Notice>
      ))}
    </>
  );
}

function verificationTone({ outcome }: { outcome: string }): 'calm' | 'amber' {
  return outcome === 'close-match' ? 'amber' : 'calm';
}
