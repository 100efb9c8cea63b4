// Decodes references in character data; only the five of XML itself and character numbers are
// known.
import { malformed, XmlFault } from './xml-fault.ts';

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not stand in XML
const forbidden = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/;

/** Where the first character stands that XML 1.0 does not allow; -1 when there is none. */
export function forbiddenAt(text: string): number {
  const control = forbidden.exec(text);
  if (control) return control.index;
  return text.isWellFormed() ? -1 : text.search(/\p{Surrogate}/u);
}

const predefined: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
};

function isXmlCharacter(code: number): boolean {
  return (
    code === 9 ||
    code === 10 ||
    code === 13 ||
    (code >= 0x20 && code <= 0xd7ff) ||
    (code >= 0xe000 && code <= 0xfffd) ||
    (code >= 0x10000 && code <= 0x10ffff)
  );
}

function decodeNumber(text: string, at: number): string {
  const isHexadecimal = text.startsWith('#x');
  const digits = text.slice(isHexadecimal ? 2 : 1);
  const isNumber = isHexadecimal ? /^[0-9a-fA-F]+$/.test(digits) : /^[0-9]+$/.test(digits);
  const code = isNumber ? Number.parseInt(digits, isHexadecimal ? 16 : 10) : -1;
  if (!isXmlCharacter(code)) throw malformed(`&${text}; stands for no character of XML.`, at);
  return String.fromCodePoint(code);
}

function decodeOne(text: string, at: number): string {
  if (text.startsWith('#')) return decodeNumber(text, at);
  const known = Object.hasOwn(predefined, text) ? predefined[text] : undefined;
  if (known !== undefined) return known;
  throw new XmlFault(
    'entity-refused',
    `The entity &${text.slice(0, 40)}; is not one of the five that XML itself knows.`,
    'Payment messages carry no entities of their own: write the character itself.',
    at,
  );
}

/**
 * The text with its references replaced; `at` is its offset, for the fault of a reference that is
 * not allowed.
 */
export function decodeReferences(text: string, at: number): string {
  let from = text.indexOf('&');
  if (from < 0) return text;
  let decoded = '';
  let done = 0;
  while (from >= 0) {
    const end = text.indexOf(';', from);
    const name = end < 0 ? '' : text.slice(from + 1, end);
    if (end < 0 || !/^(?:#[0-9a-zA-Z]+|[A-Za-z_:][\w.:-]*)$/.test(name)) {
      throw malformed('The character & must be written as &amp;.', at + from);
    }
    decoded += text.slice(done, from) + decodeOne(name, at + from);
    done = end + 1;
    from = text.indexOf('&', done);
  }
  return decoded + text.slice(done);
}
