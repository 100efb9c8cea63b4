// Says whether a person may sign in while head office cannot be asked: for 72 hours, on its signed word.
import { type Problem, problem } from '#station/bank/problem.ts';
import { signInGrantNote } from './allowance.ts';
import { clockSkewMsMost, type SignInGrant } from './values.ts';

export interface SignInQuestion {
  readonly branch: string;
  /** Public key of this workstation, in hex. */
  readonly device: string;
  readonly user: string;
  readonly roles: readonly string[];
  /** The later of the clock and the log's last event: a clock put back does not lengthen a grant. */
  readonly now: number;
  readonly isSigned: (note: Buffer, signature: string) => boolean;
}

/** Why this person may not sign in offline, or null. `held` is the newest grant here, null when none. */
export function signInProblem(
  held: { readonly grant: SignInGrant; readonly signature: string } | null,
  question: SignInQuestion,
): Problem | null {
  const no = (reason: string, why: string) =>
    problem(
      reason,
      `Head office cannot be reached, and ${why}: sign in once the line is back.`,
      'user',
    );
  const { user } = question;
  if (held === null) return no('grant-missing', `it has not yet let ${user} sign in without it`);
  const { grant, signature } = held;
  if (!question.isSigned(signInGrantNote(grant), signature)) {
    return no('grant-forged', `its leave for ${user} does not carry its signature`);
  }
  const isOurs =
    grant.branch === question.branch && grant.device === question.device && grant.user === user;
  if (!isOurs) return no('grant-foreign', `its leave is for ${grant.user} at ${grant.branch}`);
  const extra = question.roles.filter((role) => !grant.roles.includes(role));
  if (extra.length > 0) return no('grant-roles', `it does not know ${user} as ${extra.join(', ')}`);
  const isCurrent =
    question.now < grant.expiresAt && question.now > grant.issuedAt - clockSkewMsMost;
  if (!isCurrent) {
    const until = new Date(grant.expiresAt).toISOString();
    return no('grant-expired', `its leave for ${user} held until ${until}`);
  }
  return null;
}
