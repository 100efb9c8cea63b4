// Takes values of chance once round: built, judged by us and by libxml2, read again, compared.
import { isDeepStrictEqual } from 'node:util';
import type { MessageDefinition } from '../definition/model.ts';
import { buildMessage } from './build.ts';
import { officialSchema, officialVerdict } from './official.fixture.ts';
import { type Chance, randomValues } from './random-values.fixture.ts';
import { readMessage } from './read.ts';
import { valuesOf } from './values.ts';

/** What went wrong on the way round; '' for nothing. `seconded`: libxml2 is asked as well. */
export function roundFault(
  definition: MessageDefinition,
  chance: Chance,
  seconded: boolean,
): string {
  const values = randomValues(definition, chance);
  const { xml, errors } = buildMessage(definition, values);
  const [error] = errors;
  if (error) return `built with ${error.code} at ${error.path}: ${error.message}`;
  const reading = readMessage(xml, { keepTree: true });
  const [wrong] = reading.errors;
  const root = reading.parts[0]?.tree;
  if (wrong || !root) return `read with ${wrong?.code} at ${wrong?.path}: ${wrong?.message}`;
  if (!isDeepStrictEqual(valuesOf(definition, root), values)) return `read back otherwise: ${xml}`;
  if (!seconded || !officialSchema(definition.id)) return '';
  const { valid, message } = officialVerdict(definition.id, xml);
  return valid ? '' : `libxml2 refuses it: ${message}`;
}
