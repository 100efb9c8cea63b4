// Reads every page of a branch database and names what is damaged, so that a person knows what to restore.

import type { Database } from 'better-sqlite3';

/** One damaged thing: a table with its indexes, or the file's free pages and structure. */
export interface Damage {
  readonly where: string;
  readonly what: string;
}

const wholeFile = 'file structure and free pages';

/**
 * Everything in the file that does not carry its seal or contradicts itself: page seals, b-tree order,
 * indexes against tables, constraints, foreign keys. Empty when the file is whole. Reads the whole file,
 * so a station calls it in a worker. It does not know what was recorded: that is the chain's to prove.
 */
export function damageOf(database: Database): readonly Damage[] {
  const tables = database
    .prepare<[], string>(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name",
    )
    .pluck();
  let names: readonly string[];
  try {
    names = tables.all() as unknown as string[];
  } catch (error) {
    return [{ where: 'schema', what: wordsOf(error) }];
  }
  const found = names.flatMap((name) => checked(database, name, `integrity_check("${name}")`));
  const rest = found.length > 0 ? [] : checked(database, wholeFile, 'integrity_check(20)');
  return [...found, ...rest, ...foreignKeys(database)];
}

function checked(database: Database, where: string, pragma: string): readonly Damage[] {
  try {
    const lines = database.pragma(pragma) as readonly { readonly integrity_check: string }[];
    return lines
      .map((line) => line.integrity_check)
      .filter((line) => line !== 'ok')
      .map((what) => ({ where, what }));
  } catch (error) {
    return [{ where, what: wordsOf(error) }];
  }
}

function foreignKeys(database: Database): readonly Damage[] {
  try {
    const lines = database.pragma('foreign_key_check') as readonly {
      readonly table: string;
      readonly rowid: bigint | number | null;
      readonly parent: string;
    }[];
    return lines.slice(0, 20).map(({ table, rowid, parent }) => ({
      where: table,
      what: `row ${rowid} names a row of ${parent} that is not there`,
    }));
  } catch (error) {
    return [{ where: 'foreign keys', what: wordsOf(error) }];
  }
}

function wordsOf(error: unknown): string {
  const code = (error as { code?: string }).code;
  return code === 'SQLITE_CORRUPT' || code === 'SQLITE_NOTADB'
    ? 'a page does not carry its seal'
    : String((error as Error).message);
}
