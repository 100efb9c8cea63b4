// Serves scores and explanations from a thread of its own; started by worker-client.ts only.
import { parentPort, workerData } from 'node:worker_threads';
import { Refusal } from '#station/bank/refusal.ts';
import { readModel } from './file.ts';
import type { RiskModel } from './model.ts';
import { createSlate, layDown } from './slate.ts';
import type { Answer, Ask } from './worker-client.ts';

const slate = createSlate(workerData as SharedArrayBuffer);
const models = new Map<string, RiskModel>();

function modelAt(place: string): RiskModel {
  const model = models.get(place);
  if (model) return model;
  throw new Refusal('no-model', `No model is loaded for ${place}; rules alone decide.`);
}

function answer(ask: Ask): NonNullable<Answer['result']> {
  switch (ask.what) {
    case 'load': {
      const model = readModel(ask.file);
      // A model makes itself ready with its first score: not while a teller waits for one.
      model.score(new Float64Array(model.columns.length).fill(Number.NaN));
      models.set(ask.place, model);
      return { hash: model.hash, card: model.card };
    }
    case 'score': {
      const model = modelAt(ask.place);
      return { probability: model.score(ask.row), modelHash: model.hash };
    }
    case 'explain':
      return modelAt(ask.place).explain(ask.row);
  }
}

parentPort?.on('message', (ask: Ask) => {
  const { id } = ask;
  try {
    const result = answer(ask);
    if ('probability' in result && layDown(slate, id, result)) return;
    parentPort?.postMessage({ id, result } satisfies Answer);
  } catch (error) {
    const { reason = 'internal', message } = error as Refusal;
    parentPort?.postMessage({ id, refused: { reason, message } } satisfies Answer);
  }
});
