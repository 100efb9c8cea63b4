// Counts the own till blind, shows the difference with its likely causes, and closes the till on the count.
import { type FormEvent, useEffect, useRef, useState } from 'react';
import type { CountResult } from '#contract/tills.ts';
import { Button } from '../../parts/Button.tsx';
import { Field } from '../../parts/Field.tsx';
import { TextInput } from '../../parts/Input.tsx';
import { FaultNotice, Notice } from '../../parts/Notice.tsx';
import { focusCommandBar } from '../../shell/commandBarFocus.ts';
import { useLast } from '../../state/last.ts';
import { useScreens } from '../../state/screens.ts';
import { useCommand } from '../../state/useCommand.ts';
import { useOwnTill } from '../../state/useOwnTill.ts';
import { Panel, useOpening, useTouched } from '../Screen.tsx';
import { CountFields } from './CountFields.tsx';
import { countsOf, isCounted, type TypedCounts, wrongFaces } from './counts.ts';
import { Difference } from './Difference.tsx';
import styles from './till.module.css';

export function CountTill(props: { till: number; isClosing: boolean }) {
  const { till, isClosing } = props;
  const [result, setResult] = useState<CountResult | null>(null);
  const beginning = useBlindness(till);
  const title = isClosing ? 'Count and close the till' : 'Count the till';
  return (
    <Panel title={title}>
      <div className={styles.stack}>
        <FaultNotice fault={beginning.fault} />
        {result ? (
          <CloseOn result={result} isClosing={isClosing} onAgain={() => setResult(null)} />
        ) : (
          <Count till={till} onResult={setResult} />
        )}
      </div>
    </Panel>
  );
}

/** From the first key on the station withholds the till's figures; leaving the screen gives them back. */
function useBlindness(till: number) {
  const beginning = useCommand('till.beginCount');
  const own = useOwnTill();
  const state = own?.state;
  const { send } = beginning;
  const begun = useRef(false);
  useEffect(() => {
    if (begun.current || state === undefined || state === 'counting') return;
    begun.current = true;
    void send({ till });
  });
  return beginning;
}

function Count(props: { till: number; onResult: (result: CountResult) => void }) {
  const { till, onResult } = props;
  const own = useOwnTill();
  const [typed, setTyped] = useState<TypedCounts>({});
  const form = useRef<HTMLFormElement>(null);
  const counting = useCommand('till.count');
  const cancelling = useCommand('till.cancelCount');
  const back = useScreens((screens) => screens.back);
  const currencies = own?.positions.map((position) => position.currency) ?? [];
  const isReady = currencies.length > 0;
  useTouched(isCounted(typed));
  useOpening(() => form.current?.querySelector('input')?.focus(), isReady);

  const wrong = wrongFaces(typed);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (wrong.length > 0) return;
    const result = await counting.send({ till, counts: countsOf(typed, currencies) });
    if (result) onResult(result);
  };
  const stop = async (): Promise<void> => {
    if (await cancelling.send({ till })) back();
  };
  if (!isReady) return null;
  return (
    <form ref={form} className={styles.form} onSubmit={(event) => void submit(event)}>
      <CountFields
        currencies={currencies}
        value={typed}
        onChange={setTyped}
        error={wrong.length > 0 ? `Not a number of pieces: ${wrong.join(', ')}.` : undefined}
      />
      <FaultNotice fault={counting.fault ?? cancelling.fault} />
      <div className={styles.actions}>
        <Button onPress={() => void stop()}>Stop counting</Button>
        <Button kind="main" chord="Enter" isOff={counting.isRunning}>
          That is what is there
        </Button>
      </div>
    </form>
  );
}

interface CloseOnProps {
  readonly result: CountResult;
  readonly isClosing: boolean;
  readonly onAgain: () => void;
}

function CloseOn(props: CloseOnProps) {
  const { result, isClosing, onAgain } = props;
  const [explanation, setExplanation] = useState('');
  const form = useRef<HTMLFormElement>(null);
  const isFinal = result.disclosed;
  const closing = useCommand('till.close');
  const cancelling = useCommand('till.cancelCount');
  const say = useLast((last) => last.say);
  const back = useScreens((screens) => screens.back);
  useOpening(() =>
    form.current
      ?.querySelector<HTMLElement>(isFinal ? 'input, button' : '[type="submit"]')
      ?.focus(),
  );

  const close = async (): Promise<void> => {
    const reply = await closing.send({ till: result.till, count: result.count, explanation });
    if (!reply) return;
    say(
      reply.state === 'closed'
        ? { state: 'done', title: 'The till is closed' }
        : { state: 'parked', title: 'Closing the till', approval: reply.approval },
    );
    back();
    focusCommandBar();
  };
  const goOn = async (): Promise<void> => {
    if (!(await cancelling.send({ till: result.till }))) return;
    say({ state: 'done', title: result.balanced ? 'The till agrees' : 'The count is kept' });
    back();
    focusCommandBar();
  };
  return (
    <form
      ref={form}
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (!result.disclosed) return onAgain();
        void (isClosing ? close() : goOn());
      }}
    >
      {result.balanced ? <Notice tone="green">The count agrees.</Notice> : null}
      {result.disclosed ? null : (
        <Notice tone="amber" isLoud>
          The count does not agree. Count once more: what should be there is shown after the second
          count, which is as blind as the first.
        </Notice>
      )}
      <Difference result={result} />
      {isClosing && isFinal && !result.balanced ? (
        <Field label="Explanation">
          <TextInput value={explanation} maxLength={280} onChange={setExplanation} />
        </Field>
      ) : null}
      <FaultNotice fault={closing.fault ?? cancelling.fault} />
      <div className={styles.actions}>
        {isFinal ? <Button onPress={onAgain}>Count again</Button> : null}
        {isClosing || !isFinal ? <Button onPress={() => void goOn()}>Go on working</Button> : null}
        <Button kind="main" chord="Enter" isOff={closing.isRunning}>
          {isFinal ? (isClosing ? 'Close the till' : 'Go on working') : 'Count once more'}
        </Button>
      </div>
    </form>
  );
}
