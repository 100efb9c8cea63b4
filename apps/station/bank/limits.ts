// Finds the limits that apply to a person, a task and a till.
import type { LimitedRole, LimitedTask } from '#contract/policy.ts';
import type { Conversion, PolicyInForce } from './rates.ts';

export interface RoleLimit {
  readonly role: LimitedRole;
  /** Above this a second person must approve. */
  readonly softMinor: bigint;
  /** Above this the person may not do it at all; null when there is no such bound. */
  readonly hardMinor: bigint | null;
  /** Whether the policy, or a rate, gives this limit; where neither does it is zero. */
  readonly isSet: boolean;
  /** The rate that made it, where the policy does not name the currency. */
  readonly by?: Conversion;
}

export interface LimitQuestion {
  readonly roles: readonly string[];
  readonly task: LimitedTask;
  readonly currency: string;
}

const ranks: readonly LimitedRole[] = ['supervisor', 'teller'];

/** The limit of the person's highest role. No row means zero: everything needs a second person. */
export function roleLimitFor(rules: PolicyInForce, question: LimitQuestion): RoleLimit {
  const role = ranks.find((rank) => question.roles.includes(rank)) ?? 'teller';
  const row = rules.roleLimits.find(
    (limit) =>
      limit.role === role && limit.task === question.task && limit.currency === question.currency,
  );
  const limit = { role, softMinor: row?.softMinor ?? 0n, hardMinor: row?.hardMinor ?? null };
  return { ...limit, isSet: row !== undefined, ...(row?.by ? { by: row.by } : {}) };
}

export interface TillLimit {
  readonly softMinor: bigint | null;
  readonly hardMinor: bigint | null;
  /** The rate that made it, where the policy does not name the currency. */
  readonly by?: Conversion;
}

/** What a till or the vault may hold of a currency; null where the policy says nothing. */
export function tillLimitFor(
  rules: PolicyInForce,
  kind: 'till' | 'vault',
  currency: string,
): TillLimit {
  const row = rules.tillLimits.find((limit) => limit.kind === kind && limit.currency === currency);
  const limit = { softMinor: row?.softMinor ?? null, hardMinor: row?.hardMinor ?? null };
  return { ...limit, ...(row?.by ? { by: row.by } : {}) };
}
