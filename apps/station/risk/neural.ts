// Trains the neural member by TensorFlow.js on its wasm backend; only its weights are kept.
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { type Basis, expand, fitBasis } from './basis.ts';
import { identity } from './calibrate.ts';
import { binsAt } from './compiled.ts';
import type { Prepared } from './lesson.ts';
import type { NeuralMember } from './member.ts';
import type { TrainOptions } from './model.ts';
import type { Network } from './network.ts';
import { createRandom, type Random, shuffledIndexes } from './random.ts';

type Tensors = typeof import('@tensorflow/tfjs');
type Variable = import('@tensorflow/tfjs').Variable;

const hidden = [32, 16] as const;
const batchRows = 256;
const learningRate = 0.004;
/** Rows looked at in all, so that small tables get more rounds than large ones. */
const looksMax = 90_000;
const decay = 1e-4;

/** Loads TensorFlow.js with the wasm files that came in its package; nothing is fetched. */
async function loadTensors(): Promise<Tensors> {
  const tensors = await import('@tensorflow/tfjs');
  const { setWasmPaths } = await import('@tensorflow/tfjs-backend-wasm');
  const entry = createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm');
  setWasmPaths(`${dirname(entry)}/`);
  await tensors.setBackend('wasm');
  await tensors.ready();
  return tensors;
}

let loaded: Promise<Tensors> | null = null;

/** Weights as He et al. 2015 draw them, from our own seeded chance. */
function draw(random: Random, inputs: number, outputs: number): Float32Array {
  const scale = Math.sqrt(2 / inputs);
  return Float32Array.from({ length: inputs * outputs }, () => random.normal() * scale);
}

function design(basis: Basis, { matrix, rows }: Prepared): Float32Array {
  const width = basis.columns.at(-1) as number;
  const numbers = new Float32Array(rows.length * width);
  const bins = new Uint16Array(matrix.featureCount);
  const line = new Float64Array(width);
  for (let at = 0; at < rows.length; at++) {
    expand(basis, binsAt(matrix, rows[at] as number, bins), line);
    numbers.set(line, at * width);
  }
  return numbers;
}

interface Layer {
  readonly inputs: number;
  readonly outputs: number;
  readonly weights: Variable;
  readonly biases: Variable;
}

function makeLayers(tensors: Tensors, inputs: number, base: number, random: Random): Layer[] {
  const sizes = [inputs, ...hidden, 1];
  return sizes.slice(1).map((outputs, at) => {
    const from = sizes[at] as number;
    const isLast = at === hidden.length;
    const drawn = draw(random, from, outputs).map((value) => (isLast ? value * 0.1 : value));
    const biases = new Float32Array(outputs).fill(isLast ? base : 0);
    return {
      ...{ inputs: from, outputs },
      weights: tensors.variable(tensors.tensor2d(drawn, [from, outputs])),
      biases: tensors.variable(tensors.tensor1d(biases)),
    };
  });
}

type Tensor2D = import('@tensorflow/tfjs').Tensor2D;

/** One step of Adam on one batch: mean logistic loss plus a small weight decay. */
function step(
  tensors: Tensors,
  layers: readonly Layer[],
  optimizer: import('@tensorflow/tfjs').Optimizer,
  batch: { readonly numbers: Float32Array; readonly truth: Float32Array; readonly width: number },
): void {
  const { numbers, truth, width } = batch;
  tensors.tidy(() => {
    const rows = truth.length;
    const outcome = tensors.tensor2d(truth, [rows, 1]);
    const input = tensors.tensor2d(numbers, [rows, width]);
    optimizer.minimize(() => {
      let values: Tensor2D = input;
      for (const [at, { weights, biases }] of layers.entries()) {
        values = values.matMul(weights as unknown as Tensor2D).add(biases);
        if (at < layers.length - 1) values = values.relu();
      }
      // The loss in a form that does not overflow: relu(z) - z y + log(1 + exp(-|z|)).
      const tail = values.abs().neg().exp().add(1).log();
      const loss = values.relu().sub(values.mul(outcome)).add(tail).mean();
      const sizes = layers.map(({ weights }) => weights.square().sum());
      const size = sizes.reduce((sum, one) => sum.add(one));
      return loss.add(size.mul(decay)) as import('@tensorflow/tfjs').Scalar;
    });
  });
}

function readNetwork(layers: readonly Layer[]): Network {
  return {
    layers: layers.map(({ inputs, outputs, weights, biases }) => ({
      ...{ inputs, outputs },
      weights: Float32Array.from(weights.dataSync()),
      biases: Float32Array.from(biases.dataSync()),
    })),
  };
}

function batchOf(numbers: Float32Array, width: number, prepared: Prepared, picks: Int32Array) {
  const { rows, outcome } = prepared;
  const part = new Float32Array(picks.length * width);
  for (let at = 0; at < picks.length; at++) {
    const from = (picks[at] as number) * width;
    part.set(numbers.subarray(from, from + width), at * width);
  }
  const truth = Float32Array.from(picks, (pick) => outcome[rows[pick] as number] as number);
  return { numbers: part, truth, width };
}

/**
 * Log odds of the outcome by weight. The network learns from rows as they come; where they are a
 * sample that weighs for the whole, its answers are moved back to the whole's rate.
 */
function logOddsOf({ rows, outcome, weight }: Prepared): number {
  const odds = [0, 0] as [number, number];
  for (const row of rows) odds[outcome[row] as 0 | 1] += weight[row] as number;
  return Math.log(odds[1] / odds[0]);
}

/**
 * Trains a small network (32, 16, 1) on the basis columns. Chance is ours and seeded, the wasm
 * kernels
 * run on one thread, so the same rows give the same weights.
 */
export async function trainNeural(
  name: string,
  context: {
    readonly prepared: Prepared;
    readonly options: TrainOptions;
    readonly onStep: (done: number) => void;
  },
): Promise<NeuralMember> {
  loaded ??= loadTensors();
  const tensors = await loaded;
  const { prepared, options, onStep } = context;
  const random = createRandom(options.seed ?? 1, 4);
  const basis = fitBasis(prepared.encoder, prepared.matrix);
  const width = basis.columns.at(-1) as number;
  const numbers = design(basis, prepared);
  const count = prepared.rows.length;
  const share = prepared.positives / count;
  const layers = makeLayers(tensors, width, Math.log(share / (1 - share)), random);
  const optimizer = tensors.train.adam(learningRate);
  const rounds = Math.max(1, Math.min(30, Math.round(looksMax / count)));
  for (let round = 0; round < rounds; round++) {
    const order = shuffledIndexes(count, random);
    for (let from = 0; from < count; from += batchRows) {
      const picks = order.subarray(from, Math.min(count, from + batchRows));
      step(tensors, layers, optimizer, batchOf(numbers, width, prepared, picks));
    }
    onStep((round + 1) / rounds);
  }
  const network = readNetwork(layers);
  for (const { weights, biases } of layers) {
    weights.dispose();
    biases.dispose();
  }
  optimizer.dispose();
  const offset = logOddsOf(prepared) - Math.log(share / (1 - share));
  return { kind: 'neural', name, weight: 1, calibration: { ...identity, offset }, basis, network };
}
