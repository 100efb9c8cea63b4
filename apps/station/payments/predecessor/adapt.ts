// The predecessor's one door, `process_payment(protocol, payment)`, answered by our builders.
import { Refusal, refuseUnless } from '#station/bank/refusal.ts';
import { buildMessage, checkMessage, findProfile, messageDefinition } from '../iso20022/index.ts';
import { buildMessage as buildFin } from '../mt/build.ts';
import { checkMessage as checkFin } from '../mt/check.ts';
import { finOf } from './fin.ts';
import { type Making, type Order, orderOf, schemeOf } from './orders.ts';
import { type Loose, looseObject, optionalText } from './read.ts';

export type { Making } from './orders.ts';

export interface Adapted {
  readonly type: string;
  readonly text: string;
  /** True when the schema (or FIN) and, for SEPA, the scheme's rulebook accept it. */
  readonly valid: boolean;
  readonly errors: readonly {
    readonly path: string;
    readonly code: string;
    readonly message: string;
  }[];
  /** Paths a market asks for and the payment did not give. */
  readonly missing: readonly string[];
}

/** Whether an object speaks the predecessor's words. */
export function isPredecessors(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return 'payment_info' in value || 'message_type' in value || 'debtor_iban' in value;
}

function xmlOf({ type, values, missing }: Order, profile: string | null, making: Making): Adapted {
  const date = new Date(making.at).toISOString().slice(0, 10);
  const { xml, errors } = buildMessage(messageDefinition(type), values);
  const profiles = profile === null ? [] : [findProfile(profile, date)];
  const judged = errors.length > 0 ? errors : checkMessage(xml, { profiles, date }).errors;
  const plain = judged.map(({ path, code, message }) => ({ path, code, message }));
  return { type, text: xml, valid: plain.length === 0, errors: plain, missing };
}

function isoOf(from: Loose, making: Making): Adapted {
  const type = optionalText(from, 'message_type') ?? 'pain.001.001.09';
  const isOrder = type === 'pain.001.001.09';
  const sentence = `${type} is not built from these names: build it from its own values (message build --type ${type}).`;
  refuseUnless(isOrder, 'type-unknown', sentence, 'message_type');
  const info = from.values.payment_info;
  if (info === undefined) {
    throw new Refusal(
      'field-missing',
      'payment_info is missing: it is a list of payments.',
      'payment_info',
    );
  }
  const list = Array.isArray(info) ? info : [info];
  const payments = list.map((each, index) => looseObject(each, `payment_info.${index}`));
  return xmlOf(orderOf(payments, {}, making), null, making);
}

function sepaOf(from: Loose, making: Making): Adapted {
  const scheme = schemeOf(from);
  const profile = scheme.instrument === 'INST' ? 'sepa-inst' : 'sepa-sct';
  return xmlOf(orderOf([from], scheme, making), profile, making);
}

function swiftOf(from: Loose, making: Making): Adapted {
  const { type, plan } = finOf(from, making);
  const text = buildFin(plan);
  const errors = checkFin(text).problems.map(({ block, field, code, message }) => ({
    ...{ path: [block, field].filter(Boolean).join('/'), code, message },
  }));
  return { type, text, valid: errors.length === 0, errors, missing: [] };
}

function protocolOf(from: Loose): string {
  if (from.values.sender !== undefined || from.values.fields !== undefined) return 'SWIFT';
  return from.values.payment_info === undefined && from.values.message_type === undefined
    ? 'SEPA'
    : 'ISO20022';
}

/**
 * Makes the message the predecessor was asked for: protocol ISO20022, SWIFT or SEPA (guessed from the
 * words where it is not named). Refuses with the path of the field that is missing or wrong.
 */
export function adaptPayment(payment: unknown, making: Making, protocol?: string): Adapted {
  const from = looseObject(payment, '');
  const named = protocol ?? optionalText(from, 'protocol') ?? protocolOf(from);
  if (named === 'ISO20022') return isoOf(from, making);
  if (named === 'SWIFT') return swiftOf(from, making);
  if (named === 'SEPA') return sepaOf(from, making);
  throw new Refusal(
    'protocol-unknown',
    `${named} is no protocol: write ISO20022, SWIFT or SEPA.`,
    'protocol',
  );
}
