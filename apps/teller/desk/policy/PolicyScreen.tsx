// Shows the branch's policy as it stands, in words and tables, and lets an administrator set a new one.
import type { ReactNode } from 'react';
import { useState } from 'react';
import type { PolicyInput as Policy } from '#contract/policy.ts';
import { Button } from '../../parts/Button.tsx';
import { Field } from '../../parts/Field.tsx';
import { Select } from '../../parts/Input.tsx';
import { Money } from '../../parts/Money.tsx';
import { Empty, Waiting } from '../../parts/Notice.tsx';
import { useHotkeys } from '../../parts/useHotkeys.tsx';
import { formatInstant } from '../../parts/words.ts';
import { useQuery } from '../../state/useQuery.ts';
import { useRole, useSession } from '../../state/useSession.ts';
import { Halves, Panel } from '../Screen.tsx';
import { PolicyEditor } from './PolicyEditor.tsx';
import styles from './policy.module.css';
import { policyIn, ruleSentences, taskWords } from './sentences.ts';

export function PolicyScreen() {
  const reading = useQuery('policy.get', {});
  const isAdministrator = useRole('administrator');
  const [isEditing, setEditing] = useState(false);
  const { branch } = useSession();
  const [picked, setPicked] = useState<string | null>(null);
  const { data } = reading;
  useHotkeys('Policy', [{ chord: 'Alt+N', what: 'a new policy', run: () => setEditing(true) }], {
    isOff: !isAdministrator || isEditing || data === undefined,
  });
  if (!data) return <Waiting for={reading} what="the policy" />;
  const whole = data.policy as Policy;
  const currencies = [...new Set(whole.roleLimits.map((limit) => limit.currency))];
  const currency = picked ?? branch?.baseCurrency ?? currencies[0] ?? '';
  const policy = policyIn(whole, currency);
  const since = data.since === null ? 'as delivered' : `since ${formatInstant(data.since)}`;
  const edit = (
    <Button kind="quiet" chord="Alt+N" onPress={() => setEditing(true)}>
      Set a new one
    </Button>
  );
  return (
    <Halves
      left={
        <Panel title={`Limits, ${since}`} aside={isAdministrator && !isEditing ? edit : null}>
          <Field label="Currency">
            <Select
              value={currency}
              choices={currencies.map((code) => ({ value: code, label: code }))}
              onChange={setPicked}
            />
          </Field>
          <RoleLimits policy={policy} />
          <TillLimits policy={policy} />
        </Panel>
      }
      right={
        isEditing ? (
          <Panel title="A new policy">
            <PolicyEditor policy={whole} onClose={() => setEditing(false)} />
          </Panel>
        ) : (
          <Panel title="Fees and rules">
            <Fees policy={policy} currency={currency} />
            <Rules policy={policy} />
          </Panel>
        )
      }
    />
  );
}

function Lines(props: { caption: string; heads: readonly string[]; children: ReactNode }) {
  return (
    <table className={styles.table}>
      <caption>{props.caption}</caption>
      <thead>
        <tr>
          {props.heads.map((head) => (
            <th key={head} scope="col">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>{props.children}</tbody>
    </table>
  );
}

function limitOf(minor: string | null, currency: string) {
  return minor === null ? 'none' : <Money minor={minor} currency={currency} />;
}

function RoleLimits({ policy }: { policy: Policy }) {
  return (
    <Lines
      caption="What each role may post"
      heads={['Role', 'Task', 'Soft limit: second person above', 'Hard limit: never above']}
    >
      {policy.roleLimits.map((limit) => (
        <tr key={`${limit.role} ${limit.task} ${limit.currency}`}>
          <td>{limit.role}</td>
          <td>{taskWords(limit.task)}</td>
          <td>{limitOf(limit.softMinor, limit.currency)}</td>
          <td>{limitOf(limit.hardMinor, limit.currency)}</td>
        </tr>
      ))}
    </Lines>
  );
}

function TillLimits({ policy }: { policy: Policy }) {
  return (
    <Lines
      caption="What tills and vault may hold"
      heads={['Place', 'Soft limit: nudge above', 'Hard limit: never above']}
    >
      {policy.tillLimits.map((limit) => (
        <tr key={`${limit.kind} ${limit.currency}`}>
          <td>{limit.kind}</td>
          <td>{limitOf(limit.softMinor, limit.currency)}</td>
          <td>{limitOf(limit.hardMinor, limit.currency)}</td>
        </tr>
      ))}
    </Lines>
  );
}

function Fees({ policy, currency }: { policy: Policy; currency: string }) {
  if (policy.fees.length === 0) {
    return (
      <Empty>{`No fee is taken at the counter in ${currency}: a price is the bank’s own. An administrator sets fees with “Set a new one”.`}</Empty>
    );
  }
  return (
    <Lines caption="Fees" heads={['Task', 'From', 'Least', 'Most', 'Flat', 'And of the amount']}>
      {policy.fees.map((fee) => (
        <tr key={`${fee.task} ${fee.currency} ${fee.fromMinor}`}>
          <td>{taskWords(fee.task)}</td>
          <td>{limitOf(fee.fromMinor, fee.currency)}</td>
          <td>{limitOf(fee.minMinor, fee.currency)}</td>
          <td>{limitOf(fee.maxMinor, fee.currency)}</td>
          <td>{limitOf(fee.flatMinor, fee.currency)}</td>
          <td>{`${(fee.basisPoints / 100).toFixed(2)} %`}</td>
        </tr>
      ))}
    </Lines>
  );
}

function Rules({ policy }: { policy: Policy }) {
  return (
    <ul className={styles.rules} aria-label="Rules that look at a posting">
      {ruleSentences(policy).map((sentence) => (
        <li key={sentence}>{sentence}</li>
      ))}
    </ul>
  );
}
