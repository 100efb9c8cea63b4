// Lets a process of its own use a guard that outlives it, as the kernel's does: calls over two pipes, waited for.
import { type ChildProcess, execFileSync } from 'node:child_process';
import { closeSync, createReadStream, openSync, readSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { GuardError } from './error.ts';
import type { Guard, GuardDevice } from './guard.ts';

const calls = [
  ...['info', 'attach', 'loadBegin', 'loadCommit', 'createAccount', 'account', 'accounts'],
  ...['transfer', 'batch', 'lookup', 'holds', 'checkpoint', 'setLimits', 'seal', 'extend', 'quote'],
] as const;

const pack = (value: unknown): string =>
  JSON.stringify(value, (_name, one: unknown) =>
    typeof one === 'bigint' ? { $n: `${one}` } : one,
  );
const unpack = (text: string): unknown =>
  JSON.parse(text, (_name, one: unknown) =>
    one !== null && typeof one === 'object' && '$n' in one ? BigInt(one.$n as string) : one,
  );

/** The two pipes in a folder. */
export function makePipes(folder: string): { readonly to: string; readonly from: string } {
  const pipes = { to: join(folder, 'to-guard'), from: join(folder, 'from-guard') };
  execFileSync('mkfifo', [pipes.to, pipes.from]);
  return pipes;
}

/**
 * The guard at the other end of the pipes, one session. `edge` is called before each call is sent and after
 * its answer is read: where a test lets the process die.
 */
export function remoteDevice(
  pipes: { readonly to: string; readonly from: string },
  edge: (what: string) => void,
): GuardDevice {
  const to = openSync(pipes.to, 'r+');
  const from = openSync(pipes.from, 'r+');
  const readLine = (): string => {
    const byte = Buffer.alloc(65_536);
    let text = '';
    while (!text.endsWith('\n')) text += byte.toString('utf8', 0, readSync(from, byte));
    return text;
  };
  const ask = (name: string, given: readonly unknown[]): unknown => {
    edge(`before ${name}`);
    writeSync(to, `${pack([name, ...given])}\n`);
    const answer = unpack(readLine()) as { value?: unknown; code?: string; result?: never };
    edge(`after ${name}`);
    if (answer.code !== undefined) throw new GuardError(answer.code, answer.result ?? null);
    return answer.value;
  };
  return {
    open() {
      const made = calls.map((name) => [name, (...given: unknown[]) => ask(name, given)]);
      return { kind: 'kernel', close() {}, ...Object.fromEntries(made) } as Guard;
    },
  };
}

/** Serves one session of the guard to a process until it is gone; then the session is closed. */
export async function serve(
  guard: Guard,
  pipes: { readonly to: string; readonly from: string },
  child: ChildProcess,
): Promise<void> {
  const answers = openSync(pipes.from, 'r+');
  const held = openSync(pipes.to, 'r+');
  const stream = createReadStream('', { fd: held, autoClose: false, encoding: 'utf8' });
  let text = '';
  stream.on('data', (chunk) => {
    text += chunk;
    const lines = text.split('\n');
    text = lines.pop() ?? '';
    for (const line of lines) writeSync(answers, `${pack(answer(guard, line))}\n`);
  });
  await new Promise((resolve) => child.once('close', resolve));
  stream.destroy();
  // A last empty line wakes the reader, which waits in a thread of its own.
  writeSync(held, '\n');
  closeSync(answers);
  guard.close();
}

function answer(guard: Guard, line: string): object {
  if (line === '') return {};
  const [name, ...given] = unpack(line) as [string, ...unknown[]];
  const call = guard[name as 'info'] as (...given: unknown[]) => unknown;
  try {
    return { value: call(...given) };
  } catch (error) {
    if (!(error instanceof GuardError)) throw error;
    return { code: error.code, result: error.result };
  }
}
