// Finds the business header and the message in whatever envelope a network puts around them, and
// has each judged.
import {
  findDefinition,
  listMessages,
  messageDefinition,
  messageIdOf,
} from '../definition/definitions.ts';
import type { MessageDefinition } from '../definition/model.ts';
import type { Words } from './facet-words.ts';
import { createJudge, type Judge, type Tell } from './judge.ts';
import { createTreeBuilder, type XmlElement } from './tree.ts';
import type { XmlHandler } from './xml-cursor.ts';
import type { XmlAttribute } from './xml-names.ts';

/** A header or message found in a file. */
export interface MessagePart {
  readonly root: 'Document' | 'AppHdr';
  /** `pacs.008.001.08`, or the namespace where it is none of ISO 20022. */
  readonly id: string;
  /** Null when the message is not in the catalogue. */
  readonly definition: MessageDefinition | null;
  /** True when the schema of the message accepts it. */
  valid: boolean;
  /** Null unless a tree was asked for. */
  tree: XmlElement | null;
}

export interface Envelope extends XmlHandler {
  readonly parts: readonly MessagePart[];
}

interface EnvelopeOptions {
  readonly keepTree: boolean;
  readonly tell: Tell;
  readonly offset: () => number;
}

function unknownWords(id: string): Words {
  const area = id.split('.').slice(0, 2).join('.');
  const near = listMessages().filter((entry) => entry.id.startsWith(`${area}.`));
  const known = near.map((entry) => entry.id).join(', ');
  return {
    message: `The file says it is ${id}, which is not known here.`,
    fix: known === '' ? 'Ask which message it is meant to be.' : `Known are ${known}.`,
  };
}

function namespaceWords(tag: string, namespace: string): Words {
  return {
    message: `${tag} is in the namespace "${namespace}", which is none of ISO 20022.`,
    fix: `It should be urn:iso:std:iso:20022:tech:xsd: and a message, such as ${
      tag === 'AppHdr' ? 'head.001.001.02' : messageDefinition('pacs.008.001.08').id
    }.`,
  };
}

/** The part that starts with this element; tells why where it is no message that is known. */
function createPart(
  local: string,
  namespace: string,
  options: EnvelopeOptions,
): MessagePart | null {
  if (local !== 'Document' && local !== 'AppHdr') return null;
  const id = messageIdOf(namespace);
  const found = id === null ? null : findDefinition(id);
  const definition = found?.root === local ? found : null;
  const at = options.offset();
  if (id === null) {
    options.tell(`/${local}`, 'wrong-namespace', namespaceWords(local, namespace), at);
  } else if (!definition) {
    options.tell(`/${local}`, 'unknown-message', unknownWords(id), at);
  }
  return { root: local, id: id ?? namespace, definition, valid: definition !== null, tree: null };
}

/** A handler that judges every header and message in a file, whatever stands around them. */
export function createEnvelope(options: EnvelopeOptions): Envelope {
  const parts: MessagePart[] = [];
  let part: MessagePart | null = null;
  let judge: Judge | null = null;
  let depth = 0;
  let tree = createTreeBuilder();
  const begin = (local: string, namespace: string): void => {
    const started = createPart(local, namespace, options);
    if (!started) return;
    parts.push(started);
    part = started;
    tree = createTreeBuilder();
    judge = started.definition
      ? createJudge(
          started.definition,
          (...error) => {
            started.valid = false;
            options.tell(...error);
          },
          options.offset,
        )
      : null;
  };
  return Object.freeze({
    parts,
    open(local: string, namespace: string, attributes: readonly XmlAttribute[]) {
      if (!part) begin(local, namespace);
      if (!part) return;
      depth += 1;
      judge?.open(local, namespace, attributes);
      if (!options.keepTree) return;
      tree.open(local, attributes, options.offset());
    },
    text(value: string) {
      if (!part) return;
      judge?.text(value);
      if (options.keepTree) tree.text(value);
    },
    close() {
      if (!part) return;
      judge?.close();
      if (options.keepTree) tree.close();
      depth -= 1;
      if (depth > 0) return;
      part.tree = options.keepTree ? tree.root() : null;
      part = null;
      judge = null;
    },
  });
}
