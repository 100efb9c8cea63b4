// Says where and why a text is not acceptable XML; thrown inside the reader and reported by it.

/** Why a text was refused before or while it was read as XML. */
export type XmlFaultCode =
  | 'truncated'
  | 'malformed'
  | 'wrong-encoding'
  | 'document-type-refused'
  | 'entity-refused'
  | 'too-deep'
  | 'too-large'
  | 'too-many-attributes'
  | 'unbound-prefix';

/** A fault at an offset of the reader's buffer. `fix` says what would be right. */
export class XmlFault extends Error {
  readonly code: XmlFaultCode;
  readonly fix: string;
  readonly at: number;
  constructor(code: XmlFaultCode, message: string, fix: string, at: number) {
    super(message);
    this.name = 'XmlFault';
    this.code = code;
    this.fix = fix;
    this.at = at;
  }
}

const wellFormed = 'Ask the sender for the file again: it must be well-formed XML.';

/** A fault of form: what stands there, and that the file must be sent again. */
export function malformed(message: string, at: number): XmlFault {
  return new XmlFault('malformed', message, wellFormed, at);
}
