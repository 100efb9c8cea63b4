// The form in which another risk policy is proposed: every figure in its own field, in plain units.
import { type FormEvent, useState } from 'react';
import type { RiskPolicy } from '#contract/risk.ts';
import { Button } from '../../parts/Button.tsx';
import { Field } from '../../parts/Field.tsx';
import { Select, TextInput } from '../../parts/Input.tsx';
import { errorAt, FaultNotice } from '../../parts/Notice.tsx';
import { useCommand } from '../../state/useCommand.ts';
import { useSession } from '../../state/useSession.ts';
import { useTouched } from '../Screen.tsx';
import {
  policyModes,
  policyRows,
  readPolicy,
  type TypedPolicy,
  typedPolicy,
} from './policyForm.ts';
import styles from './risk.module.css';

const fieldsHere = ['policy', 'reason'] as const;

export function ProposePolicy(props: { policy: RiskPolicy }) {
  const { businessDate } = useSession();
  const begin = typedPolicy(props.policy, businessDate ?? props.policy.from);
  const [typed, setTyped] = useState<TypedPolicy>(begin);
  const [reason, setReason] = useState('');
  const [own, setOwn] = useState<{ field: string; message: string }>();
  const proposing = useCommand('risk.propose');
  const { fault } = proposing;
  useTouched(reason !== '' || JSON.stringify(typed) !== JSON.stringify(begin));
  const set = (field: keyof RiskPolicy) => (text: string) =>
    setTyped((before) => ({ ...before, [field]: text }));
  const error = (field: keyof RiskPolicy) =>
    own?.field === field ? own.message : errorAt(fault, `policy.${field}`);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const read = readPolicy(typed);
    setOwn('field' in read ? read : undefined);
    if ('field' in read) return;
    if (await proposing.send({ policy: read.policy, reason })) setReason('');
  };
  return (
    <form
      className={styles.stack}
      aria-label="Propose another policy"
      onSubmit={(event) => void submit(event)}
    >
      <h3>Propose another</h3>
      <div className={styles.policy}>
        <Field label="Mode" place="above" error={error('mode')}>
          <Select value={typed.mode} choices={policyModes} onChange={set('mode')} />
        </Field>
        <Field label="From" place="above" error={error('from')}>
          <TextInput kind="date" value={typed.from} onChange={set('from')} />
        </Field>
        {policyRows.map(({ field, label, unit }) => (
          <Field key={field} label={`${label}, ${unit}`} place="above" error={error(field)}>
            <TextInput value={typed[field]} inputMode="decimal" onChange={set(field)} />
          </Field>
        ))}
      </div>
      <Field label="Why" error={errorAt(fault, 'reason')}>
        <TextInput value={reason} maxLength={280} onChange={setReason} />
      </Field>
      {errorAt(fault, 'policy') && fault?.field === 'policy' ? <FaultNotice fault={fault} /> : null}
      <FaultNotice fault={fault} fields={fieldsHere} />
      <div className={styles.actions}>
        <Button kind="main" isOff={proposing.isRunning}>
          Propose it
        </Button>
      </div>
    </form>
  );
}
