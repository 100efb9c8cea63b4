// Sets up a further till with the currencies it keeps.
import { type FormEvent, useRef, useState } from 'react';
import { Dialog, SubmitActions } from '../../parts/Dialog.tsx';
import { Field } from '../../parts/Field.tsx';
import { TextInput, Tick } from '../../parts/Input.tsx';
import { errorAt, FaultNotice } from '../../parts/Notice.tsx';
import { useCommand } from '../../state/useCommand.ts';
import { useQuery } from '../../state/useQuery.ts';
import { useSession } from '../../state/useSession.ts';
import styles from './till.module.css';

export function AddTill(props: { onClose: () => void }) {
  const { branch } = useSession();
  const [name, setName] = useState('');
  const [currencies, setCurrencies] = useState<readonly string[]>([branch?.baseCurrency ?? 'EUR']);
  // The vault keeps what the branch keeps: no till can be given another currency.
  const vault = useQuery('till.list', {}).data?.tills.find(({ kind }) => kind === 'vault');
  const kept = vault?.positions.map(({ currency }) => currency) ?? currencies;
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
        <fieldset className={styles.keeps}>
          <legend className={styles.dim}>Keeps</legend>
          {kept.map((code) => (
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
