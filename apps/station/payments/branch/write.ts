// Puts a message into its envelope: business header and document, judged by schema and profile.
import { digitsOf } from '#contract/currencies.ts';
import {
  buildMessage,
  type Checked,
  checkMessage,
  findProfile,
  type MessageError,
  messageDefinition,
  type Values,
} from '../iso20022/index.ts';
import type { Sending } from './model.ts';

/** A message ready to be sent, and everything that speaks against sending it. */
export interface Written {
  readonly type: string;
  readonly xml: string;
  readonly errors: readonly MessageError[];
  readonly checked: Checked;
}

const declaration = '<?xml version="1.0" encoding="UTF-8"?>';
const headerType = 'head.001.001.02';

/** `2026-11-20T14:03:09+00:00`: the offset CBPR+ asks for. */
export function dateTimeOf(at: number): string {
  return new Date(at).toISOString().replace(/\.\d{3}Z$/, '+00:00');
}

/** Minor units as the decimal of a message: `60000` of EUR is `600.00`. */
export function decimalOf(amountMinor: bigint, currency: string): string {
  const digits = digitsOf(currency);
  const text = String(amountMinor).padStart(digits + 1, '0');
  return digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

/** The decimal of a message in minor units; null where it has more decimals than the currency. */
export function minorOf(decimal: string, currency: string): bigint | null {
  const match = /^(\d{1,18})(?:\.(\d{0,5}))?$/.exec(decimal);
  if (!match) return null;
  const digits = digitsOf(currency);
  const fraction = (match[2] ?? '').replace(/0+$/, '');
  if (fraction.length > digits) return null;
  return BigInt(`${match[1]}${fraction.padEnd(digits, '0')}`);
}

export function amountValue(amountMinor: bigint, currency: string): Values {
  return { Ccy: currency, value: decimalOf(amountMinor, currency) };
}

export const agent = (bic: string): Values => ({ FinInstnId: { BICFI: bic } });

/** The service CBPR+ names in the header; SEPA has none. */
const services: Readonly<Record<string, string>> = {
  'pacs.008': 'swift.cbprplus.03',
  'pacs.004': 'swift.cbprplus.03',
  'camt.056': 'swift.cbprplus.03',
  'camt.029': 'swift.cbprplus.03',
  'pacs.028': 'swift.cbprplus.03',
};

function headerXml(type: string, { channel, bic, messageId, at }: Sending): string {
  const service = channel.id === 'cbpr-plus' ? services[type.slice(0, 8)] : undefined;
  const values: Values = {
    Fr: { FIId: agent(bic) },
    To: { FIId: agent(channel.counterparty) },
    BizMsgIdr: messageId,
    MsgDefIdr: type,
    ...(service ? { BizSvc: service } : {}),
    CreDt: dateTimeOf(at),
  };
  return buildMessage(messageDefinition(headerType), values).xml.slice(declaration.length);
}

/** A message of a type in its envelope, judged only by what the builder sees on its way. */
export function envelopeOf(
  type: string,
  values: Values,
  sending: Sending,
): { readonly xml: string; readonly errors: readonly MessageError[] } {
  const { xml: document, errors } = buildMessage(messageDefinition(type), values);
  const header = headerXml(type, sending);
  const inner = `${header}${document.slice(declaration.length)}`;
  return { xml: `${declaration}<Envelope>${inner}</Envelope>`, errors };
}

/** Writes a message of a type with its header, and judges both by schema and by the channel's profile. */
export function writeMessage(type: string, values: Values, sending: Sending): Written {
  const { xml, errors: found } = envelopeOf(type, values, sending);
  const date = sending.settlementDate;
  const profile = findProfile(sending.channel.id, date);
  const isKnown = profile.variants.some(({ messageId }) => messageId === type);
  const checked = checkMessage(xml, { profiles: isKnown ? [profile] : [], date });
  // What the builder found is told by the reader too, with its place, unless the form itself is broken.
  const errors = checked.errors.length > 0 ? checked.errors : found;
  return { type, xml, errors, checked };
}
