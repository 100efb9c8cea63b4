// A FIN message read by keys ("32A", "52a@B", "20#2") that remembers which fields were read.
import type { CheckedMessage } from '../../mt/check.ts';
import type { Field } from '../../mt/envelope.ts';
import { fieldDefinitions } from '../../mt/fields.ts';
import type { Components } from '../../mt/format.ts';

export interface MtField {
  readonly tag: string;
  readonly value: string;
  readonly components: Components;
}

export interface MtSource {
  /**
   * The field at the key: "56a" any option, "@B" the second sequence, "#2" the second of its
   * kind.
   */
  field(key: string): MtField | undefined;
  /** Every field at the key, in their order. */
  all(key: string): readonly MtField[];
  /** Lines of a narrative, those that begin with // joined to the one before. */
  lines(key: string): readonly string[];
  /** What follows /CODE/ in a narrative, "" when no line begins so; ticks the line off. */
  coded(key: string, code: string): string;
  /** Fields nobody read, and the lines nobody read of narratives that were read by code. */
  unread(): readonly { readonly tag: string; readonly value: string }[];
}

/** Makes a source of a message that was taken apart; fields need not be right. */
export function createMtSource({ envelope, byKey, definition }: CheckedMessage): MtSource {
  const fields = envelope.blocks.find(({ id }) => id === '4')?.fields ?? [];
  const keys = new Map<string, Field[]>();
  const add = (key: string, field: Field) => {
    const list = keys.get(key) ?? [];
    list.push(field);
    keys.set(key, list);
  };
  const second = new Set<Field>();
  for (const [key, placed] of byKey) {
    if (key.endsWith('@B')) for (const { field } of placed) second.add(field);
  }
  for (const field of fields) {
    const suffix = definition && second.has(field) ? '@B' : '';
    add(field.tag + suffix, field);
    add(`${field.tag.slice(0, 2)}a${suffix}`, field);
  }
  const read = new Set<Field>();
  const all = (key: string) => {
    const [name = '', number] = key.split('#');
    const found = keys.get(name) ?? [];
    const chosen = number ? found.slice(Number(number) - 1, Number(number)) : found;
    for (const each of chosen) read.add(each);
    return chosen.map((each) => ({ ...each, components: componentsOf(each) }));
  };
  const field = (key: string) => all(key.includes('#') ? key : `${key}#1`)[0];
  const lines = (key: string) => field(key)?.value.replaceAll('\n//', '').split('\n') ?? [];
  const ticked = new Map<string, Set<string>>();
  const coded = (key: string, code: string) => {
    const lineRead = ticked.get(key) ?? new Set<string>();
    ticked.set(key, lineRead);
    const line = lines(key).find((each) => each.startsWith(`/${code}/`));
    if (line !== undefined) lineRead.add(line);
    return line?.slice(code.length + 2) ?? '';
  };
  const unreadLines = () =>
    [...ticked].flatMap(([key, lineRead]) =>
      lines(key).flatMap((line) => (lineRead.has(line) ? [] : [{ tag: key, value: line }])),
    );
  return Object.freeze({
    all,
    field,
    lines,
    coded,
    unread: () => [...fields.filter((each) => !read.has(each)), ...unreadLines()],
  });
}

function componentsOf({ tag, value }: Field): Components {
  for (const format of fieldDefinitions.get(tag)?.formats ?? []) {
    const components = format.parse(value);
    if (components) return components;
  }
  return {};
}
