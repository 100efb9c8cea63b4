// A customer's photo and signature: what a teller compares with the person and the slip before paying out.
import { z } from 'zod';
import { customerId } from './customers.ts';
import { command, query } from './operation.ts';
import { pictureBytesMax } from './picture-bounds.ts';
import { instant, reason, sequence } from './values.ts';

export const pictureKind = z.enum(['photo', 'signature']);
export type PictureKind = z.output<typeof pictureKind>;

const base64 = z
  .string()
  .max(Math.ceil(pictureBytesMax / 3) * 4, `is more than ${pictureBytesMax} bytes`)
  .regex(/^[A-Za-z0-9+/]+={0,2}$/, 'is not base64');

export const pictureView = z.object({
  kind: pictureKind,
  media: z.enum(['image/png', 'image/jpeg']),
  base64: z.string(),
  at: instant,
  by: z.string(),
});
export type PictureView = z.output<typeof pictureView>;

const done = z.object({ customer: customerId, kind: pictureKind });

export const pictureOperations = {
  'picture.list': query({
    access: ['teller', 'supervisor', 'compliance'],
    input: z.strictObject({ customer: customerId }),
    output: z.object({ pictures: z.array(pictureView) }),
    topics: ['customer'],
  }),
  /** Takes the place of the one before. Only PNG and JPEG, looked into before they are kept. */
  'picture.set': command({
    access: ['teller', 'supervisor'],
    input: z.strictObject({ customer: customerId, kind: pictureKind, base64 }),
    output: done,
  }),
  /** Erases the bytes; the entry that says so, with their digest, stays as the proof of it. */
  'picture.remove': command({
    access: ['supervisor'],
    input: z.strictObject({ customer: customerId, kind: pictureKind, reason }),
    output: done.extend({ entry: sequence }),
  }),
} as const;
