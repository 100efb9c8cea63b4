// Serves a customer of another branch: who it is, what covers it, the notes, and one Enter that pays.
import { type FormEvent, useEffect, useRef } from 'react';
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
import { GuestCard } from './GuestCard.tsx';
import styles from './office.module.css';
import { useVisit, type Visit } from './useVisit.ts';
import { lineSentence } from './words.ts';

const sides = [
  { value: 'debit', label: 'Pay out' },
  { value: 'credit', label: 'Take in' },
] as const;

export function VisitScreen() {
  const visit = useVisit();
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void visit.submit();
  };
  return (
    <form className={styles.whole} onSubmit={submit}>
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
    </form>
  );
}

function VisitForm({ visit }: { visit: Visit }) {
  const { typed, set, fault, currency } = visit;
  const form = useRef<HTMLDivElement>(null);
  const available = useOwnPieces(currency);
  useOpening(() => form.current?.querySelector<HTMLElement>('select')?.focus());
  const isOut = typed.side === 'debit';
  return (
    <div ref={form} className={styles.form}>
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
      <FaultNotice fault={fault} fields={['amountMinor', 'conductor', 'denominations', 'second']} />
      <div className={styles.actions}>
        {visit.key === null ? null : (
          <Button onPress={() => void visit.giveUp()}>Give the reservation up</Button>
        )}
        <Button kind="main" chord="Enter" isOff={visit.isRunning}>
          {visit.asksFirst ? 'Ask head office' : isOut ? 'Pay out' : 'Take in'}
        </Button>
      </div>
    </div>
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

const sources = {
  'head-office': 'head office, just now',
  card: 'the card sent ahead',
  allowance: 'an allowance held here',
} as const;

function Cover({ visit }: { visit: Visit }) {
  const { found, line, reservation, currency, typed } = visit;
  const card = found.data?.card ?? null;
  const sentence = line.data ? lineSentence(line.data) : '';
  return (
    <div className={styles.stack}>
      {sentence === '' ? null : <Notice tone="amber">{sentence}</Notice>}
      {found.data ? (
        <dl className={styles.facts}>
          <dt>Account holder</dt>
          <dd>{found.data.name}</dd>
          <dt>Known from</dt>
          <dd>{sources[found.data.from]}</dd>
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
      {card ? <GuestCard card={card} branch={typed.branch} document={typed.document} /> : null}
      {reservation ? <Reservation {...reservation} /> : null}
      <Second visit={visit} />
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

/** Beside the form, where it needs no scrolling; once it is asked for, the supervisor's hand begins there. */
function Second({ visit }: { visit: Visit }) {
  const { typed, set, fault } = visit;
  const isAsked = fault?.field?.startsWith('second') ?? false;
  const place = useRef<HTMLFieldSetElement>(null);
  useEffect(() => {
    if (isAsked) place.current?.querySelector('input')?.focus();
  }, [isAsked]);
  if (!isAsked && typed.user === '') return null;
  return (
    <fieldset className={styles.second} ref={place}>
      <legend>A supervisor decides</legend>
      {isAsked && fault ? (
        <div className={styles.wide}>
          <Notice tone="amber">{fault.message}</Notice>
        </div>
      ) : null}
      <Field label="User" place="above">
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
