// Takes somebody new into the branch: name, roles, and a password that holds until the first sign-in.
import { useEffect, useRef, useState } from 'react';
import type { Role } from '#contract/operation.ts';
import { CustomerInput } from '../../parts/CustomerInput.tsx';
import { SubmitActions } from '../../parts/Dialog.tsx';
import { Field } from '../../parts/Field.tsx';
import { TextInput } from '../../parts/Input.tsx';
import { LeavableForm } from '../../parts/LeavableForm.tsx';
import { errorAt, FaultNotice } from '../../parts/Notice.tsx';
import { useLast } from '../../state/last.ts';
import { useCommand } from '../../state/useCommand.ts';
import { useTouched } from '../Screen.tsx';
import { RoleTicks, TemporaryPassword } from './StaffActions.tsx';
import styles from './staff.module.css';

interface Typed {
  readonly user: string;
  readonly name: string;
  readonly password: string;
  readonly roles: readonly Role[];
  readonly customerText: string;
  readonly customer: number | null;
}

const nothingTyped: Typed = Object.freeze({
  ...{ user: '', name: '', password: '', customerText: '', customer: null },
  roles: Object.freeze(['teller'] as const),
});

const fields = ['user', 'name', 'password', 'customer'];

/** `onAdded` takes the number of the new member of staff. */
export function AddStaff(props: { onClose: () => void; onAdded: (staff: number) => void }) {
  const { onClose, onAdded } = props;
  const [typed, setTyped] = useState(nothingTyped);
  const first = useRef<HTMLInputElement>(null);
  const adding = useCommand('staff.add');
  const say = useLast((last) => last.say);
  const { fault } = adding;
  const change = (part: Partial<Typed>): void => setTyped({ ...typed, ...part });
  useTouched(typed.user + typed.name + typed.password !== '');
  useEffect(() => first.current?.focus(), []);

  const submit = async (): Promise<void> => {
    const { user, name, password, customer, roles } = typed;
    const added = await adding.send({ user, name, password, customer, roles: [...roles] });
    if (!added) return;
    say({ state: 'done', title: `${name} works here now, and signs in as ${user}` });
    onAdded(added.staff);
  };
  return (
    <LeavableForm className={styles.form} onSubmit={submit} onLeave={onClose}>
      <Field label="User" error={errorAt(fault, 'user')}>
        <TextInput
          ref={first}
          value={typed.user}
          maxLength={32}
          onChange={(user) => change({ user })}
        />
      </Field>
      <Field label="Name" error={errorAt(fault, 'name')}>
        <TextInput value={typed.name} maxLength={140} onChange={(name) => change({ name })} />
      </Field>
      <TemporaryPassword
        value={typed.password}
        fault={fault}
        onChange={(password) => change({ password })}
      />
      <Field
        label="Own customer no."
        hint="So that nobody serves their own accounts; empty when not a customer."
        error={errorAt(fault, 'customer')}
      >
        <CustomerInput
          value={typed.customerText}
          onChange={(customerText) => change({ customerText, customer: null })}
          onChoose={(hit) => change({ customerText: hit.name, customer: hit.customer })}
        />
      </Field>
      <RoleTicks held={typed.roles} onChange={(roles) => change({ roles })} />
      <FaultNotice fault={fault} fields={fields} />
      <SubmitActions label="Add" isOff={adding.isRunning} onClose={onClose} />
    </LeavableForm>
  );
}
