// Says no for the bank: what the world does wrong is a Refusal, what we do wrong is an assertion.

/** A refusal a person can act on. `reason` is for programs, `message` for the person, `field` for the form. */
export class Refusal extends Error {
  readonly reason: string;
  readonly field: string | undefined;
  /** Figures behind the sentence, for programs; no secret, nothing a person needs to read. */
  readonly details: Readonly<Record<string, string | number | null>>;
  constructor(
    reason: string,
    message: string,
    field?: string,
    details: Readonly<Record<string, string | number | null>> = {},
  ) {
    super(message);
    this.name = 'Refusal';
    this.reason = reason;
    this.field = field;
    this.details = details;
  }
}

/** Throws a Refusal unless the condition holds. */
export function refuseUnless(
  condition: unknown,
  reason: string,
  message: string,
  field?: string,
): asserts condition {
  if (!condition) throw new Refusal(reason, message, field);
}
