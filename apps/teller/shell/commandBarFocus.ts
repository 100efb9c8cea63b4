// Knows where the command bar is, so that the focus can always return to it.

let bar: HTMLInputElement | null = null;

/** The command bar names its line when it is drawn, and null when it goes. */
export function setCommandBar(input: HTMLInputElement | null): void {
  bar = input;
}

export function isCommandBar(element: EventTarget | null): boolean {
  return bar !== null && element === bar;
}

/** Puts the focus into the command bar. */
export function focusCommandBar(): void {
  bar?.focus();
}
