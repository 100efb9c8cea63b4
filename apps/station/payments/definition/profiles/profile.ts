// Names what a market or a bank adds to the messages of the standard, with the dates it is in
// force.
import { Refusal } from '#station/bank/refusal.ts';
import type { Rule } from '../rules/rule.ts';

/** A set of rules for some messages, in force from one date to another. */
export interface Profile {
  /** `cbpr-plus`, `sepa-sct`, `hvps-plus`, or a bank's own. */
  readonly id: string;
  readonly name: string;
  readonly layer: 'market' | 'bank';
  /** The release or rulebook, such as SR2026. */
  readonly release: string;
  /** ISO 8601 dates, both inclusive; null while nothing follows. */
  readonly from: string;
  readonly until: string | null;
  /** The variants of messages it knows: `pacs.008`, `pacs.008_stp`. */
  readonly variants: readonly Variant[];
}

export interface Variant {
  readonly name: string;
  readonly messageId: string;
  /** The business service of the header that says so; null for the plain variant. */
  readonly service: string | null;
  /** Made when first asked for. */
  readonly rules: () => readonly Rule[];
}

/**
 * The profile of an id that is in force on a date; refuses an unknown id and a date before the
 * first.
 */
export function profileOn(profiles: readonly Profile[], id: string, date: string): Profile {
  const named = profiles.filter((profile) => profile.id === id);
  if (named.length === 0) {
    const known = [...new Set(profiles.map((profile) => profile.id))].join(', ');
    throw new Refusal(
      'unknown-profile',
      `There is no profile "${id}": known are ${known}.`,
      'profile',
    );
  }
  const inForce = named.find(
    ({ from, until }) => from <= date && (until === null || date <= until),
  );
  if (inForce) return inForce;
  const first = named.map(({ from }) => from).sort()[0];
  const message = `The profile ${id} is not in force on ${date}: it begins on ${first}.`;
  throw new Refusal('profile-not-in-force', message, 'date');
}

/** Makes a value when it is first asked for, and keeps it. */
export function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
