// Proves the second person of whatever is counted by two: somebody else, who works at the counter.
import type { Checked } from '#contract/index.ts';
import { refuseUnless } from '#station/bank/refusal.ts';
import { type Counter, hasRole } from './counter.ts';
import type { Person, SignedIn } from './desk.ts';

export type Second = Checked<'day.open'>['second'];

/**
 * The second person, by their own password (and code where enrolled). Refuses the asker themself, and who
 * does not work at the counter. `what` is what is counted, for the sentence.
 */
export async function checkSecond(
  counter: Counter,
  second: Second,
  at: { readonly asker: SignedIn; readonly purpose: string; readonly what: string },
): Promise<Person> {
  refuseUnless(
    second.user !== at.asker.person.user,
    'same-person',
    `${at.what} is counted by two: the second person is somebody else.`,
    'second.user',
  );
  const { window } = at.asker;
  const place = { window, purpose: at.purpose, field: 'second' };
  const person = await counter.sessions.checkPassword(second, place);
  refuseUnless(
    hasRole(person, 'teller', 'supervisor'),
    'role-needed',
    `${person.name} does not work at the counter: a teller or supervisor counts along.`,
    'second.user',
  );
  return person;
}
