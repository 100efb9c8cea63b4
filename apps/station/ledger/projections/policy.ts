// Keeps the branch's policy as it was last set.
import type { Database } from 'better-sqlite3';
import type { Policy } from '#contract/policy.ts';
import { defaultPolicy, readPolicy } from '#station/bank/policy.ts';
import type { PolicyInForce } from '#station/bank/rates.ts';
import { canonicalText } from '../canonical.ts';
import type { StoredEvent } from '../events.ts';
import type { Projection } from '../projection.ts';

const schema = `
CREATE TABLE policy (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  seq INTEGER NOT NULL,
  at INTEGER NOT NULL,
  body TEXT NOT NULL
) STRICT;
`;

export interface PolicyReads {
  /** The policy in force: the last one set, else the one every branch begins with. */
  policy(): Policy;
  /** The same as the rules read it: what it does not name converted, where there are rates. */
  inForce(): PolicyInForce;
  /** When it was set, ms since 1970; null while it is the one every branch begins with. */
  since(): number | null;
}

export function createPolicyReads(database: Database): PolicyReads {
  const body = database.prepare<[], string>('SELECT body FROM policy WHERE id = 1').pluck();
  const at = database.prepare<[], bigint>('SELECT at FROM policy WHERE id = 1').pluck();
  // Kept by its text: a number can stand for another policy after a rollback.
  let known: { readonly text: string; readonly policy: Policy } | null = null;
  function policy(): Policy {
    const text = body.get() as string | undefined;
    if (text === undefined) return defaultPolicy;
    if (known?.text !== text) known = { text, policy: readPolicy(JSON.parse(text)) };
    return known.policy;
  }
  return Object.freeze({
    policy,
    inForce: policy,
    since() {
      const since = at.get() as bigint | undefined;
      return since === undefined ? null : Number(since);
    },
  });
}

export const policyProjection: Projection = Object.freeze({
  name: 'policy',
  tables: ['policy'],
  schema,
  types: ['policy.set'],
  prepare(database: Database) {
    const set = database.prepare(
      `INSERT INTO policy (id, seq, at, body) VALUES (1, ?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET seq = excluded.seq, at = excluded.at, body = excluded.body`,
    );
    return ({ seq, at, data }: StoredEvent) => void set.run(seq, at, canonicalText(data.policy));
  },
});
