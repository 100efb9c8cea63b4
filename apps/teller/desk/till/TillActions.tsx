// What can be done with the own till, each with its key; and for supervisors with everybody's.
import { useState } from 'react';
import { Button } from '../../parts/Button.tsx';
import { Empty, FaultNotice, Notice } from '../../parts/Notice.tsx';
import { useHotkeys } from '../../parts/useHotkeys.tsx';
import { useLast } from '../../state/last.ts';
import { type TillTask, useScreens } from '../../state/screens.ts';
import { useCommand } from '../../state/useCommand.ts';
import { useOwnTill } from '../../state/useOwnTill.ts';
import { useRole, useSession } from '../../state/useSession.ts';
import { Panel } from '../Screen.tsx';
import { AddTill } from './AddTill.tsx';
import { Movements } from './Movements.tsx';
import styles from './till.module.css';
import { VaultCash } from './VaultCash.tsx';

const whileOpen: readonly (readonly [TillTask, string, string])[] = [
  ['buy', 'Buy from the vault', 'Alt+B'],
  ['sell', 'Sell to the vault', 'Alt+S'],
  ['pass', 'Pass to another till', 'Alt+P'],
  ['count', 'Count', 'Alt+N'],
  ['close', 'Count and close', 'Alt+C'],
];

export function TillActions() {
  const { dayState } = useSession();
  const isDesk = useRole('teller', 'supervisor');
  const till = useOwnTill();
  const open = useScreens((screens) => screens.open);
  if (!isDesk) {
    return (
      <Panel title="Tills">
        <Empty>You see the tills; only tellers and supervisors move cash.</Empty>
        <ForSupervisors />
      </Panel>
    );
  }
  return (
    <Panel title={till ? till.name : 'No till open'}>
      <div className={styles.stack}>
        {dayState === 'open' ? null : (
          <Notice tone="amber">The branch is not open: cash moves once it is.</Notice>
        )}
        <div className={styles.list}>
          {till ? null : (
            <Button chord="Alt+O" onPress={() => open({ name: 'till', task: 'open' })}>
              Open a till
            </Button>
          )}
          {till?.state === 'open'
            ? whileOpen.map(([task, label, chord]) => (
                <Button key={task} chord={chord} onPress={() => open({ name: 'till', task })}>
                  {label}
                </Button>
              ))
            : null}
          {till ? <Pause till={till.till} state={till.state} /> : null}
        </div>
        <ForSupervisors />
        <Movements isInside />
      </div>
    </Panel>
  );
}

function Pause(props: { till: number; state: string }) {
  const { till, state } = props;
  const pausing = useCommand('till.pause');
  const resuming = useCommand('till.resume');
  const cancelling = useCommand('till.cancelCount');
  const open = useScreens((screens) => screens.open);
  const say = useLast((last) => last.say);
  const isPaused = state === 'paused';
  const sending = isPaused ? resuming : pausing;
  const press = async (): Promise<void> => {
    if (await sending.send({ till })) {
      say({ state: 'done', title: isPaused ? 'The till is open again' : 'The till is paused' });
    }
  };
  const what = isPaused ? 'end the pause' : 'pause';
  useHotkeys('Pause', [{ chord: 'Alt+Z', what, run: () => void press() }], {
    isOff: state === 'counting',
  });
  if (state === 'counting') {
    return (
      <>
        <Button onPress={() => open({ name: 'till', task: 'close' })}>Go on counting</Button>
        <Button onPress={() => void cancelling.send({ till })}>Stop counting</Button>
        <FaultNotice fault={cancelling.fault} />
      </>
    );
  }
  return (
    <>
      <Button chord="Alt+Z" onPress={() => void press()}>
        {isPaused ? 'Go on (end the pause)' : 'Pause'}
      </Button>
      <FaultNotice fault={sending.fault} />
    </>
  );
}

function ForSupervisors() {
  const isSupervisor = useRole('supervisor');
  const mayAdd = useRole('supervisor', 'administrator');
  const [vault, setVault] = useState<'receive' | 'send' | null>(null);
  const [isAdding, setAdding] = useState(false);
  const open = useScreens((screens) => screens.open);
  const supervisors = [
    {
      chord: 'Alt+U',
      what: 'surprise count',
      run: () => open({ name: 'till', task: 'surprise' }),
    },
    {
      chord: 'Alt+H',
      what: 'close the till of somebody absent',
      run: () => open({ name: 'till', task: 'absent' }),
    },
    { chord: 'Alt+I', what: 'cash from the cash centre', run: () => setVault('receive') },
    { chord: 'Alt+J', what: 'cash to the cash centre', run: () => setVault('send') },
  ];
  const keys = [
    ...(isSupervisor ? supervisors : []),
    { chord: 'Alt+L', what: 'new till', run: () => setAdding(true) },
  ];
  useHotkeys('Tills and vault', keys, { isOff: !mayAdd });
  if (!mayAdd) return null;
  return (
    <div className={styles.list}>
      {keys.map(({ chord, what, run }) => (
        <Button key={chord} chord={chord} onPress={run}>
          {what.charAt(0).toUpperCase() + what.slice(1)}
        </Button>
      ))}
      {vault ? <VaultCash way={vault} onClose={() => setVault(null)} /> : null}
      {isAdding ? <AddTill onClose={() => setAdding(false)} /> : null}
    </div>
  );
}
