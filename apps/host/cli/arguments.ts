// Reads the command line of the headless host and says, in words, what is wrong with it.
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { defaultFolder } from '#host/options.ts';
import { Refusal } from '#station/bank/refusal.ts';
import type { Command } from './command.ts';

export interface Asked {
  readonly command: Command;
  readonly values: readonly string[];
  readonly options: Readonly<Record<string, string>>;
  readonly folder: string;
  readonly json: boolean;
}

/** What every command takes. */
const shared = {
  data: { type: 'string' },
  demo: { type: 'boolean' },
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

const refuse = (sentence: string): Refusal => new Refusal('bad-usage', sentence);

function find(commands: readonly Command[], positionals: readonly string[]): Command {
  const typed = positionals.join(' ');
  const found = commands.find(({ words }) => typed === words || typed.startsWith(`${words} `));
  if (found) return found;
  throw refuse(typed === '' ? 'Which command?' : `There is no command "${typed}".`);
}

/** Lists the commands with their arguments and options. */
export function usage(commands: readonly Command[]): string {
  const lines = commands.map(({ words, parameters, options = {}, summary }) => {
    const more = Object.keys(options).map((name) => `[--${name} N]`);
    return `  qenex ${[words, ...parameters, ...more].join(' ').padEnd(44)} ${summary}`;
  });
  return [
    'Usage: npm run -s qenex -- COMMAND [--data DIR] [--demo] [--json]',
    ...lines,
    'Exit code: 0 it holds, 1 it does not, 2 asked wrongly.',
    '',
  ].join('\n');
}

function parse(commands: readonly Command[], args: readonly string[]) {
  const own = commands.flatMap(({ options = {} }) => Object.keys(options));
  const options = Object.fromEntries(own.map((name) => [name, { type: 'string' as const }]));
  try {
    return parseArgs({
      args: [...args],
      options: { ...options, ...shared },
      allowPositionals: true,
    });
  } catch (error) {
    throw refuse(`${(error as Error).message}.`);
  }
}

/** Whether so many arguments are what the command takes. */
function fits(count: number, parameters: readonly string[]): boolean {
  const last = parameters.at(-1) ?? '';
  if (!/\.\.\.\]?$/.test(last)) return count === parameters.length;
  return count >= parameters.length - (last.startsWith('[') ? 1 : 0);
}

/** Reads what was asked, or undefined when help was; refuses `bad-usage`. */
export function readAsked(
  commands: readonly Command[],
  args: readonly string[],
  environment: NodeJS.ProcessEnv = process.env,
): Asked | undefined {
  const { positionals, values: given } = parse(commands, args);
  const { data, demo, json, help, ...rest } = given as Record<string, string | boolean | undefined>;
  if (help === true) return undefined;
  const command = find(commands, positionals);
  const values = positionals.slice(command.words.split(' ').length);
  const { words, parameters } = command;
  if (!fits(values.length, parameters)) {
    const takes = parameters.length === 0 ? 'no argument' : parameters.join(' ');
    throw refuse(`"${words}" takes ${takes}, not ${values.length} arguments.`);
  }
  const foreign = Object.keys(rest).find((name) => !(name in (command.options ?? {})));
  if (foreign !== undefined) throw refuse(`"${words}" takes no option --${foreign}.`);
  if (data === '') throw refuse('--data needs the name of a folder.');
  const isDemonstration = demo === true || words === 'demo';
  const folder =
    typeof data === 'string' ? resolve(data) : defaultFolder(environment, isDemonstration);
  const options = rest as Record<string, string>;
  return Object.freeze({ command, values, options, folder, json: json === true });
}
