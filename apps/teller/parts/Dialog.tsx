// The one dialog: it takes the focus, gives it back, and closes by Escape.
import { Dialog as Base } from '@base-ui/react/dialog';
import type { ReactNode, RefObject } from 'react';
import { Button } from './Button.tsx';
import styles from './Dialog.module.css';
import type { Hotkey } from './hotkeys.ts';
import { useHotkeys } from './useHotkeys.tsx';

export interface DialogProps {
  readonly title: string;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
  /** `wide` for lists and texts. */
  readonly size?: 'text' | 'wide';
  readonly keys?: readonly Hotkey[];
  /** Where the focus goes first; else the first control. */
  readonly first?: RefObject<HTMLElement | null>;
}

export function Dialog(props: DialogProps) {
  const { title, isOpen, onClose, children, size = 'text', first } = props;
  return (
    <Base.Root open={isOpen} onOpenChange={(open) => (open ? undefined : onClose())}>
      <Base.Portal>
        <Base.Backdrop className={styles.shade} />
        <Base.Popup
          className={`${styles.popup} ${size === 'wide' ? styles.wide : ''}`}
          {...(first ? { initialFocus: first } : {})}
        >
          <Base.Title className={styles.title}>{title}</Base.Title>
          <DialogKeys title={title} onClose={onClose} keys={props.keys ?? []} />
          {children}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}

/** The keys live as long as the dialog is open. */
function DialogKeys(props: Pick<DialogProps, 'title' | 'onClose'> & { keys: readonly Hotkey[] }) {
  const close = { chord: 'Escape', what: 'close', run: props.onClose };
  useHotkeys(props.title, [close, ...props.keys], { isModal: true });
  return null;
}

/** The row of buttons at the foot of a dialog, the main one last. */
export function DialogActions(props: { children: ReactNode }) {
  return <div className={styles.actions}>{props.children}</div>;
}

/** The foot of a dialog that asks and then does: leave it, or do what its label says. */
export function SubmitActions(props: { label: string; isOff: boolean; onClose: () => void }) {
  return (
    <DialogActions>
      <Button chord="Escape" onPress={props.onClose}>
        Leave it
      </Button>
      <Button kind="main" chord="Enter" isOff={props.isOff}>
        {props.label}
      </Button>
    </DialogActions>
  );
}
