// Reads the shared list and the query sets names are screened with: real lists, perturbed names, invented people.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { rowsOf } from '#station/compliance/lists/csv.ts';
import type { ListEntry } from '#station/compliance/lists/entry.ts';
import { readOfac } from '#station/compliance/lists/ofac.ts';
import { readUn } from '#station/compliance/lists/un.ts';

const shared = process.env.QENEX_SHARED ?? join(import.meta.dirname, '../../../shared');
const folder = join(shared, 'data/sanctions');

export interface Query {
  readonly name: string;
  /** Any of these entries counts. */
  readonly expected: ReadonlySet<string>;
  readonly kind: string;
}

export interface NamePair {
  readonly one: string;
  readonly other: string;
  readonly isMatch: boolean;
}

/** Whether the shared lists are there; every bench of them says so and ends where they are not. */
export function hasLists(): boolean {
  return existsSync(join(folder, 'dev/queries_match.csv'));
}

const read = (path: string): string => readFileSync(join(folder, path), 'utf8');
const body = (path: string) => rowsOf(read(path)).slice(1);

/** The list the research page measured with; `isBlind` leaves out names in their own script. */
export function sharedList(isBlind: boolean): readonly ListEntry[] {
  const aliases = read('ofac/alt_2025-12.csv');
  const people = readOfac([read('ofac/sdn_individuals_2026-06.csv'), aliases]);
  const known = new Set(people.map(({ id }) => id));
  const others = readOfac([read('ofac/sdn_2022-01.csv'), aliases]).filter(
    ({ id, kind }) => kind === 'entity' && !known.has(id),
  );
  const nations = readUn(read('un/un_consolidated_2026-02-27.xml')).map((entry) => ({
    ...entry,
    names: isBlind
      ? entry.names.filter((name) => /^[\p{Script=Latin}\P{L}]*$/u.test(name))
      : entry.names,
  }));
  return [...people, ...others, ...nations];
}

export function matching(): readonly Query[] {
  return body('dev/queries_match.csv').map(([name = '', expected = '', , kind = '']) => ({
    ...{ name, kind, expected: new Set(expected.split('|')) },
  }));
}

export interface Stranger {
  readonly name: string;
  readonly birth: string;
}

export function strangers(): readonly Stranger[] {
  return body('dev/queries_nomatch.csv').map(([name = '', birth = '']) => ({ name, birth }));
}

export function labelledPairs(): readonly NamePair[] {
  return body('dev/name_pairs.csv').map(([, , one = '', other = '', isMatch]) => ({
    ...{ one, other, isMatch: isMatch === 'true' },
  }));
}
