// Runs the published card-fraud benchmark: `qenex risk handbook --data handbook.csv.gz`.
import { Refusal } from '#station/bank/refusal.ts';
import { readTable } from '#station/risk/csv.ts';
import { runHandbook } from '#station/risk/handbook-run.ts';
import { type ModelKind, modelKinds } from '#station/risk/model.ts';
import type { Command, Context, Outcome } from '../command.ts';
import { bytesOf } from './risk.ts';

function countOf(options: Context['options'], name: string, usual: number): number {
  const count = Number(options[name] ?? usual);
  if (Number.isSafeInteger(count) && count > 0) return count;
  throw new Refusal('bad-usage', `--${name} is a whole number above 0, not "${options[name]}".`);
}

async function run({ folder, options }: Context): Promise<Outcome> {
  const name = options.model ?? 'gradient-boosting';
  const kind = modelKinds.find((each): each is ModelKind => each === name);
  if (!kind) throw new Refusal('bad-usage', `--model is one of ${modelKinds.join(', ')}.`);
  const table = readTable(bytesOf(folder, 'data'), ['TX_FRAUD_SCENARIO', 'TRANSACTION_ID']);
  const sentences: string[] = [];
  const start = performance.now();
  const result = await runHandbook(table, {
    kind,
    testDays: countOf(options, 'test-days', 30),
    trainDays: countOf(options, 'train-days', 31),
    budget: countOf(options, 'budget', 100),
    seed: countOf(options, 'seed', 1),
    say: (sentence) => void sentences.push(sentence),
  });
  const seconds = (performance.now() - start) / 1000;
  const json = { model: kind, ...result, seconds };
  return { ok: true, json, text: [...sentences, `${seconds.toFixed(1)} s`].join('\n') };
}

export const riskHandbook: Command = {
  words: 'risk handbook',
  parameters: [],
  options: {
    model: modelKinds.join(', '),
    'test-days': 'days judged, 30',
    'train-days': 'days that teach, 31',
    budget: 'transactions examined a day, 100',
    seed: 'whole number, 1',
  },
  summary: 'card-fraud benchmark with delay and feedback',
  run,
};
