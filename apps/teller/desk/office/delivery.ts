// Says what waits for head office in words, and how far catching up has come in numbers.

/** Of the most that ever waited since all was delivered last, how many are there by now. */
export function caughtUp(
  behind: number,
  most: number,
): { readonly done: number; readonly of: number } {
  const of = Math.max(most, behind, 1);
  return { done: of - behind, of };
}

/** What an event that waits is: what it posted, or its type without the dots (`session.opened`). */
export function eventWords({
  type,
  what,
}: {
  readonly type: string;
  readonly what: string;
}): string {
  return what === '' ? type.replaceAll(/[.-]/g, ' ') : what;
}
