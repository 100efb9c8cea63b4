// Lays a probability where the asking thread looks for a moment, since waking a sleeping thread costs more than scoring.

/**
 * Shared by both threads. `state` is the number of the question its asker looks for, minus that number
 * once the answer lies there, or 0: nobody looks, and answers come as messages.
 */
export interface Slate {
  readonly memory: SharedArrayBuffer;
  readonly state: Int32Array;
  readonly probability: Float64Array;
  /** SHA-256 of the model that answered. */
  readonly hash: Uint8Array;
}

/** What lies on the slate. */
export interface Laid {
  readonly probability: number;
  /** SHA-256 of the model, in hexadecimal. */
  readonly modelHash: string;
}

const [probabilityAt, hashAt, hashBytes] = [8, 16, 32];

export function createSlate(
  memory: SharedArrayBuffer = new SharedArrayBuffer(hashAt + hashBytes),
): Slate {
  return Object.freeze({
    memory,
    state: new Int32Array(memory, 0, 1),
    probability: new Float64Array(memory, probabilityAt, 1),
    hash: new Uint8Array(memory, hashAt, hashBytes),
  });
}

/**
 * How often an asker may look before it sleeps: some 150 us, which is what two sleeping threads need to wake
 * each other. With one core looking would only keep the other thread from working.
 */
export const looksWith = (cores: number): number => (cores > 1 ? 4_000 : 0);

/** Questions for which nobody looks after so many looks in vain in a row; at most. */
const restMost = 256;

/** Knows whether looking is worth it now. */
export interface Patience {
  isWorthIt(): boolean;
  /** Whether the look found its answer. */
  learn(found: boolean): void;
}

/**
 * Where other work has the cores, looking only keeps the other thread from answering: after each look in vain
 * twice as many questions go without one, until one finds its answer again.
 */
export function createPatience(): Patience {
  let [rest, left] = [0, 0];
  return Object.freeze({
    isWorthIt() {
      if (left === 0) return true;
      left -= 1;
      return false;
    },
    learn(found: boolean) {
      rest = found ? 0 : Math.min(restMost, Math.max(4, 2 * rest));
      left = rest;
    },
  });
}

/** Says that the question's asker is about to look. */
export function beginLooking({ state }: Slate, id: number): void {
  Atomics.store(state, 0, id);
}

/** Looks for the answer; null where it did not come in time and will be sent as a message. */
export function lookFor(slate: Slate, id: number, looks: number): Laid | null {
  const { state, probability, hash } = slate;
  for (let look = 0; look < looks && Atomics.load(state, 0) === id; look += 1) Atomics.pause();
  const isLate = Atomics.compareExchange(state, 0, id, 0) === id;
  if (isLate) return null;
  return { probability: probability[0] as number, modelHash: Buffer.from(hash).toString('hex') };
}

/** Lays the answer down where its asker still looks; false where a message must carry it. */
export function layDown(slate: Slate, id: number, answer: Laid): boolean {
  const { state, probability, hash } = slate;
  // Only this thread answers, so nobody else writes between the two steps; the second makes it seen.
  if (Atomics.load(state, 0) !== id) return false;
  probability[0] = answer.probability;
  hash.set(Buffer.from(answer.modelHash, 'hex'));
  return Atomics.compareExchange(state, 0, id, -id) === id;
}
