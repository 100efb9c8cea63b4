// The teller carries out what was approved, counting out its notes, or takes back what still waits.
import { type FormEvent, useRef, useState } from 'react';
import type { ApprovalCard } from '#contract/approvals.ts';
import { Button } from '../../parts/Button.tsx';
import { DenominationInput } from '../../parts/DenominationInput.tsx';
import { errorAt, FaultNotice } from '../../parts/Notice.tsx';
import { readPieces, type TypedPieces, typedOf } from '../../parts/pieces.ts';
import { useHotkeys } from '../../parts/useHotkeys.tsx';
import { focusCommandBar } from '../../shell/commandBarFocus.ts';
import { useLast } from '../../state/last.ts';
import { leaveDone } from '../../state/leave.ts';
import { useCommand } from '../../state/useCommand.ts';
import { useOwnPieces } from '../../state/useOwnTill.ts';
import { useSession } from '../../state/useSession.ts';
import { useOpening } from '../Screen.tsx';
import styles from './approvals.module.css';

export function CarryOut(props: { card: ApprovalCard; onDone: () => void }) {
  const { card, onDone } = props;
  const { person } = useSession();
  if (card.byId !== person?.id) return null;
  if (card.state === 'approved') return <Resume card={card} onDone={onDone} />;
  if (card.state === 'waiting') return <Withdraw card={card} onDone={onDone} />;
  return null;
}

function Resume(props: { card: ApprovalCard; onDone: () => void }) {
  const { card, onDone } = props;
  const [pieces, setPieces] = useState<TypedPieces>({});
  const form = useRef<HTMLFormElement>(null);
  const resuming = useCommand('approval.resume');
  const available = useOwnPieces(card.currency);
  const say = useLast((last) => last.say);
  const isPaidOut = card.task === 'cash.withdrawal';
  useOpening(() => form.current?.querySelector<HTMLElement>('input, button')?.focus());

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const { received } = readPieces(pieces);
    const counted = Object.keys(received).length > 0 ? received : (card.proposal ?? {});
    const chosen = Object.keys(counted).length > 0 ? { denominations: { ...counted } } : {};
    const reply = await resuming.send({ approval: card.approval, ...(isPaidOut ? chosen : {}) });
    if (!reply) return;
    const title = card.what;
    say(
      reply.journal === null
        ? { state: 'done', title }
        : { state: 'posted', title, journal: reply.journal },
    );
    onDone();
    leaveDone();
    focusCommandBar();
  };
  const { fault } = resuming;
  return (
    <form ref={form} className={styles.decide} onSubmit={(event) => void submit(event)}>
      {isPaidOut ? (
        <DenominationInput
          label="Notes and coins paid out"
          currency={card.currency}
          value={pieces}
          proposed={typedOf(card.proposal ?? {})}
          onChange={setPieces}
          amountMinor={card.amountMinor.replace('-', '')}
          available={available}
          error={errorAt(fault, 'denominations')}
        />
      ) : null}
      <FaultNotice fault={fault} fields={['denominations']} />
      <div className={styles.actions}>
        <Button kind="main" chord="Enter" isOff={resuming.isRunning}>
          Carry it out
        </Button>
      </div>
    </form>
  );
}

function Withdraw(props: { card: ApprovalCard; onDone: () => void }) {
  const { card, onDone } = props;
  const withdrawing = useCommand('approval.withdraw');
  const say = useLast((last) => last.say);
  const run = async (): Promise<void> => {
    if (!(await withdrawing.send({ approval: card.approval }))) return;
    say({ state: 'done', title: `Taken back: ${card.what}` });
    onDone();
  };
  useHotkeys('Your request', [{ chord: 'W', what: 'take it back', run: () => void run() }]);
  return (
    <div className={styles.actions}>
      <FaultNotice fault={withdrawing.fault} />
      <Button chord="W" isOff={withdrawing.isRunning} onPress={() => void run()}>
        Take it back
      </Button>
    </div>
  );
}
