// A supervisor counts somebody's till unannounced; nothing is booked, the result is recorded.
import { type FormEvent, useState } from 'react';
import type { CountResult } from '#contract/tills.ts';
import { Button } from '../../parts/Button.tsx';
import { Field } from '../../parts/Field.tsx';
import { Select } from '../../parts/Input.tsx';
import { Empty, FaultNotice, Notice } from '../../parts/Notice.tsx';
import { useScreens } from '../../state/screens.ts';
import { useCommand } from '../../state/useCommand.ts';
import { useQuery } from '../../state/useQuery.ts';
import { Panel, useTouched } from '../Screen.tsx';
import { CountFields } from './CountFields.tsx';
import { countsOf, isCounted, type TypedCounts, wrongFaces } from './counts.ts';
import { Difference } from './Difference.tsx';
import styles from './till.module.css';

export function SurpriseCount(props: { till: number | null }) {
  const { data } = useQuery('till.list', {});
  const tills = (data?.tills ?? []).filter(
    (till) => till.state !== 'closed' || till.kind === 'vault',
  );
  const [picked, setPicked] = useState(String(props.till ?? ''));
  const [typed, setTyped] = useState<TypedCounts>({});
  const [result, setResult] = useState<CountResult | null>(null);
  const counting = useCommand('till.surpriseCount');
  const back = useScreens((screens) => screens.back);
  const till = tills.find((each) => String(each.till) === picked) ?? tills[0];
  const wrong = wrongFaces(typed);
  useTouched(isCounted(typed) && result === null);

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (result) return back();
    if (!till || wrong.length > 0) return;
    const currencies = till.positions.map((position) => position.currency);
    const reply = await counting.send({ till: till.till, counts: countsOf(typed, currencies) });
    if (reply) setResult(reply);
  };
  if (!till) {
    return (
      <Panel title="Surprise count">
        <Empty>No till is open.</Empty>
      </Panel>
    );
  }
  return (
    <Panel title="Surprise count">
      <form className={styles.form} onSubmit={(event) => void submit(event)}>
        <Field label="Till">
          <Select
            value={String(till.till)}
            choices={tills.map((each) => ({
              value: String(each.till),
              label: each.teller ? `${each.name}, ${each.teller.name}` : each.name,
            }))}
            onChange={setPicked}
          />
        </Field>
        {result ? (
          <>
            {result.balanced ? <Notice tone="green">The count agrees.</Notice> : null}
            <Difference result={result} />
          </>
        ) : (
          <CountFields
            currencies={till.positions.map((position) => position.currency)}
            value={typed}
            onChange={setTyped}
          />
        )}
        <FaultNotice fault={counting.fault} />
        <div className={styles.actions}>
          <Button kind="main" chord="Enter" isOff={counting.isRunning}>
            {result ? 'Done' : 'That is what is there'}
          </Button>
        </div>
      </form>
    </Panel>
  );
}
