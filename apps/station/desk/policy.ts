// Handles the branch's policy: shown to everybody, set whole and with a reason by an administrator.

import type { Policy } from '#contract/policy.ts';
import { readPolicy, writePolicy } from '#station/bank/policy.ts';
import { Refusal, refuseUnless } from '#station/bank/refusal.ts';
import { canonicalText } from '#station/ledger/canonical.ts';
import { type Counter, instant } from './counter.ts';
import type { Handlers, KeyedHandler } from './desk.ts';

type PolicyHandlers = Pick<Handlers, Extract<keyof Handlers, `policy.${string}`>>;

export function policyHandlers(counter: Counter): PolicyHandlers {
  return Object.freeze({
    'policy.get': () => {
      const since = counter.policies.since();
      const policy: unknown = writePolicy(counter.policies.policy());
      return { policy, since: since === null ? null : instant(since) };
    },
    'policy.set': setHandler(counter),
  });
}

function setHandler(counter: Counter): KeyedHandler<'policy.set'> {
  return {
    record({ policy: given, reason }, _asker, { seq }) {
      const policy = writePolicy(readGiven(given));
      const before = writePolicy(counter.policies.policy());
      refuseUnless(
        canonicalText(policy) !== canonicalText(before),
        'policy-same',
        'This is the policy already in force: nothing was changed.',
        'policy',
      );
      return {
        type: 'policy.set',
        data: { policy, reason },
        result: { seq },
        topics: ['policy', 'till', 'approval'],
      };
    },
  };
}

/** The policy as given; what is wrong with it is named by its place in the form. */
function readGiven(given: unknown): Policy {
  try {
    return readPolicy(given);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { reason, message, field } = error;
    throw new Refusal(reason, message, field ? `policy.${field}` : 'policy');
  }
}
