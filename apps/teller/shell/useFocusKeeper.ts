// Sees to it that the focus is never nowhere: what vanishes with it hands it to the command bar.
import { useEffect, useRef } from 'react';
import { focusCommandBar } from './commandBarFocus.ts';

function keep(): void {
  const isNowhere = document.activeElement === document.body || !document.activeElement;
  const isCovered = document.querySelector('[role="dialog"], [role="alertdialog"]') !== null;
  if (isNowhere && !isCovered) focusCommandBar();
}

/**
 * While the frame is shown, a focus that falls on the page itself goes to the command bar. What is hidden
 * loses its focus only when the page is next drawn, so every change is looked at after that.
 */
export function useFocusKeeper(): void {
  const last = useRef<Element | null>(null);
  useEffect(() => {
    let frame = 0;
    // Back from the lock, the hand goes on where it was.
    if (last.current instanceof HTMLElement && last.current.checkVisibility()) last.current.focus();
    const remember = (): void => {
      last.current = document.activeElement;
    };
    const keepSoon = (): void => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(() => {
        frame = requestAnimationFrame(keep);
      });
    };
    keep();
    const observer = new MutationObserver(keepSoon);
    const watched = { childList: true, subtree: true, attributeFilter: ['style', 'hidden'] };
    observer.observe(document.body, watched);
    window.addEventListener('keydown', keep, { capture: true });
    document.addEventListener('focusin', remember);
    return () => {
      cancelAnimationFrame(frame);
      observer.disconnect();
      window.removeEventListener('keydown', keep, { capture: true });
      document.removeEventListener('focusin', remember);
    };
  }, []);
}
