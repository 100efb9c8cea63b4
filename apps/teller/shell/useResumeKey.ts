// One key, on any screen, for what a supervisor has approved: the teller carries it out.
import { useHotkeys } from '../parts/useHotkeys.tsx';
import { useScreens } from '../state/screens.ts';
import { useQuery } from '../state/useQuery.ts';
import { useRole } from '../state/useSession.ts';

export function useResumeKey(): void {
  const isDesk = useRole('teller', 'supervisor');
  const { data } = useQuery('approval.list', isDesk ? { scope: 'own' } : null);
  const open = useScreens((screens) => screens.open);
  const approved = data?.approvals.find(({ state }) => state === 'approved');
  const run = (): void => {
    if (approved) open({ name: 'approvals', approval: approved.approval });
  };
  useHotkeys('Approved', [{ chord: 'Alt+R', what: 'carry out the first approved', run }], {
    isOff: !approved,
  });
}
