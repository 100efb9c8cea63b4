// Proves the whole log, event by event and signature by signature: `qenex log verify`.
import { Refusal } from '#station/bank/refusal.ts';
import { type Verification, verifyLog } from '#station/ledger/verify.ts';
import type { Command, Context, Outcome } from '../command.ts';

/** Says whether the log is whole, or at which event it is not. */
export function judgeLog(found: Verification): Outcome {
  const { ok, events, head, checkpoints, firstBad } = found;
  const text = ok
    ? `The log is whole: ${events} events, ${checkpoints} signed checkpoints, head ${head.hash || 'none'}.`
    : `The log is broken at event ${firstBad?.seq} (${firstBad?.why}). Do not work on; call whoever cares for the branch.`;
  return { ok, json: { ok, events, head, checkpoints, firstBad }, text };
}

/** A file the door refuses proves nothing either: the same answer, with the reason and nothing counted. */
function refused(error: unknown): Outcome {
  if (!(error instanceof Refusal) || error.reason === 'branch-missing') throw error;
  const { reason, message, details } = error;
  const nothing = { events: null, head: null, checkpoints: null, firstBad: null };
  return { ok: false, json: { ok: false, ...nothing, reason, message, ...details }, text: message };
}

export const logVerify: Command = Object.freeze({
  words: 'log verify',
  parameters: [],
  summary: 'proves every event and signature',
  run: ({ lend }: Context) =>
    lend(async (file, key) => judgeLog(await verifyLog({ file, key }))).catch(refused),
});
