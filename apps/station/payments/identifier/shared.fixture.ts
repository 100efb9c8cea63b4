// Finds the identifier vectors for the tests and the bench; they are no part of the repository.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../../../..');
const shared = process.env.QENEX_SHARED ?? join(root, '../shared');
const folder = join(shared, 'data/payments/iban');

/**
 * Why the vectors cannot be had, in words, or false where they can: what `skip` of a test takes.
 */
export const vectorsMissing = existsSync(folder)
  ? false
  : `no vectors in ${folder}: set QENEX_SHARED to the folder that holds data/payments`;

/** The text of one file of vectors. */
export const vectorText = (name: string): string => readFileSync(join(folder, name), 'utf8');

/** The rows of a CSV file as records by the names of its first line; understands quoted fields. */
export function vectorRows(name: string): readonly Readonly<Record<string, string>>[] {
  const [head = [], ...rows] = vectorText(name)
    .split('\n')
    .filter((line) => line !== '')
    .map((line) =>
      [...line.matchAll(/(?:^|,)(?:"([^"]*)"|([^,]*))/g)].map((m) => m[1] ?? m[2] ?? ''),
    );
  return rows.map((row) => Object.fromEntries(head.map((name, at) => [name, row[at] ?? ''])));
}
