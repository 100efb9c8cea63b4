// Notes for notes: what the customer hands over, what is given for it; no money moves.
import { type FormEvent, useRef, useState } from 'react';
import type { DraftInput } from '#contract/drafts.ts';
import { cashCurrencies } from '#contract/faces.ts';
import { DenominationInput } from '../../parts/DenominationInput.tsx';
import { Field } from '../../parts/Field.tsx';
import { Select } from '../../parts/Input.tsx';
import { Empty, Notice, Waiting } from '../../parts/Notice.tsx';
import { readPieces, type TypedPieces, typedOf } from '../../parts/pieces.ts';
import { leaveDone } from '../../state/leave.ts';
import type { Preset } from '../../state/screens.ts';
import { useOwnPieces, useOwnTill } from '../../state/useOwnTill.ts';
import { useSession } from '../../state/useSession.ts';
import { Halves, Panel, useOpening, useTouched } from '../Screen.tsx';
import styles from './counter.module.css';
import { focusFirst } from './focus.ts';
import { PostAction } from './ItemScreen.tsx';
import { PreviewView } from './PreviewPanel.tsx';
import { usePosting, usePreview } from './usePreview.ts';

function draftOf(currency: string, received: TypedPieces, given: TypedPieces): DraftInput | null {
  const read = readPieces(received);
  if (read.totalMinor <= 0n) return null;
  return {
    task: 'cash.exchange',
    currency,
    received: read.received,
    given: readPieces(given).received,
  };
}

export function ExchangeScreen(props: { preset: Preset }) {
  const { branch } = useSession();
  const [currency, setCurrency] = useState(props.preset.currency ?? branch?.baseCurrency ?? 'EUR');
  const [received, setReceived] = useState<TypedPieces>({});
  const [given, setGiven] = useState<TypedPieces>({});
  const element = useRef<HTMLFormElement>(null);
  const held = useOwnTill()?.positions.map((position) => position.currency) ?? cashCurrencies;
  const available = useOwnPieces(currency);
  const draft = draftOf(currency, received, given);
  const previewed = usePreview(draft);
  const posting = usePosting();
  const { totalMinor } = readPieces(received);
  useTouched(draft !== null);
  useOpening(() => focusFirst(element.current));

  const proposal = previewed.proposals.find(({ field }) => field === 'given');
  const refusals = previewed.preview?.refusals ?? [];
  const errorAt = (field: string) =>
    refusals.find((refusal) => refusal.field?.split('.')[0] === field)?.message;
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (draft && (await posting.post(draft)) === true) leaveDone();
  };
  return (
    <Halves
      left={
        <Panel title="Exchange of notes and coins">
          <form ref={element} className={styles.form} onSubmit={(event) => void submit(event)}>
            <Field label="Currency">
              <Select
                value={currency}
                choices={held.map((code) => ({ value: code, label: code }))}
                onChange={setCurrency}
              />
            </Field>
            <div className={styles.grids}>
              <DenominationInput
                size="narrow"
                label="Received"
                currency={currency}
                value={received}
                onChange={setReceived}
                amountMinor={null}
                error={errorAt('received')}
              />
              <DenominationInput
                size="narrow"
                label="Given"
                currency={currency}
                value={given}
                onChange={setGiven}
                proposed={proposal ? typedOf(proposal.denominations) : {}}
                amountMinor={totalMinor.toString()}
                available={available}
                error={errorAt('given')}
              />
            </div>
            {posting.fault ? <Notice tone="red">{posting.fault.message}</Notice> : null}
            <PostAction posting={posting} needsApproval={false} />
          </form>
        </Panel>
      }
      right={
        <Panel title="What will happen">
          {previewed.preview ? (
            <PreviewView preview={previewed.preview} isFresh={previewed.isFresh} />
          ) : (
            <Empty>Count what the customer hands over; what to give stands here.</Empty>
          )}
          <Waiting for={{ ...previewed, data: previewed.preview }} what="the preview" />
        </Panel>
      }
    />
  );
}
