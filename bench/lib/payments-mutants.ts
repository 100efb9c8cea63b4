// Breaks messages at random in the ways people and programs break them, for the judges to be
// compared on.
import { escapeAttribute, escapeText } from '#station/payments/iso20022/escape.ts';
import type { XmlElement } from '#station/payments/iso20022/tree.ts';

export interface Loose {
  tag: string;
  attributes: Record<string, string>;
  children: Loose[];
  text: string;
}

export type Dice = () => number;

/** A seeded generator of numbers from 0 to 1 (mulberry32). */
export function diceOf(seed: number): Dice {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export function loosen(element: XmlElement): Loose {
  const { tag, attributes, children, text } = element;
  return { tag, attributes: { ...attributes }, children: children.map(loosen), text };
}

export function write(element: Loose, extra = ''): string {
  const attributes = Object.entries(element.attributes)
    .map(([name, value]) => ` ${name}="${escapeAttribute(value)}"`)
    .join('');
  const inner = element.children.map((child) => write(child)).join('\n');
  const text =
    element.children.length > 0
      ? `\n${escapeText(element.text)}${inner}\n`
      : escapeText(element.text);
  return `<${element.tag}${extra}${attributes}>${text}</${element.tag}>`;
}

function all(element: Loose): readonly { readonly parent: Loose; readonly child: Loose }[] {
  return element.children.flatMap((child) => [{ parent: element, child }, ...all(child)]);
}

function pick<T>(dice: Dice, list: readonly T[]): T {
  return list[Math.floor(dice() * list.length)] as T;
}

const texts = [
  '',
  ' ',
  'x',
  'A'.repeat(36),
  'Ä'.repeat(141),
  '中',
  '0',
  '-1',
  '1.',
  '.5',
  '1e3',
  'NaN',
  '+7',
  '-0.00',
  '123456789012345678.9',
  '1.123456',
  '0.000000000000000001',
  'EUR',
  'eur',
  'DE',
  'DEU',
  'true',
  'TRUE',
  '1',
  '2026-02-29',
  '2024-02-29',
  '2026-11-21',
  '2026-11-21Z',
  '2026-13-01',
  '0000-01-01',
  '2026-11-21T10:00:00',
  '2026-11-21T24:00:00',
  '2026-11-21T24:00:01',
  '2026-11-21T10:00:00.123+14:00',
  '2026-11-21T10:00:00+14:01',
  '10:00:00',
  'DEUTDEFF',
  'DEUTDEFF500',
  'DE89370400440532013000',
  'GB29 NWBK',
  'SLEV',
  'SEPA',
  '/slash/',
  'a&b<c',
  ' 2026-11-21 ',
  '12345',
  '\u{1F600}',
];
const names = [
  'Nm',
  'Id',
  'Cd',
  'Prtry',
  'Othr',
  'Ccy',
  'Amt',
  'Dt',
  'DtTm',
  'FinInstnId',
  'Nonsense',
  'PstlAdr',
];

type Edit = (
  dice: Dice,
  at: { readonly parent: Loose; readonly child: Loose },
  root: Loose,
) => void;

const edits: readonly Edit[] = [
  (_, { parent, child }) => void parent.children.splice(parent.children.indexOf(child), 1),
  (_, { parent, child }) =>
    void parent.children.splice(parent.children.indexOf(child), 0, structuredClone(child)),
  (dice, { parent }) => {
    const index = Math.floor(dice() * parent.children.length);
    const [moved] = parent.children.splice(index, 1);
    if (moved) parent.children.splice(Math.floor(dice() * (parent.children.length + 1)), 0, moved);
  },
  (dice, { child }) => {
    child.tag = pick(dice, names);
  },
  (dice, { child }) => {
    if (child.children.length === 0) child.text = pick(dice, texts);
    else if (dice() < 0.3) child.text = pick(dice, texts);
  },
  (dice, { child }) => {
    if (child.children.length === 0) child.text = pick(dice, texts);
  },
  (dice, { child }) => {
    if (child.attributes.Ccy !== undefined && dice() < 0.5) delete child.attributes.Ccy;
    else
      child.attributes[dice() < 0.7 ? 'Ccy' : 'foo'] = pick(dice, [
        'EUR',
        'eur',
        '',
        'EURO',
        'US1',
      ]);
  },
  (dice, { parent, child }, root) => {
    const other = pick(dice, all(root)).child;
    parent.children.splice(parent.children.indexOf(child), 0, structuredClone(other));
  },
  (dice, { child }) =>
    void child.children.push({ tag: pick(dice, names), attributes: {}, children: [], text: 'x' }),
  (_, { child }) => {
    child.children = [];
  },
  (_, { child }) => {
    child.attributes.xmlns = 'urn:other';
  },
];

/** The message with one to three random edits. */
export function mutate(dice: Dice, original: Loose): Loose {
  const root = structuredClone(original);
  for (let count = dice() < 0.8 ? 1 : 3; count > 0; count--) {
    const places = all(root);
    if (places.length === 0) return root;
    pick(dice, edits)(dice, pick(dice, places), root);
  }
  return root;
}
