// Defines the frames that cross between a screen and the station, whatever carries them.

/** Largest frame either side accepts, in bytes of UTF-8 JSON. */
export const frameBytesMax = 256 * 1024;

/** A bank's statement of this many characters still fits a frame; a longer one comes by the inbox folder. */
export const statementTextMax = 200_000;

/**
 * bad-input: the shape is wrong. unknown: no such operation. forbidden: not this person, or not now.
 * refused: the bank says no, with a code and a sentence. internal: our mistake. lost: the pipe closed
 * before an answer came (made by the client only; the outcome is then asked for by its key).
 */
export type FaultCode = 'bad-input' | 'unknown' | 'forbidden' | 'refused' | 'internal' | 'lost';

export interface Fault {
  readonly code: FaultCode;
  /** What is refused, in a kebab-case word a program can act on, such as `account-frozen`. */
  readonly reason: string;
  /** What is wrong and what would be right, in a sentence for the person at the screen. */
  readonly message: string;
  /** The input field concerned, dotted (`denominations.10000`), or absent when it is no single field. */
  readonly field?: string;
}

export interface RequestFrame {
  readonly id: number;
  readonly name: string;
  readonly input: unknown;
  /** Idempotency key (a UUID) of a keyed command. */
  readonly key?: string;
}

export type ReplyFrame =
  | { readonly id: number; readonly ok: true; readonly output: unknown }
  | { readonly id: number; readonly ok: false; readonly fault: Fault };

export interface PushFrame {
  readonly event: string;
  readonly payload: unknown;
}

export type Frame = RequestFrame | ReplyFrame | PushFrame;

/** A two-way road for frames: a WebSocket, Electron IPC, or two arrays in a test. */
export interface Pipe {
  send(frame: unknown): void;
  /** Calls the listener for each frame that arrives; returns a function that stops it. */
  receive(listener: (frame: unknown) => void): () => void;
  /** Calls the listener once when the other side is gone. */
  closed?(listener: () => void): void;
}
