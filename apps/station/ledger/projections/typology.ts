// Keeps which journals of a demonstration belong to which crime, so that models can learn and be judged.
import type { Database } from 'better-sqlite3';
import type { StoredEvent } from '../events.ts';
import type { Projection } from '../projection.ts';

/** `labelled` is the event that said so: what is learnt as of an earlier event must not know it. */
const schema = `
CREATE TABLE typology_label (
  journal INTEGER PRIMARY KEY REFERENCES event (seq),
  typology TEXT NOT NULL CHECK (typology <> ''),
  story TEXT NOT NULL,
  labelled INTEGER NOT NULL CHECK (labelled > journal)
) STRICT;
`;

/** `typology.labelled`: only ever recorded in demonstration data. */
export interface TypologyData {
  readonly journals: readonly number[];
  readonly typology: string;
  /** Name of the case within the demonstration. */
  readonly story: string;
}

export interface TypologyLabel {
  readonly journal: number;
  readonly typology: string;
  readonly story: string;
  readonly labelled: number;
}

export interface TypologyReads {
  /** Every label, by journal. */
  labels(): readonly TypologyLabel[];
}

export function createTypologyReads(database: Database): TypologyReads {
  const all = database.prepare<
    [],
    { journal: bigint; typology: string; story: string; labelled: bigint }
  >('SELECT journal, typology, story, labelled FROM typology_label ORDER BY journal');
  return Object.freeze({
    labels: () =>
      all.all().map(({ journal, typology, story, labelled }) => ({
        ...{ journal: Number(journal), typology, story, labelled: Number(labelled) },
      })),
  });
}

export const typologyProjection: Projection = Object.freeze({
  name: 'typology',
  tables: ['typology_label'],
  schema,
  types: ['typology.labelled'],
  prepare(database: Database) {
    const insert = database.prepare(
      'INSERT INTO typology_label (journal, typology, story, labelled) VALUES (?, ?, ?, ?)',
    );
    return ({ seq, data }: StoredEvent) => {
      const { journals, typology, story } = data as unknown as TypologyData;
      for (const journal of journals) insert.run(journal, typology, story, seq);
    };
  },
});
