// Holds where the reader stands in the text that has arrived, and the small steps every token is
// made of.
import { malformed, XmlFault } from './xml-fault.ts';
import { outermostScope, type Scope, type XmlAttribute } from './xml-names.ts';

/** What is told while reading. A text may come in several pieces. */
export interface XmlHandler {
  open(local: string, namespace: string, attributes: readonly XmlAttribute[]): void;
  text(value: string): void;
  close(): void;
}

/** Bounds a hostile file meets before it costs memory or time. */
export interface XmlLimits {
  readonly maxDepth: number;
  readonly maxAttributes: number;
  /** Longest single tag, text, comment or attribute, in UTF-16 units. */
  readonly maxTokenLength: number;
  /** Longest document, in UTF-16 units. */
  readonly maxLength: number;
}

export interface Cursor {
  readonly handler: XmlHandler;
  readonly limits: XmlLimits;
  /** Qualified names of the elements that are open. */
  readonly names: string[];
  readonly scopes: Scope[];
  /** The namespace of a name without a prefix, in each of the scopes. */
  readonly defaults: string[];
  buffer: string;
  at: number;
  /** Nothing more will arrive. */
  isFinal: boolean;
  hasRoot: boolean;
  /** Nothing has been read yet: the XML declaration may stand here. */
  isStart: boolean;
}

const nameExpression =
  /[:A-Z_a-z\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u02FF\u0370-\u037D\u037F-\u1FFF\u200C-\u200D\u2070-\u218F\u2C00-\u2FEF\u3001-\uD7FF\uF900-\uFDCF\uFDF0-\uFFFD\u{10000}-\u{EFFFF}][-.:\w\u00B7\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u037D\u037F-\u1FFF\u200C-\u200D\u203F\u2040\u2070-\u218F\u2C00-\u2FEF\u3001-\uD7FF\uF900-\uFDCF\uFDF0-\uFFFD\u{10000}-\u{EFFFF}]*/uy;
const blanks = /[\t\n\r ]*/y;

export function createCursor(handler: XmlHandler, limits: XmlLimits): Cursor {
  return {
    handler,
    limits,
    names: [],
    scopes: [outermostScope],
    defaults: [''],
    buffer: '',
    at: 0,
    isFinal: false,
    hasRoot: false,
    isStart: true,
  };
}

/**
 * Whether the end of a token has arrived; throws where it can no longer come, or comes too late.
 */
export function hasArrived(cursor: Cursor, end: number, what: string): boolean {
  if (end >= 0) return true;
  const { buffer, at, limits, isFinal } = cursor;
  if (buffer.length - at > limits.maxTokenLength) {
    const message = `${what} is longer than ${limits.maxTokenLength} characters.`;
    throw new XmlFault('too-large', message, 'No message holds so long a piece.', at);
  }
  if (!isFinal) return false;
  const message = `The file ends inside ${what}.`;
  throw new XmlFault('truncated', message, 'Ask for the whole file: it was cut short.', at);
}

/** The name that starts at an offset. */
export function nameAt(cursor: Cursor, from: number): string {
  nameExpression.lastIndex = from;
  const match = nameExpression.exec(cursor.buffer);
  if (!match) throw malformed('There is no name where one must stand.', from);
  return match[0];
}

/** The offset of the first character from here on that is not white space. */
export function skipBlanks(cursor: Cursor, from: number): number {
  blanks.lastIndex = from;
  blanks.exec(cursor.buffer);
  return blanks.lastIndex;
}
