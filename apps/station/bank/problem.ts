// Gathers refusals of one draft, so that a form shows all of them at once and not one after the
// other.

/**
 * One thing the bank says no to: a word for programs, a sentence for the person, the field
 * concerned.
 */
export interface Problem {
  readonly reason: string;
  readonly message: string;
  /** The field of the draft, dotted, or null when it is no single field. */
  readonly field: string | null;
}

export function problem(reason: string, message: string, field: string | null = null): Problem {
  return Object.freeze({ reason, message, field });
}
