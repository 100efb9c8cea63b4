// Runs a small trained network on one row in plain arithmetic; training it is neural.ts's work.
import { type Basis, expand } from './basis.ts';

/** Layers of weights, each with a rectifier after it but the last, which gives the log odds. */
export interface Network {
  readonly layers: readonly {
    readonly inputs: number;
    readonly outputs: number;
    /** inputs x outputs */
    readonly weights: Float32Array;
    readonly biases: Float32Array;
  }[];
}

/** The log odds of a binned row. */
export function networkMargin({ layers }: Network, basis: Basis, bins: Uint16Array): number {
  let values = new Float64Array(basis.columns.at(-1) as number);
  expand(basis, bins, values);
  for (const [at, { inputs, outputs, weights, biases }] of layers.entries()) {
    const next = new Float64Array(outputs);
    next.set(biases);
    for (let input = 0; input < inputs; input++) {
      const value = values[input] as number;
      if (value === 0) continue;
      const line = input * outputs;
      for (let output = 0; output < outputs; output++) {
        next[output] = (next[output] as number) + value * (weights[line + output] as number);
      }
    }
    const isLast = at === layers.length - 1;
    if (!isLast)
      for (let one = 0; one < outputs; one++) next[one] = Math.max(0, next[one] as number);
    values = next;
  }
  return values[0] as number;
}
