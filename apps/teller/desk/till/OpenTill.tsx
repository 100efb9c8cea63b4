// Opens a till with a blind count: what was there at the last close is not known to this page.
import { type FormEvent, useRef, useState } from 'react';
import { Button } from '../../parts/Button.tsx';
import { Field } from '../../parts/Field.tsx';
import { Select } from '../../parts/Input.tsx';
import { Empty, FaultNotice, Notice } from '../../parts/Notice.tsx';
import { focusCommandBar } from '../../shell/commandBarFocus.ts';
import { useLast } from '../../state/last.ts';
import { useScreens } from '../../state/screens.ts';
import { useCommand } from '../../state/useCommand.ts';
import { useQuery } from '../../state/useQuery.ts';
import { Panel, useOpening, useTouched } from '../Screen.tsx';
import { CountFields } from './CountFields.tsx';
import { countsOf, isCounted, type TypedCounts, wrongFaces } from './counts.ts';
import styles from './till.module.css';

export function OpenTill() {
  const { data } = useQuery('till.list', {});
  const closed = (data?.tills ?? []).filter(
    (till) => till.kind === 'till' && till.state === 'closed',
  );
  const [picked, setPicked] = useState('');
  const [typed, setTyped] = useState<TypedCounts>({});
  const form = useRef<HTMLFormElement>(null);
  const opening = useCommand('till.open');
  const say = useLast((last) => last.say);
  const back = useScreens((screens) => screens.back);
  const till = closed.find((each) => String(each.till) === picked) ?? closed[0];
  useTouched(isCounted(typed));
  const isReady = till !== undefined;
  useOpening(() => form.current?.querySelector('select')?.focus(), isReady);

  const wrong = wrongFaces(typed);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (!till || wrong.length > 0) return;
    const currencies = till.positions.map((position) => position.currency);
    const result = await opening.send({ till: till.till, counts: countsOf(typed, currencies) });
    if (!result) return;
    if (result.state === 'parked') {
      const { approval } = result;
      say({ state: 'parked', title: `Opening ${till.name}, which differs`, approval });
      back();
      return focusCommandBar();
    }
    const title = result.balanced
      ? `Opened ${till.name}: the count agrees`
      : `Opened ${till.name}: the difference to the last count is in suspense`;
    say({ state: 'done', title });
    back();
    focusCommandBar();
  };
  if (!till) {
    return (
      <Panel title="Open a till">
        {data ? <Empty>Every till is open already, or there is none.</Empty> : null}
      </Panel>
    );
  }
  return (
    <Panel title="Open a till">
      <form ref={form} className={styles.form} onSubmit={(event) => void submit(event)}>
        <Field label="Till">
          <Select
            value={String(till.till)}
            choices={closed.map((each) => ({ value: String(each.till), label: each.name }))}
            onChange={setPicked}
          />
        </Field>
        <Notice tone="calm">
          Count what is in the drawer. An empty drawer is opened with an empty count.
        </Notice>
        <CountFields
          currencies={till.positions.map((position) => position.currency)}
          value={typed}
          onChange={setTyped}
          error={wrong.length > 0 ? `Not a number of pieces: ${wrong.join(', ')}.` : undefined}
        />
        <FaultNotice fault={opening.fault} />
        <div className={styles.actions}>
          <Button kind="main" chord="Enter" isOff={opening.isRunning}>
            Open the till
          </Button>
        </div>
      </form>
    </Panel>
  );
}
