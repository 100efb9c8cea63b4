// Says who goes along with the writer: told of each append before it is decided, and of the decision.
import type { Head } from '#station/ports.ts';
import type { StoredEvent } from './events.ts';

/** Goes along with every write, whatever path it comes by. The commit is the decision. */
export interface Companion {
  /** An event was appended and projected, its commit is still to come. What it throws undoes it. */
  appended(event: StoredEvent, hash: Uint8Array): void;
  /** The transaction is about to be decided. What it throws undoes it whole. */
  deciding(): void;
  /** Everything behind this event was undone. Never throws. */
  undone(seq: number): void;
  /**
   * Everything up to the head is durable. Never throws. Returns what the witness shall keep sealed
   * beside the head, if anything.
   */
  committed(head: Head): Uint8Array | undefined;
}
