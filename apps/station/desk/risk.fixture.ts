// Gives a test branch a real model, learned from invented cases, put in force by two persons.
import { featureNames } from '#station/risk/features/catalogue.ts';
import { tableOf } from '#station/risk/learning/case-table.ts';
import { createRandom } from '#station/risk/random.ts';
import { train } from '#station/risk/train.ts';
import type { TestCounter } from './counter-fixture.ts';

/** A model for which a large part of the balance is what makes fraud, and nothing else. */
export async function balanceModel(seed = 1): Promise<Uint8Array> {
  const random = createRandom(seed);
  const place = featureNames.indexOf('amountToBalance');
  const vectors = Array.from({ length: 400 }, () => {
    const vector = Float32Array.from(featureNames, () => Number.NaN);
    // A deposit has no part of the balance: unknown, and harmless here.
    if (random.below(4) > 0) vector[place] = random.unit();
    return vector;
  });
  const outcome = Float64Array.from(vectors, (vector) => ((vector[place] as number) > 0.5 ? 1 : 0));
  const model = await train('logistic', tableOf(vectors), { outcome }, { seed });
  return model.bytes();
}

/** Records a challenger as a lesson would, all gates passed; cora asked for it. Returns its hash. */
export async function withChallenger(desk: TestCounter, file: Uint8Array): Promise<string> {
  const hash = desk.counter.risk.models.keep(file);
  await desk.ledger.submit(() => {
    const cora = String(desk.staff.byUser('cora')?.id);
    const { seq } = desk.ledger.append({ type: 'risk.training-started', actor: cora, data: {} });
    desk.ledger.append({
      type: 'risk.challenger-trained',
      actor: 'system',
      data: {
        ...{ model: hash, started: seq, kind: 'logistic', step: 'test', passed: true },
        ...{
          isDemonstration: false,
          gates: [],
          card: [],
          precisionLow: '0.5',
          precisionRecall: [],
          reliability: [],
        },
        ...{ importance: [], deciles: featureNames.map((name) => [name, []]), supervisors: [] },
      },
    });
  });
  return hash;
}

/** Puts the model in force as two persons would after its shadow days, and waits until the worker has it. */
export async function withChampion(desk: TestCounter, file?: Uint8Array): Promise<string> {
  const hash = await withChallenger(desk, file ?? (await balanceModel()));
  await desk.ledger.submit(() => {
    const sam = String(desk.staff.byUser('sam')?.id);
    const data = { model: hash, previous: '', reason: 'the test needs it' };
    desk.ledger.append({ type: 'risk.model-promoted', actor: sam, data });
  });
  await desk.counter.risk.models.place('fraud', hash);
  return hash;
}
