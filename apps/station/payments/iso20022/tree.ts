// Keeps a message as a tree of plain elements, for rules, explanations and translation to look
// through.
import type { XmlAttribute } from './xml-names.ts';

/** One element of a message. A leaf has text and no children. */
export interface XmlElement {
  readonly tag: string;
  readonly parent: XmlElement | null;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: XmlElement[];
  /** Characters before its start tag. */
  readonly offset: number;
  /** The text of a leaf, as it stands; '' or white space where there are children. */
  text: string;
}

const noAttributes: Readonly<Record<string, string>> = Object.freeze({});

export interface TreeBuilder {
  open(tag: string, attributes: readonly XmlAttribute[], offset: number): void;
  text(value: string): void;
  close(): void;
  /** The root of the tree that was closed last; null before. */
  root(): XmlElement | null;
}

/** A builder of one tree. */
export function createTreeBuilder(): TreeBuilder {
  let current: XmlElement | null = null;
  let root: XmlElement | null = null;
  return Object.freeze({
    open(tag: string, given: readonly XmlAttribute[], offset: number) {
      const attributes =
        given.length === 0
          ? noAttributes
          : Object.fromEntries(given.map(({ local, value }) => [local, value]));
      const element: XmlElement = {
        tag,
        parent: current,
        attributes,
        children: [],
        offset,
        text: '',
      };
      current?.children.push(element);
      current = element;
    },
    text(value: string) {
      if (current) current.text += value;
    },
    close() {
      if (!current) return;
      if (!current.parent) root = current;
      current = current.parent;
    },
    root: () => root,
  });
}

/** Every element at a path of tags below another, such as `['PmtId', 'UETR']`. */
export function findAll(from: XmlElement, path: readonly string[]): readonly XmlElement[] {
  let found: readonly XmlElement[] = [from];
  for (const tag of path) {
    if (found.length === 1) {
      found = (found[0] as XmlElement).children.filter((child) => child.tag === tag);
    } else {
      found = found.flatMap(({ children }) => children.filter((child) => child.tag === tag));
    }
    if (found.length === 0) return found;
  }
  return found;
}

/** Where an element stands, with `[n]` only where it has sisters of its name. */
export function pathOf(element: XmlElement): string {
  const { parent, tag } = element;
  if (!parent) return `/${tag}`;
  const sisters = parent.children.filter((child) => child.tag === tag);
  const place = sisters.length > 1 ? `[${sisters.indexOf(element) + 1}]` : '';
  return `${pathOf(parent)}/${tag}${place}`;
}
