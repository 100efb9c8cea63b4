// The fields of one deposit, withdrawal or transfer, in the order a teller asks for them.

import type { AccountView } from '#contract/accounts.ts';
import { formatAmount } from '#contract/money.ts';
import type { Preview } from '#contract/postings.ts';
import { AccountInput } from '../../parts/AccountInput.tsx';
import { DenominationInput } from '../../parts/DenominationInput.tsx';
import { Field } from '../../parts/Field.tsx';
import { Select, TextInput } from '../../parts/Input.tsx';
import { Money } from '../../parts/Money.tsx';
import { MoneyInput, minorOf } from '../../parts/MoneyInput.tsx';
import { describePieces, type TypedPieces, typedOf } from '../../parts/pieces.ts';
import { useOwnPieces } from '../../state/useOwnTill.ts';
import { ConductorField } from './ConductorField.tsx';
import styles from './counter.module.css';
import type { ItemForm } from './form.ts';
import type { Person } from './useAccount.ts';

export interface ItemFieldsProps {
  readonly form: ItemForm;
  /** What the amount is in: the form's own, else the account's. */
  readonly currency: string;
  readonly onChange: (form: ItemForm) => void;
  /** Sentence for a field of the form, if something is wrong with it. */
  readonly errorOf: (field: keyof ItemForm) => string | undefined;
  readonly account: AccountView | undefined;
  readonly people: readonly Person[];
  readonly likely: Person | undefined;
  readonly preview: Preview | undefined;
  /** Notes and coins that count unless others are typed. */
  readonly proposed: TypedPieces;
}

/** The proposal for the notes of the only item: taken in or paid out, less what is given back. */
export function proposedPieces(proposals: Preview['proposals'], path = ''): TypedPieces {
  const typed: Record<string, string> = {};
  for (const { field, denominations } of proposals) {
    if (field === `${path}denominations`) Object.assign(typed, typedOf(denominations));
    if (field !== `${path}change`) continue;
    for (const [face, count] of Object.entries(denominations)) typed[face] = `-${count}`;
  }
  return typed;
}

export function ItemFields(props: ItemFieldsProps) {
  const { form, onChange, errorOf, account, preview } = props;
  const set = (change: Partial<ItemForm>): void => onChange({ ...form, ...change });
  const isTransfer = form.task === 'transfer';
  return (
    <>
      <Field
        label={isTransfer ? 'From' : 'Account'}
        error={errorOf('account')}
        hint={account ? <AccountHint account={account} /> : undefined}
      >
        <AccountInput value={form.account} onChange={(text) => set({ account: text })} />
      </Field>
      {isTransfer ? (
        <Field label="To" error={errorOf('to')}>
          <AccountInput value={form.to} onChange={(text) => set({ to: text })} />
        </Field>
      ) : null}
      <Field label="Amount" error={errorOf('amount') ?? errorOf('currency')}>
        <MoneyInput
          size="large"
          value={form.amount}
          currency={props.currency}
          // A currency that the command line named ends with its amount: what is typed is the account's.
          onChange={(text) => set({ amount: text, currency: '' })}
        />
      </Field>
      {(preview?.fees.length ?? 0) > 0 || form.feeFrom === 'cash' ? (
        <Field label="Fee from" error={errorOf('feeFrom')}>
          <Select
            value={form.feeFrom}
            choices={[
              { value: 'account', label: 'the account' },
              { value: 'cash', label: 'cash' },
            ]}
            onChange={(feeFrom) => set({ feeFrom })}
          />
        </Field>
      ) : null}
      <ConductorField
        value={form.conductor}
        people={props.people}
        likely={props.likely}
        error={errorOf('conductor')}
        onChange={(conductor) => set({ conductor })}
      />
      <Field label="Text" error={errorOf('narrative')}>
        <TextInput
          value={form.narrative}
          maxLength={140}
          onChange={(narrative) => set({ narrative })}
        />
      </Field>
      {isTransfer ? null : <Notes {...props} set={set} />}
    </>
  );
}

function AccountHint(props: { account: AccountView }) {
  const { name, product, currency, availableMinor } = props.account;
  return (
    <span className={styles.hint}>
      <span>{`${name},`}</span>
      <span>
        {`${product}, available `}
        <Money minor={availableMinor} currency={currency} />
      </span>
    </span>
  );
}

function Notes(props: ItemFieldsProps & { set: (change: Partial<ItemForm>) => void }) {
  const { form, currency, set, errorOf, proposed, preview } = props;
  const available = useOwnPieces(currency);
  const cash = preview?.cash.find((each) => each.currency === currency);
  const due = cash ? cash.amountMinor.replace('-', '') : minorOf(form.amount, currency);
  if (currency === '') return null;
  const isPaidOut = form.task === 'cash.withdrawal';
  return (
    <DenominationInput
      label={
        isPaidOut ? 'Notes and coins paid out' : 'Notes and coins received (minus: given back)'
      }
      currency={currency}
      value={form.pieces}
      proposed={proposed}
      amountMinor={due ?? null}
      available={isPaidOut ? available : null}
      change={changeOf(proposed, currency)}
      error={errorOf('pieces')}
      onChange={(pieces) => set({ pieces })}
    />
  );
}

/** What the station proposes to give back, in one line; nothing where it proposes none. */
function changeOf(proposed: TypedPieces, currency: string): string | undefined {
  const back = Object.entries(proposed).filter(([, text]) => text.startsWith('-'));
  if (back.length === 0) return undefined;
  const pieces = Object.fromEntries(back.map(([face, text]) => [face, Number(text.slice(1))]));
  return describePieces(pieces, (face) =>
    formatAmount(BigInt(face), currency).replace(/\.0+$/, ''),
  );
}
