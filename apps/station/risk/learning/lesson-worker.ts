// Runs one lesson in a thread of its own, so that no key press waits for it.
import assert from 'node:assert/strict';
import { parentPort, workerData } from 'node:worker_threads';
import { Refusal } from '#station/bank/refusal.ts';
import { readModel } from '../file.ts';
import { train } from '../train.ts';
import type { LessonOrder, LessonReport } from './lesson-client.ts';
import { learn } from './run.ts';

const port = parentPort;
assert.ok(port, 'runs as a worker');
const say = (report: LessonReport) => port.postMessage(report);
const { names, champion, ...order } = workerData as LessonOrder;

try {
  const learned = await learn({
    ...order,
    ...{ train, monotonic: () => performance.now() },
    champion: champion === null ? null : readModel(champion),
    nameOf: (author) => names.get(author) ?? `staff ${author}`,
    onProgress: (progress) => say({ progress }),
  });
  if ('why' in learned) say({ nothing: learned });
  else {
    const { model, ...rest } = learned;
    say({ learned: { ...rest, hash: model.hash, kind: model.card.kind } });
  }
} catch (error) {
  if (!(error instanceof Refusal)) throw error;
  say({ refused: { reason: error.reason, message: error.message } });
}
