// Judges names that resemble listed ones: open ones need a second person, true ones stop the money.
import type { Flag } from './flag.ts';
import { type Problem, problem } from './problem.ts';

/** What is known of one name of a draft beside one entry of a list. */
export interface ScreeningFact {
  /** `list/entry`, such as `ofac/OFAC-7914`. */
  readonly entry: string;
  /** What the person is in the draft: `payee`, `at the desk`, `owner`. */
  readonly role: string;
  /** `open`: nobody has decided; `false`: somebody else of that name; `true`: the listed one. */
  readonly state: 'open' | 'false' | 'true';
  /** The case it is kept under; null while it stands in no event yet. */
  readonly id: number | null;
  /** Whose case it is; null for somebody who is no customer here. */
  readonly customer: number | null;
  /** What is recorded of it when the draft is parked; null where it is recorded already. */
  readonly fresh: object | null;
  /** The sentence with name, entry, score, words and versions. */
  readonly message: string;
}

export const listedNameRule = 'listed-name';

/** One rule an entry, so that what was approved for one entry is not approved for another. */
function flagOf({ entry, state, message }: ScreeningFact): Flag {
  const needs = state === 'open' ? 'approval' : 'notice';
  return { rule: `${listedNameRule}/${entry}`, version: 1, needs, message };
}

/** Whether a reason of an approval is a name on a list: then a note must say why it may pass. */
export function isListedName(rule: string): boolean {
  return rule.startsWith(`${listedNameRule}/`);
}

/** What stands against a draft because of the names in it, and what a second person must look at. */
export function judgeScreening(facts: readonly ScreeningFact[]): {
  readonly flags: readonly Flag[];
  readonly problems: readonly Problem[];
} {
  return {
    flags: facts.filter(({ state }) => state !== 'true').map(flagOf),
    problems: facts
      .filter(({ state }) => state === 'true')
      .map(({ message }) => problem('listed-name', message)),
  };
}
