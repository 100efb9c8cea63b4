// The small forms of cover: money set aside for others, an allowance asked for, a stopped line tried again.
import { type FormEvent, type ReactNode, useState } from 'react';
import { Button } from '../../parts/Button.tsx';
import { Field } from '../../parts/Field.tsx';
import { TextInput } from '../../parts/Input.tsx';
import { MoneyInput, minorOf } from '../../parts/MoneyInput.tsx';
import { errorAt, FaultNotice, Notice } from '../../parts/Notice.tsx';
import { useCommand } from '../../state/useCommand.ts';
import { useSession } from '../../state/useSession.ts';
import { useTouched } from '../Screen.tsx';
import styles from './office.module.css';

export function Form(props: {
  action: string;
  isOff: boolean;
  onSubmit: () => Promise<void>;
  children: ReactNode;
}) {
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void props.onSubmit();
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      {props.children}
      <div className={styles.actions}>
        <Button kind="main" chord="Enter" isOff={props.isOff}>
          {props.action}
        </Button>
      </div>
    </form>
  );
}

export function ShareForm(props: { onClose: () => void }) {
  const currency = useSession().branch?.baseCurrency ?? 'EUR';
  const [number, setNumber] = useState('');
  const [amount, setAmount] = useState('');
  const [reason, setReason] = useState('');
  const sharing = useCommand('office.share');
  useTouched(number !== '' || amount !== '' || reason !== '');
  const { fault } = sharing;
  const send = async (): Promise<void> => {
    const amountMinor = minorOf(amount, currency) ?? '0';
    if (await sharing.send({ number, amountMinor, reason })) props.onClose();
  };
  return (
    <Form action="Set aside" isOff={sharing.isRunning} onSubmit={send}>
      <Field label="Our account" error={errorAt(fault, 'number')}>
        <TextInput value={number} maxLength={40} inputMode="numeric" onChange={setNumber} />
      </Field>
      <Field label="Amount" error={errorAt(fault, 'amountMinor')}>
        <MoneyInput value={amount} currency={currency} onChange={setAmount} />
      </Field>
      <Field label="Why" error={errorAt(fault, 'reason')}>
        <TextInput value={reason} maxLength={280} onChange={setReason} />
      </Field>
      <FaultNotice fault={fault} fields={['number', 'amountMinor', 'reason']} />
    </Form>
  );
}

export function AllowanceForm(props: { onClose: () => void }) {
  const currency = useSession().branch?.baseCurrency ?? 'EUR';
  const [branch, setBranch] = useState('');
  const [number, setNumber] = useState('');
  const [amount, setAmount] = useState('');
  const [hours, setHours] = useState('24');
  const [isWaiting, setWaiting] = useState(false);
  const asking = useCommand('office.askAllowance');
  useTouched(branch !== '' || number !== '' || amount !== '');
  const { fault } = asking;
  const send = async (): Promise<void> => {
    const amountMinor = minorOf(amount, currency) ?? '0';
    const account = { branch, number };
    const answer = await asking.send({ account, till: null, amountMinor, hours: Number(hours) });
    if (answer?.state === 'granted') props.onClose();
    setWaiting(answer?.state === 'waiting');
  };
  return (
    <Form action="Ask head office" isOff={asking.isRunning} onSubmit={send}>
      <Field label="Branch" error={errorAt(fault, 'account.branch')}>
        <TextInput value={branch} maxLength={12} onChange={setBranch} />
      </Field>
      <Field label="Account" error={errorAt(fault, 'account.number')}>
        <TextInput value={number} maxLength={40} inputMode="numeric" onChange={setNumber} />
      </Field>
      <Field label="Amount" error={errorAt(fault, 'amountMinor')}>
        <MoneyInput value={amount} currency={currency} onChange={setAmount} />
      </Field>
      <Field label="Hours" error={errorAt(fault, 'hours')} hint="96 at most">
        <TextInput value={hours} maxLength={2} inputMode="numeric" onChange={setHours} />
      </Field>
      {isWaiting ? (
        <Notice tone="amber">
          Not enough is set aside yet. The keeping branch has been asked: ask again in a moment.
        </Notice>
      ) : null}
      <FaultNotice
        fault={fault}
        fields={['account.branch', 'account.number', 'amountMinor', 'hours']}
      />
    </Form>
  );
}

export function ResumeForm() {
  const [reason, setReason] = useState('');
  const resuming = useCommand('office.resume');
  const { fault } = resuming;
  const send = async (): Promise<void> => {
    await resuming.send({ reason });
  };
  return (
    <Form action="Try the line again" isOff={resuming.isRunning} onSubmit={send}>
      <Field label="What was found" error={errorAt(fault, 'reason')}>
        <TextInput value={reason} maxLength={280} onChange={setReason} />
      </Field>
      <FaultNotice fault={fault} fields={['reason']} />
    </Form>
  );
}
