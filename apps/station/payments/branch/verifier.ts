// Asks whether a payee's name and account belong together, and says what each answer means.
import type { PayeeVerification } from '#station/ports.ts';

/** The way to the payees' banks (EPC verification of payee, in force since 9 October 2025). */
export type PayeeVerifier = PayeeVerification;
export type VerificationAnswer = Awaited<ReturnType<PayeeVerifier['verify']>>;
export type VerificationOutcome = VerificationAnswer['outcome'];

/** A branch without a way to the payees' banks: nothing can be said. */
export const noVerifier: PayeeVerifier = Object.freeze({
  verify: async () => ({
    ...{ outcome: 'not-possible' as const, name: null },
    source: 'no connection for verification of payees is set up',
  }),
});

const noise = new Set(['mr', 'mrs', 'ms', 'herr', 'frau', 'dr', 'and', 'und', 'et']);

/** Words of a name without accents, titles and marks, in one order. */
function wordsOf(name: string): readonly string[] {
  return name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replaceAll(/\p{M}/gu, '')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '' && !noise.has(word))
    .sort();
}

/** Least number of letters to change, add or leave out to make one text of the other. */
export function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let at = 1; at <= one.length; at += 1) {
    const next = [at];
    for (let to = 1; to <= other.length; to += 1) {
      const isSame = one.charAt(at - 1) === other.charAt(to - 1);
      const change = (row[to - 1] as number) + (isSame ? 0 : 1);
      next.push(Math.min(change, (row[to] as number) + 1, (next[to - 1] as number) + 1));
    }
    row = next;
  }
  return row[other.length] as number;
}

/**
 * Compares a typed name with the account holder's: the same words are a match; initials or a letter in
 * eight mistyped are close; anything else is none.
 */
export function compareNames(typed: string, held: string): VerificationOutcome {
  const mine = wordsOf(typed);
  const theirs = wordsOf(held);
  const one = mine.join(' ');
  const other = theirs.join(' ');
  if (one === '' || other === '') return 'not-possible';
  if (one === other) return 'match';
  const far = Math.max(1, Math.floor(Math.max(one.length, other.length) / 8));
  if (distance(one, other) <= far) return 'close-match';
  const isInitial = (word: string) =>
    theirs.some((each) => each === word || (word.length === 1 && each.startsWith(word)));
  const hasSurname = mine.some((word) => word.length > 1 && theirs.includes(word));
  return mine.length === theirs.length && hasSurname && mine.every(isInitial)
    ? 'close-match'
    : 'no-match';
}

/**
 * A double that answers from a list, for tests and the demonstration; every answer says what it is. An
 * account that is not on the list cannot be verified.
 */
export function createVerifierDouble(
  holders: readonly { readonly iban: string; readonly name: string }[],
): PayeeVerifier {
  const names = new Map(holders.map(({ iban, name }) => [iban, name]));
  return Object.freeze({
    async verify({ iban, name }: { readonly iban: string; readonly name: string }) {
      const held = names.get(iban);
      const outcome = held === undefined ? ('not-possible' as const) : compareNames(name, held);
      const source = 'a stand-in for the payees’ banks, not a bank';
      return { outcome, name: outcome === 'close-match' ? (held ?? null) : null, source };
    },
  });
}

/** What the teller says to the customer. */
export function verificationWords(answer: VerificationAnswer): string {
  switch (answer.outcome) {
    case 'match':
      return 'Name and account belong together.';
    case 'close-match':
      return `The name is close: the account is held by ${answer.name ?? 'a similar name'}.`;
    case 'no-match':
      return 'Name and account do not belong together: tell the customer before the payment goes.';
    case 'not-possible':
      return 'The payee’s bank cannot say whether name and account belong together.';
  }
}
