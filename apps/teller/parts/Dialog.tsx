// The one dialog: it takes the focus, gives it back, and closes by Escape.
import { Dialog as Base } from '@base-ui/react/dialog';
import { type ReactNode, type RefObject, useRef } from 'react';
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
  const popup = useRef<HTMLDivElement>(null);
  return (
    <Base.Root open={isOpen} onOpenChange={(open) => (open ? undefined : onClose())}>
      <Base.Portal>
        <Base.Backdrop className={styles.shade} />
        <Base.Popup
          ref={popup}
          className={`${styles.popup} ${size === 'wide' ? styles.wide : ''}`}
          initialFocus={() => !takesFocus(popup.current, first?.current)}
        >
          <Base.Title className={styles.title}>{title}</Base.Title>
          <DialogKeys title={title} onClose={onClose} keys={props.keys ?? []} />
          {children}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}

const controls = 'input, select, textarea, button, a[href], [tabindex="0"]';

/**
 * Moves the focus into the dialog at once and says whether it went there. The library waits for the next
 * frame, and what is typed until then would change the field behind the dialog.
 */
function takesFocus(popup: HTMLElement | null, first: HTMLElement | null | undefined): boolean {
  const all = [...(popup?.querySelectorAll<HTMLElement>(controls) ?? [])];
  const wanted = first ?? all.find((each) => !each.matches(':disabled') && each.tabIndex >= 0);
  wanted?.focus();
  return popup?.contains(document.activeElement) ?? false;
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
