// Network rules as data: the kinds of condition, and how each is judged over a message.
import type { Field } from './envelope.ts';
import type { Components } from './format.ts';
import { amountAgreementCountries } from './tables.ts';
import { oneString } from './text.ts';

/**
 * A condition over the fields of a message. A key is a tag ("32A"), a field with options ("56a"),
 * or
 * either in a sequence ("56a@B"); a path is a key and a component ("32A.currency").
 */
export type Condition =
  | readonly ['has' | 'lacks', key: string]
  | readonly ['option', key: string, letters: string]
  | readonly ['is' | 'every' | 'some', path: string, ...values: string[]]
  | readonly ['known' | 'filled', path: string]
  | readonly ['clearing', key: string]
  | readonly ['equals' | 'differs', path: string, other: string]
  | readonly ['sameStart', ...paths: string[]]
  | readonly ['atLeast' | 'atMost', key: string, count: number]
  | readonly ['ordered' | 'noPair', path: string, ...values: string[]]
  | readonly ['distinct', path: string]
  | readonly ['textOnlyWith', path: string, textPath: string, ...values: string[]]
  | readonly ['follows', tag: string, ...tags: string[]]
  | readonly ['agreement']
  | readonly ['ibanIn', path: string]
  | readonly ['all' | 'any', one: Condition, two: Condition, three?: Condition]
  | readonly ['not', condition: Condition];

/** One network rule. Broken when `when` holds (or is absent) and `must` does not. */
export interface Rule {
  /** "C1" as in the standard, or the field or variant it belongs to. */
  readonly id: string;
  /** Swift's error code. */
  readonly code: string;
  readonly when?: Condition;
  readonly must: Condition;
  /** Key of the field to show the teller. */
  readonly at: string;
  readonly text: string;
  readonly fix: string;
}

export interface PlacedField {
  readonly field: Field;
  readonly components: Components;
}

/** What rules look at: the fields by key, in their order, and who sends to whom. */
export interface MessageView {
  readonly fields: readonly Field[];
  readonly byKey: ReadonlyMap<string, readonly PlacedField[]>;
  /** Country of the sender's and the receiver's BIC, "" when unknown. */
  readonly senderCountry: string;
  readonly receiverCountry: string;
}

type Test = (view: MessageView) => boolean;

const none: readonly PlacedField[] = [];
const noValues: readonly string[] = [];
const fieldsAt = (view: MessageView, key: string) => view.byKey.get(key) ?? none;

/** "32A.currency" as key and component. */
function keyAndName(path: string): readonly [key: string, name: string] {
  const [key = '', name = ''] = path.split('.');
  return [oneString(key), oneString(name)];
}

/** Reads the values a path names, in the order of the fields. */
function readerOf(path: string): (view: MessageView) => readonly string[] {
  const [key, name] = keyAndName(path);
  return (view) => {
    const fields = view.byKey.get(key);
    if (!fields) return noValues;
    const values: string[] = [];
    for (const { components } of fields) {
      const value = components[name];
      if (value !== undefined) values.push(value);
    }
    return values;
  };
}

function conditionsOf(condition: Condition): readonly Condition[] {
  return condition.slice(1) as unknown as readonly Condition[];
}

/** Turns a condition into a test; done once a rule, when the definitions are loaded. */
export function compileCondition(condition: Condition): Test {
  switch (condition[0]) {
    case 'all':
      return bothTest(conditionsOf(condition).map((each) => compileCondition(each)));
    case 'any': {
      const none = conditionsOf(condition).map((each) => compileCondition(['not', each]));
      const all = bothTest(none);
      return (view) => !all(view);
    }
    case 'not': {
      const test = compileCondition(condition[1]);
      return (view) => !test(view);
    }
    case 'agreement':
      return ({ senderCountry, receiverCountry }) =>
        amountAgreementCountries.has(senderCountry) &&
        amountAgreementCountries.has(receiverCountry);
    default:
      return compileFieldTest(condition) ?? compileValueTest(condition);
  }
}

/** Two or three tests, without a list to walk each time. */
function bothTest([one, two, three]: readonly Test[]): Test {
  if (!one || !two) return one ?? (() => true);
  if (!three) return (view) => one(view) && two(view);
  return (view) => one(view) && two(view) && three(view);
}

function compileFieldTest(condition: Condition): Test | null {
  switch (condition[0]) {
    case 'has': {
      const key = condition[1];
      return (view) => view.byKey.has(key);
    }
    case 'lacks': {
      const key = condition[1];
      return (view) => !view.byKey.has(key);
    }
    case 'option': {
      const [, key, letters] = condition;
      return (view) => fieldsAt(view, key).every(({ field }) => letters.includes(optionOf(field)));
    }
    case 'atLeast': {
      const [, key, count] = condition;
      return (view) => fieldsAt(view, key).length >= count;
    }
    case 'atMost': {
      const [, key, count] = condition;
      return (view) => fieldsAt(view, key).length <= count;
    }
    case 'clearing': {
      const key = condition[1];
      return (view) =>
        fieldsAt(view, key).every(({ components }) => components.account?.startsWith('/') ?? false);
    }
    case 'follows': {
      const [, tag, ...before] = condition;
      return ({ fields }) =>
        fields.every(
          (field, at) => field.tag !== tag || before.includes(fields[at - 1]?.tag ?? ''),
        );
    }
    default:
      return null;
  }
}

function optionOf({ tag }: Field): string {
  return tag.length > 2 ? tag.slice(2) : '_';
}

function compileValueTest(condition: Condition): Test {
  const [kind, path = '', ...rest] = condition as readonly [string, string, ...string[]];
  const read = readerOf(path);
  if (kind === 'is') return firstTest(path, rest);
  if (kind === 'every') return (view) => read(view).every((value) => rest.includes(value));
  if (kind === 'some') return (view) => read(view).some((value) => rest.includes(value));
  if (kind === 'known') return knownTest(path);
  if (kind === 'filled') return (view) => read(view).length > 0;
  if (kind === 'distinct') return (view) => isDistinct(read(view));
  if (kind === 'ibanIn') {
    return (view) => read(view).every((value) => /^[A-Z]{2}\d{2}[A-Z0-9]{8,30}$/.test(value));
  }
  if (kind === 'equals' || kind === 'differs') return compareTest(kind, read, rest[0] ?? '');
  if (kind === 'sameStart') return sameStartTest([path, ...rest]);
  if (kind === 'ordered') return orderedTest(read, rest);
  if (kind === 'noPair') return noPairTest(read, rest);
  return textTest(path, rest);
}

/** The first field under the key has one of the values; no list is made, most rules begin so. */
function firstTest(path: string, values: readonly string[]): Test {
  const [key, name] = keyAndName(path);
  return (view) => {
    const value = view.byKey.get(key)?.[0]?.components[name];
    return value !== undefined && values.includes(value);
  };
}

/** Every field under the key carries the component. */
function knownTest(path: string): Test {
  const [key, name] = keyAndName(path);
  return (view) => fieldsAt(view, key).every(({ components }) => components[name] !== undefined);
}

function compareTest(kind: string, read: ReturnType<typeof readerOf>, other: string): Test {
  const readOther = readerOf(other);
  return (view) => {
    const values = read(view);
    const target = readOther(view)[0];
    if (values.length === 0 || target === undefined) return false;
    return kind === 'equals' ? values.every((value) => value === target) : values[0] !== target;
  };
}

/** All currencies begin with the same two letters (C27). */
function sameStartTest(paths: readonly string[]): Test {
  const readers = paths.map((path) => readerOf(path));
  return (view) => {
    const starts = readers.flatMap((read) => read(view)).map((value) => value.slice(0, 2));
    return new Set(starts).size <= 1;
  };
}

function isDistinct(values: readonly string[]): boolean {
  return values.length < 2 || new Set(values).size === values.length;
}

function orderedTest(read: ReturnType<typeof readerOf>, order: readonly string[]): Test {
  return (view) => {
    const values = read(view);
    if (values.length < 2) return true;
    const places = values.map((each) => order.indexOf(each));
    return places.every((place, at) => at === 0 || (places[at - 1] ?? 0) <= place);
  };
}

function noPairTest(read: ReturnType<typeof readerOf>, pairs: readonly string[]): Test {
  const split = pairs.map((pair) => pair.split(' '));
  return (view) => {
    const values = read(view);
    if (values.length < 2) return true;
    return !split.some(([one = '', other = '']) => values.includes(one) && values.includes(other));
  };
}

function textTest(path: string, [textPath = '', ...codes]: readonly string[]): Test {
  const [key, name] = keyAndName(path);
  const text = textPath.split('.')[1] ?? '';
  return (view) =>
    fieldsAt(view, key).every(
      ({ components }) => components[text] === undefined || codes.includes(components[name] ?? ''),
    );
}
