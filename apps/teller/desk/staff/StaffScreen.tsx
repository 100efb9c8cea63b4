// The branch's own people: who works here, in which roles, and what an administrator may do about it.
import { useState } from 'react';
import type { StaffMember } from '#contract/staff.ts';
import { StateBadge } from '../../parts/Badge.tsx';
import { Button } from '../../parts/Button.tsx';
import { Empty, Notice, Waiting } from '../../parts/Notice.tsx';
import { type Column, Table } from '../../parts/Table.tsx';
import { useHotkeys } from '../../parts/useHotkeys.tsx';
import { formatInstant } from '../../parts/words.ts';
import { useQuery } from '../../state/useQuery.ts';
import { useRole } from '../../state/useSession.ts';
import { Halves, Panel } from '../Screen.tsx';
import { AddStaff } from './AddStaff.tsx';
import { actionsFor, chords, type StaffAction, titles } from './actions.ts';
import { ActionDialog } from './StaffActions.tsx';
import styles from './staff.module.css';

const columns: readonly Column<StaffMember>[] = [
  { id: 'user', title: 'User', track: 'minmax(0, 1fr)', draw: (member) => member.user },
  { id: 'name', title: 'Name', track: 'minmax(0, 2fr)', draw: (member) => member.name },
  {
    id: 'roles',
    title: 'Roles',
    track: 'minmax(0, 2fr)',
    draw: (member) => member.roles.join(', '),
  },
  {
    id: 'state',
    title: 'State',
    track: '96px',
    draw: (member) => <StateBadge state={member.state} />,
  },
];

const keyOf = (member: StaffMember): string => String(member.id);

export function StaffScreen() {
  const reading = useQuery('staff.list', {}, { keep: true });
  const [picked, setPicked] = useState<string | null>(null);
  const [isAdding, setAdding] = useState(false);
  const isAdministrator = useRole('administrator');
  const staff = reading.data?.staff ?? [];
  const chosen = staff.find((member) => keyOf(member) === picked) ?? staff[0];
  useHotkeys('Staff', [{ chord: 'Alt+N', what: 'somebody new', run: () => setAdding(true) }], {
    isOff: !isAdministrator,
  });
  const add = (
    <Button kind="quiet" chord="Alt+N" onPress={() => setAdding(true)}>
      Somebody new
    </Button>
  );
  return (
    <Halves
      left={
        <Panel title="Staff" isFull aside={isAdministrator ? add : null}>
          {reading.data ? (
            <Table
              label="Staff"
              columns={columns}
              rows={staff}
              rowKey={keyOf}
              chosen={chosen ? keyOf(chosen) : null}
              onChoose={(member) => setPicked(keyOf(member))}
            />
          ) : (
            <Waiting for={reading} what="the staff" />
          )}
        </Panel>
      }
      right={
        isAdding ? (
          <Panel title="Somebody new">
            <AddStaff
              onClose={() => setAdding(false)}
              onAdded={(staff) => {
                setPicked(String(staff));
                setAdding(false);
              }}
            />
          </Panel>
        ) : (
          <Panel title={chosen?.name ?? 'Nobody chosen'}>
            {chosen ? <Member member={chosen} /> : <Empty>Nobody works here yet.</Empty>}
          </Panel>
        )
      }
    />
  );
}

function Member({ member }: { member: StaffMember }) {
  const [action, setAction] = useState<StaffAction | null>(null);
  const isAdministrator = useRole('administrator');
  const isSupervisor = useRole('supervisor');
  const actions = actionsFor(member, { isAdministrator, isSupervisor });
  useHotkeys(
    'Colleague',
    actions.map((each) => ({
      ...{ chord: chords[each], what: titles[each].toLowerCase() },
      run: () => setAction(each),
    })),
  );
  return (
    <div className={styles.member}>
      {member.state === 'locked' && member.lockedUntil !== null ? (
        <Notice tone="amber">
          {`Locked after five wrong tries, until ${formatInstant(member.lockedUntil)}.`}
        </Notice>
      ) : null}
      <Details member={member} />
      <div className={styles.actions}>
        {actions.map((each) => (
          <Button key={each} chord={chords[each]} onPress={() => setAction(each)}>
            {titles[each]}
          </Button>
        ))}
      </div>
      {action === null ? null : (
        <ActionDialog
          key={`${action} ${member.id}`}
          member={member}
          action={action}
          onClose={() => setAction(null)}
        />
      )}
    </div>
  );
}

function Details({ member }: { member: StaffMember }) {
  const signedIn = member.lastSignedInAt === null ? 'never' : formatInstant(member.lastSignedInAt);
  const lines = [
    ['User', member.user],
    ['Roles', member.roles.join(', ')],
    ['Second factor', member.hasFactor ? 'enrolled' : 'none'],
    ['Password', member.mustChangePassword ? 'must be changed at the next sign-in' : 'own'],
    ['Last signed in', signedIn],
    ['Own customer no.', member.customer ?? 'none'],
  ] as const;
  return (
    <dl className={styles.details}>
      {lines.flatMap(([label, text]) => [
        <dt key={label}>{label}</dt>,
        <dd key={`${label}:`}>{text}</dd>,
      ])}
    </dl>
  );
}
