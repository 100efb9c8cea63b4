// Takes the hand to the field a refusal is about: a form that was sent and came back says where it is wrong.
import { useEffect } from 'react';

const isWrong =
  'input[aria-invalid="true"], select[aria-invalid="true"], textarea[aria-invalid="true"]';

/** The first wrong field of the form, where the hand is still in the form or nowhere. */
function wrongIn(form: HTMLFormElement): HTMLElement | null {
  const { activeElement } = document;
  const isStillHere = form.contains(activeElement) || activeElement === document.body;
  return isStillHere ? form.querySelector<HTMLElement>(isWrong) : null;
}

/**
 * After Enter in any form the first refusal that appears in it takes the focus, its text chosen to be typed
 * over. The next key ends that: whoever types on is not interrupted.
 */
export function useWrongField(): void {
  useEffect(() => {
    let watched: MutationObserver | null = null;
    const stop = (): void => {
      watched?.disconnect();
      watched = null;
    };
    const sent = (event: SubmitEvent): void => {
      stop();
      const form = event.target;
      if (!(form instanceof HTMLFormElement)) return;
      const look = (): void => {
        const wrong = wrongIn(form);
        if (!wrong) return;
        stop();
        wrong.focus();
        if (wrong instanceof HTMLInputElement) wrong.select();
      };
      watched = new MutationObserver(look);
      watched.observe(form, {
        subtree: true,
        childList: true,
        attributeFilter: ['aria-invalid'],
      });
    };
    const typed = ({ key }: KeyboardEvent): void => {
      if (key !== 'Enter') stop();
    };
    document.addEventListener('submit', sent);
    document.addEventListener('keydown', typed, { capture: true });
    return () => {
      stop();
      document.removeEventListener('submit', sent);
      document.removeEventListener('keydown', typed, { capture: true });
    };
  }, []);
}
