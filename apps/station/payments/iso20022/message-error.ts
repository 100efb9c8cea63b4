// The one shape in which everything wrong with a message is told: where, which rule, what, and
// what would be right.

export interface MessageError {
  /**
   * Where, by tags: `/Document/FIToFICstmrCdtTrf/CdtTrfTxInf[2]/Amt`; '' when the file is no
   * message.
   */
  readonly path: string;
  /** For programs: a kebab-case reason, or the id of a usage rule. */
  readonly code: string;
  /** For the person: what is wrong, with the value. */
  readonly message: string;
  /** For the person: what would be right. */
  readonly fix: string;
  /** From 1. 0 when the message was never a text. */
  readonly line: number;
  readonly column: number;
}
