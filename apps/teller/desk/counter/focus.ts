// Puts the focus where the hand is needed next: the first empty field, the wrong one, or the notes.

function controls(form: HTMLFormElement | null): (HTMLInputElement | HTMLSelectElement)[] {
  return form
    ? [...form.querySelectorAll<HTMLInputElement | HTMLSelectElement>('input, select')]
    : [];
}

/** The first empty line before the notes; where none is empty the first of the notes, else the last line. */
export function focusFirst(form: HTMLFormElement | null): void {
  const all = controls(form);
  const lines = all.filter((control) => control.tagName === 'INPUT');
  const outside = lines.filter((control) => !control.closest('fieldset'));
  const needed = outside.slice(0, -1).find((control) => control.value === '');
  const notes = lines.find((control) => control.closest('fieldset'));
  (needed ?? notes ?? outside.at(-1))?.focus();
}

/** The first field with a refusal, once it has been drawn. */
export function focusWrong(form: HTMLFormElement | null): void {
  requestAnimationFrame(() => {
    const wrong = controls(form).find((control) => control.getAttribute('aria-invalid') === 'true');
    wrong?.focus();
    if (wrong instanceof HTMLInputElement) wrong.select();
  });
}
