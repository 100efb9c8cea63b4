// Lets a form send a command: running, refused with the field, or in doubt and being found out.
import { useCallback, useRef, useState } from 'react';
import { FaultError } from '#contract/client.ts';
import type { CommandName, Input, Output } from '#contract/index.ts';
import type { Fault } from '#contract/wire.ts';
import { useStation } from './station.tsx';

export interface Sending<N extends CommandName> {
  readonly isRunning: boolean;
  /** True while the connection is lost and the station has yet to say what became of the command. */
  readonly isUnsure: boolean;
  readonly fault: Fault | undefined;
  /** Sends; resolves with the answer, or with undefined when it was refused (see `fault`). */
  send(input: Input<N>): Promise<Output<N> | undefined>;
  /** Takes the refusal off the screen. */
  reset(): void;
}

function faultOf(error: unknown): Fault {
  if (error instanceof FaultError) return error.fault;
  throw error;
}

/** A keyed command, sent exactly once; a second press while it runs does nothing. */
export function useCommand<N extends CommandName>(name: N): Sending<N> {
  const { submissions } = useStation();
  return useSending((input: Input<N>, unsure) => submissions.send(name, input, unsure));
}

/** A command about the session itself, which carries no key: sign-in, lock, factor. */
export function useSessionCommand<N extends CommandName>(name: N): Sending<N> {
  const { link } = useStation();
  return useSending((input: Input<N>) => link.ask(name, input));
}

function useSending<N extends CommandName>(
  ask: (input: Input<N>, unsure: (isUnsure: boolean) => void) => Promise<Output<N>>,
): Sending<N> {
  const [isRunning, setRunning] = useState(false);
  const [isUnsure, setUnsure] = useState(false);
  const [fault, setFault] = useState<Fault>();
  const running = useRef(false);

  const send = async (input: Input<N>): Promise<Output<N> | undefined> => {
    if (running.current) return undefined;
    running.current = true;
    setRunning(true);
    setFault(undefined);
    try {
      return await ask(input, setUnsure);
    } catch (error) {
      setFault(faultOf(error));
      return undefined;
    } finally {
      running.current = false;
      setRunning(false);
    }
  };
  const reset = useCallback(() => setFault(undefined), []);
  return { isRunning, isUnsure, fault, send, reset };
}
