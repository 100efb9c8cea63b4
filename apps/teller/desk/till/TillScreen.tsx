// Till and vault: on the left the task in hand, on the right what every till holds and what is on its way.
import { Button } from '../../parts/Button.tsx';
import { Empty } from '../../parts/Notice.tsx';
import { useHotkeys } from '../../parts/useHotkeys.tsx';
import { type TillTask, useScreens } from '../../state/screens.ts';
import { useOwnTill } from '../../state/useOwnTill.ts';
import { useRole, useSession } from '../../state/useSession.ts';
import { Halves, Panel } from '../Screen.tsx';
import { CountTill } from './CountTill.tsx';
import { ForceClose } from './ForceClose.tsx';
import { MoveCash } from './MoveCash.tsx';
import { Movements } from './Movements.tsx';
import { OpenTill } from './OpenTill.tsx';
import { Positions } from './Positions.tsx';
import { SurpriseCount } from './SurpriseCount.tsx';
import { TillActions } from './TillActions.tsx';

export interface TillScreenProps {
  readonly task: TillTask;
  readonly amount?: string;
  readonly currency?: string;
  readonly till?: number;
}

export function TillScreen(props: TillScreenProps) {
  return <Halves left={<Task {...props} />} right={<TillRight task={props.task} />} />;
}

function Task(props: TillScreenProps) {
  const { task, amount = '' } = props;
  const { till } = useSession();
  if (task === 'movements') return <Movements />;
  if (task === 'surprise') return <SurpriseCount till={props.till ?? null} />;
  if (task === 'absent') return <ForceClose till={props.till ?? null} />;
  if (task === 'open') return <OpenTill />;
  if (task === 'position') return <TillActions />;
  if (task === 'buy' || task === 'sell' || task === 'pass') {
    return <MoveCash way={task} amount={amount} currency={props.currency} />;
  }
  if (till === null) {
    return (
      <Panel title="Count the till">
        <Empty>You have no till open: there is nothing to count.</Empty>
      </Panel>
    );
  }
  return <CountTill till={till} isClosing={task === 'close'} />;
}

/** While the own till is counted, no figure of it stands on the screen: the station withholds it too. */
function TillRight(props: { task: TillTask }) {
  const till = useOwnTill();
  const isDesk = useRole('teller', 'supervisor');
  const replace = useScreens((screens) => screens.replace);
  const go = (task: TillTask) => () => replace({ name: 'till', task });
  const isBusy = ['open', 'close', 'count', 'surprise', 'absent'].includes(props.task);
  useHotkeys(
    'Till',
    [
      { chord: 'Alt+O', what: 'open a till', run: go('open') },
      { chord: 'Alt+B', what: 'buy from the vault', run: go('buy') },
      { chord: 'Alt+S', what: 'sell to the vault', run: go('sell') },
      { chord: 'Alt+P', what: 'pass to a till', run: go('pass') },
      { chord: 'Alt+M', what: 'cash on its way', run: go('movements') },
      { chord: 'Alt+N', what: 'count', run: go('count') },
      { chord: 'Alt+C', what: 'close', run: go('close') },
    ],
    { isOff: !isDesk || isBusy },
  );
  return (
    <Panel
      title="Tills and vault"
      aside={
        isDesk && till?.state === 'open' ? (
          <Button kind="quiet" chord="Alt+M" onPress={go('movements')}>
            On its way
          </Button>
        ) : null
      }
    >
      {isBusy ? (
        <Empty>The count is blind: what should be there is shown beside it once it is in.</Empty>
      ) : (
        <Positions />
      )}
    </Panel>
  );
}
