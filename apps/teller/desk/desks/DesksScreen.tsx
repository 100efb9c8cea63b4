// The desks that reach this station over the LAN: who is let in, who was at work when, and the way to cut one off.
import { useState } from 'react';
import type { DeskView } from '#contract/desks.ts';
import { StateBadge } from '../../parts/Badge.tsx';
import { Button } from '../../parts/Button.tsx';
import { Empty, Notice, Waiting } from '../../parts/Notice.tsx';
import { Pairs } from '../../parts/Pairs.tsx';
import { type Column, Table } from '../../parts/Table.tsx';
import { useHotkeys } from '../../parts/useHotkeys.tsx';
import { formatInstant } from '../../parts/words.ts';
import { useQuery } from '../../state/useQuery.ts';
import { useRole } from '../../state/useSession.ts';
import { Halves, Panel } from '../Screen.tsx';
import styles from './desks.module.css';
import { InviteDesk, type Invited, ShownCode } from './InviteDesk.tsx';
import { RevokeDesk } from './RevokeDesk.tsx';
import { grouped, seenSentence, stateSentence } from './sentences.ts';

const columns: readonly Column<DeskView>[] = [
  { id: 'name', title: 'Desk', track: 'minmax(0, 2fr)', draw: (desk) => desk.name },
  { id: 'until', title: 'Good until', track: '136px', draw: (desk) => formatInstant(desk.until) },
  { id: 'windows', title: 'Windows', track: '72px', isNumber: true, draw: (desk) => desk.windows },
  {
    id: 'seen',
    title: 'Last seen',
    track: '136px',
    draw: (desk) => (desk.lastSeenAt === null ? 'never' : formatInstant(desk.lastSeenAt)),
  },
  { id: 'state', title: 'State', track: '96px', draw: (desk) => <StateBadge state={desk.state} /> },
];

const keyOf = (desk: DeskView): string => String(desk.desk);

type Right = { readonly kind: 'desk' | 'invite' } | { readonly kind: 'code'; invited: Invited };

export function DesksScreen() {
  const reading = useQuery('desk.list', {}, { keep: true });
  const [picked, setPicked] = useState<string | null>(null);
  const [right, setRight] = useState<Right>({ kind: 'desk' });
  const isAdministrator = useRole('administrator');
  const desks = reading.data?.desks ?? [];
  const chosen = desks.find((desk) => keyOf(desk) === picked) ?? desks[0];
  const invite = (): void => setRight({ kind: 'invite' });
  useHotkeys('Desks', [{ chord: 'Alt+N', what: 'a new desk', run: invite }], {
    isOff: !isAdministrator,
  });
  const add = (
    <Button kind="quiet" chord="Alt+N" onPress={invite}>
      A new desk
    </Button>
  );
  return (
    <Halves
      left={
        <Panel title="Desks" isFull aside={isAdministrator ? add : null}>
          {reading.data ? (
            <List
              desks={desks}
              chosen={chosen}
              onChoose={(desk) => {
                setPicked(keyOf(desk));
                if (right.kind !== 'code') setRight({ kind: 'desk' });
              }}
            />
          ) : (
            <Waiting for={reading} what="the desks" />
          )}
        </Panel>
      }
      right={
        <RightPanel
          right={right}
          chosen={chosen}
          listening={reading.data?.listening ?? null}
          refusals={reading.data?.refusals ?? 0}
          onRight={setRight}
          onInvited={(invited) => {
            setPicked(String(invited.desk));
            setRight({ kind: 'code', invited });
          }}
        />
      }
    />
  );
}

function List(props: {
  desks: readonly DeskView[];
  chosen: DeskView | undefined;
  onChoose: (desk: DeskView) => void;
}) {
  const { desks, chosen, onChoose } = props;
  if (desks.length === 0) {
    return <Empty>No other desk attaches to this station. Alt+N makes a code for one.</Empty>;
  }
  return (
    <Table
      label="Desks"
      columns={columns}
      rows={desks}
      rowKey={keyOf}
      chosen={chosen ? keyOf(chosen) : null}
      onChoose={onChoose}
    />
  );
}

interface RightPanelProps {
  readonly right: Right;
  readonly chosen: DeskView | undefined;
  readonly listening: string | null;
  readonly refusals: number;
  readonly onRight: (right: Right) => void;
  readonly onInvited: (invited: Invited) => void;
}

function RightPanel(props: RightPanelProps) {
  const { right, chosen, listening, refusals, onRight, onInvited } = props;
  const back = (): void => onRight({ kind: 'desk' });
  if (right.kind === 'invite') {
    return (
      <Panel title="A new desk">
        <InviteDesk onClose={back} onInvited={onInvited} />
      </Panel>
    );
  }
  if (right.kind === 'code') {
    return (
      <Panel title={`Code for ${right.invited.name}`}>
        <ShownCode invited={right.invited} address={listening} onDone={back} />
      </Panel>
    );
  }
  return (
    <Panel title={chosen?.name ?? 'This station'}>
      <div className={styles.facts}>
        {chosen ? <Chosen key={chosen.desk} desk={chosen} /> : null}
        <Pairs
          pairs={[
            { label: 'Desks attach at', text: listening ?? 'nowhere: started without --serve-lan' },
            { label: 'Turned away', text: `${refusals} since the station started` },
          ]}
        />
      </div>
    </Panel>
  );
}

function Chosen({ desk }: { desk: DeskView }) {
  const [isRevoking, setRevoking] = useState(false);
  const mayRevoke = useRole('administrator', 'supervisor') && desk.state !== 'revoked';
  useHotkeys('Desk', [{ chord: 'Alt+R', what: 'revoke', run: () => setRevoking(true) }], {
    isOff: !mayRevoke,
  });
  const isOdd = (desk.state === 'lapsed' && desk.wrongTries > 0) || desk.isRenewalDue;
  return (
    <>
      <Notice tone={isOdd ? 'amber' : 'calm'}>{stateSentence(desk)}</Notice>
      <Pairs
        pairs={[
          { label: 'Last seen', text: seenSentence(desk) },
          { label: 'Wrong codes tried', text: desk.wrongTries },
          {
            label: 'Certificate (SHA-256)',
            text:
              desk.fingerprint === null ? (
                'none yet'
              ) : (
                <span className={styles.print}>{grouped(desk.fingerprint)}</span>
              ),
          },
        ]}
      />
      {mayRevoke ? (
        <div className={styles.actions}>
          <Button chord="Alt+R" onPress={() => setRevoking(true)}>
            Revoke
          </Button>
        </div>
      ) : null}
      {isRevoking ? <RevokeDesk desk={desk} onClose={() => setRevoking(false)} /> : null}
    </>
  );
}
