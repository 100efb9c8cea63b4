// Reads what was decided about risk, what was said of it, and what is in force.
import type { Database } from 'better-sqlite3';
import type { ModelData } from './risk.ts';
import { createShadowReads, type ShadowReads } from './risk-shadow.ts';

export interface DecisionRow {
  readonly seq: number;
  readonly at: number;
  readonly date: string;
  readonly state: string;
  readonly why: string;
  readonly model: string;
  readonly action: string;
  readonly would: string;
  readonly probability: string;
  readonly account: number;
  readonly latencyUs: number;
  readonly journal: number | null;
  /** The event that said it was fraud; null while nobody did. */
  readonly fraud: number | null;
}

export interface VerdictRow {
  readonly seq: number;
  readonly subject: number;
  readonly author: number;
  readonly at: number;
  readonly verdict: 'fraud' | 'legitimate' | 'unsure';
  readonly reason: string;
  readonly evidence: string;
  readonly weight: number;
  readonly why: string;
}

export interface ModelRow {
  readonly hash: string;
  readonly at: number;
  readonly by: number;
  readonly state: 'challenger' | 'champion' | 'retired' | 'rejected';
  readonly promotedAt: number | null;
  readonly promotedBy: number | null;
  readonly data: ModelData;
}

export interface ProposalRow {
  readonly proposal: number;
  readonly at: number;
  readonly by: number;
  /** Canonical text of the policy. */
  readonly body: string;
  readonly reason: string;
  readonly tested: number | null;
  readonly activated: number | null;
}

export interface DayRow {
  readonly date: string;
  readonly decisions: number;
  readonly alone: number;
  readonly asked: number;
  readonly held: number;
  readonly real: number;
}

export interface RiskReads extends ShadowReads {
  decision(seq: number): DecisionRow | null;
  /** The decision behind a posting or a request, whichever number is given. */
  decisionOf(subject: number): DecisionRow | null;
  /** The newest decisions, newest first. */
  newest(count: number): readonly DecisionRow[];
  /** Holds by models, and decisions, among the newest so many. */
  budget(count: number): { readonly held: number; readonly decided: number };
  days(count: number): readonly DayRow[];
  /** Holds of a model from a date on that somebody's word or a label has settled, by day, oldest first. */
  settledHolds(
    model: string,
    from: string,
  ): readonly { readonly held: number; readonly real: number }[];
  latencies(count: number): readonly number[];
  verdictsOn(subject: number): readonly VerdictRow[];
  verdicts(): readonly VerdictRow[];
  models(): readonly ModelRow[];
  champion(): ModelRow | null;
  challenger(): ModelRow | null;
  /** Why the newest training came to nothing; empty otherwise. */
  trouble(): string;
  /** Champions before the present one, newest first. */
  former(): readonly ModelRow[];
  proposals(): readonly ProposalRow[];
  /** Canonical text of the policy last activated whose date has come; null before the first. */
  policyOn(date: string): string | null;
  isOn(): boolean;
  alarms(count: number): readonly { readonly at: number; readonly message: string }[];
}

type Stored = Readonly<Record<string, string | bigint | null>>;

const orNull = (value: string | bigint | null | undefined): number | null =>
  value === null || value === undefined ? null : Number(value);

function decisionOf(row: Stored): DecisionRow {
  const text = (name: string) => row[name] as string;
  return Object.freeze({
    ...{ seq: Number(row.seq), at: Number(row.at), date: text('date'), state: text('state') },
    ...{ why: text('why'), model: text('model'), action: text('action'), would: text('would') },
    ...{ probability: text('probability'), account: Number(row.account) },
    ...{ latencyUs: Number(row.latency), journal: orNull(row.journal), fraud: orNull(row.fraud) },
  });
}

function verdictOf(row: Stored): VerdictRow {
  return Object.freeze({
    ...{ seq: Number(row.seq), subject: Number(row.subject), author: Number(row.author) },
    ...{ at: Number(row.at), verdict: row.verdict as VerdictRow['verdict'] },
    ...{ reason: row.reason as string, evidence: row.evidence as string },
    ...{ weight: Number(row.weight), why: row.why as string },
  });
}

function modelOf(row: Stored): ModelRow {
  return Object.freeze({
    ...{ hash: row.hash as string, at: Number(row.at), by: Number(row.by) },
    state: row.state as ModelRow['state'],
    ...{ promotedAt: orNull(row.promoted_at), promotedBy: orNull(row.promoted_by) },
    data: JSON.parse(row.body as string) as ModelData,
  });
}

function dayOf(row: Stored): DayRow {
  const of = (name: string) => Number(row[name] ?? 0n);
  const [decisions, alone, asked] = [of('decisions'), of('alone'), of('asked')];
  return { date: row.date as string, decisions, alone, asked, held: of('held'), real: of('real') };
}

function decisionReads(database: Database) {
  const bySeq = database.prepare<[number], Stored>('SELECT * FROM risk_decision WHERE seq = ?');
  const bySubject = database.prepare<[number, number], Stored>(
    'SELECT * FROM risk_decision WHERE seq = ? OR journal = ? ORDER BY seq LIMIT 1',
  );
  const newest = database.prepare<[number], Stored>(
    'SELECT * FROM risk_decision ORDER BY seq DESC LIMIT ?',
  );
  const budget = database.prepare<[number], Stored>(
    `SELECT count(*) AS decided, sum(action = 'hold') AS held
     FROM (SELECT action FROM risk_decision ORDER BY seq DESC LIMIT ?)`,
  );
  const days = database.prepare<[number], Stored>(
    `SELECT date, count(*) AS decisions, sum(state = 'rules-alone') AS alone,
       sum(would = 'ask') AS asked, sum(would = 'hold') AS held,
       sum(would = 'hold' AND fraud IS NOT NULL) AS real
     FROM risk_decision GROUP BY date ORDER BY date DESC LIMIT ?`,
  );
  // A hold nobody has said anything of is no miss: it is not counted until somebody does.
  const settled = database.prepare<[string, string], Stored>(
    `SELECT date, count(*) AS held, sum(fraud IS NOT NULL) AS real
     FROM risk_decision
     WHERE date >= ? AND model = ? AND would = 'hold' AND (fraud IS NOT NULL OR EXISTS (
       SELECT 1 FROM risk_verdict
       WHERE subject IN (risk_decision.seq, risk_decision.journal) AND verdict = 'legitimate'))
     GROUP BY date ORDER BY date`,
  );
  const latencies = database
    .prepare<[number], bigint>(
      `SELECT latency FROM risk_decision WHERE state = 'scored' ORDER BY seq DESC LIMIT ?`,
    )
    .pluck();
  return {
    decision(seq: number) {
      const row = bySeq.get(seq);
      return row ? decisionOf(row) : null;
    },
    decisionOf(subject: number) {
      const row = bySubject.get(subject, subject);
      return row ? decisionOf(row) : null;
    },
    newest: (count: number) => newest.all(count).map(decisionOf),
    budget(count: number) {
      const row = budget.get(count);
      return { held: Number(row?.held ?? 0n), decided: Number(row?.decided ?? 0n) };
    },
    days: (count: number) => days.all(count).map(dayOf).reverse(),
    settledHolds: (model: string, from: string) =>
      settled
        .all(from, model)
        .map(({ held, real }) => ({ held: Number(held ?? 0n), real: Number(real ?? 0n) })),
    latencies: (count: number) => latencies.all(count).map(Number),
  };
}

function policyReads(database: Database) {
  const proposals = database.prepare<[], Stored>('SELECT * FROM risk_proposal ORDER BY seq DESC');
  const active = database
    .prepare<[string], string>(
      `SELECT body FROM risk_proposal WHERE activated IS NOT NULL
       AND json_extract(body, '$.from') <= ? ORDER BY activated DESC LIMIT 1`,
    )
    .pluck();
  const isOn = database.prepare<[], bigint>('SELECT is_on FROM risk_switch WHERE id = 1').pluck();
  const alarms = database.prepare<[number], Stored>(
    'SELECT at, message FROM risk_alarm ORDER BY seq DESC LIMIT ?',
  );
  return {
    proposals: () =>
      proposals.all().map((row) => ({
        ...{ proposal: Number(row.seq), at: Number(row.at), by: Number(row.by) },
        ...{ body: row.body as string, reason: row.reason as string },
        ...{ tested: orNull(row.tested), activated: orNull(row.activated) },
      })),
    policyOn: (date: string) => (active.get(date) as string | undefined) ?? null,
    isOn: () => (isOn.get() as bigint | undefined) !== 0n,
    alarms: (count: number) =>
      alarms.all(count).map((row) => ({ at: Number(row.at), message: row.message as string })),
  };
}

export function createRiskReads(database: Database): RiskReads {
  const verdictsOn = database.prepare<[number], Stored>(
    'SELECT * FROM risk_verdict WHERE subject = ? ORDER BY seq DESC',
  );
  const verdicts = database.prepare<[], Stored>('SELECT * FROM risk_verdict ORDER BY seq');
  const models = database.prepare<[], Stored>('SELECT * FROM risk_model ORDER BY seq DESC');
  const byState = database.prepare<[string], Stored>(
    'SELECT * FROM risk_model WHERE state = ? ORDER BY seq DESC LIMIT 1',
  );
  const former = database.prepare<[], Stored>(
    `SELECT * FROM risk_model WHERE state = 'retired' AND promoted_at IS NOT NULL
     ORDER BY promoted_at DESC LIMIT 5`,
  );
  const trouble = database
    .prepare<[], string>('SELECT trouble FROM risk_training ORDER BY seq DESC LIMIT 1')
    .pluck();
  const one = (state: string) => {
    const row = byState.get(state);
    return row ? modelOf(row) : null;
  };
  return Object.freeze({
    ...decisionReads(database),
    ...policyReads(database),
    ...createShadowReads(database),
    verdictsOn: (subject: number) => verdictsOn.all(subject).map(verdictOf),
    verdicts: () => verdicts.all().map(verdictOf),
    models: () => models.all().map(modelOf),
    champion: () => one('champion'),
    challenger: () => one('challenger'),
    trouble: () => (trouble.get() as string | null | undefined) ?? '',
    former: () => former.all().map(modelOf),
  });
}
