// The message a rule looks at, and how a rule finds its way through it.
import { findAll, type XmlElement } from '../../iso20022/tree.ts';

/** A message that was read, with its business header where it has one. */
export interface Subject {
  readonly header: XmlElement | null;
  readonly document: XmlElement | null;
  /** `pacs.008.001.08`, from the namespace of the document. */
  readonly messageId: string;
  /** The date the rules are judged on, ISO 8601. */
  readonly date: string;
}

/** Told at each element that breaks a rule, with what stands there. */
export type Report = (at: XmlElement, found: string) => void;

const split = new Map<string, readonly string[]>();

function tagsOf(path: string): readonly string[] {
  const known = split.get(path);
  if (known) return known;
  const tags = path.split('/').filter((tag) => tag !== '');
  split.set(path, tags);
  return tags;
}

/** Elements at a path from the root (`/AppHdr/…`, `/Document/…`). */
export function find(subject: Subject, path: string): readonly XmlElement[] {
  const [root, ...rest] = tagsOf(path);
  const from = root === 'AppHdr' ? subject.header : subject.document;
  return from ? findAll(from, rest) : [];
}

/** Elements at a path below another. */
export function within(element: XmlElement, path: string): readonly XmlElement[] {
  return findAll(element, tagsOf(path));
}

export function has(element: XmlElement, path: string): boolean {
  return within(element, path).length > 0;
}

export function textOf(element: XmlElement): string {
  return element.text.trim();
}

export function textsOf(elements: readonly XmlElement[]): readonly string[] {
  return elements.map(textOf);
}

function* walk(element: XmlElement): Generator<XmlElement> {
  yield element;
  for (const child of element.children) yield* walk(child);
}

/** Every element of a tag, at any depth, in header and message. */
export function* everywhere(subject: Subject, tag: string | null): Generator<XmlElement> {
  for (const root of [subject.header, subject.document]) {
    if (!root) continue;
    for (const element of walk(root)) if (tag === null || element.tag === tag) yield element;
  }
}

/** All texts inside an element, trimmed and joined. */
export function allText(element: XmlElement): string {
  let text = '';
  for (const each of walk(element)) text += textOf(each);
  return text;
}
