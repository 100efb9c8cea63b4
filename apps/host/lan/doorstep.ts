// Answers a window of a desk that no station lets in: why so, and the one form in which a code is typed.
import { deskCode, type SessionState } from '#contract/session.ts';
import type { Fault, Pipe, ReplyFrame } from '#contract/wire.ts';
import { Refusal } from '#station/bank/refusal.ts';

export interface DoorstepOptions {
  readonly pipe: Pipe;
  /** Why the desk is not let in; empty at its first start. */
  readonly message: string;
  /** Enrols by the code; refuses in words. */
  readonly enrol: (code: string) => Promise<void>;
  /** Called once the desk is enrolled: the window is to come back, to the station itself. */
  readonly enrolled: () => void;
  readonly report: (where: string, error: unknown) => void;
}

const state: SessionState = Object.freeze({
  ...{ stage: 'attach' as const, bank: null, branch: null, businessDate: null, person: null },
  ...{ dayState: 'never-opened' as const, demonstration: false, till: null, until: null },
  ...{ idleLockMs: 300_000, desk: null },
});

const nobody: Fault = Object.freeze({
  code: 'forbidden',
  reason: 'desk-not-attached',
  message: 'This desk is not attached to a station yet; type the code first.',
});

/** Takes the window in; the function returned lets it go. */
export function openDoorstep(options: DoorstepOptions): () => void {
  const { pipe, message } = options;
  let isBusy = false;

  async function attach(input: unknown): Promise<Fault | null> {
    const parsed = deskCode.safeParse((input as { code?: unknown } | null)?.code);
    if (!parsed.success) {
      const what = parsed.error.issues[0]?.message ?? 'is not a code';
      return { code: 'bad-input', reason: 'bad-input', message: `“code” ${what}.`, field: 'code' };
    }
    // One at a time: a code counts once, and so does a try.
    if (isBusy) return { ...nobody, reason: 'busy', message: 'The code is being tried.' };
    isBusy = true;
    try {
      await options.enrol(parsed.data);
      return null;
    } catch (error) {
      return faultOf(error, options.report);
    } finally {
      isBusy = false;
    }
  }

  async function answer(id: number, name: unknown, input: unknown): Promise<ReplyFrame> {
    if (name === 'session.state') return { id, ok: true, output: state };
    if (name !== 'session.attachDesk') return { id, ok: false, fault: nobody };
    const fault = await attach(input);
    return fault === null ? { id, ok: true, output: {} } : { id, ok: false, fault };
  }

  return pipe.receive((frame) => {
    const { id, name, input } = (frame ?? {}) as Record<string, unknown>;
    if (typeof id !== 'number' || !Number.isSafeInteger(id)) return;
    void answer(id, name, input).then((reply) => {
      pipe.send(reply);
      if (name === 'session.state' && message !== '') {
        pipe.send({ event: 'session.moved', payload: { stage: 'attach', message } });
      }
      if (name === 'session.attachDesk' && reply.ok) options.enrolled();
    });
  });
}

function faultOf(error: unknown, report: DoorstepOptions['report']): Fault {
  if (error instanceof Refusal) {
    const { reason, message } = error;
    return { code: 'refused', reason, message, field: 'code' };
  }
  report('lan/doorstep', error);
  return { code: 'internal', reason: 'internal', message: 'The desk could not keep its key.' };
}
