// Packs a list into pages small enough for the line, and opens them again: whole and as they were, or not at all.
import { hash } from 'node:crypto';
import { brotliCompressSync, brotliDecompressSync } from 'node:zlib';
import { z } from 'zod';
import { Refusal, refuseUnless } from '#station/bank/refusal.ts';
import { entryKinds, type ListEntry } from '#station/compliance/lists/entry.ts';
import { nameCharactersMost } from '#station/compliance/text/tokens.ts';
import { canonicalText } from '#station/ledger/canonical.ts';

/** Bounds of a list; what is beyond them is refused whole. */
export const listBounds = Object.freeze({
  ...{ pages: 99, entries: 200_000, names: 500_000, pageBytes: 256 * 1024 },
  /** Of one page, opened: a page that grows beyond it is a trap. */
  ...{ openedBytes: 4 * 1024 * 1024, entryNames: 300 },
});
/** Names on a page when a list is packed. */
const pageNames = 2_000;

export const listName = z
  .string()
  .regex(/^[a-z][a-z0-9]{1,15}$/, 'is a name of 2 to 16 small letters and digits, such as ofac');

const digest = z.string().regex(/^[0-9a-f]{64}$/);
// Nothing a screen or a file could take for something else than text.
const plain = (most: number) =>
  z
    .string()
    .min(1)
    .max(most)
    .regex(/^[^\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]+$/u, 'holds signs that are no text');

export const listManifest = z.strictObject({
  asOf: z.iso.date(),
  source: plain(140),
  entries: z.number().int().min(1).max(listBounds.entries),
  names: z.number().int().min(1).max(listBounds.names),
  /** SHA-256 of each page's bytes as they are sent, in order. */
  pages: z.array(digest).min(1).max(listBounds.pages),
});
export type ListManifest = z.output<typeof listManifest>;

/** One text for the whole list: what a decision of years ago was made from. */
export function manifestDigest(manifest: ListManifest): string {
  return sha256(manifest.pages.join('\n'));
}

export const listPage = z.strictObject({
  packed: z
    .base64()
    .min(1)
    .max(Math.ceil((listBounds.pageBytes * 4) / 3) + 4),
});

const listEntry = z.strictObject({
  id: plain(60),
  kind: z.enum(entryKinds),
  names: z.array(plain(nameCharactersMost)).min(1).max(listBounds.entryNames),
  births: z.array(z.string().regex(/^\d{4}(-\d{2}(-\d{2})?)?$/)).max(20),
  countries: z.array(z.string().regex(/^[A-Z]{2}$/)).max(20),
  programme: z.string().max(200),
});
const pageEntries = z.array(listEntry).min(1).max(listBounds.entries);

const sha256 = (bytes: Uint8Array | string): string => hash('sha256', bytes, 'hex');

/** What of an entry must not have changed for an old decision to hold. */
export function entryDigest(entry: ListEntry): string {
  return sha256(canonicalText(entry as never));
}

export interface PackedList {
  readonly manifest: ListManifest;
  /** The pages' items, in order. */
  readonly pages: readonly { readonly packed: string }[];
}

/** Refuses what is not whole or not bounded, naming the first thing wrong. */
export function checkEntries(value: unknown): readonly ListEntry[] {
  const parsed = pageEntries.safeParse(value);
  if (!parsed.success) throw new Refusal('list-wrong', firstFault(parsed.error), 'entries');
  const seen = new Set<string>();
  for (const { id } of parsed.data) {
    refuseUnless(
      !seen.has(id),
      'list-wrong',
      `The entry ${id} stands on the list twice.`,
      'entries',
    );
    seen.add(id);
  }
  return parsed.data;
}

function firstFault({ issues }: z.ZodError): string {
  const [first] = issues;
  return `The list is not of the form it must have: ${first?.path.join('.')}: ${first?.message}.`;
}

/**
 * A list as it travels. An entry stays on its page while others come and go, so that a new version sends only
 * the pages that have changed.
 */
export function packList(list: {
  readonly asOf: string;
  readonly source: string;
  readonly entries: readonly ListEntry[];
}): PackedList {
  const entries = checkEntries(list.entries);
  const names = entries.reduce((sum, entry) => sum + entry.names.length, 0);
  const count = Math.min(
    listBounds.pages,
    2 ** Math.ceil(Math.log2(Math.max(1, names / pageNames))),
  );
  const shelves: ListEntry[][] = Array.from({ length: count }, () => []);
  for (const entry of entries) {
    const shelf = Number.parseInt(sha256(entry.id).slice(0, 8), 16) % count;
    shelves[shelf]?.push(entry);
  }
  const packed = shelves
    .filter((shelf) => shelf.length > 0)
    .map((shelf) => brotliCompressSync(canonicalText(shelf.sort(byId) as never)));
  const manifest = listManifest.parse({
    ...{ asOf: list.asOf, source: list.source, entries: entries.length, names },
    pages: packed.map((bytes) => sha256(bytes)),
  });
  return { manifest, pages: packed.map((bytes) => ({ packed: bytes.toString('base64') })) };
}

function byId(one: ListEntry, other: ListEntry): number {
  return one.id < other.id ? -1 : one.id > other.id ? 1 : 0;
}

/** The bytes of a page, or null where they are not the ones the manifest names: another version's. */
export function pageBytes(page: unknown, wanted: string): Uint8Array | null {
  const parsed = listPage.safeParse(page);
  if (!parsed.success) return null;
  const bytes = Buffer.from(parsed.data.packed, 'base64');
  return sha256(bytes) === wanted ? bytes : null;
}

/** Opens pages that were compared with the manifest. Refuses whatever is not as it says. */
export function openList(
  manifest: ListManifest,
  pages: readonly Uint8Array[],
): readonly ListEntry[] {
  const entries = checkEntries(pages.flatMap((bytes) => openPage(bytes)));
  const names = entries.reduce((sum, entry) => sum + entry.names.length, 0);
  refuseUnless(
    entries.length === manifest.entries && names === manifest.names,
    'list-wrong',
    `The list says ${manifest.entries} entries and ${manifest.names} names, and holds ${entries.length} and ${names}.`,
    'entries',
  );
  return entries;
}

function openPage(bytes: Uint8Array): readonly unknown[] {
  try {
    const opened = brotliDecompressSync(bytes, { maxOutputLength: listBounds.openedBytes });
    const value: unknown = JSON.parse(opened.toString('utf8'));
    if (Array.isArray(value)) return value;
  } catch {
    // Falls through to the one sentence for whatever cannot be opened.
  }
  throw new Refusal('list-wrong', 'A page of the list cannot be opened.', 'pages');
}

/** Entries kept here already: compared when they came, so only opened. */
export function keptEntries(packed: readonly string[]): readonly ListEntry[] {
  return packed.flatMap((page) => openPage(Buffer.from(page, 'base64')) as readonly ListEntry[]);
}
