// Takes one file of the inbox apart: MX or FIN, judged before anything is believed, or refused with the place.
import { Refusal } from '#station/bank/refusal.ts';
import { checkMessage } from '../iso20022/index.ts';
import { translateToMx } from '../translation/to-mx/translate.ts';
import { adviceOf, type Incoming, takenIn } from './advice.ts';
import { dateTimeOf } from './write.ts';

/** More characters of a located reason nobody reads. */
const reasonMax = 400;

/** A FIN message begins with its first block. */
function isFin(bytes: Uint8Array): boolean {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 64));
  return head.toString('latin1').trimStart().startsWith('{1:');
}

function notTaken(type: string): Refusal {
  const known = takenIn.join(', ');
  const message = `${type || 'This file'} is not taken in here: ${known} are, and their FIN forms.`;
  return new Refusal('message-not-taken', message);
}

function readXml(bytes: Uint8Array, date: string): Incoming {
  const checked = checkMessage(bytes, { date });
  const [error] = checked.errors;
  if (error || !checked.document) {
    const where = error ? `Line ${error.line}, column ${error.column}` : 'The file';
    const path = error && error.path !== '' ? ` (${error.path})` : '';
    const what = error ? `${error.message} ${error.fix}` : 'holds no message.';
    throw new Refusal(error?.code ?? 'no-message', `${where}${path}: ${what}`.slice(0, reasonMax));
  }
  const incoming = adviceOf(checked.type, checked.document, checked.header);
  if (!incoming) throw notTaken(checked.type);
  return incoming;
}

function readFin(bytes: Uint8Array, at: number): Incoming {
  const { name, envelope, problems } = translateToMx(
    Buffer.from(bytes).toString('latin1'),
    dateTimeOf(at),
  );
  const [problem] = problems;
  if (problem) {
    const { line, field, message } = problem;
    const place = `Line ${line}${field ? `, field ${field}` : ''}`;
    throw new Refusal(problem.code, `${place}: ${message}`.slice(0, reasonMax));
  }
  const document = envelope.children.find(({ tag }) => tag === 'Document');
  const header = envelope.children.find(({ tag }) => tag === 'AppHdr') ?? null;
  const incoming = document ? adviceOf(name, document, header) : null;
  if (!incoming) throw notTaken(name);
  return incoming;
}

/**
 * What a file says. Refuses, with line, column and what would be right, whatever its schema refuses, and
 * messages the inbox does not take in. `date` (ISO 8601) is the one codes are judged on, `at` the time of
 * reading in ms since 1970.
 */
export function readIncoming(
  bytes: Uint8Array,
  { date, at }: { readonly date: string; readonly at: number },
): Incoming {
  const incoming = isFin(bytes) ? readFin(bytes, at) : readXml(bytes, date);
  if (incoming.messageId === '') {
    throw new Refusal('message-id-missing', `The ${incoming.type} carries no number of its own.`);
  }
  return incoming;
}
