// The headless host: the same branch without a window, for scripts, checks and auditors.
import { Refusal } from '#station/bank/refusal.ts';
import { branchFile } from '#station/branch.ts';
import { storeRefusal } from '#station/ledger/open-failure.ts';
import { type Asked, readAsked, usage } from './arguments.ts';
import { branchAccess } from './branch.ts';
import type { Command, Outcome } from './command.ts';
import { logAcceptHead } from './commands/accept-head.ts';
import { demo } from './commands/demo.ts';
import { identifierCheck, identifierRepair } from './commands/identifier.ts';
import {
  messageBuild,
  messageCheck,
  messageExplain,
  messageTranslate,
} from './commands/message.ts';
import { ledgerPost } from './commands/post.ts';
import { ledgerRebuild } from './commands/rebuild.ts';
import { receiptVerify } from './commands/receipt.ts';
import { riskEvaluate, riskExplain, riskScore, riskTrain } from './commands/risk.ts';
import { statement } from './commands/statement.ts';
import { trialBalance } from './commands/trial-balance.ts';
import { logVerify } from './commands/verify.ts';

const commands: readonly Command[] = [
  demo,
  logVerify,
  logAcceptHead,
  trialBalance,
  ledgerRebuild,
  statement,
  ledgerPost,
  receiptVerify,
  identifierCheck,
  identifierRepair,
  messageBuild,
  messageCheck,
  messageExplain,
  messageTranslate,
  riskTrain,
  riskEvaluate,
  riskScore,
  riskExplain,
];

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

function print({ ok, json, text, lines }: Outcome, asJson: boolean): number {
  for (const line of lines ?? []) process.stdout.write(`${JSON.stringify(line, plain)}\n`);
  if (lines) return ok ? 0 : 1;
  process.stdout.write(`${asJson ? JSON.stringify(json, plain) : text}\n`);
  return ok ? 0 : 1;
}

function refuse({ reason, message }: Refusal, asJson: boolean): number {
  if (asJson) process.stdout.write(`${JSON.stringify({ ok: false, reason, message })}\n`);
  else process.stderr.write(`${message}\n`);
  if (reason === 'bad-usage' && !asJson) process.stderr.write(usage(commands));
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

async function main(args: readonly string[]): Promise<number> {
  const asJson = args.includes('--json');
  try {
    const asked = readAsked(commands, args);
    if (!asked) {
      process.stdout.write(usage(commands));
      return 0;
    }
    return print(await run(asked), asJson);
  } catch (error) {
    if (error instanceof Refusal) return refuse(error, asJson);
    throw error;
  }
}

process.exitCode = await main(process.argv.slice(2));
