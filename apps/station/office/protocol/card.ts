// The card of an account that visits other branches: who may act for it and how they are known, and nothing else of them.
import { type Card, type CardPerson, card, cardPersonsMost } from '#contract/office-card.ts';
import { canonicalText } from '#station/bank/canonical.ts';

/** Most bytes of a card's pictures, in base64 as JSON. */
export const cardPictureBytesMost = 2 * 1024 * 1024;

export type { Card, CardPerson };
export { cardPersonsMost };

/** What is hashed, sent and kept: the canonical text, so that equal cards have equal digests. */
export function cardText(made: Card): string {
  return canonicalText(made as unknown as Parameters<typeof canonicalText>[0]);
}

/** Reads a card; null where the text is none. */
export function readCard(text: string): Card | null {
  try {
    return card.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

/** Documents and names are compared as they are read out: letters and digits alone. */
function plain(text: string): string {
  return text.replace(/[^\p{L}\p{N}]/gu, '').toUpperCase();
}

/** Who of the card shows a document of this number; null when nobody does. */
export function personWith(made: Card, documents: readonly string[]): CardPerson | null {
  const shown = new Set(documents.map(plain).filter((text) => text !== ''));
  return made.persons.find(({ document }) => shown.has(plain(document.number))) ?? null;
}
