// Reads the recorded pairs for tests: an XML file as the plain tree the translation takes.
import { SaxesParser } from 'saxes';
import type { MxNode } from './tree.ts';

interface Open {
  tag: string;
  text: string;
  attributes: Record<string, string>;
  children: Open[];
}

/** The first element of the text as a tree, prefixes and comments left out. */
export function treeOf(xml: string): MxNode {
  const parser = new SaxesParser({ xmlns: true });
  const root: Open = { tag: '', text: '', attributes: {}, children: [] };
  const stack = [root];
  parser.on('opentag', ({ local, attributes }) => {
    const made: Open = { tag: local, text: '', attributes: {}, children: [] };
    for (const each of Object.values(attributes)) made.attributes[each.local] = each.value;
    stack.at(-1)?.children.push(made);
    stack.push(made);
  });
  parser.on('text', (text) => {
    const open = stack.at(-1);
    if (open) open.text += text;
  });
  parser.on('closetag', () => void stack.pop());
  const start = xml.search(/<(\w+:)?Envelope/);
  parser.write(xml.slice(Math.max(start, 0))).close();
  return root.children[0] as Open;
}
