// Writes a message from plain values in the order of its definition, and judges every value as it
// goes.
import type {
  BranchType,
  FacetFault,
  LeafType,
  MessageDefinition,
  Particle,
  Type,
} from '../definition/model.ts';
import { escapeAttribute, escapeText } from './escape.ts';
import { facetWords, type Words } from './facet-words.ts';
import type { MessageError } from './message-error.ts';
import { structureWords } from './structure-words.ts';
import type { Value, Values } from './values.ts';
import { forbiddenAt } from './xml-text.ts';

const controlCharacter: MessageError = Object.freeze({
  path: '',
  code: 'malformed',
  message: 'A control character stands in one of the values, which XML does not allow.',
  fix: 'Type the value anew: pasted text often carries characters that cannot be seen.',
  line: 0,
  column: 0,
});

/** A built message: the text, and everything its schema would refuse. */
export interface Built {
  readonly xml: string;
  /** Empty exactly when the official schema accepts the message. */
  readonly errors: readonly MessageError[];
}

interface Writer {
  readonly errors: MessageError[];
  /** Tags of the branches being written, with ordinals, for the path of an error. */
  readonly path: string[];
}

function tell(writer: Writer, tag: string, code: string, words: Words): void {
  const path = `/${[...writer.path, tag].join('/')}`;
  writer.errors.push({ path, code, ...words, line: 0, column: 0 });
}

function tellFacet(
  writer: Writer,
  tag: string,
  value: string,
  broken: { readonly fault: FacetFault; readonly type: LeafType; readonly attribute?: string },
): void {
  const { fault, type, attribute } = broken;
  const words = facetWords(attribute ?? tag, value, { fault, facets: type.facets });
  tell(writer, tag, fault, words);
}

function writeAttributed(writer: Writer, tag: string, type: LeafType, value: Value): string {
  const attribute = type.attribute as NonNullable<LeafType['attribute']>;
  const given = (isBranch(value) ? value : { value }) as Record<string, unknown>;
  const text = typeof given.value === 'string' ? given.value : '';
  const extra = given[attribute.name];
  const fault = type.check(text);
  if (fault) tellFacet(writer, tag, text, { fault, type });
  if (typeof extra !== 'string') {
    tell(writer, tag, 'missing-attribute', structureWords.missingAttribute(attribute.name, tag));
    return `<${tag}>${escapeText(text)}</${tag}>`;
  }
  const wrong = attribute.type.check(extra);
  if (wrong) {
    tellFacet(writer, tag, extra, {
      fault: wrong,
      type: attribute.type,
      attribute: attribute.name,
    });
  }
  return `<${tag} ${attribute.name}="${escapeAttribute(extra)}">${escapeText(text)}</${tag}>`;
}

/** Values come from forms, but also from files of JSON, which may hold null, numbers and lists anywhere. */
function isBranch(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function writeOne(writer: Writer, tag: string, type: Type, value: Value): string {
  if (type.kind === 'leaf') {
    if (type.attribute) return writeAttributed(writer, tag, type, value);
    const text = typeof value === 'string' ? value : '';
    const fault = type.check(text);
    if (fault) tellFacet(writer, tag, text, { fault, type });
    return text === '' ? `<${tag}/>` : `<${tag}>${escapeText(text)}</${tag}>`;
  }
  if (type.kind === 'wild' || !isBranch(value)) {
    // Supplementary data belongs to whoever defined it: it is read, and never written here.
    tell(writer, tag, 'missing-element', structureWords.missingIn(tag, ['its elements']));
    return `<${tag}/>`;
  }
  writer.path.push(tag);
  const inner = writeBranch(writer, type, value);
  writer.path.pop();
  return inner === '' ? `<${tag}/>` : `<${tag}>${inner}</${tag}>`;
}

function writeMany(writer: Writer, particle: Particle, values: readonly Value[]): string {
  const { tag, type, max } = particle;
  if (values.length > max) tell(writer, tag, 'too-many', structureWords.tooMany(tag, max));
  let text = '';
  for (const [index, value] of values.entries()) {
    const before = writer.errors.length;
    text += writeOne(writer, tag, type, value);
    // The path of what was found inside gets its ordinal only where something was found.
    if (max > 1 && writer.errors.length > before) number(writer, before, tag, index + 1);
  }
  return text;
}

function number(writer: Writer, from: number, tag: string, ordinal: number): void {
  const prefix = `/${[...writer.path, tag].join('/')}`;
  for (let index = from; index < writer.errors.length; index++) {
    const error = writer.errors[index] as MessageError;
    const path = `${prefix}[${ordinal}]${error.path.slice(prefix.length)}`;
    writer.errors[index] = { ...error, path };
  }
}

function writeParticle(writer: Writer, particle: Particle, value: Value): string {
  if (Array.isArray(value)) return writeMany(writer, particle, value);
  return particle.max > 1
    ? writeMany(writer, particle, [value])
    : writeOne(writer, particle.tag, particle.type, value);
}

function isGiven(value: Value | undefined): value is Value {
  return value !== undefined && !(Array.isArray(value) && value.length === 0);
}

function tellMissing(writer: Writer, type: BranchType, values: Values): void {
  const parent = writer.path.at(-1) ?? type.name;
  if (type.kind === 'choice') {
    const given = type.particles.filter(({ tag }) => isGiven(values[tag]));
    const [first, second] = given;
    const tags = type.particles.map(({ tag }) => tag);
    if (first && second) {
      tell(writer, second.tag, 'choice-made', structureWords.choice(second.tag, first.tag));
    } else if (!first) {
      writer.errors.push(missing(writer, parent, tags));
    }
    return;
  }
  for (const { tag, min } of type.particles) {
    if (min > 0 && !isGiven(values[tag])) writer.errors.push(missing(writer, parent, [tag]));
  }
}

function missing(writer: Writer, parent: string, tags: readonly string[]): MessageError {
  const words = structureWords.missingIn(parent, tags);
  const path = `/${writer.path.join('/')}`;
  return { path, code: 'missing-element', ...words, line: 0, column: 0 };
}

/** Writes children in the order of the definition when the object does not hold them in it. */
function writeSorted(writer: Writer, type: BranchType, values: Values): string {
  let text = '';
  for (const particle of type.particles) {
    const value = values[particle.tag];
    if (isGiven(value)) text += writeParticle(writer, particle, value);
  }
  for (const tag of Object.keys(values)) {
    if (type.byTag.has(tag) || !isGiven(values[tag])) continue;
    const parent = writer.path.at(-1) ?? type.name;
    tell(writer, tag, 'unknown-element', structureWords.unknown(tag, parent, []));
  }
  tellMissing(writer, type, values);
  return text;
}

/**
 * The quick way: children that stand in order are written as they are met; anything else is
 * sorted.
 */
function writeBranch(writer: Writer, type: BranchType, values: Values): string {
  const { byTag, nextRequired, kind } = type;
  const known = writer.errors.length;
  let position = -1;
  let text = '';
  for (const tag in values) {
    const value = values[tag];
    if (value === undefined) continue;
    const particle = byTag.get(tag);
    const isInOrder =
      particle !== undefined &&
      particle.position > position &&
      (kind === 'choice'
        ? position < 0
        : (nextRequired[position + 1] as number) >= particle.position);
    if (!isInOrder || (typeof value !== 'string' && !isGiven(value))) {
      writer.errors.length = known;
      return writeSorted(writer, type, values);
    }
    position = particle.position;
    text += writeParticle(writer, particle, value);
  }
  const isComplete =
    kind === 'choice' ? position >= 0 : nextRequired[position + 1] === type.particles.length;
  if (!isComplete) tellMissing(writer, type, values);
  return text;
}

/**
 * Builds a message from its values. `values` are the children of the root element: for a pacs.008
 * `{ FIToFICstmrCdtTrf: { GrpHdr: {...}, CdtTrfTxInf: [...] } }`. Nothing is refused: what the
 * schema
 * would refuse is listed, so that a form can show it beside the message as it is typed.
 */
export function buildMessage(definition: MessageDefinition, values: Values): Built {
  const { root, namespace, type } = definition;
  const writer: Writer = { errors: [], path: [root] };
  const inner = writeBranch(writer, type, isBranch(values) ? values : {});
  const xml = `<?xml version="1.0" encoding="UTF-8"?><${root} xmlns="${namespace}">${inner}</${root}>`;
  if (forbiddenAt(xml) >= 0) writer.errors.push(controlCharacter);
  return { xml, errors: writer.errors };
}
