// Adds up the whole ledger again and lists what does not agree: the invariants, said a second time.
import type { Database } from 'better-sqlite3';
import { type LongWork, runWorker } from './worker.ts';

/** One invariant and how many rows break it. */
export interface Finding {
  /** Kebab-case name of the invariant. */
  readonly invariant: string;
  /** What must hold, in a sentence. */
  readonly rule: string;
  readonly broken: number;
}

export interface Audit {
  readonly ok: boolean;
  readonly findings: readonly Finding[];
}

/** Both sides of every leg, as each account sees them. */
const sides = `side (id, account, delta, balance, number, previous) AS (
  SELECT id, debit, amount, debit_balance, debit_number, debit_previous FROM leg
  UNION ALL SELECT id, credit, -amount, credit_balance, credit_number, credit_previous FROM leg)`;

interface Check {
  readonly invariant: string;
  readonly rule: string;
  /** A query whose one figure is the number of rows that break the rule. */
  readonly sql: string;
}

/**
 * The invariants I1-I12 of the ledger as queries over everything; what the triggers say row by row.
 */
export const checks: readonly Check[] = [
  {
    invariant: 'books-balance',
    rule: 'The balances of each currency add up to zero.',
    sql: `SELECT count(*) FROM (SELECT 1 FROM balance GROUP BY currency HAVING sum(posted) <> 0)`,
  },
  {
    invariant: 'balance-is-its-legs',
    rule: 'Each balance is the sum of its legs, and names their number and the last of them.',
    sql: `WITH ${sides}, total (account, posted, legs, last_leg) AS (
        SELECT account, sum(delta), count(*), max(id) FROM side GROUP BY account)
      SELECT count(*) FROM balance LEFT JOIN total USING (account)
      WHERE balance.posted <> coalesce(total.posted, 0)
        OR balance.legs <> coalesce(total.legs, 0) OR balance.last_leg IS NOT total.last_leg`,
  },
  {
    invariant: 'legs-of-known-accounts',
    rule: 'Every leg is between two accounts the bank has, of one currency.',
    sql: `SELECT count(*) FROM leg
      LEFT JOIN balance AS one ON one.account = debit LEFT JOIN balance AS two ON two.account = credit
      WHERE one.currency IS NULL OR one.currency IS NOT two.currency`,
  },
  {
    invariant: 'running-balances',
    rule: 'Each leg carries the balance, the number and the leg before it of both its accounts.',
    sql: `WITH ${sides}, run AS (
        SELECT id, balance, number, previous,
          sum(delta) OVER account AS sum, row_number() OVER account AS row, lag(id) OVER account AS lag
        FROM side WINDOW account AS (PARTITION BY account ORDER BY id))
      SELECT count(*) FROM run WHERE balance <> sum OR number <> row OR previous IS NOT lag`,
  },
  {
    invariant: 'journals-whole',
    rule: 'The legs of a journal are numbered without a gap and end where they say.',
    sql: `WITH journal (seq, legs, first, last, ends) AS (
        SELECT id >> 10, count(*), min(id), max(id), count(DISTINCT coalesce(journal_end, id))
        FROM leg GROUP BY id >> 10)
      SELECT count(*) FROM journal JOIN leg ON leg.id = last
      WHERE first <> seq << 10 OR last <> first + legs - 1 OR ends <> 1 OR journal_end IS NOT NULL
        OR (legs > 1) <> EXISTS (SELECT 1 FROM journal_end AS named WHERE named.leg = last)`,
  },
  {
    invariant: 'limits-hold',
    rule: 'Every balance with its holds stands within its limits.',
    sql: `SELECT count(*) FROM balance WHERE posted + held_debit > high OR posted - held_credit < low`,
  },
  {
    invariant: 'closed-is-empty',
    rule: 'A closed account has no balance and no hold.',
    sql: `SELECT count(*) FROM balance
      WHERE state = 'closed' AND (posted <> 0 OR held_debit <> 0 OR held_credit <> 0)`,
  },
  {
    invariant: 'holds-add-up',
    rule: 'What is held on an account is the sum of its placed holds.',
    sql: `WITH placed (account, debit, credit) AS (
        SELECT account, sum(amount) FILTER (WHERE side = 'debit'),
          sum(amount) FILTER (WHERE side = 'credit')
        FROM hold WHERE state = 'placed' GROUP BY account)
      SELECT count(*) FROM balance LEFT JOIN placed USING (account)
      WHERE held_debit <> coalesce(debit, 0) OR held_credit <> coalesce(credit, 0)`,
  },
  {
    invariant: 'holds-resolved-once',
    rule: 'A hold is placed, or was captured (up to its amount) or released by one later event.',
    sql: `SELECT count(*) FROM hold WHERE (state = 'placed') <> (resolved IS NULL)
      OR resolved <= id >> 10 OR captured > amount OR (state = 'captured') <> (captured > 0)`,
  },
  {
    invariant: 'cash-is-its-pieces',
    rule: 'The notes and coins of a cash account are worth its balance, and no other account has any.',
    sql: `WITH worth (account, counted) AS (
        SELECT account, sum(face * pieces) FROM cash GROUP BY account)
      SELECT count(*) FROM balance LEFT JOIN worth USING (account)
      WHERE (balance.counted IS NULL AND worth.counted IS NOT NULL)
        OR (balance.counted IS NOT NULL
          AND (balance.counted <> coalesce(worth.counted, 0) OR balance.counted <> posted))`,
  },
  {
    invariant: 'reversals-mirror',
    rule: 'A reversal takes back every leg of one journal, turned round, from the last to the first, once.',
    sql: `SELECT count(*) FROM leg AS back LEFT JOIN leg AS original ON original.id = back.reverses
      WHERE back.reverses IS NOT NULL AND (original.id IS NULL OR original.reverses IS NOT NULL
        OR original.debit <> back.credit OR original.credit <> back.debit
        OR original.amount <> back.amount OR original.id >= back.id
        OR (original.id & 1023) <> coalesce(back.journal_end, back.id) - back.id)`,
  },
  {
    invariant: 'dates-open',
    rule: 'Every leg was posted while a business date was open.',
    sql: `SELECT count(*) FROM (SELECT DISTINCT id >> 10 AS seq FROM leg) WHERE NOT EXISTS (
        SELECT 1 FROM business_date WHERE opened <= seq AND (closed IS NULL OR closed >= seq))`,
  },
  {
    invariant: 'legs-are-the-log',
    rule: 'The legs are those the events say, no more and no fewer.',
    sql: `WITH said (id, debit, credit, amount, value_date) AS (
        SELECT event.seq * 1024 + leg.key, leg.value ->> '$.debit', leg.value ->> '$.credit',
          CAST(leg.value ->> '$.amountMinor' AS INTEGER), leg.value ->> '$.valueDate'
        FROM event, json_each(CAST(body AS TEXT), '$.data.journal.legs') AS leg),
      kept AS (SELECT id, debit, credit, amount, value_date FROM leg)
      SELECT (SELECT count(*) FROM (SELECT * FROM said EXCEPT SELECT * FROM kept))
        + (SELECT count(*) FROM (SELECT * FROM kept EXCEPT SELECT * FROM said))`,
  },
  {
    invariant: 'keys-have-one-outcome',
    rule: 'Every key in the log stands for the event that carries it.',
    sql: `WITH said (key, seq) AS (
        SELECT unhex(CAST(body AS TEXT) ->> '$.key'), seq FROM event
        WHERE CAST(body AS TEXT) ->> '$.key' <> ''),
      kept AS (SELECT key, seq FROM outcome)
      SELECT (SELECT count(*) FROM (SELECT * FROM said EXCEPT SELECT * FROM kept))
        + (SELECT count(*) FROM (SELECT * FROM kept EXCEPT SELECT * FROM said))`,
  },
  {
    invariant: 'numbers-dense',
    rule: 'Events are numbered from 1 without a gap.',
    sql: 'SELECT coalesce(max(seq), 0) - count(*) FROM event',
  },
];

/** Runs every check over the whole database; reads only. `onProgress` is told the checks done. */
export function audit(
  database: Database,
  onProgress?: (done: number, total: number) => void,
): Audit {
  const findings = checks.map(({ invariant, rule, sql }, index): Finding => {
    const broken = Number(database.prepare(sql).pluck().get());
    onProgress?.(index + 1, checks.length);
    return { invariant, rule, broken };
  });
  return { ok: findings.every(({ broken }) => broken === 0), findings };
}

export interface AuditRequest extends LongWork {
  readonly file: string;
  readonly key: Uint8Array;
}

/** The same in a worker; progress counts checks. */
export function auditLedger({ file, key, signal, onProgress }: AuditRequest): Promise<Audit> {
  let done = 0;
  return runWorker<Audit>(
    new URL('./audit-worker.ts', import.meta.url),
    { file, key: Uint8Array.from(key) },
    {
      signal,
      onProgress(more) {
        done += more;
        onProgress?.(done, checks.length);
      },
    },
  );
}
