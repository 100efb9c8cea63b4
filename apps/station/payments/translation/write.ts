// Writes the tree a translation made as XML, each part under the namespace of its message.
import { escapeAttribute, escapeText } from '../iso20022/escape.ts';
import type { MxNode } from './tree.ts';

const namespace = 'urn:iso:std:iso:20022:tech:xsd:';
const headerName = 'head.001.001.02';

/** The envelope as XML; `name` is the message in its Document, such as `pacs.008.001.08`. */
export function writeTree(envelope: MxNode, name: string): string {
  const spaces = new Map([
    ['AppHdr', headerName],
    ['Document', name],
  ]);
  return `<?xml version="1.0" encoding="UTF-8"?>${write(envelope, spaces)}`;
}

function write(node: MxNode, spaces: ReadonlyMap<string, string>): string {
  const space = spaces.get(node.tag);
  const attributes = Object.entries(node.attributes)
    .map(([key, value]) => ` ${key}="${escapeAttribute(value)}"`)
    .join('');
  const head = `${node.tag}${space === undefined ? '' : ` xmlns="${namespace}${space}"`}${attributes}`;
  const inner =
    node.children.length > 0
      ? node.children.map((child) => write(child, spaces)).join('')
      : escapeText(node.text);
  return `<${head}>${inner}</${node.tag}>`;
}
