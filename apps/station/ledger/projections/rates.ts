// Keeps head office's rates that are in force here: the newest list that was applied.
import type { Database } from 'better-sqlite3';
import { inForce, type PolicyInForce, type Rates } from '#station/bank/rates.ts';
import { canonicalText } from '../canonical.ts';
import type { StoredEvent } from '../events.ts';
import type { Projection } from '../projection.ts';
import type { CounterReads } from './counter.ts';

const schema = `
CREATE TABLE rate_list (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  at INTEGER NOT NULL,
  body TEXT NOT NULL
) STRICT;
`;

export interface RateReads {
  /** Null where head office has sent none that could be applied. */
  rates(): Rates | null;
  /** When they came into force here, ms since 1970. */
  since(): number | null;
}

export function createRateReads(database: Database): RateReads {
  const row = database.prepare<[], { at: bigint; body: string }>(
    'SELECT at, body FROM rate_list WHERE id = 1',
  );
  // Kept by its text: a version can stand for another list after a rollback.
  let known: { readonly text: string; readonly rates: Rates } | null = null;
  return Object.freeze({
    rates() {
      const text = row.get()?.body;
      if (text === undefined) return null;
      if (known?.text !== text) known = { text, rates: JSON.parse(text) as Rates };
      return known.rates;
    },
    since() {
      const at = row.get()?.at;
      return at === undefined ? null : Number(at);
    },
  });
}

/** The counter's reads with a policy that is whole in every currency there is a rate for. */
export function withRates(reads: CounterReads, rates: RateReads): CounterReads {
  let known: readonly [policy: object, rates: Rates | null, whole: PolicyInForce] | null = null;
  const { policies } = reads;
  return Object.freeze({
    ...reads,
    policies: Object.freeze({
      ...policies,
      inForce() {
        const policy = policies.policy();
        const list = rates.rates();
        if (known?.[0] !== policy || known[1] !== list) {
          known = [policy, list, inForce(policy, list)];
        }
        return known[2];
      },
    }),
  });
}

export const ratesProjection: Projection = Object.freeze({
  name: 'rates',
  tables: ['rate_list'],
  schema,
  types: ['rates.set'],
  prepare(database: Database) {
    const set = database.prepare(
      `INSERT INTO rate_list (id, at, body) VALUES (1, ?, ?)
       ON CONFLICT (id) DO UPDATE SET at = excluded.at, body = excluded.body`,
    );
    return ({ at, data }: StoredEvent) => void set.run(at, canonicalText(data.rates));
  },
});
