// Leaves a form whose work is recorded, so that what was posted is always seen with its receipt.
import { useLast } from './last.ts';
import { useScreens } from './screens.ts';

/** One step back; the receipt of what was posted last is in front, wherever the teller came from. */
export function leaveDone(): void {
  const { done } = useLast.getState();
  useScreens.getState().leave(done?.state === 'posted' ? done.journal : null);
}
