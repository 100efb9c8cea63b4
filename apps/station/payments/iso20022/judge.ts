// Judges a message while it streams past, by its compiled definition: the verdict of the official
// schema.
import type {
  BranchType,
  FacetFault,
  LeafType,
  MessageDefinition,
  Particle,
  Type,
} from '../definition/model.ts';
import { facetWords, type Words } from './facet-words.ts';
import { expectedAfter, structureWords } from './structure-words.ts';
import type { XmlHandler } from './xml-cursor.ts';
import type { XmlAttribute } from './xml-names.ts';

/**
 * One element that is open. Frames are used again: a message of any length allocates a few dozen.
 */
interface Frame {
  tag: string;
  type: Type;
  /** Position of the last child's particle; -1 before the first. */
  position: number;
  /** How often the last child's particle has stood. */
  count: number;
  /** Which occurrence this element is; 0 where only one may stand. */
  ordinal: number;
  text: string;
  /** Characters before its start tag. */
  start: number;
  /** An error of its content has been told: what follows from it is not told again. */
  isBroken: boolean;
}

/** Told at each error; `offset` counts the characters before the element. */
export type Tell = (path: string, code: string, words: Words, offset: number) => void;

export interface Judge extends XmlHandler {
  /** True once the root has been closed. */
  isDone(): boolean;
}

interface State {
  readonly definition: MessageDefinition;
  readonly tell: Tell;
  readonly offset: () => number;
  readonly frames: Frame[];
  /**
   * The namespace as the file holds it: the same string for every element, so that a glance tells.
   */
  namespace: string;
  depth: number;
  /**
   * Elements open inside one that is not judged (wild content, or an element that may not stand).
   */
  skipped: number;
}

const instanceNamespace = 'http://www.w3.org/2001/XMLSchema-instance';
const allowedInstance: ReadonlySet<string> = new Set([
  'schemaLocation',
  'noNamespaceSchemaLocation',
]);

function isBlank(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit !== 32 && unit !== 10 && unit !== 9 && unit !== 13) return false;
  }
  return true;
}

function pathTo(state: State, depth: number): string {
  let path = '';
  for (let index = 0; index < depth; index++) {
    const { tag, ordinal } = state.frames[index] as Frame;
    path += ordinal > 0 ? `/${tag}[${ordinal}]` : `/${tag}`;
  }
  return path;
}

function push(state: State, tag: string, type: Type, ordinal: number): void {
  const frame = state.frames[state.depth];
  if (frame) {
    frame.tag = tag;
    frame.type = type;
    frame.position = -1;
    frame.count = 0;
    frame.ordinal = ordinal;
    frame.text = '';
    frame.start = state.offset();
    frame.isBroken = false;
  } else {
    state.frames.push({
      tag,
      type,
      position: -1,
      count: 0,
      ordinal,
      text: '',
      start: state.offset(),
      isBroken: false,
    });
  }
  state.depth += 1;
}

/** Tells an error at the element itself (the innermost open one). */
function tellHere(state: State, code: string, words: Words): void {
  const { start } = state.frames[state.depth - 1] as Frame;
  state.tell(pathTo(state, state.depth), code, words, start);
}

/** Tells an error at a child that may not stand, and skips it. */
function refuseChild(state: State, parent: Frame, tag: string, fault: [string, Words]): void {
  const [code, words] = fault;
  if (!parent.isBroken)
    state.tell(`${pathTo(state, state.depth)}/${tag}`, code, words, state.offset());
  parent.isBroken = true;
  state.skipped = 1;
}

function checkAttributes(
  state: State,
  leaf: LeafType | null,
  given: readonly XmlAttribute[],
): void {
  const frame = state.frames[state.depth - 1] as Frame;
  const wanted = leaf?.attribute ?? null;
  let value: string | null = null;
  for (const attribute of given) {
    if (wanted && attribute.local === wanted.name && attribute.namespace === '') {
      value = attribute.value;
    } else if (attribute.namespace !== instanceNamespace || !allowedInstance.has(attribute.local)) {
      const words = structureWords.unknownAttribute(attribute.local, frame.tag);
      tellHere(state, 'unexpected-attribute', words);
    }
  }
  if (!wanted) return;
  if (value === null) {
    const words = structureWords.missingAttribute(wanted.name, frame.tag);
    tellHere(state, 'missing-attribute', words);
    return;
  }
  const fault = wanted.type.check(value);
  if (fault) {
    const words = facetWords(wanted.name, value, { fault, facets: wanted.type.facets });
    tellHere(state, fault, words);
  }
}

type Placement = { readonly code: string; readonly words: Words } | null;

function placeInChoice(frame: Frame, type: BranchType, particle: Particle): Placement {
  const chosen = type.particles[frame.position];
  if (!chosen) return null;
  if (chosen !== particle) {
    return { code: 'choice-made', words: structureWords.choice(particle.tag, chosen.tag) };
  }
  if (frame.count < particle.max) return null;
  return { code: 'too-many', words: structureWords.tooMany(particle.tag, particle.max) };
}

function placeInSequence(frame: Frame, type: BranchType, particle: Particle): Placement {
  const { position, count } = frame;
  if (particle.position === position) {
    if (count < particle.max) return null;
    return { code: 'too-many', words: structureWords.tooMany(particle.tag, particle.max) };
  }
  if (particle.position < position) {
    const expected = expectedAfter(type, position, count);
    const words = structureWords.order(particle.tag, frame.tag, expected);
    return { code: 'wrong-order', words };
  }
  const current = type.particles[position];
  const required = type.particles[type.nextRequired[position + 1] as number];
  const missing =
    current && count < current.min
      ? current
      : required && required.position < particle.position
        ? required
        : null;
  if (!missing) return null;
  const words = structureWords.missingBefore(missing.tag, particle.tag);
  return { code: 'missing-element', words };
}

/**
 * Opens an element inside a branch: known, in its place, not too often; else it is refused and
 * skipped.
 */
function openChild(state: State, tag: string, namespace: string): LeafType | null | undefined {
  const parent = state.frames[state.depth - 1] as Frame;
  const type = parent.type as BranchType;
  const particle = type.byTag.get(tag);
  if (!particle || namespace !== state.namespace) {
    const expected = expectedAfter(type, parent.position, parent.count);
    const fault: [string, Words] = particle
      ? [
          'wrong-namespace',
          structureWords.wrongNamespace(tag, namespace, state.definition.namespace),
        ]
      : ['unknown-element', structureWords.unknown(tag, parent.tag, expected)];
    refuseChild(state, parent, tag, fault);
    return undefined;
  }
  const isChoice = type.kind === 'choice';
  const fault = isChoice
    ? placeInChoice(parent, type, particle)
    : placeInSequence(parent, type, particle);
  if (fault) {
    if (fault.code !== 'missing-element') {
      refuseChild(state, parent, tag, [fault.code, fault.words]);
      return undefined;
    }
    const path = `${pathTo(state, state.depth)}/${tag}`;
    if (!parent.isBroken) state.tell(path, fault.code, fault.words, state.offset());
  }
  const isSame = particle.position === parent.position;
  parent.count = isSame ? parent.count + 1 : 1;
  parent.position = particle.position;
  push(state, tag, particle.type, particle.max > 1 ? parent.count : 0);
  return particle.type.kind === 'leaf' ? particle.type : null;
}

function openInside(state: State, tag: string, namespace: string): LeafType | null | undefined {
  const parent = state.frames[state.depth - 1] as Frame;
  const { type } = parent;
  if (type.kind === 'leaf') {
    // Told at the element that holds a value: that is what is not as it should be.
    const words = structureWords.insideValue(tag, parent.tag);
    if (!parent.isBroken) tellHere(state, 'element-in-value', words);
    parent.isBroken = true;
    state.skipped = 1;
    return undefined;
  }
  if (type.kind !== 'wild') return openChild(state, tag, namespace);
  parent.count += 1;
  if (parent.count > 1) {
    refuseChild(state, parent, tag, ['too-many', structureWords.tooMany(tag, 1)]);
  } else if (type.namespace !== '*' && type.namespace !== namespace) {
    const words = structureWords.wrongNamespace(tag, namespace, type.namespace);
    refuseChild(state, parent, tag, ['wrong-namespace', words]);
  }
  state.skipped = 1;
  return undefined;
}

function closeLeaf(state: State, frame: Frame, type: LeafType): void {
  if (frame.isBroken) return;
  const fault: FacetFault | null = type.check(frame.text);
  if (fault) {
    tellHere(state, fault, facetWords(frame.tag, frame.text, { fault, facets: type.facets }));
  }
}

function closeBranch(state: State, frame: Frame, type: BranchType): void {
  if (frame.isBroken) return;
  const current = type.particles[frame.position];
  const isShort = current !== undefined && frame.count < current.min;
  const isComplete =
    type.kind === 'choice'
      ? current !== undefined
      : type.nextRequired[frame.position + 1] === type.particles.length;
  if (isComplete && !isShort) return;
  const expected = expectedAfter(type, frame.position, frame.count);
  tellHere(state, 'missing-element', structureWords.missingIn(frame.tag, expected));
}

function closeElement(state: State): void {
  const frame = state.frames[state.depth - 1] as Frame;
  const { type } = frame;
  if (type.kind === 'leaf') closeLeaf(state, frame, type);
  else if (type.kind !== 'wild') closeBranch(state, frame, type);
  else if (frame.count === 0 && !frame.isBroken) {
    tellHere(state, 'missing-element', structureWords.missingIn(frame.tag, ['one element']));
  }
  state.depth -= 1;
}

/**
 * A judge for one message; its first `open` is the root element, whose name the caller has
 * matched.
 */
export function createJudge(
  definition: MessageDefinition,
  tell: Tell,
  offset: () => number,
): Judge {
  const state: State = {
    definition,
    tell,
    offset,
    namespace: '',
    frames: [],
    depth: 0,
    skipped: 0,
  };
  let isDone = false;
  return Object.freeze({
    open(local: string, namespace: string, attributes: readonly XmlAttribute[]) {
      if (state.skipped > 0) {
        state.skipped += 1;
        return;
      }
      let leaf: LeafType | null | undefined = null;
      if (state.depth === 0) {
        state.namespace = namespace;
        push(state, local, definition.type, 0);
      } else leaf = openInside(state, local, namespace);
      if (leaf === undefined) return;
      if (attributes.length > 0 || leaf?.attribute) checkAttributes(state, leaf, attributes);
    },
    text(value: string) {
      if (state.skipped > 0) return;
      const frame = state.frames[state.depth - 1] as Frame;
      if (frame.type.kind === 'leaf') frame.text = frame.text === '' ? value : frame.text + value;
      else if (frame.text === '' && !isBlank(value)) {
        frame.text = value;
        tellHere(state, 'text-between', structureWords.textInside(frame.tag, value));
        frame.isBroken = true;
      }
    },
    close() {
      if (state.skipped > 0) {
        state.skipped -= 1;
        return;
      }
      closeElement(state);
      isDone = state.depth === 0;
    },
    isDone: () => isDone,
  });
}
