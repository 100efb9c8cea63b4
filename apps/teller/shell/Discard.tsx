// Asks before Escape loses something typed; Enter keeps it, because that is the safe answer.
import { Button } from '../parts/Button.tsx';
import { Dialog, DialogActions } from '../parts/Dialog.tsx';
import { useScreens } from '../state/screens.ts';

export function Discard(props: { isOpen: boolean; onClose: () => void }) {
  const back = useScreens((screens) => screens.back);
  const discard = (): void => {
    props.onClose();
    back();
  };
  return (
    <Dialog
      title="Leave this screen?"
      isOpen={props.isOpen}
      onClose={props.onClose}
      keys={[{ chord: 'D', what: 'discard', run: discard }]}
    >
      <p>What you typed here has not been posted and would be lost.</p>
      <DialogActions>
        <Button kind="main" chord="Enter" onPress={props.onClose}>
          Stay
        </Button>
        <Button chord="D" onPress={discard}>
          Discard
        </Button>
      </DialogActions>
    </Dialog>
  );
}
