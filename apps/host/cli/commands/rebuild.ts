// Makes every table again from the log alone: `qenex ledger rebuild`.
import { lockedRefusal, takeStationLock } from '#station/ledger/open-lock.ts';
import { type Rebuild, rebuild } from '#station/ledger/rebuild.ts';
import { verifyLog } from '#station/ledger/verify.ts';
import type { Command, Context, Outcome } from '../command.ts';
import { judgeLog } from './verify.ts';

/** The rooms' own projections, loaded anew in the worker. */
const projectionsModule = new URL(import.meta.resolve('#station/projections.ts'));

function judge({ ok, events, tables }: Rebuild): Outcome {
  const differing = tables.filter(({ before, after }) => before !== after);
  const names = differing.map(({ table }) => table);
  const text = ok
    ? `${tables.length} tables were made again from ${events} events, to the same bytes.`
    : `Made again from ${events} events, these tables came out otherwise and were put right: ${names.join(', ')}.`;
  return { ok, json: { ok, events, tables: tables.length, differing: names }, text };
}

async function replace(file: string, key: Uint8Array): Promise<Outcome> {
  const release = takeStationLock(file);
  if (release === null) throw lockedRefusal(file);
  try {
    // Tables made from a log that was tampered with would bear the tamperer's figures.
    const proof = await verifyLog({ file, key });
    if (!proof.ok) return judgeLog(proof);
    return judge(await rebuild({ file, key, mode: 'replace', projectionsModule }));
  } finally {
    release();
  }
}

export const ledgerRebuild: Command = Object.freeze({
  words: 'ledger rebuild',
  parameters: [],
  summary: 'makes every table again from the log',
  run: ({ lend }: Context) => lend(replace),
});
