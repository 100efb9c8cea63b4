// Writes FIN messages from values: headers, tags and fields, each field by its format.
import { Refusal, refuseUnless } from '#station/bank/refusal.ts';
import { type Block, type Field, writeEnvelope } from './envelope.ts';
import { fieldDefinitions } from './fields.ts';
import type { Components, Format } from './format.ts';
import {
  type ApplicationHeader,
  type BasicHeader,
  writeApplicationHeader,
  writeBasicHeader,
} from './header.ts';

/** A field as text (lines parted by "\n") or as components of its format. */
export type FieldValue = readonly [tag: string, value: string | Components];

export interface MessagePlan {
  readonly basic: BasicHeader;
  readonly application: ApplicationHeader;
  /** Tags of block 3 in their order: 108, 111, 119, 121. */
  readonly user: readonly (readonly [tag: string, value: string])[];
  readonly fields: readonly FieldValue[];
}

/**
 * The message as text, lines ended by CRLF. Refuses a field that does not fit its format; whether
 * the message as a whole is right `checkMessage` says.
 */
export function buildMessage(plan: MessagePlan): string {
  const fields: Field[] = [];
  for (const [tag, value] of plan.fields) {
    fields.push({
      tag,
      value: typeof value === 'string' ? value : printField(tag, value),
      line: 0,
    });
  }
  const blocks: Block[] = [
    { id: '1', line: 1, before: '', value: writeBasicHeader(plan.basic) },
    { id: '2', line: 1, before: '', value: writeApplicationHeader(plan.application) },
  ];
  if (plan.user.length > 0) {
    const tags = plan.user.map(([tag, value]) => ({ tag, value }));
    blocks.push({ id: '3', line: 1, before: '', tags });
  }
  blocks.push({ id: '4', line: 1, before: '', fields });
  return writeEnvelope({ blocks, newline: '\r\n', after: '' });
}

/** The value of a field made of its components; refuses what does not fit. */
export function printField(tag: string, components: Components): string {
  const definition = fieldDefinitions.get(tag);
  refuseUnless(definition, 'field-unknown', `${tag} is no field we know.`, tag);
  for (const format of definition.formats) {
    const value = covers(format, components) ? format.print(components) : null;
    if (value !== null) return value;
  }
  const seen = Object.entries(components).map(([name, value]) => `${name} "${value}"`);
  const format = definition.formats[0]?.source;
  const message =
    `Field ${tag} cannot be written from ${seen.join(', ')}: its format is ` + `${format}.`;
  throw new Refusal('field-format', message, tag);
}

/** Whether the format has a place for every component given. */
function covers(format: Format, components: Components): boolean {
  for (const name in components) {
    if (components[name] !== undefined && !format.names.includes(name)) return false;
  }
  return true;
}

/** An amount of minor units as FIN writes it: "1234,5" for 123450 with two digits. */
export function printAmount(amountMinor: bigint, digits: number): string {
  refuseUnless(amountMinor >= 0n, 'amount-negative', `FIN amounts have no sign: ${amountMinor}.`);
  const text = String(amountMinor).padStart(digits + 1, '0');
  const whole = text.slice(0, text.length - digits);
  return `${whole},${text.slice(text.length - digits).replace(/0+$/, '')}`;
}

/** Minor units of a FIN amount, or null when it has more decimals than `digits`, or is none. */
export function parseAmount(text: string, digits: number): bigint | null {
  const match = /^(\d{1,15})(?:[,.](\d{0,15}))?$/.exec(text);
  if (!match) return null;
  const decimals = (match[2] ?? '').replace(/0+$/, '');
  if (decimals.length > digits) return null;
  return BigInt((match[1] ?? '') + decimals.padEnd(digits, '0'));
}
