// Takes a list of head office into force: every page there and as the manifest says, and the whole of it readable.
import type { ListData } from '#station/ledger/projections/screening.ts';
import { pageItem } from '#station/ledger/projections/screening.ts';
import { listManifest, listName, manifestDigest, openList, pageBytes } from './screening-list.ts';

interface Order {
  readonly name: string;
  readonly version: number;
  readonly value: unknown;
}

export interface PlannedList {
  readonly events: readonly { readonly type: string; readonly data: { readonly list: ListData } }[];
  readonly outcome: 'applied' | 'kept';
  readonly message: string;
}

const page = /^list-\d\d-/;

/** Whether a reference item is a list, or a page of one. */
export function isListOrder(name: string): boolean {
  return name.startsWith('list-');
}

export function isListPage(name: string): boolean {
  return page.test(name);
}

/**
 * What a list's item does here. Refuses (Refusal or ZodError) a list that is not what it says; pages that are
 * another version's are no fault: that version's own item follows.
 */
export function planList(
  { name, version, value }: Order,
  reference: (name: string) => { readonly value: unknown } | null,
): PlannedList {
  if (isListPage(name)) return { events: [], outcome: 'kept', message: 'A page of a list.' };
  const list = listName.parse(name.slice('list-'.length));
  const manifest = listManifest.parse(value);
  const pages: Uint8Array[] = [];
  for (const [number, wanted] of manifest.pages.entries()) {
    const bytes = pageBytes(reference(pageItem(list, number))?.value, wanted);
    if (bytes) pages.push(bytes);
  }
  const missing = manifest.pages.length - pages.length;
  if (missing > 0) {
    const message = `${missing} of ${manifest.pages.length} pages are another version’s: it follows.`;
    return { events: [], outcome: 'kept', message };
  }
  const entries = openList(manifest, pages);
  const data: ListData = {
    ...{ name: list, version, asOf: manifest.asOf, source: manifest.source },
    ...{ digest: manifestDigest(manifest), entries: entries.length, names: manifest.names },
    pages: pages.length,
  };
  const message = `${entries.length} entries with ${manifest.names} names, as of ${manifest.asOf}.`;
  return {
    events: [{ type: 'screening.list-applied', data: { list: data } }],
    outcome: 'applied',
    message,
  };
}
