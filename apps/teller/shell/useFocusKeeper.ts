// Sees to it that the focus is never nowhere: what vanishes with it hands it to the command bar.
import { useEffect } from 'react';
import { focusCommandBar } from './commandBarFocus.ts';

/** While the frame is shown, a focus that falls on the page itself goes to the command bar. */
export function useFocusKeeper(): void {
  useEffect(() => {
    const keep = (): void => {
      const isNowhere = document.activeElement === document.body || !document.activeElement;
      const isCovered = document.querySelector('[role="dialog"], [role="alertdialog"]') !== null;
      if (isNowhere && !isCovered) focusCommandBar();
    };
    keep();
    const observer = new MutationObserver(keep);
    observer.observe(document.body, { childList: true, subtree: true });
    window.addEventListener('keydown', keep, { capture: true });
    return () => {
      observer.disconnect();
      window.removeEventListener('keydown', keep, { capture: true });
    };
  }, []);
}
