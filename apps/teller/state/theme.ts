// Remembers whether this window is light, dark, or as the machine says.

export type Theme = 'system' | 'light' | 'dark';

const key = 'theme';
const order: readonly Theme[] = ['system', 'light', 'dark'];

/** What was chosen at this window; a window that cannot remember follows the machine. */
export function chosenTheme(): Theme {
  const stored = localStorage.getItem(key);
  return order.find((theme) => theme === stored) ?? 'system';
}

/** Puts the chosen theme on the page. */
export function applyTheme(theme: Theme = chosenTheme()): void {
  if (theme === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}

/** Goes on to the next theme, remembers it and returns it. */
export function nextTheme(): Theme {
  const next = order[(order.indexOf(chosenTheme()) + 1) % order.length] ?? 'system';
  localStorage.setItem(key, next);
  applyTheme(next);
  return next;
}
