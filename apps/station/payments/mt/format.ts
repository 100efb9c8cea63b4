// Turns Swift's field formats ("6!n3!a15d", "[/34x]$4*35x") into a parser and a printer.
import assert from 'node:assert/strict';
import { type Charset, charsets, charsetWords } from './charset.ts';

/** Values by name of component; absent where the optional part is. */
export type Components = Readonly<Record<string, string | undefined>>;

/** Where a value leaves its format. */
export interface FormatFault {
  /** Name of the component that does not fit, or "" for a sign between two. */
  readonly component: string;
  /** Line inside the field, from 0. */
  readonly line: number;
  /** What was expected there, in words. */
  readonly expected: string;
}

export interface Format {
  readonly source: string;
  readonly names: readonly string[];
  /** Components of the value, or null when it does not fit. */
  parse(value: string): Components | null;
  /** The value made of components; refuses (null) what would not parse back. */
  print(components: Components): string | null;
  /** The first part that does not fit. Only for a value `parse` gave null for. */
  fault(value: string): FormatFault;
}

type Part =
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'value'; readonly source: string; readonly words: string; name: string }
  | {
      readonly kind: 'optional';
      readonly parts: readonly Part[];
      readonly names: readonly string[];
    };

const partStart =
  /(?<lines>\d{1,3})\*(?<width>\d{1,4})(?<set>[nachexyz])|(?<length>\d{1,4})(?<exact>!)?(?<kind>[nachexyzd])|<(?<codes>[^>]+)>|(?<sign>[[\]$]|[^[\]$])/y;

const bic = '4!a2!a2!c[3!c]';
const emptyLine = /(^|\n)(\n|$)/;

/**
 * Compiles a format. Notation (Swift User Handbook): `16x` up to 16, `3!a` exactly 3, `15d` an
 * amount
 * with comma, `4*35x` up to 4 lines, `[..]` optional, `$` a new line, `<C|D>` one of these words;
 * the
 * parts of a BIC are one component. `names` name the components in their order.
 */
export function compileFormat(source: string, names: readonly string[]): Format {
  const state = { at: 0, text: source.replaceAll(bic, 'B'), names: [...names] };
  const parts = readParts(state);
  assert(state.at === state.text.length && state.names.length === 0, `format ${source} ${names}`);
  const whole = new RegExp(`^${parts.map((part) => pattern(part)).join('')}$`);
  const count = names.length;
  const hasLines = source.includes('$');
  const parse = (value: string): Components | null => {
    const match = whole.exec(value);
    if (!match) return null;
    const components: Record<string, string | undefined> = {};
    for (let each = 0; each < count; each++) {
      const part = match[each + 1];
      if (part !== undefined) components[names[each] as string] = part;
    }
    return components;
  };
  return Object.freeze({
    source,
    names,
    parse,
    print: (components: Components) => {
      const text = printParts(parts, components);
      return text !== null && whole.test(text) && !(hasLines && emptyLine.test(text)) ? text : null;
    },
    fault: (value: string) => faultOf(parts, value),
  });
}

interface Reading {
  at: number;
  readonly text: string;
  readonly names: string[];
}

function readParts(state: Reading): Part[] {
  const parts: Part[] = [];
  while (state.at < state.text.length && state.text[state.at] !== ']') {
    if (state.text[state.at] === '[') {
      state.at++;
      const inner = readParts(state);
      parts.push({ kind: 'optional', parts: inner, names: inner.flatMap((each) => names(each)) });
      assert(state.text[state.at] === ']', `unclosed optional part in ${state.text}`);
      state.at++;
    } else parts.push(readPart(state));
  }
  return parts.map((part, index) => shyOf(part, parts[index + 1]));
}

/** A reference before an optional "//" part ends where the "//" begins. */
function shyOf(part: Part, next: Part | undefined): Part {
  if (part.kind !== 'value' || next?.kind !== 'optional') return part;
  const [one, two] = next.parts;
  if (one?.kind !== 'literal' || two?.kind !== 'literal' || one.text + two.text !== '//')
    return part;
  const shy = part.source.replace(/^(\[.*\])(\{.*\})$/, '(?:(?!\\/\\/)$1)$2');
  return { ...part, source: shy };
}

function readPart(state: Reading): Part {
  if (state.text[state.at] === 'B') {
    state.at++;
    const words = 'a BIC of 8 or 11 letters and digits';
    return value(state, '[A-Z]{4}[A-Z]{2}[A-Z0-9]{2}(?:[A-Z0-9]{3})?', words);
  }
  partStart.lastIndex = state.at;
  const groups = partStart.exec(state.text)?.groups ?? {};
  state.at = partStart.lastIndex;
  if (groups.codes) {
    const words = `one of ${groups.codes.replaceAll('|', ', ')}`;
    return value(state, groups.codes.replaceAll('+', '\\+'), words);
  }
  if (groups.lines) return linesPart(state, groups);
  if (groups.length) return runPart(state, groups);
  return { kind: 'literal', text: groups.sign === '$' ? '\n' : (groups.sign ?? '') };
}

function linesPart(state: Reading, groups: Record<string, string | undefined>): Part {
  const set = groups.set as Charset;
  const line = `[${charsets[set]}]{1,${groups.width}}`;
  const more = Number(groups.lines) - 1;
  const words = `up to ${groups.lines} lines of up to ${groups.width} characters`;
  return value(state, `${line}(?:\n${line}){0,${more}}`, `${words} (${charsetWords[set]})`);
}

function runPart(state: Reading, groups: Record<string, string | undefined>): Part {
  const length = groups.length ?? '';
  if (groups.kind === 'd') {
    const words = `an amount with a comma, at most ${length} characters`;
    return value(state, `(?=[\\d,]{2,${length}}(?![\\d,]))\\d+,\\d*`, words);
  }
  const set = groups.kind as Charset;
  const times = groups.exact ? `{${length}}` : `{1,${length}}`;
  const words = `${groups.exact ? 'exactly' : 'up to'} ${length} characters (${charsetWords[set]})`;
  const line = set === 'z' && Number(length) > 1000 ? `[${charsets[set]}\n]` : `[${charsets[set]}]`;
  return value(state, line + times, words);
}

function value(state: Reading, source: string, words: string): Part {
  const name = state.names.shift();
  assert(name, `a component of ${state.text} has no name`);
  return { kind: 'value', source, words, name };
}

function pattern(part: Part): string {
  if (part.kind === 'literal') return part.text.replace(/[/\\^$*+?.()|[\]{}]/g, '\\$&');
  if (part.kind === 'value') return `(${part.source})`;
  const inner = part.parts.map((each) => pattern(each)).join('');
  // An account or clearing code that is wrong must not be read as the first line of a name.
  return startsWithSlash(part) && !onlyRun(part) ? `(?:${inner}|(?!\\/))` : `(?:${inner})?`;
}

/** Whether the optional part holds a line of its own (ends in a new line). */
function onlyRun(part: Part & { kind: 'optional' }): boolean {
  const last = part.parts.at(-1);
  return !(last?.kind === 'literal' && last.text === '\n');
}

function startsWithSlash(part: Part): boolean {
  if (part.kind === 'literal') return part.text.startsWith('/');
  return part.kind === 'optional' && part.parts[0] !== undefined && startsWithSlash(part.parts[0]);
}

function printParts(parts: readonly Part[], components: Components): string | null {
  let text = '';
  for (const part of parts) {
    if (part.kind === 'literal') text += part.text;
    else if (part.kind === 'value') {
      const given = components[part.name];
      if (given === undefined) return null;
      text += given;
    } else if (isGiven(part.names, components)) {
      const inner = printParts(part.parts, components);
      if (inner === null) return null;
      text += inner;
    }
  }
  return text;
}

function isGiven(names: readonly string[], components: Components): boolean {
  for (const name of names) if (components[name] !== undefined) return true;
  return false;
}

function names(part: Part): string[] {
  if (part.kind === 'literal') return [];
  return part.kind === 'value' ? [part.name] : part.parts.flatMap((each) => names(each));
}

function faultOf(parts: readonly Part[], value: string): FormatFault {
  let source = '^';
  let fitted = '';
  for (const part of parts) {
    source += pattern(part);
    const match = new RegExp(source).exec(value);
    if (!match) return { component: nameOf(part), line: lineOf(fitted), expected: wordsOf(part) };
    fitted = match[0];
  }
  const rest = value.slice(fitted.length);
  const last = parts.at(-1);
  const line = lineOf(fitted) + (rest.startsWith('\n') ? 1 : 0);
  const component = last && rest !== '' && !rest.startsWith('\n') ? nameOf(last) : '';
  const expected = component && last ? wordsOf(last) : 'the end of the field';
  return { component, line, expected };
}

function nameOf(part: Part): string {
  return names(part)[0] ?? '';
}

function wordsOf(part: Part): string {
  if (part.kind === 'value') return part.words;
  if (part.kind === 'literal') return part.text === '\n' ? 'a new line' : `"${part.text}"`;
  const first = part.parts[0];
  return first ? wordsOf(first) : '';
}

function lineOf(text: string): number {
  return text.split('\n').length - 1;
}
