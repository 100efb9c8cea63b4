// Takes the cards' turn beside the line: what changed is named, what was named is brought and fetched, what is over is erased.
import type { OfficeLine } from '#station/office/client/calls.ts';
import { createCardMaker } from './office-cards.ts';
import { createGuestKeeper } from './office-guests.ts';
import type { OfficeLinkParts } from './office-steps.ts';

export interface CardKeeping {
  /** What does not need the line. */
  tidy(): Promise<void>;
  /** Texts to and from head office, which has our log up to `received`. */
  exchange(line: OfficeLine, received: number): Promise<void>;
}

/** Null where the line runs without a branch's people, as in a bench. */
export function createCardKeeping(parts: OfficeLinkParts): CardKeeping | null {
  const { cards, clock } = parts;
  if (!cards) return null;
  const maker = createCardMaker(cards, parts);
  const keeper = createGuestKeeper(cards, parts);
  return Object.freeze({
    async tidy() {
      await maker.make();
      await keeper.tidy(clock.now());
    },
    async exchange(line: OfficeLine, received: number) {
      await maker.bring(line, received);
      await keeper.fetch(line, clock.now());
    },
  });
}
