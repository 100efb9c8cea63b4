// The policy in force, and proposals on their way: tried on the past, then put in force by a second person.
import { type FormEvent, useState } from 'react';
import type { RiskOverview, RiskPolicy } from '#contract/risk.ts';
import { Button } from '../../parts/Button.tsx';
import { Field } from '../../parts/Field.tsx';
import { TextArea, TextInput } from '../../parts/Input.tsx';
import { errorAt, FaultNotice, Notice } from '../../parts/Notice.tsx';
import { useCommand } from '../../state/useCommand.ts';
import { useRole } from '../../state/useSession.ts';
import { useTouched } from '../Screen.tsx';
import styles from './risk.module.css';
import { riskPolicySentences } from './sentences.ts';

export function RiskPolicyPanel(props: { overview: RiskOverview }) {
  const { policy, policyHash, proposals } = props.overview;
  const governs = useRole('supervisor', 'compliance', 'administrator');
  return (
    <div className={styles.stack}>
      {riskPolicySentences(policy).map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      <p className={styles.dim}>{`Policy ${policyHash.slice(0, 12)}`}</p>
      {governs ? <Propose policy={policy} /> : null}
      {proposals
        .filter(({ against }) => against !== 'It was put in force.')
        .slice(0, 2)
        .map((proposal) => (
          <Proposal key={proposal.proposal} proposal={proposal} />
        ))}
    </div>
  );
}

function Proposal(props: { proposal: RiskOverview['proposals'][number] }) {
  const { proposal, reason, by, against, isBackTested } = props.proposal;
  const testing = useCommand('risk.backtest');
  const activating = useCommand('risk.activate');
  const [said, setSaid] = useState('');
  const tryIt = async (): Promise<void> => {
    const tested = await testing.send({ proposal });
    if (tested) setSaid(tested.sentence);
  };
  return (
    <section className={styles.stack} aria-label={`Proposal ${proposal}`}>
      <h3>{`Proposal ${proposal} by ${by}: ${reason}`}</h3>
      {said ? <Notice tone="calm">{said}</Notice> : null}
      {against ? <p className={styles.dim}>{against}</p> : null}
      <div className={styles.actions}>
        <Button isOff={testing.isRunning} onPress={() => void tryIt()}>
          {isBackTested ? 'Try it on the past again' : 'Try it on the past'}
        </Button>
        <Button
          kind="main"
          isOff={against !== '' || activating.isRunning}
          onPress={() => void activating.send({ proposal })}
        >
          Put it in force
        </Button>
      </div>
      <FaultNotice fault={testing.fault} />
      <FaultNotice fault={activating.fault} />
    </section>
  );
}

function Propose(props: { policy: RiskPolicy }) {
  const begin = JSON.stringify(props.policy, null, 1);
  const [text, setText] = useState(begin);
  const [reason, setReason] = useState('');
  const [problem, setProblem] = useState<string>();
  const proposing = useCommand('risk.propose');
  useTouched(text !== begin || reason !== '');
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setProblem(undefined);
    let policy: RiskPolicy;
    try {
      policy = JSON.parse(text) as RiskPolicy;
    } catch {
      return setProblem('is not written as JSON: a bracket, comma or quote is amiss.');
    }
    if (await proposing.send({ policy, reason })) setReason('');
  };
  return (
    <form className={styles.stack} onSubmit={(event) => void submit(event)}>
      <Field
        label="Propose another"
        place="above"
        error={problem ?? errorAt(proposing.fault, 'policy')}
      >
        <TextArea value={text} rows={8} onChange={setText} />
      </Field>
      <Field label="Why" error={errorAt(proposing.fault, 'reason')}>
        <TextInput value={reason} maxLength={280} onChange={setReason} />
      </Field>
      <FaultNotice fault={proposing.fault} fields={['policy', 'reason']} />
      <div className={styles.actions}>
        <Button kind="main" isOff={proposing.isRunning}>
          Propose it
        </Button>
      </div>
    </form>
  );
}
