// Keeps the model files beside the log and puts the right ones before the worker.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Refusal } from '#station/bank/refusal.ts';
import type { RiskScorer } from '#station/ports.ts';
import { featureNames } from '#station/risk/features/catalogue.ts';
import { readModel } from '#station/risk/file.ts';
import type { RiskModel } from '#station/risk/model.ts';

export type Place = 'fraud' | 'fraud-challenger' | 'fraud-replay' | 'credit';

/** A model the worker holds, and how a vector becomes its row. */
export interface PlacedModel {
  readonly hash: string;
  readonly mayHold: boolean;
  /** Names of its columns, in its order. */
  readonly columns: readonly string[];
  rowOf(vector: Float32Array): Float64Array;
}

export interface ModelStore {
  /** Keeps a model file; returns its hash. */
  keep(file: Uint8Array): string;
  /** The file of a hash; refuses `model-missing` or `model-damaged`. */
  file(hash: string): Uint8Array;
  model(hash: string): RiskModel;
  /** The model in a place once the worker has it; null while it has not, or cannot. */
  placed(place: Place, hash: string | null): PlacedModel | null;
  /** Why a model cannot be had: a refusal's reason, such as `model-damaged`; null where nothing is known against it. */
  trouble(hash: string): string | null;
  /** Waits until the worker has the model; rejects with why it cannot. */
  place(place: Place, hash: string): Promise<PlacedModel>;
}

const placeOf = new Map(featureNames.map((name, index) => [name, index]));

function rowMaker(columns: readonly string[]): PlacedModel['rowOf'] {
  const indexes = columns.map((name) => placeOf.get(name) ?? -1);
  return (vector) =>
    Float64Array.from(indexes, (index) => (index < 0 ? Number.NaN : (vector[index] as number)));
}

/** Model files live in `models` below the branch's folder, each named by its hash. */
export function createModelStore(
  folder: string,
  scorer: RiskScorer | null,
  report: (where: string, error: unknown) => void,
): ModelStore {
  const models = join(folder, 'models');
  const placed = new Map<Place, PlacedModel>();
  const placing = new Map<string, Promise<PlacedModel>>();
  const failed = new Map<string, string>();
  const pathOf = (hash: string) => join(models, `${hash}.model`);

  function file(hash: string): Uint8Array {
    try {
      return readFileSync(pathOf(hash));
    } catch {
      throw new Refusal(
        'model-missing',
        `The file of model ${hash.slice(0, 12)} is not beside the branch: put it back from a backup.`,
      );
    }
  }

  function model(hash: string): RiskModel {
    const found = readModel(file(hash));
    const foreign = found.columns.find(({ name }) => !placeOf.has(name));
    if (foreign) {
      throw new Refusal(
        'model-foreign',
        `Model ${hash.slice(0, 12)} looks at ${foreign.name}, which this program does not reckon.`,
      );
    }
    if (found.hash === hash) return found;
    throw new Refusal('model-damaged', `The file of model ${hash.slice(0, 12)} is not that model.`);
  }

  async function load(place: Place, hash: string): Promise<PlacedModel> {
    if (!scorer) throw new Refusal('no-model', 'This workstation runs without models.');
    const { columns, card } = model(hash);
    await scorer.load(place, file(hash));
    const names = columns.map(({ name }) => name);
    const mayHold = card.kind !== 'isolation-forest';
    const made = Object.freeze({ hash, mayHold, columns: names, rowOf: rowMaker(names) });
    placed.set(place, made);
    return made;
  }

  function place(where: Place, hash: string): Promise<PlacedModel> {
    const there = placed.get(where);
    if (there?.hash === hash) return Promise.resolve(there);
    const key = `${where} ${hash}`;
    const running = placing.get(key) ?? load(where, hash).finally(() => placing.delete(key));
    placing.set(key, running);
    return running;
  }

  return Object.freeze({
    keep(bytes: Uint8Array) {
      const { hash } = readModel(bytes);
      mkdirSync(models, { recursive: true, mode: 0o700 });
      const part = join(models, `${createHash('sha256').update(bytes).digest('hex')}.part`);
      writeFileSync(part, bytes, { mode: 0o600 });
      renameSync(part, pathOf(hash));
      failed.delete(hash);
      return hash;
    },
    file,
    model,
    placed(where: Place, hash: string | null) {
      if (hash === null) return null;
      const there = placed.get(where);
      if (there?.hash === hash) return there;
      if (!failed.has(hash)) {
        place(where, hash).catch((error: unknown) => {
          const isRefusal = error instanceof Refusal;
          failed.set(hash, isRefusal ? error.reason : 'risk-worker-failed');
          // A file that is gone or damaged is the world's doing: it is said by an alarm, not to support.
          if (!isRefusal) report('risk model', error);
        });
      }
      return null;
    },
    trouble: (hash: string) => failed.get(hash) ?? null,
    place,
  });
}
