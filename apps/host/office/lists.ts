// Reads a list from files as it is published in the world, and sends it down: only the pages that have changed.
import { readFileSync, statSync } from 'node:fs';
import { Refusal, refuseUnless } from '#station/bank/refusal.ts';
import type { ListEntry } from '#station/compliance/lists/entry.ts';
import { readOfac } from '#station/compliance/lists/ofac.ts';
import { readUn } from '#station/compliance/lists/un.ts';
import { checkEntries, listName, packList } from '#station/desk/screening-list.ts';
import { pageItem } from '#station/ledger/projections/screening.ts';
import type { Orders } from './orders.ts';
import type { Owner } from './owner.ts';

const fileBytesMost = 64 * 1024 * 1024;

export interface ListFile {
  readonly asOf: string;
  readonly source: string;
  readonly entries: readonly ListEntry[];
}

function textOf(file: string): string {
  const { size } = statSync(file);
  refuseUnless(size <= fileBytesMost, 'list-wrong', `${file} is longer than any list.`, 'file');
  return readFileSync(file, 'utf8').replace(/^\ufeff/u, '');
}

/**
 * The entries of the files together: one XML of the United Nations, OFAC's CSV files, or JSON of our own
 * (`[{ id, kind, names, births, countries, programme }]`). Refuses what is none of them, whole.
 */
export function readListFiles(files: readonly string[]): readonly ListEntry[] {
  refuseUnless(files.length > 0, 'bad-option', 'Say where the list is: --file FILE.', 'file');
  const texts = files.map(textOf);
  const first = texts[0]?.trimStart() ?? '';
  if (first.startsWith('<')) return checkEntries(texts.flatMap((text) => readUn(text)));
  if (first.startsWith('[')) return checkEntries(texts.flatMap((text) => parsed(text)));
  return checkEntries(readOfac(texts));
}

function parsed(text: string): readonly unknown[] {
  try {
    const value: unknown = JSON.parse(text);
    if (Array.isArray(value)) return value;
  } catch {
    // Falls through to the one sentence.
  }
  throw new Refusal('list-wrong', 'The file is no JSON list of entries.', 'file');
}

/** Sends a list to every branch: first the pages that are not there yet, then the list's own item. */
export async function publishList(
  to: { readonly orders: Orders; readonly query: Owner['query'] },
  name: string,
  file: ListFile,
): Promise<{ readonly version: number; readonly pages: number; readonly sent: number }> {
  const list = listName.safeParse(name);
  refuseUnless(list.success, 'bad-option', `${name} is no name of a list, such as ofac.`, 'name');
  const { manifest, pages } = packList(file);
  let sent = 0;
  for (const [number, page] of pages.entries()) {
    const item = pageItem(name, number);
    const { rows } = await to.query<{ packed: string }>(
      `SELECT value ->> 'packed' AS packed FROM office.reference WHERE name = $1 ORDER BY version DESC LIMIT 1`,
      [item],
    );
    if (rows[0]?.packed === page.packed) continue;
    await to.orders.publish(item, page);
    sent += 1;
  }
  const version = await to.orders.publish(`list-${name}`, manifest);
  return { version, pages: pages.length, sent };
}
