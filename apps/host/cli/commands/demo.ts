// Makes the demonstration branch without opening a window: `qenex demo`.
import { tellProgress } from '#host/progress.ts';
import { createLogReader } from '#station/ledger/log.ts';
import { portsOf } from '../branch.ts';
import type { Command, Context, Outcome } from '../command.ts';

async function run({ folder, read }: Context): Promise<Outcome> {
  const { createDemonstration } = await import('#station/demonstrate.ts');
  const progress = tellProgress((sentence) => process.stderr.write(sentence));
  const isMade = await createDemonstration(portsOf(folder, true), { progress });
  const head = await read((database) => {
    const seq = database.prepare('SELECT max(seq) FROM event').pluck().get() as bigint;
    return { seq: Number(seq), hash: createLogReader(database).hashOf(Number(seq)) };
  });
  const verb = isMade ? 'was made' : 'stands ready';
  return {
    ok: true,
    json: { ok: true, made: isMade, folder, events: head.seq, head: head.hash },
    text: `The demonstration branch ${verb} in ${folder}: ${head.seq} events, head ${head.hash}.`,
  };
}

export const demo: Command = Object.freeze({
  words: 'demo',
  parameters: [],
  summary: 'makes the demonstration branch',
  run,
});
