// Opens the branch on a business date: the vault is counted blind, by two.
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { Button } from '../../parts/Button.tsx';
import { Field } from '../../parts/Field.tsx';
import { TextInput } from '../../parts/Input.tsx';
import { errorAt, FaultNotice } from '../../parts/Notice.tsx';
import { formatDate } from '../../parts/words.ts';
import { focusCommandBar } from '../../shell/commandBarFocus.ts';
import { useLast } from '../../state/last.ts';
import { useCommand } from '../../state/useCommand.ts';
import { Panel, useTouched } from '../Screen.tsx';
import { countsOf, isCounted, wrongFaces } from '../till/counts.ts';
import { secondOf } from '../till/SecondPerson.tsx';
import styles from './day.module.css';
import { differenceSentence } from './sentences.ts';
import { nothingTyped, useVaultCurrencies, VaultCount } from './VaultCount.tsx';

export function OpenDay(props: { nextDate: string; takesFocus: boolean }) {
  const { takesFocus } = props;
  const [date, setDate] = useState(props.nextDate);
  const [typed, setTyped] = useState(nothingTyped);
  const first = useRef<HTMLInputElement>(null);
  const currencies = useVaultCurrencies();
  const opening = useCommand('day.open');
  const say = useLast((last) => last.say);
  useTouched(isCounted(typed.counts));
  useEffect(() => {
    if (takesFocus) first.current?.focus();
  }, [takesFocus]);

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (wrongFaces(typed.counts).length > 0) return;
    const reply = await opening.send({
      date,
      vaultCounts: countsOf(typed.counts, currencies),
      second: secondOf(typed),
    });
    if (!reply) return;
    const title = `Open on ${formatDate(reply.date)}; ${differenceSentence(reply.differences)}`;
    say({ state: 'done', title });
    focusCommandBar();
  };
  return (
    // In words too: a browser of another country writes the month first.
    <Panel title="Open the branch" aside={date === '' ? null : <span>{formatDate(date)}</span>}>
      <form className={styles.form} onSubmit={(event) => void submit(event)}>
        <Field label="Business date" error={errorAt(opening.fault, 'date')}>
          <TextInput ref={first} kind="date" value={date} onChange={setDate} />
        </Field>
        <VaultCount typed={typed} onType={setTyped} fault={opening.fault} />
        <FaultNotice
          fault={opening.fault}
          fields={['date', 'second.user', 'second.password', 'second.code']}
        />
        <div className={styles.actions}>
          <Button kind="main" chord="Enter" isOff={opening.isRunning}>
            Open the branch
          </Button>
        </div>
      </form>
    </Panel>
  );
}
