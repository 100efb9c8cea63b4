// Escapes text and attributes for XML 1.0, byte for byte as xmlbuilder2 does, but for a carriage
// return in text:
// unescaped, a reader would take it for a line end, and the value would not be the one that was
// written.

const special = /[&<>\r]/;
const specialInAttribute = /[&<>"]/;

const references: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': '&#xD;',
};

/** Text between tags. */
export function escapeText(text: string): string {
  return special.test(text)
    ? text.replaceAll(/[&<>\r]/g, (character) => references[character] as string)
    : text;
}

/** The value of an attribute in double quotes. */
export function escapeAttribute(text: string): string {
  return specialInAttribute.test(text)
    ? text.replaceAll(/[&<>"]/g, (character) => references[character] as string)
    : text;
}
