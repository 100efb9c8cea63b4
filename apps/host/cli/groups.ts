// Finds the commands by the word they begin with, so that a command loads what it needs and nothing else.
import type { Command } from './command.ts';

type Load = () => Promise<readonly Command[]>;

/** First word of the commands -> what loads them, in the order of the usage. A new command is named here. */
const groups: Readonly<Record<string, Load>> = {
  demo: async () => [(await import('./commands/demo.ts')).demo],
  branch: async () => [(await import('./commands/restore.ts')).branchRestore],
  log: async () => [
    (await import('./commands/verify.ts')).logVerify,
    (await import('./commands/accept-head.ts')).logAcceptHead,
  ],
  ledger: async () => [
    (await import('./commands/trial-balance.ts')).trialBalance,
    (await import('./commands/rebuild.ts')).ledgerRebuild,
    (await import('./commands/statement.ts')).statement,
    (await import('./commands/post.ts')).ledgerPost,
  ],
  receipt: async () => [(await import('./commands/receipt.ts')).receiptVerify],
  identifier: async () => {
    const { identifierCheck, identifierRepair } = await import('./commands/identifier.ts');
    return [identifierCheck, identifierRepair];
  },
  message: async () => {
    const found = await import('./commands/message.ts');
    return [
      ...[found.messageBuild, found.messageCheck],
      ...[found.messageExplain, found.messageTranslate],
    ];
  },
  risk: async () => {
    const found = await import('./commands/risk.ts');
    const { riskHandbook } = await import('./commands/risk-handbook.ts');
    const { riskBacktest } = await import('./commands/risk-backtest.ts');
    const models = [found.riskTrain, found.riskEvaluate, found.riskScore, found.riskExplain];
    return [...models, riskHandbook, riskBacktest];
  },
};

/** The commands the line may mean: those of its first word, or all where that names none. */
export async function commandsFor(args: readonly string[]): Promise<readonly Command[]> {
  const word = args.find((arg) => !arg.startsWith('-'));
  const wantsHelp = args.includes('--help') || args.includes('-h');
  const group = word !== undefined && !wantsHelp ? groups[word] : undefined;
  return group ? group() : allCommands();
}

/** Every command, for the usage. */
export async function allCommands(): Promise<readonly Command[]> {
  const loaded = await Promise.all(Object.values(groups).map((load) => load()));
  return loaded.flat();
}
