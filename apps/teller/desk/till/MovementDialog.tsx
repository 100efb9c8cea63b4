// Hands over, accepts, sends back or takes back cash on its way; who receives counts what came.
import { type FormEvent, useRef, useState } from 'react';
import type { MovementView } from '#contract/tills.ts';
import { DenominationInput } from '../../parts/DenominationInput.tsx';
import { Dialog, SubmitActions } from '../../parts/Dialog.tsx';
import { Field } from '../../parts/Field.tsx';
import { TextInput } from '../../parts/Input.tsx';
import { errorAt, FaultNotice } from '../../parts/Notice.tsx';
import { readPieces, type TypedPieces, typedOf } from '../../parts/pieces.ts';
import { useCommand } from '../../state/useCommand.ts';
import type { MovementAction } from './Movements.tsx';
import styles from './till.module.css';

export interface MovementDialogProps {
  readonly movement: MovementView;
  readonly action: MovementAction;
  readonly onClose: () => void;
}

const titles: Readonly<Record<MovementAction, string>> = {
  offer: 'Hand over',
  accept: 'Count what came, and accept',
  decline: 'Send it back',
  cancel: 'Take it back',
};

function useMovementAction({ movement, action }: MovementDialogProps) {
  const offer = useCommand('movement.offer');
  const accept = useCommand('movement.accept');
  const decline = useCommand('movement.decline');
  const cancel = useCommand('movement.cancel');
  const number = movement.movement;
  const run = async (pieces: TypedPieces, reason: string): Promise<boolean> => {
    const denominations = { ...readPieces(pieces).received };
    const { currency, from, to } = movement;
    const purse = { currency, denominations, from: from.till, to: to.till };
    switch (action) {
      case 'offer':
        return Boolean(await offer.send({ ...purse, request: number }));
      case 'accept':
        return Boolean(await accept.send({ movement: number, denominations }));
      case 'decline':
        return Boolean(await decline.send({ movement: number, reason }));
      case 'cancel':
        return Boolean(await cancel.send({ movement: number, reason }));
    }
  };
  return { run, ...{ offer, accept, decline, cancel }[action] };
}

/** Who hands over starts from what was asked for; who receives counts from nothing. */
export function MovementDialog(props: MovementDialogProps) {
  const { movement, action, onClose } = props;
  const [pieces, setPieces] = useState<TypedPieces>(
    action === 'offer' ? typedOf(movement.denominations) : {},
  );
  const [reason, setReason] = useState('');
  const first = useRef<HTMLInputElement>(null);
  const { run, fault, isRunning } = useMovementAction(props);
  const isCash = action === 'offer' || action === 'accept';

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (await run(pieces, reason)) onClose();
  };
  return (
    <Dialog
      title={`${titles[action]}: ${movement.from.name} → ${movement.to.name}`}
      isOpen
      onClose={onClose}
      {...(isCash ? {} : { first })}
    >
      <form className={styles.form} onSubmit={(event) => void submit(event)}>
        {isCash ? (
          <DenominationInput
            label={action === 'accept' ? 'Counted' : 'Handed over'}
            currency={movement.currency}
            value={pieces}
            onChange={setPieces}
            amountMinor={movement.amountMinor}
            error={errorAt(fault, 'denominations')}
          />
        ) : (
          <Field label="Why" error={errorAt(fault, 'reason')}>
            <TextInput ref={first} value={reason} maxLength={280} onChange={setReason} />
          </Field>
        )}
        <FaultNotice fault={fault} fields={['denominations', 'reason']} />
        <SubmitActions label={titles[action]} isOff={isRunning} onClose={onClose} />
      </form>
    </Dialog>
  );
}
