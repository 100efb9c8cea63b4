// A supervisor closes the till of somebody who is not there, counted with a second person and for a reason.
import { type FormEvent, useRef, useState } from 'react';
import type { CountResult } from '#contract/tills.ts';
import { Button } from '../../parts/Button.tsx';
import { Field } from '../../parts/Field.tsx';
import { Select, TextInput } from '../../parts/Input.tsx';
import { Empty, errorAt, FaultNotice, Notice } from '../../parts/Notice.tsx';
import { useScreens } from '../../state/screens.ts';
import { useCommand } from '../../state/useCommand.ts';
import { useQuery } from '../../state/useQuery.ts';
import { useSession } from '../../state/useSession.ts';
import { Panel, useOpening, useTouched } from '../Screen.tsx';
import { CountFields } from './CountFields.tsx';
import { countsOf, isCounted, type TypedCounts, wrongFaces } from './counts.ts';
import { Difference } from './Difference.tsx';
import { nobody, SecondPerson, secondFields, secondOf } from './SecondPerson.tsx';
import styles from './till.module.css';

const title = 'Close the till of somebody absent';

export function ForceClose(props: { till: number | null }) {
  const { person } = useSession();
  const { data } = useQuery('till.list', {});
  const tills = (data?.tills ?? []).filter(
    (till) => till.kind === 'till' && till.state !== 'closed' && till.teller?.id !== person?.id,
  );
  const [picked, setPicked] = useState(String(props.till ?? ''));
  const [result, setResult] = useState<CountResult | null>(null);
  const till = tills.find((each) => String(each.till) === picked) ?? tills[0];
  if (result) return <Closed result={result} />;
  if (!till)
    return <Panel title={title}>{data ? <Empty>No colleague’s till is open.</Empty> : null}</Panel>;
  const choices = tills.map((each) => ({
    ...{ value: String(each.till), label: `${each.name}, ${each.teller?.name ?? 'nobody'}` },
  }));
  const currencies = till.positions.map((position) => position.currency);
  return (
    <Form
      key={till.till}
      {...{ till: till.till, choices, currencies }}
      onPick={setPicked}
      onDone={setResult}
    />
  );
}

interface FormProps {
  readonly till: number;
  readonly choices: readonly { readonly value: string; readonly label: string }[];
  readonly currencies: readonly string[];
  readonly onPick: (till: string) => void;
  readonly onDone: (result: CountResult) => void;
}

function Form({ till, choices, currencies, onPick, onDone }: FormProps) {
  const [typed, setTyped] = useState<TypedCounts>({});
  const [second, setSecond] = useState(nobody);
  const [reason, setReason] = useState('');
  const form = useRef<HTMLFormElement>(null);
  const closing = useCommand('till.forceClose');
  useTouched(isCounted(typed) || reason !== '');
  useOpening(() => form.current?.querySelector('select')?.focus());
  const wrong = wrongFaces(typed);
  const { fault } = closing;
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (wrong.length > 0) return;
    const counts = countsOf(typed, currencies);
    const reply = await closing.send({ till, counts, reason, second: secondOf(second) });
    if (reply) onDone(reply);
  };
  return (
    <Panel title={title}>
      <form ref={form} className={styles.form} onSubmit={(event) => void submit(event)}>
        <Field label="Till" error={errorAt(fault, 'till')}>
          <Select value={String(till)} choices={choices} onChange={onPick} />
        </Field>
        <Field label="Why" error={errorAt(fault, 'reason')}>
          <TextInput value={reason} maxLength={280} onChange={setReason} />
        </Field>
        <CountFields
          currencies={currencies}
          value={typed}
          onChange={setTyped}
          error={wrong.length > 0 ? `Not a number of pieces: ${wrong.join(', ')}.` : undefined}
        />
        <SecondPerson typed={second} fault={fault} onType={setSecond} />
        <FaultNotice fault={fault} fields={['till', 'reason', ...secondFields]} />
        <div className={styles.actions}>
          <Button kind="main" chord="Enter" isOff={closing.isRunning}>
            Close the till
          </Button>
        </div>
      </form>
    </Panel>
  );
}

function Closed({ result }: { result: CountResult }) {
  const back = useScreens((screens) => screens.back);
  const button = useRef<HTMLFormElement>(null);
  useOpening(() => button.current?.querySelector('button')?.focus());
  return (
    <Panel title="The till is closed">
      <form
        ref={button}
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          back();
        }}
      >
        {result.balanced ? <Notice tone="green">The count agrees.</Notice> : null}
        <Difference result={result} />
        <div className={styles.actions}>
          <Button kind="main" chord="Enter">
            Done
          </Button>
        </div>
      </form>
    </Panel>
  );
}
