// Judges a whole file: its form, its schemas, and the rules of the profiles it will travel under.
import type { Profile, Variant } from '../definition/profiles/index.ts';
import { judgeRules } from '../definition/rules/judge-rules.ts';
import type { MessagePart } from './envelope.ts';
import type { MessageError } from './message-error.ts';
import { readMessage } from './read.ts';
import type { XmlElement } from './tree.ts';

export interface CheckOptions {
  /** Market and bank profiles, each judged; without any the verdict is the schema's alone. */
  readonly profiles?: readonly Profile[];
  /** The date codes and identifiers are judged on, ISO 8601. */
  readonly date?: string;
  /** The variant of the message (`pacs.009_cov`), where the header does not say it. */
  readonly variant?: string;
}

export interface Checked {
  /** `pacs.008.001.08`; '' when the file holds no message. */
  readonly type: string;
  readonly valid: boolean;
  readonly errors: readonly MessageError[];
  readonly moreErrors: number;
  readonly parts: readonly MessagePart[];
  readonly header: XmlElement | null;
  readonly document: XmlElement | null;
}

function serviceOf(header: XmlElement | null): string {
  return header?.children.find(({ tag }) => tag === 'BizSvc')?.text.trim() ?? '';
}

function isCover(document: XmlElement): boolean {
  const transaction = document.children[0]?.children.find(({ tag }) => tag === 'CdtTrfTxInf');
  return transaction?.children.some(({ tag }) => tag === 'UndrlygCstmrCdtTrf') ?? false;
}

/**
 * The variant a message is of: as told, else as its header's service says, else as it is made,
 * else the plain one.
 */
export function variantOf(
  profile: Profile,
  message: {
    readonly id: string;
    readonly header: XmlElement | null;
    readonly document: XmlElement;
  },
  told?: string,
): Variant | null {
  const candidates = profile.variants.filter(({ messageId }) => messageId === message.id);
  const named = candidates.find(({ name }) => name === told);
  if (named) return named;
  const service = serviceOf(message.header);
  const served = candidates.find(
    (each) => each.service !== null && service.startsWith(each.service),
  );
  if (served) return served;
  const cover = candidates.find(({ name }) => name.endsWith('_cov'));
  if (cover && isCover(message.document)) return cover;
  return candidates.find((each) => each.service === null) ?? null;
}

function unknownToProfile(profile: Profile, id: string): MessageError {
  const known = [...new Set(profile.variants.map(({ messageId }) => messageId))].join(', ');
  return {
    path: '',
    code: 'not-in-profile',
    message: `${profile.name} (${profile.release}) has no ${id}.`,
    fix: `It knows ${known}.`,
    line: 1,
    column: 1,
  };
}

/**
 * Judges a file that is in memory. Without profiles the verdict is exactly that of the official
 * schemas.
 */
export function checkMessage(file: Uint8Array | string, options: CheckOptions = {}): Checked {
  const { profiles = [], date = '', variant } = options;
  const reading = readMessage(file, { keepTree: true });
  const body = reading.parts.find(({ root }) => root === 'Document') ?? reading.parts[0];
  const header = reading.parts.find(({ root }) => root === 'AppHdr')?.tree ?? null;
  const document = body?.root === 'Document' ? body.tree : null;
  const errors: MessageError[] = [...reading.errors];
  for (const profile of document && body ? profiles : []) {
    if (!document || !body) continue;
    const chosen = variantOf(profile, { id: body.id, header, document }, variant);
    if (!chosen) {
      errors.push(unknownToProfile(profile, body.id));
      continue;
    }
    const subject = { header, document, messageId: body.id, date };
    for (const { offset, ...error } of judgeRules(chosen.rules(), subject)) {
      errors.push({ ...error, ...reading.placeOf(offset) });
    }
  }
  const { parts, moreErrors } = reading;
  const type = body?.id ?? '';
  return { type, valid: errors.length === 0, errors, moreErrors, parts, header, document };
}
