// Reads the compact notation in which the catalogue writes the element trees of the standard.
//
//   Name = Tag Type, Tag? Type, Tag* Type, Tag+ Type, Tag{0,5} Type     a sequence
//   Name | Tag Type, Tag Type                                          a choice
//   Name: text 1..35   text /pattern/   code A B   decimal 18.5 >=0    a leaf
//   Name: AmountType @Ccy CurrencyCode                                  a leaf with its attribute
//   Name = any *                                                        one element of any
// namespace
//
// A line that starts with blanks goes on with the line before it.
import assert from 'node:assert/strict';
import type { Facets, LeafBase } from './model.ts';

export interface RawParticle {
  readonly tag: string;
  readonly min: number;
  readonly max: number;
  readonly type: string;
}

export type RawType =
  | { readonly kind: 'leaf'; readonly facets: Facets }
  | {
      readonly kind: 'amount';
      readonly value: string;
      readonly attribute: string;
      readonly attributeType: string;
    }
  | { readonly kind: 'wild'; readonly namespace: string }
  | { readonly kind: 'sequence' | 'choice'; readonly particles: readonly RawParticle[] };

const occurrences: Readonly<Record<string, readonly [number, number]>> = {
  '': [1, 1],
  '?': [0, 1],
  '*': [0, Number.POSITIVE_INFINITY],
  '+': [1, Number.POSITIVE_INFINITY],
};

function readOccurrence(text: string): readonly [number, number] {
  const known = occurrences[text];
  if (known) return known;
  const match = /^\{(\d+),(\d*)\}$/.exec(text);
  assert(match, `unknown occurrence ${text}`);
  return [Number(match[1]), match[2] ? Number(match[2]) : Number.POSITIVE_INFINITY];
}

function readParticle(text: string): RawParticle {
  const match = /^([A-Za-z0-9]+)([?*+]|\{[\d,]+\})? +(\S+)$/.exec(text);
  assert(match, `not a particle: ${text}`);
  const [min, max] = readOccurrence(match[2] ?? '');
  return { tag: match[1] as string, min, max, type: match[3] as string };
}

function readFacets(text: string): Facets {
  const [base = '', rest = ''] = text.split(/ (.*)/, 2);
  if (base === 'code') return { base, codes: rest.split(' ') };
  if (base === 'decimal') {
    const match = /^(\d+)\.(\d+)(?: >=(\d+))?$/.exec(rest);
    assert(match, `not a decimal: ${text}`);
    const digits = { totalDigits: Number(match[1]), fractionDigits: Number(match[2]) };
    return match[3] === undefined
      ? { base, ...digits }
      : { base, ...digits, minimum: Number(match[3]) };
  }
  const pattern = /^\/(.*)\/$/.exec(rest);
  if (pattern) return { base: base as LeafBase, pattern: pattern[1] as string };
  const lengths = /^(\d+)\.\.(\d+)$/.exec(rest);
  if (lengths) {
    return {
      base: base as LeafBase,
      minLength: Number(lengths[1]),
      maxLength: Number(lengths[2]),
    };
  }
  assert(rest === '', `unknown facets: ${text}`);
  return { base: base as LeafBase };
}

function readBody(sign: string, body: string): RawType {
  if (sign === ':') {
    const amount = /^(\S+) @(\S+) (\S+)$/.exec(body);
    if (!amount) return { kind: 'leaf', facets: readFacets(body) };
    const [, value = '', attribute = '', attributeType = ''] = amount;
    return { kind: 'amount', value, attribute, attributeType };
  }
  if (body.startsWith('any ')) return { kind: 'wild', namespace: body.slice(4) };
  const particles = body.split(', ').map(readParticle);
  return { kind: sign === '|' ? 'choice' : 'sequence', particles };
}

/** Every type of a shelf by its name. Our own mistakes in the notation are assertions. */
export function readNotation(shelf: string): Map<string, RawType> {
  const types = new Map<string, RawType>();
  for (const line of shelf.trim().replaceAll(/\n +/g, ' ').split('\n')) {
    const match = /^([A-Za-z0-9_]+)(:| =| \|) (.*)$/.exec(line);
    assert(match, `not a type: ${line}`);
    const [, name = '', sign = '', body = ''] = match;
    assert(!types.has(name), `${name} is written twice`);
    types.set(name, readBody(sign.trim(), body));
  }
  return types;
}
