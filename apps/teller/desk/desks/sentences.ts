// Puts what is known of a desk into an administrator's words.
import type { DeskView } from '#contract/desks.ts';
import { formatInstant } from '../../parts/words.ts';

type Known = Pick<DeskView, 'state' | 'until' | 'wrongTries'>;

/** What the state means, and until when. */
export function stateSentence({ state, until, wrongTries }: Known): string {
  const end = formatInstant(until);
  switch (state) {
    case 'invited':
      return `A code is out and good until ${end}. It was shown once; where it is lost, revoke this desk and invite it anew.`;
    case 'lapsed':
      return wrongTries >= 5
        ? 'The code is void: it was tried wrongly five times. Whoever did so may sit on the line between; find out before you make another.'
        : `The code ran out at ${end} and was not used.`;
    case 'enrolled':
      return `Its certificate is good until ${end}.`;
    case 'expired':
      return `Its certificate ran out at ${end}: revoke it and invite it anew.`;
    case 'revoked':
      return 'It was cut off and is never let in again.';
  }
}

/** When it was last at work. */
export function seenSentence(desk: Pick<DeskView, 'windows' | 'lastSeenAt' | 'address'>): string {
  const at = desk.address === null ? '' : `, enrolled from ${desk.address}`;
  if (desk.windows > 0) {
    return `${desk.windows} ${desk.windows === 1 ? 'window' : 'windows'} open now${at}`;
  }
  return desk.lastSeenAt === null ? 'never' : `${formatInstant(desk.lastSeenAt)}${at}`;
}

/** A fingerprint in groups, so that two people can compare it. */
export function grouped(fingerprint: string): string {
  return fingerprint.match(/.{1,8}/g)?.join(' ') ?? '';
}
