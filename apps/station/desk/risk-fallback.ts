// Takes a champion back by itself when it has stopped being right: three days below what its trial promised.
import { shouldFallBack } from '#station/risk/learning/fallback.ts';
import type { Counter } from './counter.ts';

/** Looks after each verdict; records the way back as the workstation's own act. */
export function fallBackWhenWrong(counter: Counter): void {
  const { risk, ledger, announcer, report } = counter;
  const champion = risk.reads.champion();
  if (!champion || champion.promotedAt === null) return;
  const since = new Date(champion.promotedAt).toISOString().slice(0, 10);
  const days = risk.reads.settledHolds(champion.hash, since);
  if (!shouldFallBack(days, Number(champion.data.precisionLow))) return;
  const model = risk.reads.former()[0]?.hash ?? '';
  const reason = 'fewer of its holds were real on three days than its trial promised';
  const data = { model, previous: champion.hash, reason };
  ledger
    .submit(() => void ledger.append({ type: 'risk.model-restored', actor: 'system', data }))
    .then(() => announcer.changed(['risk']))
    .catch((error: unknown) => report('risk fallback', error));
}
