// Sees to it that the focus is never nowhere: what vanishes with it hands it to the command bar.
import { useEffect } from 'react';
import { focusCommandBar } from './commandBarFocus.ts';

function keep(): void {
  const isNowhere = document.activeElement === document.body || !document.activeElement;
  const isCovered = document.querySelector('[role="dialog"], [role="alertdialog"]') !== null;
  if (isNowhere && !isCovered) focusCommandBar();
}

/**
 * While the frame is shown, a focus that falls on the page itself goes to the command bar. What is hidden
 * loses its focus only when the page is next drawn, so a change of screen is looked at after that.
 */
export function useFocusKeeper(screenId: number): void {
  useEffect(() => {
    let frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(keep);
    });
    return () => cancelAnimationFrame(frame);
  }, [screenId]);
  useEffect(() => {
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
