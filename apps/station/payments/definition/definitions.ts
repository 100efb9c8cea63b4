// Links the catalogue's types into trees, each once and only when a message needs it.
import assert from 'node:assert/strict';
import { Refusal } from '#station/bank/refusal.ts';
import { type MessageEntry, messageEntries, shelves } from './catalogue/index.ts';
import { createLeaf } from './leaf.ts';
import type { BranchType, MessageDefinition, Particle, Type } from './model.ts';
import { type RawParticle, type RawType, readNotation } from './notation.ts';

const namespacePrefix = 'urn:iso:std:iso:20022:tech:xsd:';

let rawTypes: Map<string, RawType> | null = null;
const types = new Map<string, Type>();
const definitions = new Map<string, MessageDefinition>();
const entries: ReadonlyMap<string, MessageEntry> = new Map(
  messageEntries.map((entry) => [entry.id, entry]),
);

function rawType(name: string): RawType {
  if (!rawTypes) {
    rawTypes = new Map();
    for (const shelf of shelves) {
      for (const [each, raw] of readNotation(shelf)) {
        assert(!rawTypes.has(each), `${each} stands on two shelves`);
        rawTypes.set(each, raw);
      }
    }
  }
  const raw = rawTypes.get(name);
  assert(raw, `no type ${name}`);
  return raw;
}

function createBranch(
  name: string,
  kind: 'sequence' | 'choice',
  children: readonly RawParticle[],
): BranchType {
  const particles: Particle[] = children.map(({ tag, min, max, type }, position) =>
    Object.freeze({ tag, min, max, type: typeNamed(type), position }),
  );
  const nextRequired = [particles.length];
  for (const { min, position } of particles.toReversed()) {
    nextRequired.unshift(min > 0 ? position : (nextRequired[0] as number));
  }
  const byTag = new Map(particles.map((particle) => [particle.tag, particle]));
  assert(byTag.size === particles.length, `${name} names a tag twice`);
  return Object.freeze({ kind, name, particles, byTag, nextRequired });
}

function createType(name: string): Type {
  const raw = rawType(name);
  if (raw.kind === 'leaf') return createLeaf(name, raw.facets);
  if (raw.kind === 'wild') return Object.freeze({ ...raw, name });
  if (raw.kind !== 'amount') return createBranch(name, raw.kind, raw.particles);
  const value = typeNamed(raw.value);
  const type = typeNamed(raw.attributeType);
  assert(value.kind === 'leaf' && type.kind === 'leaf', `${name} is not made of leaves`);
  return createLeaf(name, value.facets, { name: raw.attribute, type });
}

function typeNamed(name: string): Type {
  const known = types.get(name);
  if (known) return known;
  const type = createType(name);
  types.set(name, type);
  return type;
}

function createDefinition(entry: MessageEntry): MessageDefinition {
  const inner = typeNamed(entry.type);
  const type =
    entry.root === 'AppHdr'
      ? inner
      : createBranch('Document', 'sequence', [
          { tag: entry.tag, min: 1, max: 1, type: entry.type },
        ]);
  assert(type.kind === 'sequence' || type.kind === 'choice', `${entry.id} is a leaf`);
  const { id, root, tag, use } = entry;
  return Object.freeze({ id, namespace: namespacePrefix + id, root, tag, use, type });
}

/** The identifiers of all messages that can be read, and whether they are also written. */
export function listMessages(): readonly MessageEntry[] {
  return messageEntries;
}

/** The definition of a message, or null when its identifier is not in the catalogue. */
export function findDefinition(id: string): MessageDefinition | null {
  const known = definitions.get(id);
  if (known) return known;
  const entry = entries.get(id);
  if (!entry) return null;
  const definition = createDefinition(entry);
  definitions.set(id, definition);
  return definition;
}

/**
 * The definition of a message, such as `pacs.008.001.08`; refuses one that is not in the
 * catalogue.
 */
export function messageDefinition(id: string): MessageDefinition {
  const definition = findDefinition(id);
  if (definition) return definition;
  const [area = '', functionality = ''] = id.split('.');
  const near = messageEntries.filter((entry) => entry.id.startsWith(`${area}.${functionality}.`));
  const known = near.length > 0 ? near : messageEntries.filter(({ use }) => use === 'write');
  const list = known.map((entry) => entry.id).join(', ');
  throw new Refusal(
    'unknown-message',
    `There is no message ${id} here: known are ${list}.`,
    'type',
  );
}

/**
 * The message a namespace stands for (`pacs.008.001.08`), or null when it is not an ISO 20022
 * namespace.
 */
export function messageIdOf(namespace: string): string | null {
  return namespace.startsWith(namespacePrefix) ? namespace.slice(namespacePrefix.length) : null;
}
