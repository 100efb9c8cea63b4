// Reads a payment message from bytes or text as it arrives: encoding, form, envelope, schema, in
// one pass.
import { createUtf8Reader } from './encoding.ts';
import { createEnvelope, type MessagePart } from './envelope.ts';
import type { MessageError } from './message-error.ts';
import type { XmlLimits } from './xml-cursor.ts';
import { XmlFault } from './xml-fault.ts';
import type { Place } from './xml-place.ts';
import { createXmlReader, defaultLimits } from './xml-reader.ts';

/** What a file turned out to be. */
export interface Reading {
  /** The headers and messages in it, in order. */
  readonly parts: readonly MessagePart[];
  /** Everything wrong with it, in the order it stands; empty exactly when the schemas accept it. */
  readonly errors: readonly MessageError[];
  /** Errors beyond the ones listed. */
  readonly moreErrors: number;
  /** Line and column of an element of a kept tree. */
  placeOf(offset: number): Place;
}

export interface ReadOptions {
  /** Keep the messages as trees; leave it out for files that may be large. */
  readonly keepTree?: boolean;
  /** How many errors are listed; 100 unless told. */
  readonly maxErrors?: number;
  readonly limits?: XmlLimits;
}

export interface MessageReader {
  /** Takes the next piece of the file. After a fault of form the rest is ignored. */
  write(piece: Uint8Array | string): void;
  /** Says that nothing follows, and tells what was read. */
  end(): Reading;
}

const noMessage = {
  message: 'The file holds no ISO 20022 message.',
  fix: 'It should hold an element Document, with or without a business header AppHdr before it.',
};

/** A reader for one file. */
export function createMessageReader(options: ReadOptions = {}): MessageReader {
  const errors: MessageError[] = [];
  const maxErrors = options.maxErrors ?? 100;
  let moreErrors = 0;
  let fault: XmlFault | null = null;
  const add = (error: MessageError): void => {
    if (errors.length < maxErrors) errors.push(error);
    else moreErrors += 1;
  };
  const envelope = createEnvelope({
    keepTree: options.keepTree ?? false,
    tell: (path, code, words, offset) => add({ path, code, ...words, ...xml.placeOf(offset) }),
    offset: () => xml.offset(),
  });
  const xml = createXmlReader(envelope, options.limits ?? defaultLimits);
  const utf8 = createUtf8Reader();
  const stop = (error: unknown): void => {
    if (!(error instanceof XmlFault)) throw error;
    fault = error;
    add({
      path: '',
      code: error.code,
      message: error.message,
      fix: error.fix,
      ...xml.placeOfFault(error),
    });
  };
  const take = (text: string, next: XmlFault | null): void => {
    try {
      xml.write(text);
      if (!next) return;
      xml.flush();
      throw next;
    } catch (error) {
      stop(error);
    }
  };
  return Object.freeze({
    write(piece: Uint8Array | string) {
      if (fault) return;
      if (typeof piece === 'string') {
        take(piece, null);
      } else {
        const { text, fault: wrong } = utf8.write(piece);
        take(text, wrong);
      }
    },
    end(): Reading {
      try {
        const cut = fault ? null : utf8.end();
        // What stands before the cut is judged first, however it came.
        if (cut) xml.flush();
        if (cut) throw cut;
        if (!fault) xml.end();
      } catch (error) {
        stop(error);
      }
      if (fault) for (const part of envelope.parts) part.valid &&= part.tree !== null;
      if (!fault && envelope.parts.length === 0) {
        add({ path: '', code: 'no-message', ...noMessage, line: 1, column: 1 });
      }
      return Object.freeze({ parts: envelope.parts, errors, moreErrors, placeOf: xml.placeOf });
    },
  });
}

/** Reads a whole message that is already in memory. A string may begin with a byte order mark. */
export function readMessage(message: Uint8Array | string, options: ReadOptions = {}): Reading {
  const reader = createMessageReader(options);
  const isMarked = typeof message === 'string' && message.startsWith('\uFEFF');
  reader.write(isMarked ? message.slice(1) : message);
  return reader.end();
}
