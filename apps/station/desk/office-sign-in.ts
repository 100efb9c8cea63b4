// Asks head office's signed leave of whoever signs in while head office cannot be asked itself.
import { Refusal } from '#station/bank/refusal.ts';
import { signInProblem } from '#station/office/protocol/sign-in.ts';
import type { SignInGrant } from '#station/office/protocol/values.ts';
import type { OfficePlace } from './office.ts';

/**
 * Refuses a sign-in the grants do not cover. A branch without a head office, one that it answers now,
 * and one that it has never granted anything sign in as ever.
 */
export function refuseUngranted(
  { books, link, clock, isSigned }: OfficePlace,
  person: { readonly user: string; readonly roles: readonly string[] },
): void {
  const { ledger, reads } = books;
  if (!link || link.isReachable() || !reads.hasGrants()) return;
  const row = reads.grant(person.user);
  const held = row
    ? { grant: JSON.parse(row.document) as SignInGrant, signature: row.signature }
    : null;
  const wrong = signInProblem(held, {
    ...{ branch: books.code(), device: Buffer.from(ledger.publicKey).toString('hex'), isSigned },
    ...{ user: person.user, roles: person.roles },
    now: Math.max(clock.now(), ledger.moment().at),
  });
  if (wrong) throw new Refusal(wrong.reason, wrong.message, wrong.field ?? undefined);
}
