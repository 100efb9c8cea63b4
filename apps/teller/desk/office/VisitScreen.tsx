// Serves a customer of another branch: who it is, what covers it, the notes, and one Enter that pays.
import { type FormEvent, useRef } from 'react';
import { formatMoney } from '#contract/money.ts';
import { Button } from '../../parts/Button.tsx';
import { DenominationInput } from '../../parts/DenominationInput.tsx';
import { Field } from '../../parts/Field.tsx';
import { Select, TextInput } from '../../parts/Input.tsx';
import { Money } from '../../parts/Money.tsx';
import { MoneyInput } from '../../parts/MoneyInput.tsx';
import { Empty, errorAt, FaultNotice, Notice, Waiting } from '../../parts/Notice.tsx';
import { useOwnPieces } from '../../state/useOwnTill.ts';
import { Halves, Panel, useOpening } from '../Screen.tsx';
import styles from './office.module.css';
import { type TypedVisit, useVisit, type Visit } from './useVisit.ts';
import { lineSentence } from './words.ts';

const sides = [
  { value: 'debit', label: 'Pay out' },
  { value: 'credit', label: 'Take in' },
] as const;

export function VisitScreen() {
  const visit = useVisit();
  return (
    <Halves
      left={
        <Panel title="An account of another branch">
          <VisitForm visit={visit} />
        </Panel>
      }
      right={
        <Panel title="What covers it">
          <Cover visit={visit} />
        </Panel>
      }
    />
  );
}

function VisitForm({ visit }: { visit: Visit }) {
  const { typed, set, fault, currency } = visit;
  const form = useRef<HTMLFormElement>(null);
  const available = useOwnPieces(currency);
  useOpening(() => form.current?.querySelector<HTMLElement>('select')?.focus());
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void visit.submit();
  };
  const isOut = typed.side === 'debit';
  const needsSecond = fault?.field?.startsWith('second') || typed.user !== '';
  return (
    <form ref={form} className={styles.form} onSubmit={submit}>
      <Whose visit={visit} />
      <Field label="Amount" error={errorAt(fault, 'amountMinor')}>
        <MoneyInput
          size="large"
          value={typed.amount}
          currency={currency}
          onChange={(amount) => set({ amount })}
        />
      </Field>
      <div className={styles.pair}>
        <Field label="At the desk" error={errorAt(fault, 'conductor')}>
          <TextInput value={typed.name} maxLength={140} onChange={(name) => set({ name })} />
        </Field>
        <Field label="Document">
          <TextInput
            value={typed.document}
            maxLength={35}
            onChange={(document) => set({ document })}
          />
        </Field>
      </div>
      <DenominationInput
        label={isOut ? 'Notes and coins paid out' : 'Notes and coins received'}
        currency={currency}
        value={visit.pieces}
        onChange={visit.setPieces}
        amountMinor={visit.amountMinor}
        available={isOut ? available : null}
        error={errorAt(fault, 'denominations')}
      />
      {needsSecond ? <Second typed={typed} set={set} error={errorAt(fault, 'second')} /> : null}
      <FaultNotice fault={fault} fields={['amountMinor', 'conductor', 'denominations', 'second']} />
      <div className={styles.actions}>
        {visit.key === null ? null : (
          <Button onPress={() => void visit.giveUp()}>Give the reservation up</Button>
        )}
        <Button kind="main" chord="Enter" isOff={visit.isRunning}>
          {visit.asksFirst ? 'Ask head office' : isOut ? 'Pay out' : 'Take in'}
        </Button>
      </div>
    </form>
  );
}

function Whose({ visit }: { visit: Visit }) {
  const { typed, set, found } = visit;
  return (
    <>
      <Field label="What">
        <Select value={typed.side} choices={sides} onChange={(side) => set({ side })} />
      </Field>
      <div className={styles.pair}>
        <Field label="Branch" error={errorAt(found.fault, 'branch')}>
          <TextInput value={typed.branch} maxLength={12} onChange={(branch) => set({ branch })} />
        </Field>
        <Field label="Account" error={errorAt(found.fault, 'number')}>
          <TextInput
            value={typed.number}
            maxLength={40}
            inputMode="numeric"
            onChange={(number) => set({ number })}
          />
        </Field>
      </div>
    </>
  );
}

function Cover({ visit }: { visit: Visit }) {
  const { found, line, reservation, currency } = visit;
  const sentence = line.data ? lineSentence(line.data) : '';
  return (
    <div className={styles.stack}>
      {sentence === '' ? null : <Notice tone="amber">{sentence}</Notice>}
      {found.data ? (
        <dl className={styles.facts}>
          <dt>Account holder</dt>
          <dd>{found.data.name}</dd>
          <dt>Known from</dt>
          <dd>
            {found.data.from === 'head-office' ? 'head office, just now' : 'an allowance held here'}
          </dd>
          <dt>Allowances leave</dt>
          <dd>
            <Money minor={found.data.allowanceMinor} currency={currency} />
          </dd>
        </dl>
      ) : (
        <>
          <Waiting for={found} what="the account" />
          <Empty>Type branch and account: whose it is stands here.</Empty>
        </>
      )}
      {reservation ? <Reservation {...reservation} /> : null}
    </div>
  );
}

function Reservation(props: {
  state: string;
  message: string;
  amountMinor: string;
  currency: string;
}) {
  const money = formatMoney(props.amountMinor, props.currency);
  if (props.state === 'reserved')
    return <Notice tone="green">{`${money} are kept: pay out.`}</Notice>;
  if (props.state === 'declined')
    return (
      <Notice tone="red" isLoud>
        {props.message}
      </Notice>
    );
  return (
    <Notice tone="calm">{`Head office and the keeping branch are asked for ${money} …`}</Notice>
  );
}

function Second(props: {
  typed: TypedVisit;
  set: (change: Partial<TypedVisit>) => void;
  error: string | undefined;
}) {
  const { typed, set, error } = props;
  return (
    <fieldset className={styles.second}>
      <legend>A supervisor decides</legend>
      <Field label="User" place="above" error={error}>
        <TextInput value={typed.user} maxLength={40} onChange={(user) => set({ user })} />
      </Field>
      <Field label="Password" place="above">
        <TextInput
          kind="password"
          value={typed.password}
          maxLength={128}
          onChange={(password) => set({ password })}
        />
      </Field>
      <Field label="Code" place="above">
        <TextInput
          value={typed.code}
          maxLength={6}
          inputMode="numeric"
          onChange={(code) => set({ code })}
        />
      </Field>
    </fieldset>
  );
}
