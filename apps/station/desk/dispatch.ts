// Takes every frame from a screen through the same gate: shape, person, input, decision, record, answer.
import type { z } from 'zod';
import { operations } from '#contract/index.ts';
import type { Access, Command, Operation } from '#contract/operation.ts';
import type { Fault, ReplyFrame } from '#contract/wire.ts';
import { Refusal } from '../bank/refusal.ts';
import { commandDigest, type Seal } from './credential-digest.ts';
import type { Announcer, Asker, Moment, Person, Recorded, SignedIn } from './desk.ts';

/** What a key is remembered for. */
export interface Outcome {
  readonly seq: number;
  /** Staff id of who asked. */
  readonly actor: string;
  readonly digest: string;
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** The part of the ledger the dispatcher writes through. */
export interface CommandLog {
  /** Runs the work in a durable transaction together with whatever else waits; rejects what it throws. */
  submit<T>(work: () => T): Promise<T>;
  find(key: string): Outcome | null;
  /** Number, time and business date the next event will have. Only inside `submit`. */
  moment(): Moment;
  append(event: {
    readonly type: string;
    readonly actor: string;
    readonly key: string;
    readonly digest: string;
    readonly data: Readonly<Record<string, unknown>>;
  }): void;
}

export interface DispatcherParts {
  /** The table of handlers; loosely typed here because names arrive as text. */
  readonly handlers: Readonly<Record<string, unknown>>;
  readonly log: CommandLog;
  readonly announcer: Announcer;
  /** The person signed in at a window whose session is open (not locked, not half signed in). */
  readonly personOf: (window: number) => Person | null;
  /** Seals the secrets of an input before it is digested; the same for the branch's whole life. */
  readonly seal: Seal;
  readonly report: (where: string, error: unknown) => void;
  /** What an event says of where it was asked: the desk on the LAN, or nothing. */
  readonly placeOf?: (window: number) => Readonly<Record<string, unknown>>;
}

export interface Dispatcher {
  /** Answers one frame of one window; never throws. Returns null when the frame has no usable id. */
  handle(frame: unknown, window: number): Promise<ReplyFrame | null>;
}

interface LooseKeyed {
  before?(input: unknown, asker: SignedIn): Promise<unknown>;
  record(input: unknown, asker: SignedIn, moment: Moment, prepared: unknown): Recorded<unknown>;
  complete?(result: unknown): unknown;
}
type LooseHandler = (input: unknown, asker: Asker) => unknown;

const depthMax = 24;
const keyPattern = /^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/;

class Answer extends Error {
  readonly fault: Fault;
  constructor(fault: Fault) {
    super(fault.message);
    this.fault = fault;
  }
}

/** Runs keyed commands: once for their key, refusals included. */
function createKeyedRunner(parts: DispatcherParts) {
  const { handlers, log, announcer, personOf } = parts;

  async function run(request: Request, asker: SignedIn): Promise<unknown> {
    const key = checkedKey(request.key);
    const digest = recordableDigest(request, parts.seal);
    const actor = String(asker.person.id);
    const handler = handlers[request.name] as LooseKeyed;
    const finish = (result: unknown): unknown =>
      handler.complete ? handler.complete(result) : result;
    const remembered = log.find(key);
    if (remembered) return finish(recall(remembered, actor, digest));
    try {
      const prepared = await handler.before?.(request.input, asker);
      const { recorded, result } = await log.submit(() => {
        const again = log.find(key);
        if (again) return { recorded: null, result: recall(again, actor, digest) };
        // While `before` was awaited the session may have ended, or the role been taken away.
        refuseGone(request.name, personOf(asker.window), asker);
        const recorded = handler.record(request.input, asker, log.moment(), prepared);
        const place = parts.placeOf?.(asker.window);
        const data = { ...recorded.data, ...place, result: recorded.result };
        log.append({ type: recorded.type, actor, key, digest, data });
        for (const event of recorded.following ?? []) {
          log.append({ ...event, actor, key: '', digest: '' });
        }
        return { recorded, result: recorded.result };
      });
      if (recorded) {
        announcer.changed([...recorded.topics, 'log']);
        recorded.announce?.();
      }
      return finish(result);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      await remember(request.name, error, { actor, key, digest });
      throw error;
    }
  }

  /** A refusal has one outcome for ever too: the same key never turns into a success later. */
  async function remember(
    name: string,
    refusal: Refusal,
    stamp: { actor: string; key: string; digest: string },
  ): Promise<void> {
    await log.submit(() => {
      if (log.find(stamp.key)) return;
      const { reason, message, field = '' } = refusal;
      log.append({ type: 'command.refused', ...stamp, data: { field, message, name, reason } });
    });
    announcer.changed(['log']);
  }

  return run;
}

/** The same denial is recorded at most this often: a page that keeps asking must not fill the log. */
const denialMs = 60_000;

/** Says no to somebody without the role, and leaves it in the audit trail. */
function createForbidder(log: CommandLog): (name: string, asker: Asker) => Promise<Fault> {
  /** Staff id and operation -> when their denial was last recorded. */
  const recordedAt = new Map<string, number>();

  async function record(name: string, actor: string): Promise<void> {
    await log.submit(() => {
      const { at } = log.moment();
      const last = recordedAt.get(`${actor} ${name}`);
      if (last !== undefined && at - last < denialMs) return;
      log.append({ type: 'access.denied', actor, key: '', digest: '', data: { name } });
      recordedAt.set(`${actor} ${name}`, at);
    });
  }

  return async (name, { person }) => {
    if (person) await record(name, String(person.id));
    return {
      code: 'forbidden',
      reason: person ? 'role-missing' : 'not-signed-in',
      message: person
        ? `${person.name} does not have a role that may do this (${name}).`
        : 'Nobody is signed in at this window; sign in first.',
    };
  };
}

export function createDispatcher(parts: DispatcherParts): Dispatcher {
  const { handlers, log, personOf, report } = parts;
  const runKeyed = createKeyedRunner(parts);
  const forbid = createForbidder(log);

  async function answer(request: Request, operation: Operation, window: number): Promise<unknown> {
    const asker: Asker = { window, person: personOf(window) };
    if (!mayAsk(operation.access, asker.person)) {
      throw new Answer(await forbid(request.name, asker));
    }
    const parsed = operation.input.safeParse(request.raw);
    if (!parsed.success) throw new Answer(badInput(parsed.error));
    request.input = parsed.data;
    if (operation.kind === 'command' && (operation as Command).keyed) {
      return runKeyed(request, asker as SignedIn);
    }
    return (handlers[request.name] as LooseHandler)(request.input, asker);
  }

  return Object.freeze({
    async handle(frame: unknown, window: number): Promise<ReplyFrame | null> {
      const id = frameId(frame);
      if (id === null) return null;
      try {
        const { request, operation } = readRequest(frame as Record<string, unknown>);
        const output = await answer(request, operation, window);
        return { id, ok: true, output };
      } catch (error) {
        return { id, ok: false, fault: faultOf(error, report) };
      }
    },
  });
}

interface Request {
  readonly name: string;
  readonly raw: unknown;
  readonly key: unknown;
  input: unknown;
}

function frameId(frame: unknown): number | null {
  if (typeof frame !== 'object' || frame === null || Array.isArray(frame)) return null;
  const id = Object.hasOwn(frame, 'id') ? (frame as { id: unknown }).id : null;
  return Number.isSafeInteger(id) ? (id as number) : null;
}

function readRequest(frame: Record<string, unknown>): { request: Request; operation: Operation } {
  const { name, input, key } = frame;
  if (typeof name !== 'string' || !Object.hasOwn(operations, name)) {
    throw new Answer({
      code: 'unknown',
      reason: 'unknown-operation',
      message: 'This workstation does not know that operation; its screens may be older or newer.',
    });
  }
  if (!isShallow(input)) {
    throw new Answer({
      code: 'bad-input',
      reason: 'too-deep',
      message: `The input is nested deeper than ${depthMax} levels.`,
    });
  }
  const operation = operations[name as keyof typeof operations] as Operation;
  return { request: { name, raw: input, key, input: undefined }, operation };
}

/** True when the value is nested at most `depthMax` levels; walks without recursion. */
function isShallow(value: unknown): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; depth <= depthMax; depth++) {
    const next: unknown[] = [];
    for (const item of level) {
      if (typeof item !== 'object' || item === null) continue;
      for (const inner of Object.values(item)) next.push(inner);
    }
    if (next.length === 0) return true;
    level = next;
  }
  return false;
}

/** Refuses a command whose asker is not at the window any more, or may not ask any more. */
function refuseGone(name: string, now: Person | null, asker: SignedIn): void {
  const { access } = operations[name as keyof typeof operations] as Operation;
  if (now?.id === asker.person.id && mayAsk(access, now)) return;
  throw new Answer({
    code: 'forbidden',
    reason: 'session-ended',
    message: 'Your session ended while this was being checked; nothing was done. Sign in again.',
  });
}

function mayAsk(access: Access, person: Person | null): boolean {
  if (access === 'anyone') return true;
  if (person === null) return false;
  return access === 'signed-in' || access.some((role) => person.roles.includes(role));
}

function checkedKey(key: unknown): string {
  if (typeof key !== 'string' || !keyPattern.test(key)) {
    throw new Answer({
      code: 'bad-input',
      reason: 'key-missing',
      message: 'A command needs an idempotency key, a UUID in lower case.',
      field: 'key',
    });
  }
  return key.replaceAll('-', '');
}

/** The digest of a command; input of a shape that no event could hold is refused like any bad input. */
function recordableDigest(request: Request, seal: Seal): string {
  try {
    return commandDigest(request.name, request.raw, seal);
  } catch {
    throw new Answer({
      code: 'bad-input',
      reason: 'not-recordable',
      message:
        'The input holds a number that is not whole, half a character, or nothing where a value belongs.',
    });
  }
}

function recall(outcome: Outcome, actor: string, digest: string): unknown {
  if (outcome.digest !== digest || outcome.actor !== actor) {
    throw new Refusal(
      'key-reused',
      'This idempotency key already stands for another command; nothing was done. Submit again.',
      'key',
    );
  }
  if (outcome.type !== 'command.refused') return outcome.data.result;
  const { reason, message, field } = outcome.data as Record<string, string>;
  throw new Refusal(reason ?? 'refused', message ?? 'Refused before.', field || undefined);
}

function badInput(error: z.ZodError): Fault {
  const issue = error.issues[0];
  const field = issue?.path.map(String).join('.') ?? '';
  const what = issue?.message ?? 'is not of the right shape';
  const fault = { code: 'bad-input', reason: 'bad-input', message: sentence(field, what) } as const;
  return field === '' ? fault : { ...fault, field };
}

function sentence(field: string, what: string): string {
  const subject = field === '' ? 'The input' : `“${field}”`;
  return `${subject} ${what.charAt(0).toLowerCase()}${what.slice(1)}.`;
}

function faultOf(error: unknown, report: DispatcherParts['report']): Fault {
  if (error instanceof Answer) return error.fault;
  if (error instanceof Refusal) {
    const { reason, message, field } = error;
    const fault = { code: 'refused', reason, message } as const;
    return field === undefined ? fault : { ...fault, field };
  }
  report('dispatch', error);
  return {
    code: 'internal',
    reason: 'internal',
    message: 'The workstation made a mistake; nothing was written. It has been noted for support.',
  };
}
