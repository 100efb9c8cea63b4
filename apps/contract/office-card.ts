// The card of an account that visits other branches, as its text must read wherever it comes from.
import { z } from 'zod';

/** Most persons on a card. */
export const cardPersonsMost = 12;

const digest = z.string().regex(/^[0-9a-f]{64}$/);

const cardPerson = z.strictObject({
  name: z.string().min(1).max(300),
  role: z.enum(['holder', 'joint', 'signatory', 'attorney', 'guardian']),
  /** The document to ask for: of those the keeping branch saw, the one that is valid longest. */
  document: z.strictObject({
    kind: z.string().max(40),
    number: z.string().max(40),
    country: z.string().max(2),
    expiresOn: z.string().max(10).nullable(),
  }),
  /** The most the person may move at once, in minor units of the account's currency; null: no bound. */
  limitMinor: z
    .string()
    .regex(/^[1-9]\d{0,15}$/)
    .nullable(),
  /** Last business date the mandate holds; null: until revoked. */
  until: z.string().max(10).nullable(),
  /** SHA-256 of each picture that travels with the card. */
  photo: digest.nullable(),
  signature: digest.nullable(),
});

export const card = z.strictObject({
  account: z.strictObject({ branch: z.string().max(12), number: z.string().max(40) }),
  name: z.string().max(300),
  product: z.string().max(40),
  currency: z.string().regex(/^[A-Z]{3}$/),
  /** Stands in the log too, beside the digest: a frozen account is known before its card is fetched. */
  state: z.enum(['open', 'dormant', 'frozen', 'closed', 'unknown']),
  takesCredits: z.boolean(),
  persons: z.array(cardPerson).max(cardPersonsMost),
});

export type Card = z.output<typeof card>;
export type CardPerson = Card['persons'][number];
