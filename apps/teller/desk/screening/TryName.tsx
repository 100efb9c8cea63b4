// Looks one name up in the lists without recording anything: why it is found, or that it is not.
import { type FormEvent, useRef, useState } from 'react';
import { Button } from '../../parts/Button.tsx';
import { Field } from '../../parts/Field.tsx';
import { TextInput } from '../../parts/Input.tsx';
import { Empty, Waiting } from '../../parts/Notice.tsx';
import { useQuery } from '../../state/useQuery.ts';
import { Panel, useOpening } from '../Screen.tsx';
import { Hit } from './Hit.tsx';
import styles from './screening.module.css';

export function TryName() {
  const [typed, setTyped] = useState('');
  const [name, setName] = useState('');
  const input = useRef<HTMLInputElement>(null);
  useOpening(() => input.current?.focus(), true);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setName(typed.trim());
  };
  return (
    <Panel title="Look a name up">
      <form className={styles.stack} onSubmit={submit}>
        <Field label="Name" hint="In any script; nothing is recorded.">
          <TextInput ref={input} value={typed} maxLength={350} onChange={setTyped} />
        </Field>
        <div className={styles.actions}>
          <Button kind="main" chord="Enter">
            Look up
          </Button>
        </div>
      </form>
      {name === '' ? null : <Answer name={name} />}
    </Panel>
  );
}

function Answer(props: { name: string }) {
  const reading = useQuery('screening.try', { name: props.name }, { keep: true });
  if (!reading.data) return <Waiting for={reading} what="the lists" />;
  const { hits } = reading.data;
  if (hits.length === 0) return <Empty>{`Nobody listed resembles “${props.name}”.`}</Empty>;
  return (
    <>
      {hits.map((hit) => (
        <Hit key={`${hit.list} ${hit.entry}`} hit={hit} />
      ))}
    </>
  );
}
