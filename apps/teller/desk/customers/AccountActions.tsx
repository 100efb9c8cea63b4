// What a supervisor or teller may do with an account itself: freeze, thaw, close, overdraft, mandates.
import { type FormEvent, useRef, useState } from 'react';
import type { AccountView } from '#contract/accounts.ts';
import { Button } from '../../parts/Button.tsx';
import { CustomerInput } from '../../parts/CustomerInput.tsx';
import { Dialog, SubmitActions } from '../../parts/Dialog.tsx';
import { Field } from '../../parts/Field.tsx';
import { Select, TextInput } from '../../parts/Input.tsx';
import { MoneyInput, minorOf } from '../../parts/MoneyInput.tsx';
import { FaultNotice } from '../../parts/Notice.tsx';
import { useHotkeys } from '../../parts/useHotkeys.tsx';
import { formatAccount } from '../../parts/words.ts';
import { useCommand } from '../../state/useCommand.ts';
import { useRole } from '../../state/useSession.ts';
import styles from './customers.module.css';

type Action = 'freeze' | 'unfreeze' | 'close' | 'overdraft' | 'mandate';

const titles: Readonly<Record<Action, string>> = {
  freeze: 'Freeze the account',
  unfreeze: 'Unfreeze the account',
  close: 'Close the account',
  overdraft: 'Set the overdraft limit',
  mandate: 'Grant a mandate',
};

/** Of freeze and unfreeze only one is ever offered. */
const chords: Readonly<Record<Action, string>> = {
  freeze: 'Alt+F',
  unfreeze: 'Alt+F',
  close: 'Alt+C',
  overdraft: 'Alt+O',
  mandate: 'Alt+G',
};

function actionsFor(account: AccountView, isSupervisor: boolean, mayFreeze: boolean): Action[] {
  if (account.state === 'closed') return [];
  const freezing: Action[] = account.state === 'frozen' ? ['unfreeze'] : ['freeze'];
  return [
    ...(mayFreeze ? freezing : []),
    ...(isSupervisor ? (['overdraft', 'mandate'] as const) : []),
    'close',
  ];
}

export function AccountActions(props: { account: AccountView }) {
  const [action, setAction] = useState<Action | null>(null);
  const isSupervisor = useRole('supervisor');
  const mayFreeze = useRole('supervisor', 'compliance');
  const isDesk = useRole('teller', 'supervisor', 'compliance');
  const offered = isDesk ? actionsFor(props.account, isSupervisor, mayFreeze) : [];
  useHotkeys(
    'Account rights',
    offered.map((each) => ({
      ...{ chord: chords[each], what: titles[each].toLowerCase() },
      run: () => setAction(each),
    })),
  );
  if (!isDesk) return null;
  return (
    <div className={styles.actions}>
      {offered.map((each) => (
        <Button key={each} chord={chords[each]} onPress={() => setAction(each)}>
          {titles[each]}
        </Button>
      ))}
      {action === null ? null : (
        <ActionDialog account={props.account} action={action} onClose={() => setAction(null)} />
      )}
    </div>
  );
}

interface MandateForm {
  readonly customer: number | null;
  readonly text: string;
  readonly kind: 'signatory' | 'attorney' | 'guardian' | 'view';
  readonly limit: string;
}

function useAccountAction(account: AccountView, action: Action) {
  const { number, currency } = account;
  const freeze = useCommand('account.freeze');
  const unfreeze = useCommand('account.unfreeze');
  const close = useCommand('account.close');
  const overdraft = useCommand('account.setOverdraft');
  const grant = useCommand('account.grantMandate');
  const sending = { freeze, unfreeze, close, overdraft, mandate: grant }[action];

  const run = async (reason: string, amount: string, mandate: MandateForm): Promise<boolean> => {
    const minor = minorOf(amount, currency) ?? amount;
    const limit = minorOf(mandate.limit, currency);
    switch (action) {
      case 'freeze':
        return Boolean(await freeze.send({ number, reason }));
      case 'unfreeze':
        return Boolean(await unfreeze.send({ number, reason }));
      case 'close':
        return Boolean(await close.send({ number, reason }));
      case 'overdraft':
        return Boolean(await overdraft.send({ number, overdraftMinor: minor, reason }));
      case 'mandate': {
        const { customer, kind } = mandate;
        if (customer === null) return false;
        const granted = { customer, kind, ...(limit ? { limitMinor: limit } : {}) };
        return Boolean(await grant.send({ number, mandate: granted, reason }));
      }
    }
  };
  return { fault: sending.fault, isRunning: sending.isRunning, run };
}

function ActionDialog(props: { account: AccountView; action: Action; onClose: () => void }) {
  const { account, action, onClose } = props;
  const [reason, setReason] = useState('');
  const [amount, setAmount] = useState('');
  const [mandate, setMandate] = useState<MandateForm>({
    customer: null,
    text: '',
    kind: 'signatory',
    limit: '',
  });
  const first = useRef<HTMLInputElement>(null);
  const { fault, isRunning, run } = useAccountAction(account, action);

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (await run(reason, amount, mandate)) onClose();
  };
  return (
    <Dialog
      title={`${titles[action]} ${formatAccount(account.number)}`}
      isOpen
      onClose={onClose}
      first={first}
    >
      <form className={styles.form} onSubmit={(event) => void submit(event)}>
        <Field label="Why">
          <TextInput ref={first} value={reason} maxLength={280} onChange={setReason} />
        </Field>
        {action === 'overdraft' ? (
          <Field label="Limit">
            <MoneyInput value={amount} currency={account.currency} onChange={setAmount} />
          </Field>
        ) : null}
        {action === 'mandate' ? (
          <MandateFields mandate={mandate} currency={account.currency} onChange={setMandate} />
        ) : null}
        <FaultNotice fault={fault} />
        <SubmitActions label={titles[action]} isOff={isRunning} onClose={onClose} />
      </form>
    </Dialog>
  );
}

function MandateFields(props: {
  mandate: MandateForm;
  currency: string;
  onChange: (mandate: MandateForm) => void;
}) {
  const { mandate, currency, onChange } = props;
  return (
    <>
      <Field label="Who">
        <CustomerInput
          value={mandate.text}
          onChange={(text) => onChange({ ...mandate, text, customer: null })}
          onChoose={(hit) => onChange({ ...mandate, text: hit.name, customer: hit.customer })}
        />
      </Field>
      <Field label="May">
        <Select
          value={mandate.kind}
          choices={[
            { value: 'signatory', label: 'sign' },
            { value: 'attorney', label: 'act with power of attorney' },
            { value: 'guardian', label: 'act as guardian' },
            { value: 'view', label: 'see only' },
          ]}
          onChange={(kind) => onChange({ ...mandate, kind })}
        />
      </Field>
      <Field label="Up to" hint="Empty: no limit of its own.">
        <MoneyInput
          value={mandate.limit}
          currency={currency}
          onChange={(limit) => onChange({ ...mandate, limit })}
        />
      </Field>
    </>
  );
}
