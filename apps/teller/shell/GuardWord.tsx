// A word in the status line when the guard stands in the way of work, and none otherwise.
import { Badge } from '../parts/Badge.tsx';
import { useQuery } from '../state/useQuery.ts';

const words: Readonly<Record<string, string>> = {
  'guard-failed': 'guard stopped: no cash moves',
  'guard-unconfirmed': 'log not confirmed: no cash moves',
  'guard-not-ours': 'kernel guard not in use',
};

export function GuardWord() {
  const { data } = useQuery('guard.alarm', {}, { keep: true });
  const alarm = data?.alarm;
  if (!alarm) return null;
  return (
    <Badge tone={alarm.tone} icon={alarm.tone === 'red' ? 'stop' : 'warning'}>
      {words[alarm.reason] ?? alarm.reason}
    </Badge>
  );
}
