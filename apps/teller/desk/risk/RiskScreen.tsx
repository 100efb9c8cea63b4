// The models page: how far the ladder carries, which models there are and why, and how right they have been.
import { useState } from 'react';
import type { ModelLine, RiskOverview } from '#contract/risk.ts';
import { Badge } from '../../parts/Badge.tsx';
import { Button } from '../../parts/Button.tsx';
import { Empty, FaultNotice, Notice, Waiting } from '../../parts/Notice.tsx';
import { Pairs } from '../../parts/Pairs.tsx';
import { useHotkeys } from '../../parts/useHotkeys.tsx';
import { formatInstant } from '../../parts/words.ts';
import { useCommand } from '../../state/useCommand.ts';
import { useQuery } from '../../state/useQuery.ts';
import { useRole } from '../../state/useSession.ts';
import { Halves, Panel } from '../Screen.tsx';
import { ModelPlots } from './ModelPlots.tsx';
import { RiskPolicyPanel } from './RiskPolicyPanel.tsx';
import styles from './risk.module.css';
import { stoppedSentence } from './sentences.ts';

type Page = 'plots' | 'model' | 'policy';

const pages: readonly (readonly [Page, string, string])[] = [
  ['plots', 'Plots', 'Alt+1'],
  ['model', 'Model card', 'Alt+2'],
  ['policy', 'Policy', 'Alt+3'],
];

export function RiskScreen() {
  const reading = useQuery('risk.overview', {}, { keep: true });
  const [page, setPage] = useState<Page>('plots');
  const [picked, setPicked] = useState<string | null>(null);
  useHotkeys(
    'Risk models',
    pages.map(([each, what, chord]) => ({ chord, what, run: () => setPage(each) })),
  );
  const overview = reading.data;
  if (!overview) return <Waiting for={reading} what="the risk models" />;
  const model = overview.models.find(({ hash }) => hash === picked) ?? overview.models[0];
  const choose = (hash: string) => {
    setPicked(hash);
    setPage('model');
  };
  const scopes = (
    <div className={styles.actions}>
      {pages.map(([each, label, chord]) => (
        <Button
          key={each}
          kind={page === each ? 'main' : 'quiet'}
          chord={chord}
          onPress={() => setPage(each)}
        >
          {label}
        </Button>
      ))}
    </div>
  );
  return (
    <Halves
      left={
        <Panel title="Risk models">
          <div className={styles.stack}>
            <Standing overview={overview} />
            <Models overview={overview} chosen={model?.hash} onChoose={choose} />
            <Steps overview={overview} />
          </div>
        </Panel>
      }
      right={
        <Panel title={pages.find(([each]) => each === page)?.[1] ?? ''} aside={scopes}>
          {page === 'plots' ? <ModelPlots overview={overview} /> : null}
          {page === 'model' ? <Card model={model} /> : null}
          {page === 'policy' ? <RiskPolicyPanel overview={overview} /> : null}
        </Panel>
      }
    />
  );
}

function Standing(props: { overview: RiskOverview }) {
  const { overview } = props;
  const { ladder, worker, latencyUs, alarms, isOn } = overview;
  return (
    <>
      <p className={styles.step}>
        <Badge
          tone={ladder.step >= 2 ? 'calm' : 'amber'}
          icon={ladder.step >= 2 ? 'tick' : 'clock'}
        >
          {`step ${ladder.step} of 3: ${ladder.name}`}
        </Badge>
        {isOn ? null : (
          <Badge tone="amber" icon="warning">
            models switched off
          </Badge>
        )}
      </p>
      <p>{ladder.sentence}</p>
      <p>{stoppedSentence(overview)}</p>
      {latencyUs.count > 0 ? (
        <p className={styles.dim}>
          {`A decision takes ${(latencyUs.p50 / 1_000).toFixed(2)} ms, one in a hundred more than ${(latencyUs.p99 / 1_000).toFixed(2)} ms.`}
        </p>
      ) : null}
      {alarms.map((alarm) => (
        <Notice key={alarm} tone="amber">
          {alarm}
        </Notice>
      ))}
      {worker.trouble ? <Notice tone="calm">{worker.trouble}</Notice> : null}
    </>
  );
}

function Models(props: {
  overview: RiskOverview;
  chosen: string | undefined;
  onChoose: (hash: string) => void;
}) {
  const { models } = props.overview;
  if (models.length === 0) return <Empty>No model was trained yet.</Empty>;
  return (
    <table className={styles.table} aria-label="Models">
      <thead>
        <tr>
          {['Model', 'Made of', 'State', 'Gates', 'Trained'].map((head) => (
            <th key={head} scope="col">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {models.map((model) => (
          <tr key={model.hash} aria-current={model.hash === props.chosen}>
            <td>
              <Button kind="quiet" onPress={() => props.onChoose(model.hash)}>
                {model.hash.slice(0, 8)}
              </Button>
            </td>
            <td>{model.kind}</td>
            <td>
              <ModelBadge model={model} />
            </td>
            <td>{`${model.gates.filter(({ passed }) => passed).length} of ${model.gates.length}`}</td>
            <td>{formatInstant(model.trainedAt)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function ModelBadge(props: { model: ModelLine }) {
  const { state, isDemonstration } = props.model;
  const tone = state === 'champion' ? 'accent' : state === 'rejected' ? 'amber' : 'calm';
  const icon = state === 'champion' ? 'tick' : state === 'rejected' ? 'warning' : 'dot';
  return (
    <Badge tone={tone} icon={icon}>
      {isDemonstration ? `${state}, demonstration` : state}
    </Badge>
  );
}

/** What can be done now: train, promote, go back, switch off. */
function Steps(props: { overview: RiskOverview }) {
  const { models, worker, isOn } = props.overview;
  const governs = useRole('supervisor', 'compliance', 'administrator');
  const training = useCommand('risk.train');
  const promoting = useCommand('risk.promote');
  const restoring = useCommand('risk.restore');
  const switching = useCommand('risk.switch');
  const challenger = models.find(({ state }) => state === 'challenger');
  const champion = models.find(({ state }) => state === 'champion');
  const isTraining = worker.training !== null;
  const train = (): void => void training.send({});
  useHotkeys('Learning', [{ chord: 'Alt+L', what: 'train a challenger', run: train }], {
    isOff: !governs || isTraining,
  });
  if (!governs) return null;
  return (
    <div className={styles.stack}>
      <div className={styles.actions}>
        <Button kind="main" chord="Alt+L" isOff={isTraining} onPress={train}>
          {isTraining
            ? `Training, ${Math.round((worker.training ?? 0) * 100)} %`
            : 'Train a challenger'}
        </Button>
        {challenger ? (
          <Button
            isOff={challenger.against !== ''}
            onPress={() =>
              void promoting.send({ model: challenger.hash, reason: 'passed every gate' })
            }
          >
            Promote the challenger
          </Button>
        ) : null}
        {champion ? (
          <Button
            onPress={() => void restoring.send({ reason: 'taken back from the models page' })}
          >
            Back to the one before
          </Button>
        ) : null}
        <Button
          onPress={() =>
            void switching.send({ isOn: !isOn, reason: 'switched on the models page' })
          }
        >
          {isOn ? 'Switch the models off' : 'Switch the models on'}
        </Button>
      </div>
      {challenger && challenger.against !== '' ? (
        <p className={styles.dim}>{challenger.against}</p>
      ) : null}
      <FaultNotice fault={training.fault} />
      <FaultNotice fault={promoting.fault} />
      <FaultNotice fault={restoring.fault} />
      <FaultNotice fault={switching.fault} />
    </div>
  );
}

function Card(props: { model: ModelLine | undefined }) {
  const { model } = props;
  if (!model) return <Empty>No model was trained yet: there is no card.</Empty>;
  const promoted = model.promotedAt
    ? ` Promoted by ${model.promotedBy}, ${formatInstant(model.promotedAt)}.`
    : '';
  return (
    <div className={styles.stack}>
      <p>{`Trained for ${model.trainedBy}, ${formatInstant(model.trainedAt)}.${promoted}`}</p>
      <Pairs pairs={[...model.card, ...model.shadow]} />
      <ul className={styles.gates} aria-label="Gates">
        {model.gates.map(({ gate, passed, figure }) => (
          <li key={gate}>
            <Badge tone={passed ? 'calm' : 'amber'} icon={passed ? 'tick' : 'warning'}>
              {passed ? 'passed' : 'failed'}
            </Badge>
            <span>
              {gate}
              <span className={styles.dim}>{` ${figure}`}</span>
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
