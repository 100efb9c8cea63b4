// The card of an account of another branch, as a screen is shown it: who may act, and which document to ask for.
import { z } from 'zod';
import { instant, minor } from './values.ts';

/** Who may act for an account of another branch, as its keeping branch last said. */
export const cardView = z.object({
  state: z.enum(['open', 'dormant', 'frozen', 'closed', 'unknown']),
  takesCredits: z.boolean(),
  /** Whether the text is here; until then only the state is known. */
  isFetched: z.boolean(),
  /** By the keeping branch's clock, and when this branch heard of it. */
  madeAt: instant,
  receivedAt: instant,
  name: z.string(),
  product: z.string(),
  currency: z.string(),
  persons: z.array(
    z.object({
      name: z.string(),
      role: z.enum(['holder', 'joint', 'signatory', 'attorney', 'guardian']),
      /** The document to ask for. */
      document: z.object({
        kind: z.string(),
        number: z.string(),
        country: z.string(),
        expiresOn: z.string().nullable(),
      }),
      limitMinor: minor.nullable(),
      until: z.string().nullable(),
      /** Base64, where they travelled with the card. */
      photo: z.string().nullable(),
      signature: z.string().nullable(),
    }),
  ),
});
