// The first start: names the branch and its first administrator, once.
import { useState } from 'react';
import { cashCurrencies } from '#contract/faces.ts';
import { Field } from '../../parts/Field.tsx';
import { Select, TextInput, Tick } from '../../parts/Input.tsx';
import { errorAt } from '../../parts/Notice.tsx';
import { useSessionCommand } from '../../state/useCommand.ts';
import { useMoveSession } from '../../state/useSession.ts';
import { GateForm } from './Form.tsx';
import styles from './Gate.module.css';

const blank = {
  bank: '',
  branchCode: '001',
  branchName: '',
  country: 'DE',
  timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  user: '',
  name: '',
  password: '',
  again: '',
};
type Typed = typeof blank;

export function Establish() {
  const [typed, setTyped] = useState<Typed>(blank);
  const [base, setBase] = useState('EUR');
  const [others, setOthers] = useState<readonly string[]>([]);
  const [isDifferent, setDifferent] = useState(false);
  const establishing = useSessionCommand('branch.establish');
  const move = useMoveSession();
  const { fault } = establishing;

  const submit = async (): Promise<void> => {
    const { user, name, password, again, ...branch } = typed;
    // Nobody could give a first administrator a new password: a slip would shut everybody out.
    setDifferent(password !== again);
    if (password !== again) return;
    const state = await establishing.send({
      ...branch,
      baseCurrency: base,
      currencies: [base, ...others.filter((code) => code !== base)],
      administrator: { user, name, password },
    });
    move(state);
  };
  const line = (label: string, field: keyof Typed, path: string, hint?: string) => (
    <Field label={label} error={errorAt(fault, path)} hint={hint}>
      <TextInput value={typed[field]} onChange={(text) => setTyped({ ...typed, [field]: text })} />
    </Field>
  );
  const secret = (label: string, field: 'password' | 'again', error?: string, hint?: string) => (
    <Field label={label} error={error} hint={hint}>
      <TextInput
        kind="password"
        autoComplete="new-password"
        value={typed[field]}
        onChange={(text) => setTyped({ ...typed, [field]: text })}
      />
    </Field>
  );
  return (
    <GateForm
      isWide
      title="First start: the branch"
      action="Open the branch"
      fault={fault}
      fields={[
        ...['bank', 'branchCode', 'branchName', 'country', 'timeZone'],
        ...['baseCurrency', 'currencies'],
        ...['administrator.user', 'administrator.name', 'administrator.password'],
      ]}
      isRunning={establishing.isRunning}
      onSubmit={() => void submit()}
    >
      {line('Bank', 'bank', 'bank')}
      {line('Branch', 'branchName', 'branchName')}
      {line('Branch code', 'branchCode', 'branchCode', 'Up to eight capital letters or digits.')}
      {line('Country', 'country', 'country', 'Two letters, such as DE.')}
      {line('Time zone', 'timeZone', 'timeZone', 'Receipts say its time.')}
      <Field label="Books in" error={errorAt(fault, 'baseCurrency')}>
        <Select
          value={base}
          choices={cashCurrencies.map((code) => ({ value: code, label: code }))}
          onChange={setBase}
        />
      </Field>
      <div className={styles.all}>
        <Field label="Also keeps" error={errorAt(fault, 'currencies')}>
          <Currencies base={base} chosen={others} onChange={setOthers} />
        </Field>
      </div>
      <h2 className={styles.all}>Its first administrator: you</h2>
      {line('User', 'user', 'administrator.user', 'What you sign in with, such as ada.')}
      {line('Name', 'name', 'administrator.name', 'First and family name.')}
      {secret(
        'Password',
        'password',
        errorAt(fault, 'administrator.password'),
        'Fifteen characters or more: you have no second factor yet.',
      )}
      {secret(
        'Password again',
        'again',
        isDifferent ? 'This is not what stands before it: type the same twice.' : undefined,
      )}
    </GateForm>
  );
}

function Currencies(props: {
  base: string;
  chosen: readonly string[];
  onChange: (chosen: readonly string[]) => void;
}) {
  const { base, chosen, onChange } = props;
  const offered = cashCurrencies.filter((code) => code !== base);
  return (
    <div className={styles.currencies}>
      {offered.map((code) => (
        <Tick
          key={code}
          label={code}
          isOn={chosen.includes(code)}
          onChange={(isOn) =>
            onChange(isOn ? [...chosen, code] : chosen.filter((each) => each !== code))
          }
        />
      ))}
    </div>
  );
}
