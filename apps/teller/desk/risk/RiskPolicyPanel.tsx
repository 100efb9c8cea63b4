// The policy in force, and proposals on their way: tried on the past, then put in force by a second person.
import { useState } from 'react';
import type { RiskOverview, RiskPolicy } from '#contract/risk.ts';
import { Button } from '../../parts/Button.tsx';
import { FaultNotice, Notice } from '../../parts/Notice.tsx';
import { useCommand } from '../../state/useCommand.ts';
import { useRole } from '../../state/useSession.ts';
import { ProposePolicy } from './ProposePolicy.tsx';
import { policyChanges } from './policyForm.ts';
import styles from './risk.module.css';
import { riskPolicySentences } from './sentences.ts';

export function RiskPolicyPanel(props: { overview: RiskOverview }) {
  const { policy, policyHash, proposals } = props.overview;
  const governs = useRole('supervisor', 'compliance', 'administrator');
  const open = proposals.filter(({ against }) => against !== 'It was put in force.').slice(0, 2);
  const [isAsked, setAsked] = useState(false);
  return (
    <div className={styles.stack}>
      {riskPolicySentences(policy).map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      <p className={styles.dim}>{`Policy ${policyHash.slice(0, 12)}`}</p>

      {open.map((proposal) => (
        <Proposal key={proposal.proposal} proposal={proposal} inForce={policy} />
      ))}
      {governs && open.length > 0 && !isAsked ? (
        <div className={styles.actions}>
          <Button kind="quiet" onPress={() => setAsked(true)}>
            Propose another
          </Button>
        </div>
      ) : null}
      {governs && (open.length === 0 || isAsked) ? <ProposePolicy policy={policy} /> : null}
    </div>
  );
}

function Proposal(props: { proposal: RiskOverview['proposals'][number]; inForce: RiskPolicy }) {
  const { proposal, policy, reason, by, against, isBackTested, tested } = props.proposal;
  const testing = useCommand('risk.backtest');
  const activating = useCommand('risk.activate');
  const [isTrying, setTrying] = useState(false);
  const tryIt = async (): Promise<void> => {
    setTrying(true);
    await testing.send({ proposal });
    setTrying(false);
  };
  return (
    <section className={styles.stack} aria-label={`Proposal ${proposal}`}>
      <h3>{`Proposal ${proposal} by ${by}: ${reason}`}</h3>
      <p>{`${policyChanges(props.inForce, policy).join('; ')}.`}</p>
      {tested ? <Notice tone="calm">{tested}</Notice> : null}
      {against ? <p className={styles.dim}>{against}</p> : null}
      <div className={styles.actions}>
        <Button isOff={testing.isRunning} onPress={() => void tryIt()}>
          {isTrying
            ? 'Trying it'
            : isBackTested
              ? 'Try it on the past again'
              : 'Try it on the past'}
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
