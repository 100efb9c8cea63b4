// Remembers the station's answers by question, and asks again when it says that they are stale.
import { FaultError } from '#contract/client.ts';
import type { Input, Output, QueryName } from '#contract/index.ts';
import type { Topic } from '#contract/operation.ts';
import type { Fault } from '#contract/wire.ts';
import type { Link } from './link.ts';
import { queryTopics } from './topics.ts';

export interface Answer<N extends QueryName> {
  /** The newest answer, or undefined while there is none. */
  readonly data: Output<N> | undefined;
  /** Why the last asking failed; the older answer, if any, stays in `data`. */
  readonly fault: Fault | undefined;
  /** True while an answer to this very question is awaited. */
  readonly pending: boolean;
}

export interface Queries {
  /** The present answer; asks when nobody has asked yet. */
  read<N extends QueryName>(name: N, input: Input<N>): Answer<N>;
  /** Calls the listener when the answer changes; the question is kept fresh while anybody listens. */
  watch<N extends QueryName>(name: N, input: Input<N>, listener: () => void): () => void;
  /** Asks afresh and resolves with the answer, or rejects with the fault. */
  fetch<N extends QueryName>(name: N, input: Input<N>): Promise<Output<N>>;
  /** Puts an answer the station gave by another way. */
  put<N extends QueryName>(name: N, input: Input<N>, data: Output<N>): void;
  /** Makes every answer stale that depends on one of the topics; all of them when none is named. */
  invalidate(topics?: readonly Topic[]): void;
  /** Forgets everything: another person is at the window. */
  clear(): void;
}

interface Entry {
  readonly name: QueryName;
  readonly input: unknown;
  readonly listeners: Set<() => void>;
  answer: Answer<QueryName>;
  /** Number of the newest asking: an answer to an older one is dropped. */
  asked: number;
}

/** Answers nobody listens to any more are kept up to this many, so that a screen returns at once. */
const unheardMax = 60;

const nothing: Answer<QueryName> = Object.freeze({
  data: undefined,
  fault: undefined,
  pending: true,
});

function faultOf(error: unknown): Fault {
  if (error instanceof FaultError) return error.fault;
  throw error;
}

export function createQueries(link: Pick<Link, 'ask'>): Queries {
  const entries = new Map<string, Entry>();

  const set = (entry: Entry, answer: Answer<QueryName>): void => {
    entry.answer = Object.freeze(answer);
    for (const listener of [...entry.listeners]) listener();
  };

  const ask = async (entry: Entry): Promise<unknown> => {
    entry.asked += 1;
    const asked = entry.asked;
    if (!entry.answer.pending) set(entry, { ...entry.answer, pending: true });
    try {
      const data = await link.ask(entry.name, entry.input as never);
      if (asked === entry.asked) {
        set(entry, { data: data as never, fault: undefined, pending: false });
      }
      return data;
    } catch (error) {
      const fault = faultOf(error);
      if (asked === entry.asked) set(entry, { data: entry.answer.data, fault, pending: false });
      throw error;
    }
  };

  const prune = (): void => {
    const unheard = [...entries].filter(([, entry]) => entry.listeners.size === 0);
    for (const [key] of unheard.slice(0, Math.max(0, unheard.length - unheardMax))) {
      entries.delete(key);
    }
  };

  const find = (name: QueryName, input: unknown): { entry: Entry; isNew: boolean } => {
    const key = `${name} ${JSON.stringify(input)}`;
    const known = entries.get(key);
    if (known) return { entry: known, isNew: false };
    const entry: Entry = { name, input, listeners: new Set(), answer: nothing, asked: 0 };
    prune();
    entries.set(key, entry);
    return { entry, isNew: true };
  };

  const quietly = (entry: Entry): void => {
    ask(entry).catch(() => undefined);
  };

  return Object.freeze({
    read<N extends QueryName>(name: N, input: Input<N>) {
      const { entry, isNew } = find(name, input);
      if (isNew) quietly(entry);
      return entry.answer as Answer<N>;
    },
    watch<N extends QueryName>(name: N, input: Input<N>, listener: () => void) {
      const { entry, isNew } = find(name, input);
      if (isNew) quietly(entry);
      entry.listeners.add(listener);
      return () => void entry.listeners.delete(listener);
    },
    fetch<N extends QueryName>(name: N, input: Input<N>) {
      return ask(find(name, input).entry) as Promise<Output<N>>;
    },
    put<N extends QueryName>(name: N, input: Input<N>, data: Output<N>) {
      const { entry } = find(name, input);
      entry.asked += 1;
      set(entry, { data: data as never, fault: undefined, pending: false });
    },
    invalidate(topics?: readonly Topic[]) {
      for (const [key, entry] of [...entries]) {
        const depends = queryTopics[entry.name].some((topic) => topics?.includes(topic) ?? true);
        if (!depends && topics) continue;
        if (entry.listeners.size > 0) quietly(entry);
        else entries.delete(key);
      }
    },
    clear() {
      for (const [key, entry] of [...entries]) {
        if (entry.name === 'session.state') continue;
        entries.delete(key);
      }
    },
  });
}
