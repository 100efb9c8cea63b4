// Cuts comma-separated text into rows (RFC 4180), as the lists of OFAC come.
import { Refusal } from '#station/bank/refusal.ts';

/** Longest file that is read, in characters, and most fields of a row. */
const charactersMost = 64 * 1024 * 1024;
const fieldsMost = 200;

/** Rows of fields. Refuses a quote that never ends, and a file or row beyond any list. */
export function rowsOf(text: string): readonly (readonly string[])[] {
  if (text.length > charactersMost) throw wrong(`has ${text.length} characters`);
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  while (at < text.length) {
    const [field, next] = text[at] === '"' ? quoted(text, at + 1) : bare(text, at);
    row.push(field);
    if (row.length > fieldsMost)
      throw wrong(`has more than ${fieldsMost} fields in row ${rows.length + 1}`);
    at = next;
    if (text[at] === ',') at += 1;
    else {
      if (text[at] === '\r') at += 1;
      if (text[at] === '\n') at += 1;
      rows.push(row);
      row = [];
    }
  }
  if (row.length > 0) rows.push(row);
  return rows;
}

function bare(text: string, from: number): [field: string, next: number] {
  let at = from;
  while (at < text.length && text[at] !== ',' && text[at] !== '\n' && text[at] !== '\r') at += 1;
  return [text.slice(from, at).trim(), at];
}

function quoted(text: string, from: number): [field: string, next: number] {
  let field = '';
  let at = from;
  for (;;) {
    const end = text.indexOf('"', at);
    if (end < 0) throw wrong('has a quote that never ends');
    field += text.slice(at, end);
    if (text[end + 1] !== '"') {
      at = end + 1;
      break;
    }
    field += '"';
    at = end + 2;
  }
  // What stands between the quote and the comma is only ever blanks.
  while (text[at] === ' ') at += 1;
  return [field.trim(), at];
}

function wrong(what: string): Refusal {
  return new Refusal('list-wrong', `The file ${what}: it is no list.`, 'file');
}
