// Runs one command of the headless host and says how it ended; where its words go is the caller's.
import { Refusal } from '#station/bank/refusal.ts';
import { branchFile } from '#station/branch.ts';
import { storeRefusal } from '#station/ledger/open-failure.ts';
import { type Asked, readAsked, usage } from './arguments.ts';
import { branchAccess } from './branch.ts';
import type { Outcome } from './command.ts';
import { allCommands, commandsFor } from './groups.ts';

/** Refusals that are the asker's doing; any other says that the branch does not hold. */
const askedWrongly = new Set([
  'bad-usage',
  'bad-line',
  'unknown-kind',
  'branch-missing',
  'account-unknown',
  'unknown-profile',
  'profile-not-in-force',
  'no-label',
  'missing-columns',
  'bad-feature',
  'nothing-to-accept',
]);

const plain = (_name: string, value: unknown): unknown =>
  typeof value === 'bigint' ? value.toString() : value;

/** Where a command's answer and its complaints go. */
export interface Writer {
  out(text: string): void;
  err(text: string): void;
}

function print({ ok, json, text, lines }: Outcome, asJson: boolean, to: Writer): number {
  for (const line of lines ?? []) to.out(`${JSON.stringify(line, plain)}\n`);
  if (lines) return ok ? 0 : 1;
  to.out(`${asJson ? JSON.stringify(json, plain) : text}\n`);
  return ok ? 0 : 1;
}

async function refuse(refusal: Refusal, asJson: boolean, to: Writer): Promise<number> {
  const { reason, message, details } = refusal;
  if (asJson) to.out(`${JSON.stringify({ ok: false, reason, message, ...details })}\n`);
  else to.err(`${message}\n`);
  if (reason === 'bad-usage' && !asJson) to.err(usage(await allCommands()));
  return askedWrongly.has(reason) ? 2 : 1;
}

/** What the disk or the file does wrong while the command reads comes out in words, too. */
async function run({ command, folder, values, options }: Asked): Promise<Outcome> {
  try {
    return await command.run({ folder, values, options, ...branchAccess(folder) });
  } catch (error) {
    throw storeRefusal(error, branchFile(folder)) ?? error;
  }
}

/** Runs what the arguments ask; resolves with the exit code: 0 it holds, 1 it does not, 2 asked wrongly. */
export async function runCommand(args: readonly string[], to: Writer): Promise<number> {
  const asJson = args.includes('--json');
  try {
    const asked = readAsked(await commandsFor(args), args);
    if (!asked) {
      to.out(usage(await allCommands()));
      return 0;
    }
    return print(await run(asked), asJson, to);
  } catch (error) {
    if (error instanceof Refusal) return refuse(error, asJson, to);
    throw error;
  }
}
