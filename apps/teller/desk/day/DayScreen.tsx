// The branch's day: opened on a date with the vault counted by two, closed from one list, kept as signed packs.
import { useState } from 'react';
import { Notice, Waiting } from '../../parts/Notice.tsx';
import { counted, formatDate, formatInstant } from '../../parts/words.ts';
import { useQuery } from '../../state/useQuery.ts';
import { useRole } from '../../state/useSession.ts';
import { Halves, Panel } from '../Screen.tsx';
import { CloseDay } from './CloseDay.tsx';
import { OpenDay } from './OpenDay.tsx';
import { Packs } from './Packs.tsx';

export function DayScreen() {
  const reading = useQuery('day.state', {});
  const mayReadPacks = useRole('supervisor', 'compliance', 'auditor', 'administrator');
  const { data } = reading;
  return (
    <Halves
      left={data ? <Today day={data} /> : <Waiting for={reading} what="the day" />}
      right={
        <Panel title="Closed days" isFull>
          {mayReadPacks ? <Packs /> : null}
        </Panel>
      }
    />
  );
}

type Day = NonNullable<ReturnType<typeof useQuery<'day.state'>>['data']>;

function Today({ day }: { day: Day }) {
  const isSupervisor = useRole('supervisor');
  // Where the day was closed on this very screen the hand is in the command bar, and stays there.
  const [wasOpen] = useState(day.state === 'open');
  const mayReadBlockers = useRole('supervisor', 'auditor', 'administrator');
  if (day.state === 'open') {
    const title = day.date === null ? 'Open' : `Open on ${formatDate(day.date)}`;
    return (
      <Panel title={title}>
        <p>{`Opened by ${day.openedBy ?? 'somebody'} at ${day.openedAt === null ? 'an unknown time' : formatInstant(day.openedAt)}; ${counted(day.journals, 'journal')} since.`}</p>
        {mayReadBlockers ? <CloseDay mayClose={isSupervisor} /> : null}
      </Panel>
    );
  }
  if (isSupervisor) return <OpenDay nextDate={day.nextDate} takesFocus={!wasOpen} />;
  return (
    <Panel title="The branch is not open">
      <Notice tone="amber">
        {`A supervisor opens it; the next business day is ${formatDate(day.nextDate)}.`}
      </Notice>
    </Panel>
  );
}
