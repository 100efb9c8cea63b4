// Says what a projection is, and gives each event to those that care, live and replayed alike.
import type { Database } from 'better-sqlite3';
import type { StoredEvent } from './events.ts';

/** A part of the database that is a function of the log. */
export interface Projection {
  readonly name: string;
  /** Tables it owns; nothing else writes them. */
  readonly tables: readonly string[];
  /** The DDL that makes them empty: a migration runs it first, a rebuild again. */
  readonly schema: string;
  /** Event types it acts on; absent: it looks at every event. */
  readonly types?: readonly string[];
  /**
   * Prepares its statements, and returns what applies one event. It never reads clock, chance or a
   * secret.
   */
  prepare(database: Database): (event: StoredEvent) => void;
}

/** Applies one event to every projection that asked for its type, in the order they are listed. */
export function createProjector(
  database: Database,
  projections: readonly Projection[],
): (event: StoredEvent) => void {
  const prepared = projections.map((projection) => ({
    types: projection.types ? new Set(projection.types) : null,
    project: projection.prepare(database),
  }));
  const byType = new Map<string, readonly ((event: StoredEvent) => void)[]>();
  return (event) => {
    let interested = byType.get(event.type);
    if (!interested) {
      interested = prepared
        .filter(({ types }) => types === null || types.has(event.type))
        .map(({ project }) => project);
      byType.set(event.type, interested);
    }
    for (const project of interested) project(event);
  };
}
