// Goes on with a log its witness does not know, by a supervisor's word: `qenex log accept-head`.
import { ask, systemTerminal } from '#host/passphrase.ts';
import { acceptHead, type HeadLook, lookAtHead } from '#station/accept-head.ts';
import { Refusal } from '#station/bank/refusal.ts';
import { portsOf } from '../branch.ts';
import type { Command, Context, Outcome } from '../command.ts';

const nameOf = (head: HeadLook['witnessed']): string =>
  head === null ? 'none that can be read' : `event ${head.seq} (${head.hash || 'an empty log'})`;

function wordsOf({ head, witnessed, message }: HeadLook): string {
  return `${message}\nThe log's head now: ${nameOf(head)}. The head remembered: ${nameOf(witnessed)}.`;
}

/** Nothing is accepted by looking: the branch still does not open, so this ends with 1. */
function shown(look: HeadLook): Outcome {
  const how = `To accept exactly this head: log accept-head --head ${look.head.hash} --staff USER`;
  return { ok: false, json: { ok: false, ...look }, text: `${wordsOf(look)}\n${how}` };
}

async function accept(folder: string, head: string, user: string): Promise<Outcome> {
  const [password = '', code = ''] = await ask(systemTerminal, [
    `Password of ${user}: `,
    'Code of the authenticator app (empty where there is none): ',
  ]);
  const accepted = await acceptHead(portsOf(folder), head.toLowerCase(), { user, password, code });
  const { recorded } = accepted;
  const said = `Accepted by ${user}, recorded as event ${recorded}. The branch opens again.`;
  return { ok: true, json: { ok: true, ...accepted }, text: `${wordsOf(accepted)}\n${said}` };
}

async function run({ folder, options, read }: Context): Promise<Outcome> {
  const { head, staff } = options;
  if ((head === undefined) !== (staff === undefined)) {
    throw new Refusal(
      'bad-usage',
      'To accept a head, both --head HASH and --staff USER are needed.',
    );
  }
  await existing(read);
  if (head === undefined || staff === undefined) return shown(await lookAtHead(portsOf(folder)));
  return accept(folder, head, staff);
}

/** A branch that is not there is not made by looking for its head. */
async function existing(read: Context['read']): Promise<void> {
  try {
    await read(() => undefined);
  } catch (error) {
    if (error instanceof Refusal && error.reason === 'branch-missing') throw error;
  }
}

export const logAcceptHead: Command = Object.freeze({
  words: 'log accept-head',
  parameters: [],
  options: {
    head: 'hash of the head that is accepted, 64 hex digits',
    staff: 'user name of the administrator or supervisor who accepts it',
  },
  summary: 'shows, or accepts, a head the witness does not know',
  run,
});
