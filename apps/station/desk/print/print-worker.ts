// Prints in a thread of its own: setting type takes longer than a key press may wait.
import assert from 'node:assert/strict';
import { parentPort, workerData } from 'node:worker_threads';
import type { Report } from '#station/ledger/worker.ts';
import { dayPackPdf } from './day-pack-pdf.ts';
import type { PrintOrder } from './printer.ts';
import { receiptPdf } from './receipt-pdf.ts';

const port = parentPort;
assert.ok(port, 'runs as a worker');
const order = workerData as PrintOrder;
const bytes =
  order.kind === 'receipt' ? await receiptPdf(order.receipt) : await dayPackPdf(order.pack);
port.postMessage({ result: bytes } satisfies Report<Uint8Array>);
