// Keeps the feature state beside the log: caught up before each question, rebuilt in slices after a start.
import {
  createFeatureReader,
  type FeatureReader,
  type LoggedEvent,
} from '#station/risk/features/events.ts';

export interface FeatureFeed {
  readonly reader: FeatureReader;
  /** Reads what is new, when it is little; says whether the state now stands at the log's head. */
  catchUp(): boolean;
  /** Reads everything in slices that leave room for key presses; resolves at the head. */
  warm(): Promise<void>;
  /** Reads no further: the branch is being closed. */
  stop(): void;
}

export interface FeatureLog {
  head(): { readonly seq: number };
  events(from: number, to: number): readonly LoggedEvent[];
}

/** Events read between two looks at the queue: some milliseconds. */
const sliceEvents = 150;

/** Further behind than this a question does not wait. */
const behindMost = 400;

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** `report` hears of an event the features cannot read: our mistake, and the rules go on alone. */
export function createFeatureFeed(
  log: FeatureLog,
  report: (where: string, error: unknown) => void,
): FeatureFeed {
  const reader = createFeatureReader();
  let warming: Promise<void> | null = null;
  let isBroken = false;

  function read(until: number): void {
    try {
      for (const event of log.events(reader.position() + 1, until)) reader.apply(event);
    } catch (error) {
      isBroken = true;
      report('risk features', error);
    }
  }

  async function readAll(): Promise<void> {
    for (;;) {
      const { seq } = log.head();
      if (isBroken || reader.position() >= seq) return;
      read(Math.min(seq, reader.position() + sliceEvents));
      await turn();
    }
  }

  function warm(): Promise<void> {
    warming ??= readAll().finally(() => {
      warming = null;
    });
    return warming;
  }

  return Object.freeze({
    reader,
    catchUp() {
      const { seq } = log.head();
      if (isBroken) return false;
      if (seq - reader.position() > behindMost) {
        void warm();
        return false;
      }
      read(seq);
      return !isBroken;
    },
    warm,
    stop() {
      isBroken = true;
    },
  });
}
