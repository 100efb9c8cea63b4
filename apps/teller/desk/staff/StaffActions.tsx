// One dialog for what may be done about a colleague: a reason, and what the action needs besides.
import { type FormEvent, type RefObject, useRef, useState } from 'react';
import { type Role, roles } from '#contract/operation.ts';
import type { StaffMember } from '#contract/staff.ts';
import type { Fault } from '#contract/wire.ts';
import { Dialog, SubmitActions } from '../../parts/Dialog.tsx';
import { Field } from '../../parts/Field.tsx';
import { TextInput, Tick } from '../../parts/Input.tsx';
import { errorAt, FaultNotice } from '../../parts/Notice.tsx';
import { useCommand } from '../../state/useCommand.ts';
import { type StaffAction, titles, toggled } from './actions.ts';
import styles from './staff.module.css';

interface Typed {
  readonly reason: string;
  readonly password: string;
  readonly roles: readonly Role[];
}

function useStaffAction(member: StaffMember, action: StaffAction) {
  const staff = member.id;
  const sendings = {
    unlock: useCommand('staff.unlock'),
    factor: useCommand('staff.resetFactor'),
    sessions: useCommand('staff.endSessions'),
    disable: useCommand('staff.disable'),
    enable: useCommand('staff.enable'),
  };
  const setRoles = useCommand('staff.setRoles');
  const password = useCommand('staff.resetPassword');
  const { fault, isRunning } = { ...sendings, roles: setRoles, password }[action];

  const run = async (typed: Typed): Promise<boolean> => {
    const { reason } = typed;
    if (action === 'password') {
      return Boolean(await password.send({ staff, password: typed.password }));
    }
    if (action === 'roles') {
      return Boolean(await setRoles.send({ staff, roles: [...typed.roles], reason }));
    }
    return Boolean(await sendings[action].send({ staff, reason }));
  };
  return { fault, isRunning, run };
}

interface ActionDialogProps {
  readonly member: StaffMember;
  readonly action: StaffAction;
  readonly onClose: () => void;
}

export function ActionDialog({ member, action, onClose }: ActionDialogProps) {
  const [typed, setTyped] = useState<Typed>({ reason: '', password: '', roles: member.roles });
  const first = useRef<HTMLInputElement>(null);
  const { fault, isRunning, run } = useStaffAction(member, action);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (await run(typed)) onClose();
  };
  return (
    <Dialog title={`${titles[action]}: ${member.name}`} isOpen onClose={onClose} first={first}>
      <form className={styles.form} onSubmit={(event) => void submit(event)}>
        <MainField action={action} typed={typed} fault={fault} onType={setTyped} first={first} />
        {action === 'roles' ? (
          <RoleTicks held={typed.roles} onChange={(held) => setTyped({ ...typed, roles: held })} />
        ) : null}
        <FaultNotice fault={fault} fields={['password', 'reason']} />
        <SubmitActions label={titles[action]} isOff={isRunning} onClose={onClose} />
      </form>
    </Dialog>
  );
}

interface MainFieldProps {
  readonly action: StaffAction;
  readonly typed: Typed;
  readonly fault: Fault | undefined;
  readonly onType: (typed: Typed) => void;
  readonly first: RefObject<HTMLInputElement | null>;
}

/** A new password explains itself; everything else needs a reason. */
function MainField({ action, typed, fault, onType, first }: MainFieldProps) {
  if (action !== 'password') {
    return (
      <Field label="Why" error={errorAt(fault, 'reason')}>
        <TextInput
          ref={first}
          value={typed.reason}
          maxLength={280}
          onChange={(reason) => onType({ ...typed, reason })}
        />
      </Field>
    );
  }
  return (
    <TemporaryPassword
      value={typed.password}
      fault={fault}
      onChange={(password) => onType({ ...typed, password })}
      first={first}
    />
  );
}

/** A password given by somebody else, good until the first sign-in. */
export function TemporaryPassword(props: {
  value: string;
  fault: Fault | undefined;
  onChange: (password: string) => void;
  first?: RefObject<HTMLInputElement | null>;
}) {
  return (
    <Field
      label="Temporary password"
      hint="It must be changed at the first sign-in."
      error={errorAt(props.fault, 'password')}
    >
      <TextInput
        ref={props.first}
        kind="password"
        autoComplete="new-password"
        value={props.value}
        maxLength={128}
        onChange={props.onChange}
      />
    </Field>
  );
}

/** A tick for each role. */
export function RoleTicks(props: { held: readonly Role[]; onChange: (held: Role[]) => void }) {
  const { held, onChange } = props;
  return (
    <fieldset className={styles.roles}>
      <legend>Roles</legend>
      {roles.map((role) => (
        <Tick
          key={role}
          label={role}
          isOn={held.includes(role)}
          onChange={(isOn) => onChange(toggled(held, role, isOn))}
        />
      ))}
    </fieldset>
  );
}
