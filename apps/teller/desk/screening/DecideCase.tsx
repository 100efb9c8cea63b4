// S says somebody else, L the listed one; then why, and the code of who decides.
import { type FormEvent, useRef, useState } from 'react';
import type { ScreeningCase } from '#contract/screening.ts';
import { Button } from '../../parts/Button.tsx';
import { Field } from '../../parts/Field.tsx';
import { TextInput } from '../../parts/Input.tsx';
import { errorAt, FaultNotice } from '../../parts/Notice.tsx';
import { useHotkeys } from '../../parts/useHotkeys.tsx';
import { CodeField } from '../../shell/gate/CodeField.tsx';
import { useLast } from '../../state/last.ts';
import { useCommand } from '../../state/useCommand.ts';
import { useTouched } from '../Screen.tsx';
import styles from './screening.module.css';
import { caseTitle } from './sentences.ts';

type Outcome = 'false' | 'true';

export function DecideCase(props: { found: ScreeningCase }) {
  const { found } = props;
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const [note, setNote] = useState('');
  const [code, setCode] = useState('');
  const first = useRef<HTMLInputElement>(null);
  const { send, fault, isRunning } = useCommand('screening.decide');
  const say = useLast((last) => last.say);
  useTouched(note !== '');
  const choose = (next: Outcome) => (): void => {
    setOutcome(next);
    requestAnimationFrame(() => first.current?.focus());
  };
  useHotkeys('Decision', [
    { chord: 'S', what: 'somebody else', run: choose('false') },
    { chord: 'L', what: 'the listed one', run: choose('true') },
  ]);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (!outcome) return;
    const reply = await send({ case: found.id, outcome, note, code });
    setCode('');
    if (!reply) return;
    const word = outcome === 'false' ? 'Somebody else' : 'The listed one';
    say({ state: 'done', title: `${word}: ${caseTitle(found)}` });
  };
  if (!outcome) {
    return (
      <div className={styles.actions}>
        <Button kind="main" chord="S" onPress={choose('false')}>
          Somebody else
        </Button>
        <Button kind="danger" chord="L" onPress={choose('true')}>
          The listed one
        </Button>
      </div>
    );
  }
  return (
    <form className={styles.stack} onSubmit={(event) => void submit(event)}>
      <Field
        label="Why"
        error={errorAt(fault, 'note')}
        hint="Recorded with your name, and remembered until name or entry change."
      >
        <TextInput ref={first} value={note} maxLength={280} onChange={setNote} />
      </Field>
      <CodeField label="Your code" value={code} onChange={setCode} error={errorAt(fault, 'code')} />
      <FaultNotice fault={fault} fields={['note', 'code']} />
      <div className={styles.actions}>
        <Button onPress={() => setOutcome(null)}>Not yet</Button>
        <Button kind={outcome === 'false' ? 'main' : 'danger'} chord="Enter" isOff={isRunning}>
          {outcome === 'false' ? 'It is somebody else' : 'It is the listed one'}
        </Button>
      </div>
    </form>
  );
}
