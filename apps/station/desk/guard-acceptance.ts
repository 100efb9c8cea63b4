// Records that a log was opened in spite of the guard, so that it is asked for until a supervisor has confirmed it.

import type { OpenedGuard } from '#station/guard/open-guard.ts';
import type { Ledger } from '#station/ledger/ledger.ts';
import type { AcceptanceData } from '#station/ledger/projections/guard-acceptance.ts';

/** A log that was opened in spite of the guard says so for ever; one accepted before has said it already. */
export function recordAcceptance(ledger: Ledger, { accepted }: OpenedGuard): void {
  if (accepted === null || accepted.isRecorded) return;
  const { reason, message } = accepted;
  const head = ledger.head().seq;
  const data: AcceptanceData = { head, reason, message, isAwaited: true };
  ledger.write(() => {
    ledger.append({ type: 'guard.accepted', actor: 'system', data: { ...data } });
  });
}
