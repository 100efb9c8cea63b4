// Makes hostile input for the payments' readers from good input: cut, spliced, mis-encoded, mixed, swollen.

import { listMessages, messageDefinition } from '#station/payments/definition/definitions.ts';
import { buildMessage } from '#station/payments/iso20022/build.ts';
import { type Chance, randomValues } from '#station/payments/iso20022/random-values.fixture.ts';
import { messageOf, ruleVectors } from '#station/payments/mt/network-rules.fixture.ts';

export type Pick = <Each>(list: readonly Each[]) => Each;

export const pickerOf =
  (chance: Chance): Pick =>
  (list) =>
    list[chance.below(list.length)] as (typeof list)[number];

const writable = listMessages().filter(({ use }) => use === 'write');

/** A good message of ISO 20022, another with each call. */
export function goodXml(chance: Chance): string {
  const { id } = pickerOf(chance)(writable);
  const definition = messageDefinition(id);
  return buildMessage(definition, randomValues(definition, chance)).xml;
}

const fins = ruleVectors.flatMap(({ definition, good, bad }) =>
  [...good, ...bad].map((change) => messageOf(definition, change)),
);
const statement = [
  ...[':20:START', ':25:37040044/0532013000', ':28C:1/1', ':60F:C261120EUR1000,00'],
  ...[':61:2611201120D12,50NTRFREF1//BANK1', ':86:166?00TRANSFER?20EREF+E2E-1?32DUPONT'],
  ...[':62F:C261120EUR987,50', '-', ''],
].join('\r\n');

/** A FIN message or a statement as banks send it. */
export function goodFin(chance: Chance): string {
  return chance.below(4) === 0 ? statement : pickerOf(chance)(fins);
}

const scraps = [
  ...['<', '>', '</', '/>', '&', '&amp;', '&#0;', '&#x110000;', '&xxe;', '<!DOCTYPE a [', ']>'],
  ...['<![CDATA[', ']]>', '<!--', '-->', '<?xml version="1.1"?>', '<?x?>', 'xmlns="', "xmlns:a='"],
  ...['{', '}', '{1:', '{4:', '-}', '\r\n-}', ':61:', ':86:', ':', '//', '\r', '\n', '\r\n', '\0'],
  ...['\uFEFF', '\uFFFE', '\uD800', '\u202E', '😀', 'é', 'Ä', '漢', '__proto__', 'constructor'],
  ...['-1', '1e999', '9'.repeat(40), '0,', ',', 'NaN', '0000-00-00', '261399', ' '.repeat(300)],
];

/** One to six edits of a text. */
export function mutateText(text: string, other: string, chance: Chance): string {
  const pick = pickerOf(chance);
  let changed = text;
  for (let edits = 1 + chance.below(6); edits > 0; edits -= 1) {
    const at = chance.below(changed.length + 1);
    const length = chance.below(24);
    const kind = chance.below(7);
    if (kind === 0) changed = changed.slice(0, at) + changed.slice(at + length);
    else if (kind === 1) changed = changed.slice(0, at) + pick(scraps) + changed.slice(at);
    else if (kind === 2) changed = changed.slice(0, at + length) + changed.slice(at);
    else if (kind === 3 && chance.below(3) === 0) changed = changed.slice(0, at);
    else if (kind === 4) changed = changed.slice(0, at) + other.slice(chance.below(400));
    else if (kind === 5) changed = changed.slice(0, at) + pick(scraps) + changed.slice(at + length);
    else changed = swell(changed, at, chance);
  }
  return changed.slice(0, 400_000);
}

/** A piece repeated until it is long: what is quadratic shows here. */
function swell(text: string, at: number, chance: Chance): string {
  const piece = text.slice(at, at + 1 + chance.below(60));
  const times = chance.below(20) === 0 ? 3_000 : chance.below(40);
  return text.slice(0, at) + piece.repeat(times) + text.slice(at);
}

const utf16Swapped = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();

/** EBCDIC of the letters and digits, as a mainframe's file arrives by mistake. */
function ebcdic(text: string): Buffer {
  const code = (unit: number): number => {
    if (unit >= 0x30 && unit <= 0x39) return unit + 0xc0;
    if (unit >= 0x41 && unit <= 0x49) return unit + 0x80;
    return unit === 0x20 ? 0x40 : unit ^ 0x4b;
  };
  return Buffer.from([...text].map((each) => code(each.charCodeAt(0)) & 0xff));
}

const encodings: readonly ((text: string) => Buffer)[] = [
  (text) => Buffer.from(text, 'utf8'),
  (text) => Buffer.from(text, 'latin1'),
  (text) => Buffer.from(text, 'utf16le'),
  (text) => Buffer.from(`\uFEFF${text}`, 'utf16le'),
  (text) => utf16Swapped(`\uFEFF${text}`),
  utf16Swapped,
  (text) => Buffer.from(`\uFEFF${text}`, 'utf8'),
  (text) => Buffer.concat([Buffer.from([0xff, 0xfe, 0, 0]), Buffer.from(text, 'utf16le')]),
  ebcdic,
  (text) => Buffer.from(text.replace('UTF-8', 'ISO-8859-1'), 'latin1'),
  (text) => Buffer.from(Buffer.from(text, 'utf8').toString('latin1'), 'utf8'),
];

/** The bytes of a text: mostly UTF-8, else in an encoding nobody should send, then some broken. */
export function bytesOf(text: string, chance: Chance): Buffer {
  const pick = pickerOf(chance);
  const encode = chance.below(3) > 0 ? (encodings[0] as (text: string) => Buffer) : pick(encodings);
  const bytes = encode(text);
  for (let breaks = chance.below(3); breaks > 0 && bytes.length > 0; breaks -= 1) {
    // Overlong forms, surrogates, continuation bytes alone, bytes that begin no character.
    const wrong = pick([0x80, 0xc0, 0xc1, 0xed, 0xa0, 0xf5, 0xff, 0xe0, 0xf4, 0x00]);
    if (chance.below(3) === 0) bytes[chance.below(bytes.length)] = wrong;
  }
  return chance.below(10) === 0 ? bytes.subarray(0, chance.below(bytes.length + 1)) : bytes;
}
