// The quiet word about head office in the status line.
import { Badge } from '../../parts/Badge.tsx';
import { useQuery } from '../../state/useQuery.ts';
import { lineWord } from './words.ts';

export function OfficeBadge() {
  const { data } = useQuery('office.line', {}, { keep: true });
  const word = data ? lineWord(data) : null;
  if (!word) return null;
  return (
    <Badge tone={word.tone} icon={word.icon}>
      {word.text}
    </Badge>
  );
}
