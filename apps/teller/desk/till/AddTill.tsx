// Sets up a further till with the currencies it keeps.
import { type FormEvent, useRef, useState } from 'react';
import { cashCurrencies } from '#contract/faces.ts';
import { Dialog, SubmitActions } from '../../parts/Dialog.tsx';
import { Field } from '../../parts/Field.tsx';
import { TextInput, Tick } from '../../parts/Input.tsx';
import { errorAt, FaultNotice } from '../../parts/Notice.tsx';
import { useCommand } from '../../state/useCommand.ts';
import { useSession } from '../../state/useSession.ts';
import styles from './till.module.css';

export function AddTill(props: { onClose: () => void }) {
  const { branch } = useSession();
  const [name, setName] = useState('');
  const [currencies, setCurrencies] = useState<readonly string[]>([branch?.baseCurrency ?? 'EUR']);
  const adding = useCommand('till.add');
  const first = useRef<HTMLInputElement>(null);

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (await adding.send({ name, currencies: [...currencies] })) props.onClose();
  };
  return (
    <Dialog title="New till" isOpen onClose={props.onClose} first={first}>
      <form className={styles.form} onSubmit={(event) => void submit(event)}>
        <Field label="Name" error={errorAt(adding.fault, 'name')}>
          <TextInput ref={first} value={name} maxLength={35} onChange={setName} />
        </Field>
        <fieldset className={styles.tabs}>
          <legend className={styles.dim}>Keeps</legend>
          {cashCurrencies.slice(0, 8).map((code) => (
            <Tick
              key={code}
              label={code}
              isOn={currencies.includes(code)}
              onChange={(isOn) =>
                setCurrencies(
                  isOn ? [...currencies, code] : currencies.filter((each) => each !== code),
                )
              }
            />
          ))}
        </fieldset>
        <FaultNotice fault={adding.fault} fields={['name']} />
        <SubmitActions label="Add the till" isOff={adding.isRunning} onClose={props.onClose} />
      </form>
    </Dialog>
  );
}
