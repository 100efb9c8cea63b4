// Keeps the scores of challengers beside those of the champion, so that days in the shadow are days of scores.
import type { Database } from 'better-sqlite3';
import type { StoredEvent } from '../events.ts';
import type { Projection } from '../projection.ts';

const schema = `
CREATE TABLE risk_shadow (
  seq INTEGER PRIMARY KEY,
  date TEXT NOT NULL,
  challenger TEXT NOT NULL,
  score TEXT NOT NULL,
  champion TEXT NOT NULL
) STRICT;
CREATE INDEX risk_shadow_of ON risk_shadow (challenger, seq);
`;

interface RiskPart {
  readonly challengerModel: string;
  readonly items: readonly { readonly probability: string; readonly challenger: string }[];
}

/** The highest of the items' scores as it stands in the event; '' where there is none. */
function highest(scores: readonly string[]): string {
  let found = '';
  for (const score of scores) {
    if (score !== '' && (found === '' || Number(score) > Number(found))) found = score;
  }
  return found;
}

function prepare(database: Database): (event: StoredEvent) => void {
  const insert = database.prepare(
    'INSERT INTO risk_shadow (seq, date, challenger, score, champion) VALUES (?, ?, ?, ?, ?)',
  );
  return ({ seq, date, data }) => {
    const risk = data.risk as unknown as RiskPart | undefined;
    if (!risk?.challengerModel) return;
    const score = highest(risk.items.map(({ challenger }) => challenger));
    if (score === '') return;
    const champion = highest(risk.items.map(({ probability }) => probability));
    insert.run(seq, date, risk.challengerModel, score, champion);
  };
}

export const riskShadowProjection: Projection = Object.freeze({
  name: 'risk-shadow',
  tables: ['risk_shadow'],
  schema,
  types: ['journal.posted', 'approval.requested'],
  prepare,
});

export interface ShadowRow {
  readonly date: string;
  readonly score: string;
  /** '' where no champion answered. */
  readonly champion: string;
  readonly isFraud: boolean;
}

export interface ShadowReads {
  /** The newest cases a challenger was scored on, by what is known of them now. */
  shadowOf(challenger: string, count: number): readonly ShadowRow[];
}

export function createShadowReads(database: Database): ShadowReads {
  const rows = database.prepare<[string, number], Readonly<Record<string, string | bigint | null>>>(
    `SELECT risk_shadow.date, score, champion, fraud FROM risk_shadow
     JOIN risk_decision ON risk_decision.seq = risk_shadow.seq
     WHERE challenger = ? ORDER BY risk_shadow.seq DESC LIMIT ?`,
  );
  return Object.freeze({
    shadowOf: (challenger: string, count: number) =>
      rows.all(challenger, count).map((row) => ({
        ...{ date: row.date as string, score: row.score as string },
        ...{ champion: row.champion as string, isFraud: row.fraud !== null },
      })),
  });
}
