// Records commands as the desk's dispatcher would: same checks of shape, same handlers, same events, fixed keys.
import { operations } from '#contract/index.ts';
import type { Command } from '#contract/operation.ts';
import { commandDigest, type Seal } from '../desk/credential-digest.ts';
import type { Person, Recorded, SignedIn } from '../desk/desk.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Dice } from './dice.ts';

export interface ClerkParts {
  readonly ledger: Pick<Ledger, 'append' | 'moment'>;
  /** The station's own handlers, by name. */
  readonly handlers: Readonly<Record<string, unknown>>;
  readonly seal: Seal;
  readonly dice: Dice;
  /** A member of staff by user name. */
  readonly person: (user: string) => Person;
}

/** A command on its way into the log. */
export interface Errand {
  readonly name: keyof typeof operations;
  /** Input as a screen would send it. */
  readonly input: Readonly<Record<string, unknown>>;
  /** User who sends it. */
  readonly by: string;
  /** What the handler's `before` would have answered: passwords and codes are not asked for here. */
  readonly prepared?: unknown;
  /** Adds what a migration knows and no screen may say. */
  readonly amend?: (data: Recorded<unknown>['data']) => Recorded<unknown>['data'];
}

export interface Clerk {
  /** Records one command, inside a write; returns its reply and the number of its (first) event. */
  record<R>(errand: Errand): { readonly result: R; readonly seq: number };
  /** Records an event that no command stands for, such as a label. */
  note(type: string, by: string, data: Readonly<Record<string, unknown>>): number;
}

interface Keyed {
  record(input: unknown, asker: SignedIn, moment: unknown, prepared: unknown): Recorded<unknown>;
}

export function createClerk(parts: ClerkParts): Clerk {
  const { ledger, handlers, seal, dice, person } = parts;
  const key = () => Buffer.from(dice.bytes(16)).toString('hex');

  return Object.freeze({
    record<R>({ name, input, by, prepared, amend }: Errand) {
      const asker: SignedIn = { window: 0, person: person(by) };
      const { access, input: shape } = operations[name] as Command;
      const mayAsk =
        Array.isArray(access) && access.some((role) => asker.person.roles.includes(role));
      if (!mayAsk) throw new Error(`${by} may not send ${name}.`);
      const checked = shape.parse(input);
      const moment = ledger.moment();
      const handler = handlers[name] as Keyed;
      const recorded = handler.record(checked, asker, moment, prepared);
      const { type, result, following = [] } = recorded;
      const data = { ...(amend ? amend(recorded.data) : recorded.data), result };
      const actor = String(asker.person.id);
      const digest = commandDigest(name, input, seal);
      ledger.append({ type, actor, key: key(), digest, data });
      for (const event of following) ledger.append({ ...event, actor });
      return { result: result as R, seq: moment.seq };
    },
    note(type: string, by: string, data: Readonly<Record<string, unknown>>) {
      return ledger.append({ type, actor: String(person(by).id), data }).seq;
    },
  });
}
