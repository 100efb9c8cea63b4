// Lays the fields of block 4 over a message definition: order, options, occurrence, sequences.
import type { FieldItem, GroupItem, Item } from './definition.ts';
import type { Field } from './envelope.ts';
import { fieldDefinitions } from './fields.ts';
import { type MtProblem, mtProblem } from './problem.ts';

/** A field with the sequence it was found in ("" outside sequences, "copy" in a copied message). */
export interface Laid {
  readonly field: Field;
  readonly sequence: string;
}

interface Walk {
  readonly fields: readonly Field[];
  readonly laid: Laid[];
  readonly problems: MtProblem[];
  at: number;
}

/** Finds each field's place. Fields that have none are a problem, and left out of `laid`. */
export function layFields(
  items: readonly Item[],
  fields: readonly Field[],
  problems: MtProblem[],
): readonly Laid[] {
  const walk: Walk = { fields, laid: [], problems, at: 0 };
  walkItems(walk, items, '');
  if (walk.at < fields.length) problems.push(unexpected(fields, walk.at, items));
  return walk.laid;
}

function walkItems(walk: Walk, items: readonly Item[], sequence: string): void {
  for (const item of items) {
    if (item.kind === 'field') walkField(walk, item, sequence);
    else if (item.kind === 'group') walkGroup(walk, item, sequence);
    else while (walk.at < walk.fields.length) take(walk, 'copy');
  }
}

function take(walk: Walk, sequence: string): void {
  walk.laid.push({ field: walk.fields[walk.at++] as Field, sequence });
}

function walkField(walk: Walk, item: FieldItem, sequence: string): void {
  const start = walk.at;
  for (let field = walk.fields[walk.at]; field !== undefined; field = walk.fields[walk.at]) {
    if (item.onlyTag === null ? !item.tags.has(field.tag) : item.onlyTag !== field.tag) break;
    take(walk, sequence);
    if (!item.repeats) return;
  }
  if (item.mandatory && walk.at === start) walk.problems.push(missing(walk, item));
}

function walkGroup(walk: Walk, group: GroupItem, outer: string): void {
  const sequence = group.sequence || outer;
  let times = 0;
  while (walk.at < walk.fields.length && (times === 0 || group.repeats)) {
    if (!group.starts.has((walk.fields[walk.at] as Field).tag)) break;
    const before = walk.at;
    walkItems(walk, group.items, sequence);
    times++;
    if (walk.at === before) break;
  }
  if (group.mandatory && times === 0) walkItems(walk, group.items, sequence);
}

function missing(walk: Walk, item: FieldItem): MtProblem {
  const next = walk.fields[walk.at];
  const line = next?.line ?? lineAfter(walk.fields.at(-1));
  const tags = [...item.tags];
  const label = fieldDefinitions.get(tags[0] ?? '')?.label ?? 'the field';
  const place = next ? `before ${next.tag}` : 'at the end';
  const message = `Field ${tags.join(' or ')} (${label}) is mandatory and missing ${place}.`;
  return mtProblem('field-missing', message, { block: '4', line, field: item.key });
}

function lineAfter(last: Field | undefined): number {
  return last ? last.line + last.value.split('\n').length : 2;
}

function unexpected(fields: readonly Field[], at: number, items: readonly Item[]): MtProblem {
  const field = fields[at] as Field;
  const where = { block: '4', line: field.line, field: field.tag };
  const previous = fields[at - 1]?.tag;
  const place = previous ? `after ${previous}` : 'at the beginning';
  const message = knows(items, field.tag)
    ? `Field ${field.tag} cannot stand ${place}: it is out of order or there once too often.`
    : `Field ${field.tag} does not belong in this message.`;
  return mtProblem('field-unexpected', message, where);
}

function knows(items: readonly Item[], tag: string): boolean {
  return items.some((item) => {
    if (item.kind === 'field') return item.tags.has(tag);
    return item.kind === 'group' && knows(item.items, tag);
  });
}
