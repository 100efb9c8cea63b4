// Orders paper from a thread beside the desk.
import type { ReceiptView } from '#contract/journals.ts';
import { runWorker } from '#station/ledger/worker.ts';
import type { SignedPack } from '../day-pack-shape.ts';

export type PrintOrder =
  | { readonly kind: 'receipt'; readonly receipt: ReceiptView }
  | { readonly kind: 'day-pack'; readonly pack: SignedPack };

const script = new URL('./print-worker.ts', import.meta.url);

/** The PDF of a receipt or a day pack: the same bytes for the same content, on the same machine. */
export function print(order: PrintOrder): Promise<Uint8Array> {
  return runWorker<Uint8Array>(script, order, { onProgress: () => undefined });
}
