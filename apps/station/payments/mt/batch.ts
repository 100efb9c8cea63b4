// Parts an RJE file into its messages and puts messages into one.

/** One message of a batch, with the line of the file it begins on (from 1). */
export interface BatchItem {
  readonly text: string;
  readonly line: number;
}

const parting = /\$(?=\s*\{1:|\s*$)/g;

/**
 * The messages of an RJE batch: parted by $, white space around them left out. A $ inside a message
 * is not in any set FIN carries, so it parts only before the next {1: or at the end.
 */
export function splitBatch(text: string): readonly BatchItem[] {
  const items: BatchItem[] = [];
  let start = 0;
  let line = 1;
  const push = (end: number) => {
    const part = text.slice(start, end);
    const lead = part.length - part.trimStart().length;
    const trimmed = part.trim();
    if (trimmed) items.push({ text: trimmed, line: line + feeds(part, lead) });
    line += feeds(part, part.length);
  };
  for (const match of text.matchAll(parting)) {
    push(match.index);
    start = match.index + 1;
  }
  push(text.length);
  return items;
}

/** One RJE file of many messages, each parted from the next by $. */
export function joinBatch(messages: readonly string[]): string {
  return messages.join('$');
}

function feeds(text: string, end: number): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0 && at < end; at = text.indexOf('\n', at + 1)) count++;
  return count;
}
