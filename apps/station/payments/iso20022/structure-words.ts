// Says in words what is wrong with the order and presence of elements, and what would be right.
import { labelOf } from '../definition/label.ts';
import type { BranchType } from '../definition/model.ts';
import type { Words } from './facet-words.ts';

function named(tag: string): string {
  const label = labelOf(tag);
  return label === tag ? tag : `${label} (${tag})`;
}

function listOf(tags: readonly string[]): string {
  const shown = tags.slice(0, 6).map(named).join(', ');
  return tags.length > 6 ? `${shown} or ${tags.length - 6} others` : shown;
}

/** The tags that may stand next in a branch after `position` (-1 at its start). */
export function expectedAfter(type: BranchType, position: number, count: number): string[] {
  const tags: string[] = [];
  if (type.kind === 'choice') {
    const chosen = type.particles[position];
    if (!chosen) return type.particles.map(({ tag }) => tag);
    return count < chosen.max ? [chosen.tag] : [];
  }
  const current = type.particles[position];
  if (current && count < current.max) tags.push(current.tag);
  if (current && count < current.min) return tags;
  for (const particle of type.particles.slice(position + 1)) {
    tags.push(particle.tag);
    if (particle.min > 0) break;
  }
  return tags;
}

function expectedFix(expected: readonly string[]): string {
  if (expected.length === 0) return 'Remove it: nothing more may stand here.';
  return expected.length === 1
    ? `Here must stand ${listOf(expected)}, or nothing.`
    : `Here may stand ${listOf(expected)}.`;
}

export const structureWords = Object.freeze({
  unknown: (tag: string, parent: string, expected: readonly string[]): Words => ({
    message: `${named(tag)} is no part of ${named(parent)}.`,
    fix: expectedFix(expected),
  }),
  order: (tag: string, parent: string, expected: readonly string[]): Words => ({
    message: `${named(tag)} stands in the wrong place in ${named(parent)}.`,
    fix: expectedFix(expected),
  }),
  tooMany: (tag: string, max: number): Words => ({
    message: `${named(tag)} stands more than ${max === 1 ? 'once' : `${max} times`}.`,
    fix: `Keep ${max === 1 ? 'one' : `at most ${max}`} and remove the others.`,
  }),
  choice: (tag: string, chosen: string): Words => ({
    message: `${named(tag)} stands beside ${named(chosen)}, but only one of them may stand.`,
    fix: `Keep either ${named(chosen)} or ${named(tag)}.`,
  }),
  missingBefore: (missing: string, tag: string): Words => ({
    message: `${named(missing)} is missing before ${named(tag)}.`,
    fix: `Add ${named(missing)} before it.`,
  }),
  missingIn: (parent: string, expected: readonly string[]): Words => ({
    message: `${named(parent)} is not complete.`,
    fix: `Add ${listOf(expected)}.`,
  }),
  textInside: (parent: string, text: string): Words => ({
    message: `${named(parent)} holds the text "${text.trim().slice(0, 40)}" between its elements.`,
    fix: 'Remove the text, or put it in the element it belongs to.',
  }),
  insideValue: (tag: string, parent: string): Words => ({
    message: `${named(tag)} stands inside ${named(parent)}, which holds a value only.`,
    fix: `Write the value of ${named(parent)} without elements in it.`,
  }),
  unknownAttribute: (attribute: string, parent: string): Words => ({
    message: `${named(parent)} may not carry the attribute ${attribute}.`,
    fix: `Remove ${attribute}.`,
  }),
  missingAttribute: (attribute: string, parent: string): Words => ({
    message: `${named(parent)} does not say its ${labelOf(attribute).toLowerCase()}.`,
    fix: `Add the attribute ${attribute}, for example ${attribute}="EUR".`,
  }),
  wrongNamespace: (tag: string, namespace: string, right: string): Words => ({
    message: `${named(tag)} is in the namespace "${namespace}".`,
    fix: `Every element of this message is in "${right}".`,
  }),
});
