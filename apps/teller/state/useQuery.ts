// Lets a component read an answer of the station and be drawn again when it changes.
import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import type { Input, Output, QueryName } from '#contract/index.ts';
import type { Fault } from '#contract/wire.ts';
import type { Answer } from './queries.ts';
import { useStation } from './station.tsx';

export interface Reading<N extends QueryName> {
  /** The answer, or with `keep` the answer to the question before it, until the new one is there. */
  readonly data: Output<N> | undefined;
  readonly fault: Fault | undefined;
  /** True when `data` answers this very question and is not being asked again. */
  readonly isFresh: boolean;
  /** True once an answer has been awaited for longer than a person notices (200 ms). */
  readonly isSlow: boolean;
}

export interface ReadingOptions {
  /** Shows the answer to the question before, while the next one is awaited: for what follows the typing. */
  readonly keep?: boolean;
}

const noticedMs = 200;

const idle: Answer<QueryName> = { data: undefined, fault: undefined, pending: false };

/** True once `waiting` has been true for 200 ms: before that a spinner only flickers. */
export function useSlow(waiting: boolean): boolean {
  const [isSlow, setSlow] = useState(false);
  useEffect(() => {
    if (!waiting) return setSlow(false);
    const timer = setTimeout(() => setSlow(true), noticedMs);
    return () => clearTimeout(timer);
  }, [waiting]);
  return isSlow && waiting;
}

/** Reads the answer to a question and follows it; `null` asks nothing. */
export function useQuery<N extends QueryName>(
  name: N,
  input: Input<N> | null,
  options: ReadingOptions = {},
): Reading<N> {
  const { queries } = useStation();
  const key = input === null ? '' : JSON.stringify(input);
  const watch = useCallback(
    (listener: () => void) =>
      key === '' ? () => undefined : queries.watch(name, JSON.parse(key), listener),
    [queries, name, key],
  );
  const read = useCallback(
    () => (key === '' ? (idle as Answer<N>) : queries.read(name, JSON.parse(key))),
    [queries, name, key],
  );
  const answer = useSyncExternalStore(watch, read);
  const before = useRef<Output<N> | undefined>(undefined);
  useEffect(() => {
    if (answer.data !== undefined || key === '') before.current = answer.data;
  }, [answer, key]);
  const waits = answer.pending && answer.data === undefined;
  const isSlow = useSlow(waits);
  return {
    data: answer.data ?? (options.keep && waits ? before.current : undefined),
    fault: answer.fault,
    isFresh: answer.data !== undefined && !answer.pending && answer.fault === undefined,
    isSlow,
  };
}
