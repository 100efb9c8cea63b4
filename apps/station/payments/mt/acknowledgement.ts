// Reads what Swift answers: the F21 acknowledgement (ACK) or refusal (NAK) of a message sent.
import { type Envelope, readEnvelope, type Tag } from './envelope.ts';
import { readBasicHeader } from './header.ts';
import { type MtProblem, mtProblem } from './problem.ts';

export interface Acknowledgement {
  readonly accepted: boolean;
  /** YYMMDDHHMM, local time of the terminal (tag 177), or "". */
  readonly time: string;
  /** Swift's error code and the line it names, such as "T27" and "012"; "" when accepted. */
  readonly errorCode: string;
  readonly errorLine: string;
  /** Tag 108, the user's own reference, or "". */
  readonly reference: string;
  readonly session: string;
  readonly sequence: string;
  /** The message answered, where the answer carries it, as text. */
  readonly original: string;
}

/** Reads an answer; null and problems when the text is none. */
export function readAcknowledgement(text: string): {
  readonly acknowledgement: Acknowledgement | null;
  readonly problems: readonly MtProblem[];
} {
  const { envelope, problems } = readEnvelope(text);
  const acknowledgement = acknowledgementOf(envelope, text);
  if (acknowledgement) {
    // The message answered has blocks 1 to 5 of its own: it is read apart, by `checkMessage`.
    return { acknowledgement, problems };
  }
  const problem = mtProblem('not-an-answer', 'This is no answer of Swift: block 1 is not F21.');
  return { acknowledgement: null, problems: [...problems, problem] };
}

function acknowledgementOf({ blocks }: Envelope, text: string): Acknowledgement | null {
  const basic = readBasicHeader(blocks[0]?.value ?? '');
  const answer = blocks[1];
  if (basic?.service !== '21' || answer?.id !== '4' || !answer.tags) return null;
  const verdict = tagValue(answer.tags, '451');
  if (verdict !== '0' && verdict !== '1') return null;
  const error = tagValue(answer.tags, '405');
  const split = /^([A-Z]\d{2})(?:(\d{1,3})|\/(.*))?$/.exec(error);
  const second = text.indexOf('{1:', text.indexOf('{1:') + 1);
  return Object.freeze({
    accepted: verdict === '0',
    time: tagValue(answer.tags, '177'),
    errorCode: split?.[1] ?? error,
    errorLine: split?.[2] ?? '',
    reference: tagValue(answer.tags, '108'),
    session: basic.session,
    sequence: basic.sequence,
    original: second < 0 ? '' : text.slice(second).trimEnd(),
  });
}

function tagValue(tags: readonly Tag[], tag: string): string {
  return tags.find((each) => each.tag === tag)?.value ?? '';
}
