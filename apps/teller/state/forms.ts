// Lets every store that holds something typed be emptied at once, when another person takes the window.

const resets = new Set<() => void>();

/** A store with something typed in it names how it is emptied. */
export function onResetForms(reset: () => void): void {
  resets.add(reset);
}

/** Forgets everything typed: the next person sees nothing of the one before. */
export function resetForms(): void {
  for (const reset of resets) reset();
}
