// Sends a command exactly once: the key outlives a lost connection, and the station is asked what became of it.
import { FaultError } from '#contract/client.ts';
import type { CommandName, Input, Output } from '#contract/index.ts';
import type { Fault } from '#contract/wire.ts';
import type { Link } from './link.ts';

export interface SubmissionPorts {
  readonly link: Pick<Link, 'ask' | 'online' | 'state'>;
  readonly makeKey: () => string;
  /** Told what is sent, and when its outcome is known; so that a crash in between can be made good. */
  readonly keep?: {
    sent(name: CommandName, input: unknown, key: string): void;
    known(key: string): void;
  };
}

export interface Submissions {
  /**
   * Sends the command and resolves with its answer, or rejects with a `FaultError`. When the connection is
   * lost on the way it waits for the workstation, asks what was recorded under the key, and sends again
   * only what was never recorded. `unsure` is called while that is so.
   */
  send<N extends CommandName>(
    name: N,
    input: Input<N>,
    unsure?: (isUnsure: boolean) => void,
  ): Promise<Output<N>>;
}

function isLost(error: unknown): boolean {
  return error instanceof FaultError && error.fault.code === 'lost';
}

/** A definite no: the bank or the shape refused it, so the next try is a new one. */
function isDefinite(error: unknown): boolean {
  return error instanceof FaultError && !['lost', 'internal'].includes(error.fault.code);
}

function refusedThen(reason: string, message: string): FaultError {
  const fault: Fault = { code: 'refused', reason, message };
  return new FaultError(fault);
}

const stopped: Fault = {
  code: 'refused',
  reason: 'workstation-stopped',
  message: 'The workstation does not answer, so nothing was sent. Try again when it is back.',
};

const signedOut: Fault = {
  code: 'internal',
  reason: 'outcome-unknown',
  message:
    'Sign in and send it again as it stands: it is not done twice, and you see what became of it.',
};

/** Asking is for people signed in; after a restart that may have to happen first. */
function whoAsks(error: unknown): never {
  if (error instanceof FaultError && error.fault.code === 'forbidden') {
    throw new FaultError(signedOut);
  }
  throw error;
}

/** Makes the sender for keyed commands; one for the whole page, so that a repeated click shares its key. */
export function createSubmissions(ports: SubmissionPorts): Submissions {
  const { link, makeKey, keep } = ports;
  /** Key by content, of what was sent and never answered for certain. */
  const open = new Map<string, string>();

  const settle = async <N extends CommandName>(
    name: N,
    input: Input<N>,
    key: string,
  ): Promise<Output<N>> => {
    await link.online();
    const outcome = await link.ask('outcome.find', { key }).catch(whoAsks);
    if (outcome.state === 'recorded') return outcome.result as Output<N>;
    if (outcome.state === 'refused') throw refusedThen(outcome.reason, outcome.message);
    return link.ask(name, input, { key });
  };

  const untilKnown = async <N extends CommandName>(
    name: N,
    input: Input<N>,
    key: string,
  ): Promise<Output<N>> => {
    for (;;) {
      try {
        return await settle(name, input, key);
      } catch (error) {
        if (!isLost(error)) throw error;
      }
    }
  };

  return Object.freeze({
    async send<N extends CommandName>(
      name: N,
      input: Input<N>,
      unsure: (isUnsure: boolean) => void = () => undefined,
    ) {
      if (link.state() !== 'online') throw new FaultError(stopped);
      const content = `${name} ${JSON.stringify(input)}`;
      const key = open.get(content) ?? makeKey();
      open.set(content, key);
      keep?.sent(name, input, key);
      const isKnown = (): void => {
        open.delete(content);
        keep?.known(key);
      };
      try {
        const output = await link.ask(name, input, { key }).catch((error: unknown) => {
          if (!isLost(error)) throw error;
          unsure(true);
          return untilKnown(name, input, key).finally(() => unsure(false));
        });
        isKnown();
        return output;
      } catch (error) {
        if (isDefinite(error)) isKnown();
        throw error;
      }
    },
  });
}
