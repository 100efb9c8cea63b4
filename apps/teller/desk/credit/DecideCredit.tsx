// One application with its figures, and the officer's decision.
import { type FormEvent, useState } from 'react';
import type { CreditLine } from '#contract/credit.ts';
import { formatMoney } from '#contract/money.ts';
import { StateBadge } from '../../parts/Badge.tsx';
import { Button } from '../../parts/Button.tsx';
import { Field } from '../../parts/Field.tsx';
import { TextInput } from '../../parts/Input.tsx';
import { errorAt, FaultNotice } from '../../parts/Notice.tsx';
import { formatInstant } from '../../parts/words.ts';
import { useCommand } from '../../state/useCommand.ts';
import { useRole } from '../../state/useSession.ts';
import { Panel } from '../Screen.tsx';
import { Assessment } from './Assessment.tsx';
import styles from './credit.module.css';

export function DecideCredit(props: { line: CreditLine }) {
  const { line } = props;
  const decides = useRole('supervisor');
  return (
    <Panel title={`Application ${line.application}`} aside={<StateBadge state={line.state} />}>
      <div className={styles.stack}>
        <p>
          <strong>{`${line.name}: ${line.product} of ${formatMoney(line.amountMinor, line.currency)}`}</strong>
          {`, taken by ${line.by}, ${formatInstant(line.at)}`}
        </p>
        <Assessment assessment={line.assessment} />
        <Decided line={line} />
        {line.state === 'open' && decides ? <Decide line={line} /> : null}
        {line.state === 'approved' && line.outcome === null && decides ? (
          <Ended line={line} />
        ) : null}
      </div>
    </Panel>
  );
}

function Decided(props: { line: CreditLine }) {
  const { decidedBy, decidedAt, grantedMinor, currency, comment, outcome } = props.line;
  if (!decidedBy || !decidedAt) return null;
  const granted = grantedMinor === null ? '' : `, ${formatMoney(grantedMinor, currency)} granted`;
  return (
    <p>{`Decided by ${decidedBy}, ${formatInstant(decidedAt)}${granted}: ${comment}${outcome ? ` (${outcome})` : ''}`}</p>
  );
}

function Decide(props: { line: CreditLine }) {
  const { line } = props;
  const [comment, setComment] = useState('');
  const deciding = useCommand('credit.decide');
  const send = (decision: 'approve' | 'decline') => (): void =>
    void deciding.send({ application: line.application, decision, comment });
  if (line.against) return <p className={styles.dim}>{line.against}</p>;
  return (
    <form
      className={styles.stack}
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
      }}
    >
      <Field label="Why" error={errorAt(deciding.fault, 'comment')}>
        <TextInput value={comment} maxLength={280} onChange={setComment} />
      </Field>
      <FaultNotice fault={deciding.fault} fields={['comment']} />
      <div className={styles.line}>
        <Button kind="main" isOff={deciding.isRunning} onPress={send('approve')}>
          Approve
        </Button>
        <Button isOff={deciding.isRunning} onPress={send('decline')}>
          Decline
        </Button>
      </div>
    </form>
  );
}

function Ended(props: { line: CreditLine }) {
  const ending = useCommand('credit.outcome');
  const { application } = props.line;
  return (
    <div className={styles.line}>
      {(['repaid', 'defaulted'] as const).map((outcome) => (
        <Button
          key={outcome}
          kind="quiet"
          isOff={ending.isRunning}
          onPress={() => void ending.send({ application, outcome })}
        >
          {outcome}
        </Button>
      ))}
      <FaultNotice fault={ending.fault} />
    </div>
  );
}
