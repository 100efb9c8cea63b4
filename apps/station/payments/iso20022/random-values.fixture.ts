// Fills any message with values of chance that its definition allows: deep or bare, strange characters included.
import fc from 'fast-check';
import type { BranchType, Facets, LeafType, MessageDefinition, Type } from '../definition/model.ts';
import type { Value, Values } from './values.ts';

/** A port: a whole number from 0 up to and not including `limit`. */
export interface Chance {
  below(limit: number): number;
}

const poolSize = 40;
const pools = new Map<string, readonly string[]>();

/** Texts of a pattern; a few are made once, for making one is slow. */
function poolOf({ pattern = '', minLength = 1, maxLength = 350 }: Facets): readonly string[] {
  const key = `${pattern} ${minLength} ${maxLength}`;
  const known = pools.get(key);
  if (known) return known;
  const fits = (text: string) => text.length >= minLength && text.length <= maxLength;
  const texts = fc.stringMatching(new RegExp(`^(?:${pattern})$`)).filter(fits);
  const made = fc.sample(texts, { numRuns: poolSize, seed: 4_711 });
  pools.set(key, made);
  return made;
}

const letters = [...'ABCxyz0189 .,-/&<>"\'äßéŁ€漢😀'];

function pick<Each>(chance: Chance, list: readonly Each[]): Each {
  return list[chance.below(list.length)] as Each;
}

/** Text of any length allowed, its ends not white. */
function textOf({ minLength = 1, maxLength = 60 }: Facets, chance: Chance): string {
  const most = chance.below(12) === 0 ? maxLength : Math.min(maxLength, 24);
  const length = Math.max(minLength, 1 + chance.below(most));
  const middle = Array.from({ length }, () => pick(chance, letters)).join('');
  return [...middle].map((each, at) => (at === 0 || at === length - 1 ? '7' : each)).join('');
}

const digits = (count: number, chance: Chance): string =>
  Array.from({ length: count }, () => chance.below(10)).join('');

function decimalOf({ totalDigits = 18, fractionDigits = 0 }: Facets, chance: Chance): string {
  const decimals = chance.below(fractionDigits + 1);
  const whole = 1 + chance.below(Math.max(1, totalDigits - decimals));
  const text = digits(Math.min(whole, totalDigits - decimals), chance);
  const padded = text === '' ? '0' : text;
  return decimals > 0 ? `${padded}.${digits(decimals, chance)}` : padded;
}

const two = (value: number): string => String(value).padStart(2, '0');
const dateOf = (chance: Chance): string =>
  `${2000 + chance.below(60)}-${two(1 + chance.below(12))}-${two(1 + chance.below(28))}`;
const timeOf = (chance: Chance): string =>
  `${two(chance.below(24))}:${two(chance.below(60))}:${two(chance.below(60))}`;

const writers: Readonly<Record<Facets['base'], (facets: Facets, chance: Chance) => string>> = {
  text: textOf,
  code: textOf,
  decimal: decimalOf,
  date: (_facets, chance) => dateOf(chance),
  dateTime: (_facets, chance) =>
    `${dateOf(chance)}T${timeOf(chance)}${pick(chance, ['', 'Z', '+01:00', '.125-05:30'])}`,
  time: (_facets, chance) => timeOf(chance),
  gYear: (_facets, chance) => String(2000 + chance.below(60)),
  gYearMonth: (_facets, chance) => `${2000 + chance.below(60)}-${two(1 + chance.below(12))}`,
  boolean: (_facets, chance) => pick(chance, ['true', 'false', '1', '0']),
  binary: () => 'QUJD',
};

function leafText({ facets }: LeafType, chance: Chance): string {
  if (facets.codes) return pick(chance, facets.codes);
  if (facets.pattern !== undefined) return pick(chance, poolOf(facets));
  return writers[facets.base](facets, chance);
}

/** Of a hundred optional elements so many stand, fewer the deeper. */
const sharePercent = [60, 50, 35, 25, 18, 12, 10, 8];

function sequence(type: BranchType, chance: Chance, depth: number): Values | null {
  const values: Record<string, Value> = {};
  const share = sharePercent[Math.min(depth, sharePercent.length - 1)] ?? 8;
  for (const { tag, min, max, type: inner } of type.particles) {
    if (min === 0 && chance.below(100) >= share) continue;
    const most = Math.min(max, min + 2);
    const count = Math.max(1, min, min + chance.below(most - min + 1));
    const made = Array.from({ length: count }, () => value(inner, chance, depth + 1));
    const [first] = made;
    if (made.some((each) => each === null)) {
      if (min > 0) return null;
    } else values[tag] = max > 1 ? (made as Value[]) : (first as Value);
  }
  // An element must not be empty: one of its children stands, whatever chance said of it.
  return Object.keys(values).length > 0 ? values : choice(type, chance, depth);
}

function choice(type: BranchType, chance: Chance, depth: number): Values | null {
  const { tag, max, type: inner } = pick(chance, type.particles);
  const made = value(inner, chance, depth + 1);
  return made === null ? null : { [tag]: max > 1 ? [made] : made };
}

/** Null where only wild content would do; an element without content is left out. */
function value(type: Type, chance: Chance, depth: number): Value | null {
  if (type.kind === 'wild') return null;
  if (type.kind === 'leaf') {
    const text = leafText(type, chance);
    const { attribute } = type;
    return attribute ? { [attribute.name]: leafText(attribute.type, chance), value: text } : text;
  }
  return type.kind === 'choice' ? choice(type, chance, depth) : sequence(type, chance, depth);
}

/** Values of a whole message, different with each call. */
export function randomValues({ id, type }: MessageDefinition, chance: Chance): Values {
  for (let left = 100; left > 0; left -= 1) {
    const made = sequence(type, chance, 0);
    if (made) return made;
  }
  throw new Error(`${id}: a hundred tries gave no values`);
}
