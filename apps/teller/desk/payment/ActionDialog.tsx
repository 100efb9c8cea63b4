// Asks for what an action on a payment needs: a reason, a code, the right account.
import { type FormEvent, useRef, useState } from 'react';
import type { PaymentCard } from '#contract/payments.ts';
import { AccountInput } from '../../parts/AccountInput.tsx';
import { Dialog, SubmitActions } from '../../parts/Dialog.tsx';
import { Field } from '../../parts/Field.tsx';
import { Select, TextInput } from '../../parts/Input.tsx';
import { errorAt, FaultNotice } from '../../parts/Notice.tsx';
import { useCommand } from '../../state/useCommand.ts';
import { MoneyMoved } from './MoneyMoved.tsx';
import styles from './payment.module.css';

export type DialogAction = Exclude<PaymentCard['actions'][number], 'enquire'>;

const titles: Readonly<Record<DialogAction, string>> = {
  recall: 'Ask for the payment back',
  replay: 'Send the message again',
  apply: 'Credit the money to an account',
  'send-back': 'Send the money back',
  'pay-back': 'Pay the money back',
  answer: 'Refuse to give the payment back',
};

/** What the main button says. */
const verbs: Readonly<Record<DialogAction, string>> = {
  recall: 'Ask for it back',
  replay: 'Send again',
  apply: 'Credit',
  'send-back': 'Send back',
  'pay-back': 'Pay back',
  answer: 'Refuse',
};

const recallCodes = [
  { value: 'DUPL', label: 'sent twice' },
  { value: 'TECH', label: 'a technical fault' },
  { value: 'FRAD', label: 'fraud' },
  { value: 'CUST', label: 'the customer asks' },
  { value: 'AC03', label: 'wrong account of the payee' },
  { value: 'AM09', label: 'wrong amount' },
] as const;
const returnCodes = [
  { value: 'AC01', label: 'there is no such account' },
  { value: 'AC04', label: 'the account is closed' },
  { value: 'AC06', label: 'the account is blocked' },
  { value: 'FOCR', label: 'the payer’s bank asks for it' },
  { value: 'BE04', label: 'the address of the payee is missing' },
  { value: 'MD07', label: 'the payee has died' },
  { value: 'MS02', label: 'the payee refuses it' },
  { value: 'MS03', label: 'no reason given' },
] as const;
const refusalCodes = [
  { value: 'CUST', label: 'the customer refuses' },
  { value: 'NOAS', label: 'the customer does not answer' },
  { value: 'NOOR', label: 'the payment never came' },
  { value: 'ARDT', label: 'sent back already' },
  { value: 'AC04', label: 'the account is closed' },
  { value: 'AM04', label: 'the money is no longer there' },
  { value: 'LEGL', label: 'a law forbids it' },
] as const;

type RecallCode = (typeof recallCodes)[number]['value'];
type ReturnCode = (typeof returnCodes)[number]['value'];
type RefusalCode = (typeof refusalCodes)[number]['value'];

function useActions(payment: number) {
  const recall = useCommand('payment.recall');
  const replay = useCommand('payment.replay');
  const apply = useCommand('payment.apply');
  const sendBack = useCommand('payment.sendBack');
  const payBack = useCommand('payment.payBack');
  const answer = useCommand('payment.refuseRecall');
  const all = { recall, replay, apply, 'send-back': sendBack, 'pay-back': payBack, answer };
  const send = (action: DialogAction, typed: { code: string; text: string; account: string }) => {
    const { code, text: reason, account } = typed;
    switch (action) {
      case 'recall':
        return recall.send({ payment, code: code as RecallCode, text: reason });
      case 'replay':
        return replay.send({ payment, reason });
      case 'apply':
        return apply.send({ payment, account, reason });
      case 'send-back':
        return sendBack.send({ payment, code: code as ReturnCode });
      case 'pay-back':
        return payBack.send({ payment, consent: reason });
      case 'answer':
        return answer.send({ payment, code: code as RefusalCode });
    }
  };
  return { all, send };
}

const codesOf = (action: DialogAction) => {
  if (action === 'recall') return recallCodes;
  if (action === 'send-back') return returnCodes;
  return action === 'answer' ? refusalCodes : null;
};

interface Words {
  readonly label: string;
  readonly name: string;
  /** Signs the field takes, those of the operation it is sent with. */
  readonly lengthMax: number;
  readonly example?: string;
}

/** What is typed besides a code, and the name of its field. */
const wordsOf: Readonly<Partial<Record<DialogAction, Words>>> = {
  recall: { label: 'Words', name: 'text', lengthMax: 105 },
  replay: { label: 'Why', name: 'reason', lengthMax: 105 },
  apply: { label: 'Why', name: 'reason', lengthMax: 105 },
  'pay-back': {
    ...{ label: 'Consent', name: 'consent', lengthMax: 140 },
    example: 'how and when: by telephone at 10:05',
  },
};

export function ActionDialog(props: {
  card: PaymentCard;
  action: DialogAction;
  onClose: () => void;
}) {
  const { card, action, onClose } = props;
  const codes = codesOf(action);
  const [code, setCode] = useState<string>(codes?.[0].value ?? '');
  const [text, setText] = useState('');
  const [account, setAccount] = useState('');
  const input = useRef<HTMLInputElement>(null);
  const select = useRef<HTMLSelectElement>(null);
  const { all, send } = useActions(card.payment);
  const { fault, isRunning } = all[action];
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (await send(action, { code, text, account })) onClose();
  };
  const words = wordsOf[action];
  return (
    <Dialog title={titles[action]} isOpen onClose={onClose} first={codes ? select : input}>
      <form className={styles.card} onSubmit={(event) => void submit(event)}>
        {action === 'recall' || action === 'replay' ? null : (
          <MoneyMoved card={card} action={action} />
        )}
        {codes ? (
          <Field label="Because" error={errorAt(fault, 'code')}>
            <Select
              ref={select}
              value={code}
              choices={codes as readonly { value: string; label: string }[]}
              onChange={setCode}
            />
          </Field>
        ) : null}
        {action === 'apply' ? (
          <Field label="Account" error={errorAt(fault, 'account')}>
            <AccountInput ref={input} value={account} onChange={setAccount} />
          </Field>
        ) : null}
        {words ? (
          <Field label={words.label} error={errorAt(fault, words.name)}>
            <TextInput
              ref={action === 'replay' || action === 'pay-back' ? input : undefined}
              value={text}
              maxLength={words.lengthMax}
              {...(words.example ? { placeholder: words.example } : {})}
              onChange={setText}
            />
          </Field>
        ) : null}
        <FaultNotice fault={fault} fields={['code', 'account', 'text', 'reason', 'consent']} />
        <SubmitActions label={verbs[action]} isOff={isRunning} onClose={onClose} />
      </form>
    </Dialog>
  );
}
