// A approves, D declines, then the factor: the signature is over exactly the content on the card.
import { type FormEvent, useEffect, useRef, useState } from 'react';
import type { ApprovalCard } from '#contract/approvals.ts';
import { Button } from '../../parts/Button.tsx';
import { Field } from '../../parts/Field.tsx';
import { TextInput } from '../../parts/Input.tsx';
import { errorAt, FaultNotice } from '../../parts/Notice.tsx';
import { untell } from '../../parts/Toast.tsx';
import { useHotkeys } from '../../parts/useHotkeys.tsx';
import { CodeField } from '../../shell/gate/CodeField.tsx';
import { useLast } from '../../state/last.ts';
import { useCommand } from '../../state/useCommand.ts';
import styles from './approvals.module.css';

type Decision = 'approve' | 'decline';

export function Decide(props: { card: ApprovalCard; onDone: () => void }) {
  const { card, onDone } = props;
  const [decision, setDecision] = useState<Decision | null>(null);
  const [code, setCode] = useState('');
  const [comment, setComment] = useState('');
  const input = useRef<HTMLInputElement>(null);
  const deciding = useCommand('approval.decide');
  const say = useLast((last) => last.say);
  const choose = (next: Decision) => (): void => {
    setDecision(next);
    requestAnimationFrame(() => input.current?.focus());
  };
  useHotkeys('Decision', [
    { chord: 'A', what: 'approve', run: choose('approve') },
    { chord: 'D', what: 'decline', run: choose('decline') },
  ]);
  // What is on the card has changed under the eyes: the choice was for something else.
  const digest = card.contentDigest;
  useEffect(() => {
    if (digest) setDecision(null);
  }, [digest]);

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (!decision) return;
    const { approval, contentDigest } = card;
    const reply = await deciding.send({ approval, decision, contentDigest, code, comment });
    setCode('');
    if (!reply) return;
    untell(`approval ${approval}`);
    const word = decision === 'approve' ? 'Approved' : 'Declined';
    say({ state: 'done', title: `${word}: ${card.what}` });
    onDone();
  };
  if (!decision) {
    return (
      <div className={styles.actions}>
        <Button kind="main" chord="A" onPress={choose('approve')}>
          Approve
        </Button>
        <Button kind="danger" chord="D" onPress={choose('decline')}>
          Decline
        </Button>
      </div>
    );
  }
  return (
    <form className={styles.sign} onSubmit={(event) => void submit(event)}>
      <div className={styles.signing}>
        <CodeField
          ref={input}
          place="above"
          label="Your code"
          value={code}
          onChange={setCode}
          error={errorAt(deciding.fault, 'code')}
        />
        <Field label="Comment" place="above" error={errorAt(deciding.fault, 'comment')}>
          <TextInput value={comment} maxLength={280} onChange={setComment} />
        </Field>
      </div>
      <FaultNotice fault={deciding.fault} fields={['code', 'comment']} />
      <div className={styles.actions}>
        <Button onPress={() => setDecision(null)}>Not yet</Button>
        <Button
          kind={decision === 'approve' ? 'main' : 'danger'}
          chord="Enter"
          isOff={deciding.isRunning}
        >
          {decision === 'approve' ? 'Sign the approval' : 'Sign the refusal'}
        </Button>
      </div>
    </form>
  );
}
