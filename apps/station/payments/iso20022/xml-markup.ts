// Reads what is neither tag nor text: comments, CDATA, instructions, the declaration; refuses
// document types.
import { type Cursor, hasArrived, nameAt } from './xml-cursor.ts';
import { malformed, XmlFault } from './xml-fault.ts';
import { readEndTag, readStartTag } from './xml-tags.ts';

const declaration =
  /^<\?xml\s+version\s*=\s*(?:"1\.\d+"|'1\.\d+')(?:\s+encoding\s*=\s*(?:"([A-Za-z][\w.-]*)"|'([A-Za-z][\w.-]*)'))?(?:\s+standalone\s*=\s*(?:"(?:yes|no)"|'(?:yes|no)'))?\s*\?>$/;

function readComment(cursor: Cursor): boolean {
  const { buffer, at } = cursor;
  const end = buffer.indexOf('-->', at + 4);
  if (!hasArrived(cursor, end, 'a comment')) return false;
  const dashes = buffer.indexOf('--', at + 4);
  if (dashes < end) throw malformed('A comment may not hold "--".', dashes);
  cursor.at = end + 3;
  return true;
}

function readCharacterSection(cursor: Cursor): boolean {
  const { buffer, at } = cursor;
  const end = buffer.indexOf(']]>', at + 9);
  if (!hasArrived(cursor, end, 'a CDATA section')) return false;
  if (cursor.names.length === 0) throw malformed('Text stands outside the root element.', at);
  cursor.handler.text(buffer.slice(at + 9, end));
  cursor.at = end + 3;
  return true;
}

function checkDeclaration(text: string, at: number): void {
  const match = declaration.exec(text);
  if (!match) throw malformed('The XML declaration is not written rightly.', at);
  const encoding = (match[1] ?? match[2] ?? 'UTF-8').toUpperCase();
  if (['UTF-8', 'UTF8', 'US-ASCII', 'ASCII'].includes(encoding)) return;
  throw new XmlFault(
    'wrong-encoding',
    `The file says it is written in ${encoding}.`,
    'Payment messages are written in UTF-8: ask the sender to convert the file.',
    at,
  );
}

function readInstruction(cursor: Cursor): boolean {
  const { buffer, at } = cursor;
  const end = buffer.indexOf('?>', at + 2);
  if (!hasArrived(cursor, end, 'a processing instruction')) return false;
  const target = nameAt(cursor, at + 2);
  const after = at + 2 + target.length;
  const isSeparate = after === end || /\s/.test(buffer[after] ?? '');
  if (!isSeparate || target.includes(':')) {
    throw malformed('A processing instruction is not written rightly.', at);
  }
  if (target.toLowerCase() === 'xml') {
    if (!cursor.isStart) throw malformed('The XML declaration stands only at the start.', at);
    checkDeclaration(buffer.slice(at, end + 2), at);
  }
  cursor.at = end + 2;
  return true;
}

function readDeclared(cursor: Cursor): boolean {
  const { buffer, at } = cursor;
  if (buffer.startsWith('<!--', at)) return readComment(cursor);
  if (buffer.startsWith('<![CDATA[', at)) return readCharacterSection(cursor);
  const arrived = buffer.slice(at, at + 9);
  const isStarted = '<!--'.startsWith(arrived) || '<![CDATA['.startsWith(arrived);
  if (isStarted) return hasArrived(cursor, -1, 'a declaration');
  throw new XmlFault(
    'document-type-refused',
    'The file declares a document type or an entity.',
    'Payment messages have none; refused unread, for they can read files or fill the memory.',
    at,
  );
}

/** Reads the markup at the cursor; false when its end has not arrived. */
export function readMarkup(cursor: Cursor): boolean {
  switch (cursor.buffer.charCodeAt(cursor.at + 1)) {
    case 33:
      return readDeclared(cursor);
    case 63:
      return readInstruction(cursor);
    case 47:
      return readEndTag(cursor);
    default:
      return readStartTag(cursor);
  }
}
