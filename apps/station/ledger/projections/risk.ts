// Keeps what was decided about risk, what people said of it, and which models and policies were in force when.
import type { Database } from 'better-sqlite3';
import { canonicalText } from '../canonical.ts';
import type { StoredEvent } from '../events.ts';
import type { Projection } from '../projection.ts';

/** `journal` is the posting that came of it, `labelled` the newest event that said fraud of it. */
const schema = `
CREATE TABLE risk_decision (
  seq INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  date TEXT NOT NULL,
  state TEXT NOT NULL,
  why TEXT NOT NULL,
  model TEXT NOT NULL,
  action TEXT NOT NULL,
  would TEXT NOT NULL,
  band TEXT NOT NULL,
  probability TEXT NOT NULL,
  account INTEGER NOT NULL,
  latency INTEGER NOT NULL,
  journal INTEGER,
  fraud INTEGER
) STRICT;
CREATE INDEX risk_decision_on ON risk_decision (date, seq);
CREATE INDEX risk_decision_journal ON risk_decision (journal) WHERE journal IS NOT NULL;
CREATE TABLE risk_verdict (
  seq INTEGER PRIMARY KEY,
  subject INTEGER NOT NULL,
  author INTEGER NOT NULL,
  at INTEGER NOT NULL,
  verdict TEXT NOT NULL,
  reason TEXT NOT NULL,
  evidence TEXT NOT NULL,
  weight INTEGER NOT NULL,
  why TEXT NOT NULL
) STRICT;
CREATE INDEX risk_verdict_on ON risk_verdict (subject, seq);
CREATE TABLE risk_model (
  hash TEXT PRIMARY KEY,
  seq INTEGER NOT NULL,
  at INTEGER NOT NULL,
  by INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('challenger', 'champion', 'retired', 'rejected')),
  promoted_at INTEGER,
  promoted_by INTEGER,
  body TEXT NOT NULL
) STRICT;
CREATE TABLE risk_training (
  seq INTEGER PRIMARY KEY,
  by INTEGER NOT NULL,
  at INTEGER NOT NULL,
  trouble TEXT
) STRICT;
CREATE TABLE risk_proposal (
  seq INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  by INTEGER NOT NULL,
  body TEXT NOT NULL,
  reason TEXT NOT NULL,
  tested INTEGER,
  activated INTEGER
) STRICT;
CREATE TABLE risk_switch (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  is_on INTEGER NOT NULL,
  seq INTEGER NOT NULL
) STRICT;
CREATE TABLE risk_alarm (
  seq INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  alarm TEXT NOT NULL,
  message TEXT NOT NULL
) STRICT;
`;

/** `risk.verdict-recorded` */
export interface VerdictData {
  /** The posting or the request that is judged. */
  readonly subject: number;
  readonly verdict: 'fraud' | 'legitimate' | 'unsure';
  readonly reason: string;
  readonly evidence: string;
  /** Accounts the case moved: features count the verdict from now on. */
  readonly touched: readonly number[];
  /** Hundredths; 0 where it may not teach, with why. */
  readonly weight: number;
  readonly why: string;
}

/** `risk.challenger-trained`: everything known of the run; the model itself is a file named by its hash. */
export interface ModelData {
  readonly model: string;
  /** The event that asked for it. */
  readonly started: number;
  readonly kind: string;
  readonly step: string;
  readonly passed: boolean;
  readonly isDemonstration: boolean;
  readonly gates: readonly {
    readonly gate: string;
    readonly passed: boolean;
    readonly figure: string;
  }[];
  readonly card: readonly { readonly label: string; readonly text: string }[];
  /** Curves and shares; fractions as text. */
  /** Lower end of the share of real cases among those stopped in its trial, as text. */
  readonly precisionLow: string;
  readonly precisionRecall: readonly (readonly [string, string])[];
  readonly reliability: readonly (readonly [string, string])[];
  readonly importance: readonly (readonly [string, string])[];
  /** Training's deciles per feature, by which drift is reckoned; fractions as text. */
  readonly deciles: readonly (readonly [string, readonly string[]])[];
  readonly supervisors: readonly {
    readonly author: number;
    readonly verdicts: number;
    readonly suspicious: number;
    readonly isNamed: boolean;
  }[];
}

interface RiskPart {
  readonly state: string;
  readonly why: string;
  readonly model: string;
  readonly action: string;
  readonly would: string;
  readonly band: string;
  readonly latencyUs: number;
  readonly items: readonly { readonly account: number; readonly probability: string }[];
}

function prepareDecisions(database: Database) {
  const insert = database.prepare(
    `INSERT INTO risk_decision (seq, at, date, state, why, model, action, would, band, probability,
     account, latency, journal) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const resumed = database.prepare('UPDATE risk_decision SET journal = ? WHERE seq = ?');
  const mark = database.prepare('UPDATE risk_decision SET fraud = ? WHERE seq = ? OR journal = ?');
  return {
    decision({ seq, at, date, type, data }: StoredEvent) {
      if (data.resumes !== undefined) resumed.run(seq, data.resumes);
      if (data.risk === undefined) return;
      const { state, why, model, action, would, band, latencyUs, items } =
        data.risk as unknown as RiskPart;
      const lead = [...items].sort((a, b) => Number(b.probability) - Number(a.probability))[0];
      const journal = type === 'journal.posted' ? seq : null;
      const of = [lead?.probability ?? '', lead?.account ?? 0, latencyUs, journal];
      insert.run(seq, at, date, state, why, model, action, would, band, ...of);
    },
    mark(subject: number, fraud: number | null) {
      mark.run(fraud, subject, subject);
    },
  };
}

function prepareModels(database: Database) {
  const started = database.prepare('INSERT INTO risk_training (seq, by, at) VALUES (?, ?, ?)');
  const trouble = database.prepare('UPDATE risk_training SET trouble = ? WHERE seq = ?');
  const trainer = database
    .prepare<[number], bigint>('SELECT by FROM risk_training WHERE seq = ?')
    .pluck();
  const insert = database.prepare(
    `INSERT INTO risk_model (hash, seq, at, by, state, body) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (hash) DO UPDATE SET seq = excluded.seq, at = excluded.at, body = excluded.body`,
  );
  const replace = database.prepare(
    `UPDATE risk_model SET state = 'retired' WHERE state IN ('challenger') AND hash <> ?`,
  );
  const retire = database.prepare(
    `UPDATE risk_model SET state = 'retired' WHERE state = 'champion'`,
  );
  const promote = database.prepare(
    `UPDATE risk_model SET state = 'champion', promoted_at = ?, promoted_by = ? WHERE hash = ?`,
  );
  return {
    start: ({ seq, at, actor }: StoredEvent) => void started.run(seq, Number(actor), at),
    fail: ({ data }: StoredEvent) => void trouble.run(data.why, data.started),
    trained({ seq, at, data }: StoredEvent) {
      const model = data as unknown as ModelData;
      const by = Number(trainer.get(model.started) ?? 0n);
      const state = model.passed ? 'challenger' : 'rejected';
      if (model.passed) replace.run(model.model);
      insert.run(model.model, seq, at, by, state, canonicalText(data));
    },
    place({ at, actor, data }: StoredEvent) {
      retire.run();
      // The workstation itself goes back when a champion fails: nobody's number.
      promote.run(at, actor === 'system' ? 0 : Number(actor), data.model);
    },
  };
}

function preparePolicies(database: Database) {
  const propose = database.prepare(
    'INSERT INTO risk_proposal (seq, at, by, body, reason) VALUES (?, ?, ?, ?, ?)',
  );
  const test = database.prepare('UPDATE risk_proposal SET tested = ? WHERE seq = ?');
  const activate = database.prepare('UPDATE risk_proposal SET activated = ? WHERE seq = ?');
  const turn = database.prepare(
    `INSERT INTO risk_switch (id, is_on, seq) VALUES (1, ?, ?)
     ON CONFLICT (id) DO UPDATE SET is_on = excluded.is_on, seq = excluded.seq`,
  );
  return {
    propose({ seq, at, actor, data }: StoredEvent) {
      propose.run(seq, at, Number(actor), canonicalText(data.policy), data.reason);
    },
    test: ({ seq, data }: StoredEvent) => void test.run(seq, data.proposal),
    activate: ({ seq, data }: StoredEvent) => void activate.run(seq, data.proposal),
    turn: ({ seq, data }: StoredEvent) => void turn.run(data.isOn ? 1 : 0, seq),
  };
}

function prepare(database: Database): (event: StoredEvent) => void {
  const { decision, mark } = prepareDecisions(database);
  const models = prepareModels(database);
  const policies = preparePolicies(database);
  const verdict = database.prepare(
    `INSERT INTO risk_verdict (seq, subject, author, at, verdict, reason, evidence, weight, why)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const alarm = database.prepare(
    'INSERT INTO risk_alarm (seq, at, alarm, message) VALUES (?, ?, ?, ?)',
  );
  const byType: Readonly<Record<string, (event: StoredEvent) => void>> = {
    'journal.posted': decision,
    'approval.requested': decision,
    'risk.verdict-recorded'({ seq, at, actor, data }) {
      const said = data as unknown as VerdictData;
      const { subject, reason, evidence, weight, why } = said;
      const by = Number(actor);
      verdict.run(seq, subject, by, at, said.verdict, reason, evidence, weight, why);
      if (said.verdict !== 'unsure') mark(subject, said.verdict === 'fraud' ? seq : null);
    },
    'typology.labelled'({ seq, data }) {
      for (const journal of data.journals as readonly number[]) mark(journal, seq);
    },
    'risk.training-started': models.start,
    'risk.training-failed': models.fail,
    'risk.challenger-trained': models.trained,
    'risk.model-promoted': models.place,
    'risk.model-restored': models.place,
    'risk.policy-proposed': policies.propose,
    'risk.policy-tested': policies.test,
    'risk.policy-activated': policies.activate,
    'risk.switched': policies.turn,
    'risk.alarm-raised': ({ seq, at, data }) => void alarm.run(seq, at, data.alarm, data.message),
  };
  return (event) => byType[event.type]?.(event);
}

export const riskProjection: Projection = Object.freeze({
  name: 'risk',
  tables: [
    'risk_decision',
    'risk_verdict',
    'risk_model',
    'risk_training',
    'risk_proposal',
    'risk_switch',
    'risk_alarm',
  ],
  schema,
  types: [
    'journal.posted',
    'approval.requested',
    'typology.labelled',
    'risk.verdict-recorded',
    'risk.training-started',
    'risk.training-failed',
    'risk.challenger-trained',
    'risk.model-promoted',
    'risk.model-restored',
    'risk.policy-proposed',
    'risk.policy-tested',
    'risk.policy-activated',
    'risk.switched',
    'risk.alarm-raised',
  ],
  prepare,
});
