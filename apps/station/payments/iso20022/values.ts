// Names the plain values a message is built from, and turns a read message back into them.
import type { MessageDefinition, Type } from '../definition/model.ts';
import type { XmlElement } from './tree.ts';

/** A leaf with its attribute: an amount with its currency, `{ Ccy: 'EUR', value: '12.34' }`. */
export interface AttributedValue {
  readonly value: string;
  readonly [attribute: string]: string;
}

/**
 * What an element holds: a text, a text with its attribute, children by tag, or several of one
 * tag.
 */
export type Value = string | AttributedValue | Values | readonly Value[];

/** Children by tag; the order they are written in is the definition's, not the object's. */
export interface Values {
  readonly [tag: string]: Value;
}

function readValue(element: XmlElement, type: Type): Value {
  if (type.kind === 'leaf') {
    return type.attribute ? { ...element.attributes, value: element.text } : element.text;
  }
  if (type.kind === 'wild') return {};
  const values: Record<string, Value> = {};
  for (const particle of type.particles) {
    const children = element.children.filter(({ tag }) => tag === particle.tag);
    const inner = children.map((child) => readValue(child, particle.type));
    const [first] = inner;
    if (first !== undefined) values[particle.tag] = particle.max > 1 ? inner : first;
  }
  return values;
}

/** The values of a message that was read with its tree; what stands in wild content is left out. */
export function valuesOf(definition: MessageDefinition, root: XmlElement): Values {
  return readValue(root, definition.type) as Values;
}
