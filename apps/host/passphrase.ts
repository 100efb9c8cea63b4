// Asks for a branch's passphrase on the terminal, unseen, and gives the keychain that needs it.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { refuseUnless } from '#station/bank/refusal.ts';
import type { Keychain } from '#station/ports.ts';
import { createFileKeychain } from './keychain.ts';

/** Where the person sits: standard input and standard error, so that output stays clean for programs. */
export interface Terminal {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
  /** True where what is typed would be seen: the echo is then kept back. */
  readonly isTerminal: boolean;
}

export interface HostKeychainOptions {
  readonly folder: string;
  /** A branch made now is kept under a passphrase; one that is there already says itself what keeps it. */
  readonly wantsPassphrase: boolean;
  readonly terminal: Terminal;
}

export const systemTerminal: Terminal = Object.freeze({
  input: process.stdin,
  output: process.stderr,
  isTerminal: process.stdin.isTTY === true,
});

/** First bytes of a key that is wrapped under a passphrase (see keychain.ts). */
const passphraseHeading = 'QTELWRP1';

/** What keeps the branch in the folder: a passphrase, a key file, or null before there is one. */
export function keeperOf(folder: string): 'passphrase' | 'file' | null {
  const file = join(folder, 'branch.wrap');
  if (!existsSync(file)) return null;
  return readFileSync(file).subarray(0, 8).toString('latin1') === passphraseHeading
    ? 'passphrase'
    : 'file';
}

/**
 * The keychain of the kiosk and the command line. The passphrase is asked for once a start, and twice when
 * it is new; it never stands in an argument, the environment or a log. Refuses `passphrase-differs`.
 */
export function createHostKeychain(options: HostKeychainOptions): Keychain {
  const { folder, wantsPassphrase, terminal } = options;
  const keeper = keeperOf(folder) ?? (wantsPassphrase ? 'passphrase' : 'file');
  if (keeper === 'file') return createFileKeychain({ folder });
  let asked: Promise<string> | null = null;
  return createFileKeychain({
    folder,
    passphrase() {
      asked ??=
        keeperOf(folder) === null ? askNew(terminal) : ask(terminal, ['Passphrase: ']).then(first);
      return asked;
    },
  });
}

function first(lines: readonly string[]): string {
  return lines[0] ?? '';
}

async function askNew(terminal: Terminal): Promise<string> {
  const [chosen = '', again = ''] = await ask(terminal, [
    'A passphrase for the new branch: ',
    'Once more: ',
  ]);
  refuseUnless(
    chosen === again,
    'passphrase-differs',
    'The two passphrases differ; nothing was made. Start again.',
  );
  return chosen;
}

/** Asks one line for each question; on a terminal nothing of the answers is shown. */
export async function ask(terminal: Terminal, questions: readonly string[]): Promise<string[]> {
  const { input, output, isTerminal } = terminal;
  const unseen = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input, output: unseen, terminal: isTerminal });
  const read = lines[Symbol.asyncIterator]();
  const answers: string[] = [];
  try {
    for (const question of questions) {
      output.write(question);
      const { value, done } = await read.next();
      output.write('\n');
      if (done) break;
      answers.push(value);
    }
    return answers;
  } finally {
    lines.close();
  }
}
