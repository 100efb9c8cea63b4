// Reads the plan of a FIN message from loose values, such as a file of JSON: who, to whom, which fields.
import { Refusal, refuseUnless } from '#station/bank/refusal.ts';
import type { FieldValue, MessagePlan } from './build.ts';
import type { Components } from './format.ts';

type Loose = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Loose =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Twelve characters as they are; a BIC of 8 or 11 gets its terminal and branch. */
function terminalOf(given: Loose, name: string, terminal: string): string {
  const text = given[name];
  const isTerminal = typeof text === 'string' && /^[A-Z0-9]{8}([A-Z0-9]{3,4})?$/.test(text);
  if (!isTerminal) {
    const shown = text === undefined ? 'missing' : JSON.stringify(text);
    throw new Refusal('field-missing', `${name} is a BIC of 8 or 11 letters, not ${shown}.`, name);
  }
  if (text.length === 12) return text;
  return `${text.slice(0, 8)}${terminal}${text.slice(8) || 'XXX'}`;
}

function pairsOf(given: unknown, name: string): readonly (readonly [string, unknown])[] {
  if (isObject(given)) return Object.entries(given);
  const isList = Array.isArray(given) && given.every((pair) => Array.isArray(pair));
  const message = `${name} is a list of pairs [tag, value], or an object by tag.`;
  refuseUnless(isList, 'field-missing', message, name);
  return (given as readonly (readonly unknown[])[]).map(([tag, value]) => [String(tag), value]);
}

function fieldOf([tag, value]: readonly [string, unknown]): FieldValue {
  if (typeof value === 'string') return [tag, value];
  const isComponents =
    isObject(value) && Object.values(value).every((each) => typeof each === 'string');
  const message = `fields.${tag} is a text, or an object of its components.`;
  refuseUnless(isComponents, 'field-wrong', message, `fields.${tag}`);
  return [tag, value as Components];
}

/**
 * The plan of a FIN message of a type ("103") from `{ sender, receiver, user?, fields }`: banks as BIC or terminal,
 * `user` the tags of block 3, `fields` as pairs or by tag (an object keeps no order of tags that are all
 * digits: write pairs). Refuses with the field that is missing or wrong.
 */
export function planOf(type: string, given: unknown): MessagePlan {
  if (!isObject(given)) {
    throw new Refusal('field-missing', 'A FIN message is made of an object.', '');
  }
  const user = given.user === undefined ? [] : pairsOf(given.user, 'user');
  return {
    basic: {
      ...{ application: 'F', service: '01', session: '0000', sequence: '000000' },
      terminal: terminalOf(given, 'sender', 'A'),
    },
    application: {
      ...{ direction: 'I', type, priority: 'N' },
      terminal: terminalOf(given, 'receiver', 'X'),
    },
    user: user.map(([tag, value]) => [tag, String(value)] as const),
    fields: pairsOf(given.fields, 'fields').map(fieldOf),
  };
}
