// Closes the branch from one list: each thing that stands in the way is the way to settle it.
import { type FormEvent, useState } from 'react';
import type { Output } from '#contract/index.ts';
import { Badge } from '../../parts/Badge.tsx';
import { Button } from '../../parts/Button.tsx';
import { FaultNotice, Notice, Waiting } from '../../parts/Notice.tsx';
import { useHotkeys } from '../../parts/useHotkeys.tsx';
import { counted, formatDate } from '../../parts/words.ts';
import { focusCommandBar } from '../../shell/commandBarFocus.ts';
import { useLast } from '../../state/last.ts';
import { type Screen, useScreens } from '../../state/screens.ts';
import { useCommand } from '../../state/useCommand.ts';
import { useQuery } from '../../state/useQuery.ts';
import { useTouched } from '../Screen.tsx';
import { countsOf, isCounted, wrongFaces } from '../till/counts.ts';
import { secondOf } from '../till/SecondPerson.tsx';
import styles from './day.module.css';
import { differenceSentence } from './sentences.ts';
import { nothingTyped, useVaultCurrencies, VaultCount } from './VaultCount.tsx';

type Blocker = Output<'day.blockers'>['blockers'][number];

/** The screen that settles a blocker; null where this one does. */
function screenFor({ action }: Blocker): Screen | null {
  switch (action.screen) {
    case 'till':
      return { name: 'till', task: 'position', ...(action.id === null ? {} : { till: action.id }) };
    case 'movements':
      return { name: 'till', task: 'movements' };
    case 'approvals':
      return action.id === null
        ? { name: 'approvals' }
        : { name: 'approvals', approval: action.id };
    case 'ledger':
      return { name: 'ledger' };
    case 'day':
      return null;
  }
}

/** The key that settles what stands first; the next comes up when that is done. */
const settle = { chord: 'Alt+S', what: 'settle what stands first' } as const;

export function CloseDay({ mayClose }: { mayClose: boolean }) {
  const reading = useQuery('day.blockers', {}, { keep: true });
  const blockers = reading.data?.blockers;
  if (!blockers) return <Waiting for={reading} what="what stands between now and the close" />;
  const others = blockers.filter(({ kind }) => kind !== 'vault-not-counted');
  const isUncounted = others.length < blockers.length;
  return (
    <div className={styles.form}>
      <h3>{`Before the close: ${blockers.length === 0 ? 'nothing left' : counted(blockers.length, 'thing')}`}</h3>
      <ul className={styles.list} aria-label="What stands between now and the close">
        {others.map((blocker, index) => (
          <BlockerLine key={blocker.id} blocker={blocker} isFirst={index === 0} />
        ))}
      </ul>
      {isUncounted && mayClose ? <CountVault isLast={others.length === 0} /> : null}
      {mayClose ? <CloseButton isReady={blockers.length === 0} /> : null}
    </div>
  );
}

function BlockerLine({ blocker, isFirst }: { blocker: Blocker; isFirst: boolean }) {
  const open = useScreens((screens) => screens.open);
  const screen = screenFor(blocker);
  const go = (): void => {
    if (screen) open(screen);
  };
  useHotkeys('Day', [{ ...settle, run: go }], { isOff: !isFirst || !screen });
  return (
    <li className={styles.line}>
      <Badge tone="amber" icon="warning">
        {blocker.message}
      </Badge>
      {screen ? (
        <Button kind="quiet" {...(isFirst ? { chord: settle.chord } : {})} onPress={go}>
          Settle it
        </Button>
      ) : null}
    </li>
  );
}

function CountVault({ isLast }: { isLast: boolean }) {
  const [isOpen, setOpen] = useState(false);
  const [typed, setTyped] = useState(nothingTyped);
  const currencies = useVaultCurrencies();
  const counting = useCommand('day.countVault');
  const say = useLast((last) => last.say);
  useTouched(isCounted(typed.counts));
  useHotkeys('Day', [{ ...settle, run: () => setOpen(true) }], { isOff: !isLast || isOpen });
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (wrongFaces(typed.counts).length > 0) return;
    const vaultCounts = countsOf(typed.counts, currencies);
    const reply = await counting.send({ vaultCounts, second: secondOf(typed) });
    if (reply) {
      say({ state: 'done', title: `Vault counted; ${differenceSentence(reply.differences)}` });
    }
  };
  if (!isOpen) {
    return (
      <div className={styles.line}>
        <Badge tone="amber" icon="warning">
          The vault is not counted for the close.
        </Badge>
        <Button
          kind={isLast ? 'main' : 'quiet'}
          {...(isLast ? { chord: settle.chord } : {})}
          onPress={() => setOpen(true)}
        >
          Count it
        </Button>
      </div>
    );
  }
  return (
    <form className={styles.form} onSubmit={(event) => void submit(event)}>
      <VaultCount typed={typed} onType={setTyped} fault={counting.fault} />
      <FaultNotice
        fault={counting.fault}
        fields={['second.user', 'second.password', 'second.code']}
      />
      <div className={styles.actions}>
        <Button kind="main" chord="Enter" isOff={counting.isRunning}>
          That is what is in the vault
        </Button>
      </div>
    </form>
  );
}

function CloseButton({ isReady }: { isReady: boolean }) {
  const closing = useCommand('day.close');
  const say = useLast((last) => last.say);
  const close = async (): Promise<void> => {
    if (!isReady) return;
    const reply = await closing.send({});
    if (!reply) return;
    say({ state: 'done', title: `${formatDate(reply.date)} is closed; its pack is signed` });
    focusCommandBar();
  };
  useHotkeys('Day', [{ chord: 'Alt+C', what: 'close the branch', run: () => void close() }], {
    isOff: !isReady,
  });
  return (
    <>
      {isReady ? <Notice tone="green">Everything is settled.</Notice> : null}
      <FaultNotice fault={closing.fault} />
      <div className={styles.actions}>
        <Button
          kind="main"
          chord="Alt+C"
          isOff={!isReady || closing.isRunning}
          onPress={() => void close()}
        >
          Close the branch
        </Button>
      </div>
    </>
  );
}
