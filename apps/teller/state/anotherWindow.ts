// Opens a further window of the workstation, with a sign-in of its own.

/** The desktop host makes its own window; the kiosk hands out an address that is good once. */
export async function openAnotherWindow(): Promise<void> {
  if (window.teller) return void window.open('/');
  const answer = await fetch('/window', { method: 'POST' });
  if (!answer.ok) throw new Error(`the host answered ${answer.status} to a further window`);
  const { url } = (await answer.json()) as { url: string };
  window.open(url);
}
