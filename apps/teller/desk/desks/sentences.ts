// Puts what is known of a desk into an administrator's words.
import type { DeskView } from '#contract/desks.ts';
import { formatInstant } from '../../parts/words.ts';

type Known = Pick<
  DeskView,
  'state' | 'until' | 'wrongTries' | 'renewsFrom' | 'isRenewalDue' | 'nextUntil'
>;

/** What the state means, and until when. */
export function stateSentence(desk: Known): string {
  const { state, until, wrongTries } = desk;
  const end = formatInstant(until);
  switch (state) {
    case 'invited':
      return `A code is out and good until ${end}. It was shown once; where it is lost, revoke this desk and invite it anew.`;
    case 'lapsed':
      return wrongTries >= 5
        ? 'The code is void: it was tried wrongly five times. Whoever did so may sit on the line between; find out before you make another.'
        : `The code ran out at ${end} and was not used.`;
    case 'enrolled':
      return `Its certificate is good until ${end}. ${renewalSentence(desk)}`;
    case 'expired':
      return `Its certificate ran out at ${end}: revoke it and invite it anew.`;
    case 'revoked':
      return 'It was cut off and is never let in again.';
  }
}

function renewalSentence({ renewsFrom, isRenewalDue, nextUntil }: Known): string {
  if (nextUntil !== null) {
    return `It has been given the next one, good until ${formatInstant(nextUntil)}, and shows it at its next start; this one ends then.`;
  }
  if (isRenewalDue) {
    return 'It renews it by itself the next time it is started; if it is not started before the end, it needs a new code.';
  }
  return renewsFrom === null
    ? ''
    : `It renews it by itself from ${formatInstant(renewsFrom).slice(0, -6)}, while it is at work.`;
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
