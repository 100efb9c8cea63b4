// The form of a message definition, and the reader of the short notation the definitions are in.
import assert from 'node:assert/strict';
import type { Rule } from './rule.ts';
import { oneString } from './text.ts';

/** A field's place in a message. */
export interface FieldItem {
  readonly kind: 'field';
  /** "32A", or "50a" where several options are allowed. */
  readonly key: string;
  readonly tags: ReadonlySet<string>;
  /** The tag where there is one only, which most places have: cheaper to compare than to look up. */
  readonly onlyTag: string | null;
  readonly mandatory: boolean;
  readonly repeats: boolean;
}

/** Fields that come together. */
export interface GroupItem {
  readonly kind: 'group';
  readonly items: readonly Item[];
  /** Tags the group can begin with. */
  readonly starts: ReadonlySet<string>;
  readonly mandatory: boolean;
  readonly repeats: boolean;
  /** "A" or "B" where the standard names the sequence, else "". */
  readonly sequence: string;
}

/** Any further fields: the copy of the original message in MTn92 and MTn96. */
export interface CopyItem {
  readonly kind: 'copy';
}

export type Item = FieldItem | GroupItem | CopyItem;

export interface MessageDefinition {
  /** "103", "103.STP", "202.COV". */
  readonly id: string;
  readonly label: string;
  readonly items: readonly Item[];
  readonly rules: readonly Rule[];
}

/**
 * Reads the notation: items parted by blanks; `20` mandatory, `13C?` optional, `23E*` any number,
 * `61+` at least one; `50a:AFK` options (`_` is "no letter"); `( .. )*` a group; `B( .. )` a
 * sequence;
 * `copy` any further fields.
 */
export function readItems(notation: string): readonly Item[] {
  const words = notation.trim().split(/\s+/);
  const items = readUntil(words, '');
  assert(words.length === 0, `trailing ${words.join(' ')}`);
  return items;
}

function readUntil(words: string[], close: string): Item[] {
  const items: Item[] = [];
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    if (close && word.startsWith(')')) {
      items.push(...closeGroup(items.splice(0), word, close));
      return items;
    }
    if (word === 'copy') items.push({ kind: 'copy' });
    else if (word.endsWith('(')) items.push(...readUntil(words, word));
    else items.push(fieldItem(word));
  }
  assert(!close, `group ${close} is not closed`);
  return items;
}

function closeGroup(items: readonly Item[], word: string, open: string): Item[] {
  const starts = new Set<string>();
  for (const item of items) {
    if (item.kind === 'copy') break;
    for (const tag of item.kind === 'field' ? item.tags : item.starts) starts.add(tag);
    if (item.mandatory) break;
  }
  const sequence = open.slice(0, -1);
  return [{ kind: 'group', items, starts, sequence, ...occurrence(word.slice(1)) }];
}

function fieldItem(word: string): FieldItem {
  const match = /^(\d{2})([A-Za-z]?)([?*+]?)(?::([A-Z_]+))?$/.exec(word);
  assert(match, `${word} is no field`);
  const [, digits = '', letter = '', times = '', options] = match;
  const tags = options
    ? [...options].map((option) => oneString(digits + (option === '_' ? '' : option)))
    : [oneString(digits + letter)];
  const onlyTag = tags.length === 1 ? (tags[0] as string) : null;
  const key = digits + letter;
  return { kind: 'field', key, tags: new Set(tags), onlyTag, ...occurrence(times) };
}

function occurrence(times: string): { mandatory: boolean; repeats: boolean } {
  return { mandatory: times === '' || times === '+', repeats: times === '*' || times === '+' };
}
