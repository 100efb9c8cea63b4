// Names what the branch needs of whatever carries its messages; a gateway's folder is the first such carrier.

/** A carrier of messages. Names are our own for what goes out, the carrier's for what comes in. */
export interface PaymentTransport {
  /**
   * Hands a message over, exactly once for its name however often it is asked, also across a crash.
   * Resolves once that is durable; rejects with a Refusal when the carrier cannot take it now.
   */
  send(name: string, text: string): Promise<void>;
  /** Forgets that a name was handed over; asked once the log has recorded it. */
  acknowledge(name: string): Promise<void>;
  /** Names of what waits to be taken in, in their order; at most so many. */
  waiting(most: number): Promise<readonly string[]>;
  /** Bytes of one that waits; refuses one that is too large, or is no plain file. */
  read(name: string): Promise<Uint8Array>;
  /** Puts one that was taken in away. */
  take(name: string): Promise<void>;
  /** Puts one that cannot be taken in aside, with the reason beside it. */
  reject(name: string, reason: string): Promise<void>;
}
