// Reads and checks a whole FIN message: blocks, headers, fields, network rules.
import { checkField } from './check-field.ts';
import type { Item, MessageDefinition } from './definition.ts';
import { type Block, type Envelope, type Field, readEnvelope } from './envelope.ts';
import { fieldDefinitions } from './fields.ts';
import { type ApplicationHeader, type Headers, readHeaders } from './header.ts';
import { messageDefinitions } from './messages/index.ts';
import { type MtProblem, mtProblem } from './problem.ts';
import { compileCondition, type MessageView, type PlacedField, type Rule } from './rule.ts';
import { layFields } from './structure.ts';
import { oneString } from './text.ts';

/** A message as read, with what is wrong with it. */
export interface CheckedMessage {
  readonly envelope: Envelope;
  readonly headers: Headers;
  /** "103.STP"; the bare type when we hold no definition of it. */
  readonly id: string;
  readonly definition: MessageDefinition | null;
  /** Fields by tag, by "56a", and by "56a@B" in sequence B. */
  readonly byKey: ReadonlyMap<string, readonly PlacedField[]>;
  readonly problems: readonly MtProblem[];
}

interface Judge {
  readonly rule: Rule;
  readonly when: ((view: MessageView) => boolean) | null;
  readonly must: (view: MessageView) => boolean;
}

const judges = new Map<string, readonly Judge[]>();

function judgesOf(definition: MessageDefinition): readonly Judge[] {
  const known = judges.get(definition.id);
  if (known) return known;
  const made = definition.rules.map((rule) => ({
    rule,
    when: rule.when ? compileCondition(rule.when) : null,
    must: compileCondition(rule.must),
  }));
  judges.set(definition.id, made);
  return made;
}

/** Reads `text` as one FIN message and checks it. Never throws; an empty `problems` means valid. */
export function checkMessage(text: string): CheckedMessage {
  const { envelope, problems: found } = readEnvelope(text);
  const problems = [...found];
  const headers = readHeaders(envelope, problems);
  const id = messageId(headers);
  const definition = messageDefinitions.get(id) ?? null;
  const block = envelope.blocks.find((each) => each.id === '4');
  const byKey = new Map<string, PlacedField[]>();
  const checked = { envelope, headers, id, definition, byKey, problems };
  if (!block?.fields) {
    if (headers.basic?.service === '01') problems.push(noText(block));
    return checked;
  }
  if (!definition) {
    const message = `MT${id} is not a message we know the rules of; only its fields were checked.`;
    problems.push(mtProblem('type-unknown', message, { block: '2' }));
    for (const field of block.fields) checkField(field, problems);
    return checked;
  }
  checkFlag(headers, definition, problems);
  checkText(checked, definition, block.fields, byKey, problems);
  return checked;
}

/** Type and validation flag: the flag chooses the variant. */
function messageId({ application, user }: Headers): string {
  const type = application?.type ?? '';
  const flag = user.get('119');
  return flag && messageDefinitions.has(`${type}.${flag}`) ? `${type}.${flag}` : type;
}

function noText(block: Block | undefined): MtProblem {
  return mtProblem('block-missing', 'Block 4 with the fields is missing: {4: and a new line.', {
    block: '4',
    line: block?.line ?? 1,
  });
}

/** 77T and the flag REMIT belong together (G06). */
function checkFlag(headers: Headers, definition: MessageDefinition, problems: MtProblem[]): void {
  const flag = headers.user.get('119');
  if (!flag || definition.id.includes('.') || !/^(STP|REMIT|COV)$/.test(flag)) return;
  const message = `The validation flag ${flag} does not belong to MT${definition.id}.`;
  problems.push(mtProblem('G06', message, { block: '3', field: '119' }));
}

function checkText(
  { headers }: { headers: Headers },
  definition: MessageDefinition,
  fields: readonly Field[],
  byKey: Map<string, PlacedField[]>,
  problems: MtProblem[],
): void {
  const laid = layFields(definition.items, fields, problems);
  for (const { field, sequence } of laid) {
    const components = checkField(field, problems) ?? {};
    const placed = { field, components };
    if (sequence === 'copy') add(byKey, 'copy', placed);
    else {
      const [key, familyKey] = keysOf(field.tag, sequence);
      addBoth(byKey, key, familyKey, placed);
    }
  }
  const { senderCountry, receiverCountry } = countries(headers);
  const view = { fields, byKey, senderCountry, receiverCountry };
  for (const judge of judgesOf(definition)) {
    if (judge.when !== null && !judge.when(view)) continue;
    if (!judge.must(view)) problems.push(broken(judge.rule, byKey));
  }
}

/** Every "56a" of the definitions: fields one place of a message gives several options for. */
const families = new Set([...messageDefinitions.values()].flatMap(({ items }) => optionsOf(items)));

function optionsOf(items: readonly Item[]): string[] {
  return items.flatMap((item) => {
    if (item.kind === 'field') return item.key.endsWith('a') ? [item.key] : [];
    return item.kind === 'group' ? optionsOf(item.items) : [];
  });
}

type Keys = readonly [key: string, familyKey: string | null];
const plainKeys = new Map<string, Keys>();
const secondKeys = new Map<string, Keys>();

/** "56A" and "56a", made once a tag: strings put together anew would have to be hashed anew. */
function keysOf(tag: string, sequence: string): Keys {
  const made = sequence === 'B' ? secondKeys : plainKeys;
  const known = made.get(tag);
  if (known) return known;
  const suffix = sequence === 'B' ? '@B' : '';
  const family = `${tag.slice(0, 2)}a`;
  const familyKey = families.has(family) ? oneString(family + suffix) : null;
  const keys: Keys = [oneString(tag + suffix), familyKey];
  if (fieldDefinitions.has(tag)) made.set(tag, keys);
  return keys;
}

/** Files a field under its tag and its family, if it has one; while only one tag of it is there, in one list. */
function addBoth(
  byKey: Map<string, PlacedField[]>,
  key: string,
  familyKey: string | null,
  placed: PlacedField,
): void {
  if (familyKey === null) return add(byKey, key, placed);
  const family = byKey.get(familyKey);
  if (!family) {
    const list = [placed];
    byKey.set(key, list);
    byKey.set(familyKey, list);
  } else if (byKey.get(key) === family) family.push(placed);
  else {
    byKey.set(familyKey, [...family, placed]);
    add(byKey, key, placed);
  }
}

function add(byKey: Map<string, PlacedField[]>, key: string, placed: PlacedField): void {
  const list = byKey.get(key);
  if (list) list.push(placed);
  else byKey.set(key, [placed]);
}

function countries({ basic, application }: Headers): {
  senderCountry: string;
  receiverCountry: string;
} {
  const own = basic?.terminal.slice(4, 6) ?? '';
  const other = application?.terminal.slice(4, 6) ?? '';
  return isOutgoing(application)
    ? { senderCountry: own, receiverCountry: other }
    : { senderCountry: other, receiverCountry: own };
}

function isOutgoing(application: ApplicationHeader | null): boolean {
  return application?.direction === 'I';
}

function broken(rule: Rule, byKey: ReadonlyMap<string, readonly PlacedField[]>): MtProblem {
  const field = byKey.get(rule.at)?.[0]?.field;
  return mtProblem(rule.code, `${rule.text} ${rule.fix}`, {
    block: '4',
    line: field?.line ?? 1,
    field: field?.tag ?? rule.at.split('@')[0] ?? '',
    rule: rule.id,
  });
}
