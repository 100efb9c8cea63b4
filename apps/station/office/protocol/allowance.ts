// Says when an allowance may be spent, and binds head office's signature to every word of it.

import { formatMoney } from '#contract/money.ts';
import { canonicalText } from '#station/bank/canonical.ts';
import type { Problem } from '#station/bank/problem.ts';
import { problem } from '#station/bank/problem.ts';
import { type Allowance, accountKey, type OfficeAccount, type SignInGrant } from './values.ts';

/** Longest life of an allowance: a long weekend. The branch refuses it afterwards. */
export const allowanceMsMost = 96 * 60 * 60 * 1000;
/** Life of a sign-in grant: 72 hours offline, then head office must have been asked. */
export const signInGrantMs = 72 * 60 * 60 * 1000;

/** What is signed: a word for what it is, so that no signature serves for something else. */
export function allowanceNote(allowance: Allowance): Buffer {
  return Buffer.from(
    `qenex-teller/allowance\n${canonicalText({ ...allowance, account: { ...allowance.account } })}\n`,
  );
}

export function signInGrantNote(grant: SignInGrant): Buffer {
  return Buffer.from(
    `qenex-teller/sign-in\n${canonicalText({ ...grant, roles: [...grant.roles] })}\n`,
  );
}

/** An allowance with what is known of it at the branch. */
export interface HeldAllowance {
  readonly allowance: Allowance;
  readonly signature: string;
  readonly spentMinor: bigint;
  readonly state: 'open' | 'returned' | 'written-off';
}

export interface SpendQuestion {
  readonly branch: string;
  /** Public key of this workstation, in hex. */
  readonly device: string;
  readonly till: number;
  readonly account: OfficeAccount;
  readonly currency: string;
  readonly now: number;
  /** Whether head office signed these bytes. */
  readonly isSigned: (note: Buffer, signature: string) => boolean;
}

export function leftMinor(held: HeldAllowance): bigint {
  return BigInt(held.allowance.amountMinor) - held.spentMinor;
}

/**
 * Why this allowance cannot be spent here and now, or null. Refuses what is foreign (another branch,
 * device, till, account or currency), forged, expired, returned, written off or spent.
 */
export function allowanceProblem(held: HeldAllowance, question: SpendQuestion): Problem | null {
  const { allowance, state } = held;
  const no = (reason: string, message: string) => problem(reason, message, 'account');
  const { id } = allowance;
  if (!question.isSigned(allowanceNote(allowance), held.signature)) {
    return no('allowance-forged', `Allowance ${id} does not carry head office's signature.`);
  }
  if (allowance.branch !== question.branch || allowance.device !== question.device) {
    return no(
      'allowance-foreign',
      `Allowance ${id} was given to ${allowance.branch}, not to this workstation.`,
    );
  }
  if (accountKey(allowance.account) !== accountKey(question.account)) {
    return no(
      'allowance-foreign',
      `Allowance ${id} is for account ${accountKey(allowance.account)}.`,
    );
  }
  if (allowance.currency !== question.currency) {
    return no('allowance-foreign', `Allowance ${id} is in ${allowance.currency}.`);
  }
  if (allowance.till !== null && allowance.till !== question.till) {
    return no('allowance-foreign', `Allowance ${id} is for till ${allowance.till}.`);
  }
  if (state !== 'open') return no('allowance-ended', `Allowance ${id} is ${state}.`);
  if (question.now >= allowance.expiresAt || question.now < allowance.issuedAt - allowanceMsMost) {
    const until = new Date(allowance.expiresAt).toISOString();
    return no('allowance-expired', `Allowance ${id} held until ${until}.`);
  }
  if (leftMinor(held) <= 0n) {
    const amount = formatMoney(allowance.amountMinor, allowance.currency);
    return no('allowance-spent', `Allowance ${id} of ${amount} is spent.`);
  }
  return null;
}
