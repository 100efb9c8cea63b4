// The word in the status line about head office's lists: which version names are compared with, and how old it is.
import { listWord } from '../desk/screening/sentences.ts';
import { Badge } from '../parts/Badge.tsx';
import { useQuery } from '../state/useQuery.ts';

export function ListWord() {
  const { data } = useQuery('screening.state', {}, { keep: true });
  const word = data ? listWord(data) : null;
  if (!word) return null;
  return (
    <Badge tone={word.isOld ? 'amber' : 'calm'} icon={word.isOld ? 'warning' : 'dot'}>
      {word.text}
    </Badge>
  );
}
