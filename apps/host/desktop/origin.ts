// Names the one origin the desktop's windows may show and speak from.

export const scheme = 'teller';
export const origin = `${scheme}://station`;

/** Address of the screens' first page. */
export const firstPage = `${origin}/index.html`;

/** The one channel between page and main; frames travel on it as JSON text. */
export const channel = 'teller-frame';

/** The channel on which the page asks for its line, and hears `open` or `closed`. */
export const lineChannel = 'teller-line';

/** Whether a URL lies on our origin, exactly: no user, no port, no look-alike host. */
export function isOurs(url: string): boolean {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  return (
    parsed !== undefined &&
    parsed.protocol === `${scheme}:` &&
    parsed.host === 'station' &&
    parsed.username === '' &&
    parsed.password === ''
  );
}
